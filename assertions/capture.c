#include "assertions/capture.h"

#include <string.h>

#include "assertions/assertions.h"
#include "assertions/capture_steps.h"
#include "assertions/words.h"

/* Sorted: words_find() bisects. */
#define CAPTURES(each)                                                         \
    each(base64) each(body) each(cookie) each(count) each(date) each(first)    \
        each(header) each(hex) each(html) each(json) each(last) each(length)   \
            each(lower) each(md5) each(nth) each(number) each(parse_json)      \
                each(regex) each(sha256) each(split) each(status) each(trim)   \
                    each(url_decode) each(xml)

#define NAME(word) #word,
#define KIND(word) &word##_capture,

static const char *const names[] = {CAPTURES(NAME)};
static const struct capture_kind *const kinds[] = {CAPTURES(KIND)};

/* Sorted too: subjects and transforms. */
static const char *const later[] = {
    "http", "ip", "redirects", "size", "time", "tls", "url",
};

static const struct words known = {
    .noun = "capture",
    .names = names,
    .count = COUNT(names),
    .later = later,
    .later_count = COUNT(later),
};

const char *const *capture_names(size_t *count)
{
    *count = COUNT(names);
    return names;
}

static struct capture_step *add_step(struct capture *capture)
{
    return &capture->steps[capture->step_count++];
}

static void add_subject(struct compiling *compiling, struct capture *capture,
                        const struct capture_kind *kind,
                        const struct node *argument)
{
    struct capture_step *step = add_step(capture);

    step->subject = kind;
    kind->compile(compiling, argument, step);
}

static void read_secret(struct compiling *compiling, const struct node *node,
                        struct capture *capture)
{
    if (!json_is_boolean(node->json))
        node_fault(compiling->faults, node, "true or false is wanted here");
    capture->is_secret = json_is_true(node->json);
}

/* What no subject stands before has none to work on; a regular expression then
 * looks at the body. */
static bool has_subject(struct compiling *compiling,
                        const struct member *member, struct capture *capture,
                        const struct capture_kind *kind)
{
    if (capture->step_count)
        return true;
    if (!kind->is_of_body) {
        return spot_fault(
            compiling->faults, member->key_at,
            "\"%s\" has nothing to work on: a subject comes "
            "first: body, cookie, header, html, json, regex, status or xml",
            member->key);
    }
    compiling->holds_body = true;
    add_step(capture)->subject = &body_capture;
    return true;
}

static void read_key(struct compiling *compiling, const struct member *member,
                     struct capture *capture)
{
    size_t word = words_find(names, COUNT(names), member->key);
    const struct capture_kind *kind;

    if (strcmp(member->key, "secret") == 0) {
        read_secret(compiling, &member->value, capture);
        return;
    }
    if (word == NO_WORD) {
        words_refuse(&known, member, compiling->faults);
        return;
    }
    kind = kinds[word];
    if (kind->compile && capture->step_count == 0)
        add_subject(compiling, capture, kind, &member->value);
    else if (!kind->transform) {
        spot_fault(compiling->faults, member->key_at,
                   "a capture has one subject, and \"%s\" is a second one",
                   member->key);
    } else if (has_subject(compiling, member, capture, kind)) {
        compile_transform(compiling, kind->transform, &member->value,
                          add_step(capture));
    }
}

void capture_compile(struct compiling *compiling, const struct member *member)
{
    struct capture *capture = arena_take(compiling->arena, sizeof(*capture));
    size_t before = compiling->faults->total;
    struct members members;

    capture->name = member->key;
    capture->at = member->key_at;
    if (!json_is_object(member->value.json)) {
        node_fault(compiling->faults, &member->value,
                   "a capture is an object, as {\"json\": \"$.id\"}");
        return;
    }
    members =
        node_members(compiling->scratch, &member->value, MEMBERS_SKIP_COMMENTS);
    compiling->namespaces = namespaces_take(compiling, &members);
    /* A step for each key, and the body before a regular expression. */
    capture->steps = arena_take(compiling->arena,
                                (members.count + 1) * sizeof(*capture->steps));
    for (size_t i = 0; i < members.count; i++)
        read_key(compiling, &members.list[i], capture);
    if (capture->step_count == 0 && compiling->faults->total == before) {
        node_fault(compiling->faults, &member->value,
                   "a capture needs a subject: body, cookie, header, html, "
                   "json, regex, status or xml");
    }
    list_add(&compiling->captures, compiling->arena, capture);
}

static json_t *date_json(struct instant instant)
{
    char text[INSTANT_TEXT];

    instant_print(instant, text);
    return json_string(text);
}

/* NULL when a text is not UTF-8: no JSON value could hold it. */
static json_t *value_json(const struct value *value, struct matching *matching)
{
    json_t *json = NULL;
    struct text text;

    if (value->kind == VALUE_JSON)
        return value->json;
    if (value_text(value, &text))
        json = json_stringn(text.bytes, text.length);
    else if (value->kind == VALUE_NUMBER)
        json = json_integer(value->number);
    else if (value->kind == VALUE_LIST)
        json = value_list_json(value);
    else if (value->kind == VALUE_DATE)
        json = date_json(value->instant);
    return json ? matching_keep(matching, json) : NULL;
}

json_t *capture_take(const struct capture *capture, struct answer *answer,
                     const char **why)
{
    struct taking taking = {.answer = answer, .value.kind = VALUE_ABSENT};
    json_t *value;

    for (size_t i = 0; i < capture->step_count; i++) {
        if (!take_step(&taking, &capture->steps[i])) {
            *why = taking.why;
            return NULL;
        }
    }
    value = value_json(&taking.value, answer->matching);
    if (!value)
        *why = "what was found is not UTF-8";
    return value;
}
