#include <string.h>

#include "specs/json.h"
#include "specs/template_parts.h"

enum { KEYS_TOLD = 5, KEYS_COMPARED = 1000 };

json_t *scope_find(const struct scope *scope, const char *name)
{
    for (; scope; scope = scope->outer) {
        json_t *value = json_object_get(scope->values, name);

        if (value)
            return value;
    }
    return NULL;
}

/* Says which key was meant, if one is near. */
static bool tell_near(json_t *object, const char *wrong, struct buffer *out)
{
    const char *keys[KEYS_COMPARED];
    const char *key, *near;
    size_t count = 0;
    json_t *value;

    json_object_foreach (object, key, value)
        if (count < KEYS_COMPARED)
            keys[count++] = key;
    near = nearest_name(wrong, keys, count);
    if (near)
        (void)!buffer_print(out, "; did you mean \"%s\"?", near);
    return near;
}

/* Says which keys there are instead: the nearest, or else the first few. */
static void tell_keys(json_t *object, const char *wrong, struct buffer *out)
{
    const char *key;
    size_t count = 0;
    json_t *value;

    if (tell_near(object, wrong, out))
        return;
    if (json_object_size(object) == 0)
        (void)!buffer_add_text(out, ", it is empty");
    json_object_foreach (object, key, value)
        if (count++ < KEYS_TOLD)
            (void)!buffer_print(out, "%s\"%s\"", count > 1 ? ", " : ", only ",
                                key);
    if (count > KEYS_TOLD)
        (void)!buffer_add_text(out, "...");
}

static void tell_missing_key(const struct path_step *step, json_t *value,
                             const struct template_path *path,
                             struct buffer *out)
{
    bool is_env = step == path->steps && strncmp(path->text, "env", 3) == 0 &&
                  step->start == 3;

    if (!json_is_object(value)) {
        (void)!buffer_print(out, "\"%.*s\" is %s and has no \"%s\"",
                            (int)step->start, path->text,
                            json_kind_words(value), step->key);
        return;
    }
    if (is_env) {
        (void)!buffer_print(out, "no environment variable \"%s\"", step->key);
        (void)tell_near(value, step->key, out);
        return;
    }
    (void)!buffer_print(out, "\"%.*s\" has no \"%s\"", (int)step->start,
                        path->text, step->key);
    tell_keys(value, step->key, out);
}

static void tell_missing_index(const struct path_step *step, json_t *value,
                               const struct template_path *path,
                               struct buffer *out)
{
    if (json_is_array(value)) {
        (void)!buffer_print(out, "\"%.*s\" has %zu elements, so no [%zu]",
                            (int)step->start, path->text,
                            json_array_size(value), step->index);
    } else {
        (void)!buffer_print(out, "\"%.*s\" is %s and has no [%zu]",
                            (int)step->start, path->text,
                            json_kind_words(value), step->index);
    }
}

static json_t *refuse_step(const struct path_step *step, json_t *value,
                           const struct template_path *path,
                           struct fault *fault)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(sizeof(fault->text));

    if (step->key)
        tell_missing_key(step, value, path, &text);
    else
        tell_missing_index(step, value, path, &text);
    fault_raise(fault, spot_place(step->at), "%s", buffer_text(&text));
    return NULL;
}

json_t *template_follow(const struct need *need, json_t *value,
                        struct fault *fault)
{
    const struct template_path *path = need->path;

    for (size_t i = 0; path && i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        json_t *next = step->key ? json_object_get(value, step->key)
                                 : json_array_get(value, step->index);

        if (!next)
            return need->may_be_missing ? NULL
                                        : refuse_step(step, value, path, fault);
        value = next;
    }
    return value;
}

json_t *need_find(const struct need *need, const struct scope *scope,
                  struct fault *fault)
{
    json_t *value = scope_find(scope, need->name);

    if (value)
        return need->path ? template_follow(need, value, fault) : value;
    if (!need->may_be_missing)
        fault_raise(fault, spot_place(need->at), "there is no value for \"%s\"",
                    need->name);
    return NULL;
}

static bool is_too_long(const struct expression *hole, struct fault *fault)
{
    struct place nowhere = {0};

    return fault_raise(fault, hole ? spot_place(hole->at) : nowhere,
                       "templates make too long a text here: %d MiB are the "
                       "limit",
                       LIMIT_TEMPLATE_BYTES >> 20);
}

/* How a hole's value becomes text. */
typedef bool (*put_fn)(const json_t *value, struct buffer *out);

/* PCRE2 takes what stands between \Q and \E literally; an \E in the value is
 * put behind the quoted part as an escaped backslash. */
static bool put_quoted(const json_t *value, struct buffer *out)
{
    CLEANUP(buffer_finish)
    struct buffer bare = buffer_with_ceiling(out->ceiling);
    const char *from, *end, *stop;

    if (!json_print_bare(value, &bare) || !buffer_add_text(out, "\\Q"))
        return false;
    from = buffer_text(&bare);
    end = from + bare.length;
    while ((stop = memmem(from, (size_t)(end - from), "\\E", 2))) {
        if (!buffer_add(out, from, (size_t)(stop - from)) ||
            !buffer_add_text(out, "\\E\\\\\\Q"))
            return false;
        from = stop + 1;
    }
    return buffer_add(out, from, (size_t)(end - from)) &&
           buffer_add_text(out, "\\E");
}

/* A variable's value is only looked at: nobody counts that. */
static bool put_hole(const struct expression *hole, const struct scope *scope,
                     struct buffer *out, put_fn put, struct fault *fault)
{
    bool is_variable = hole->kind == EXPRESSION_VARIABLE;
    json_t *value = is_variable ? need_find(&hole->variable, scope, fault)
                                : expression_evaluate(hole, scope, fault);
    bool done = value && put(value, out);

    if (!is_variable)
        json_decref(value);
    return done || is_too_long(hole, fault);
}

static bool put_pieces(const struct template *template,
                       const struct scope *scope, struct buffer *out,
                       put_fn put, struct fault *fault)
{
    for (size_t i = 0; i < template->count; i++) {
        const struct piece *piece = &template->pieces->list[i];

        if (piece->hole) {
            if (!put_hole(piece->hole, scope, out, put, fault))
                return false;
        } else if (!buffer_add(out, piece->text, piece->length)) {
            return is_too_long(NULL, fault);
        }
    }
    return true;
}

static json_t *fill_text(const struct template *template,
                         const struct scope *scope, struct fault *fault)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    if (!put_pieces(template, scope, &text, json_print_bare, fault))
        return NULL;
    /* All pieces are UTF-8, for they come from JSON. */
    return json_stringn_nocheck(buffer_text(&text), text.length);
}

static json_t *fill_parts(const struct template *template,
                          const struct scope *scope, struct fault *fault)
{
    bool is_array = template->kind == TEMPLATE_ARRAY;
    json_t *filled = is_array ? json_array() : json_object();

    for (size_t i = 0; i < template->count; i++) {
        const struct part *part = &template->parts->list[i];
        json_t *value = template_fill(part->value, scope, fault);

        if (!value) {
            json_decref(filled);
            return NULL;
        }
        if (is_array)
            json_array_append_new(filled, value);
        else
            json_object_set_new_nocheck(filled, part->key, value);
    }
    return filled;
}

json_t *template_fill(const struct template *template,
                      const struct scope *scope, struct fault *fault)
{
    switch (template->kind) {
    case TEMPLATE_CONSTANT: return json_incref(template->json);
    case TEMPLATE_HOLE:
        return expression_evaluate(template->pieces->list->hole, scope, fault);
    case TEMPLATE_TEXT: return fill_text(template, scope, fault);
    case TEMPLATE_ARRAY:
    case TEMPLATE_OBJECT: return fill_parts(template, scope, fault);
    }
    return NULL;
}

static bool is_string(const struct template *template)
{
    return template->kind == TEMPLATE_HOLE || template->kind == TEMPLATE_TEXT;
}

/* Strings that templates make have a limit of their own below the buffer's;
 * what a spec says without them has not. */
static bool put_string(const struct template *template,
                       const struct scope *scope, struct buffer *out,
                       put_fn put, struct fault *fault)
{
    size_t ceiling = out->ceiling;
    bool done;

    if (ceiling - out->length > LIMIT_TEMPLATE_BYTES)
        out->ceiling = out->length + LIMIT_TEMPLATE_BYTES;
    done = put_pieces(template, scope, out, put, fault);
    out->ceiling = ceiling;
    return done;
}

static bool put_built(const struct template *template,
                      const struct scope *scope, struct buffer *out, put_fn put,
                      struct fault *fault)
{
    json_auto_t *value = template_fill(template, scope, fault);

    if (!value)
        return false;
    return put(value, out) || is_too_long(NULL, fault);
}

bool template_fill_text(const struct template *template,
                        const struct scope *scope, struct buffer *out,
                        struct fault *fault)
{
    if (is_string(template))
        return put_string(template, scope, out, json_print_bare, fault);
    return put_built(template, scope, out, json_print_bare, fault);
}

bool template_fill_pattern(const struct template *template,
                           const struct scope *scope, struct buffer *out,
                           struct fault *fault)
{
    if (is_string(template))
        return put_string(template, scope, out, put_quoted, fault);
    return put_built(template, scope, out, json_print_bare, fault);
}
