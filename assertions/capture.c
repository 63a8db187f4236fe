#include "assertions/capture.h"

#include <string.h>

#include "assertions/assertions.h"
#include "assertions/capture_steps.h"
#include "assertions/words.h"

/* Sorted: words_find() bisects. */
#define CAPTURES(each)                                                         \
    each(body) each(cookie) each(header) each(json) each(regex) each(status)

#define NAME(word) #word,
#define KIND(word) &word##_capture,

static const char *const names[] = {CAPTURES(NAME)};
static const struct capture_kind *const kinds[] = {CAPTURES(KIND)};

/* Sorted too: subjects and transforms. */
static const char *const later[] = {
    "base64",     "count",     "date",       "first", "hex",   "html", "http",
    "ip",         "last",      "length",     "lower", "md5",   "nth",  "number",
    "parse_json", "redirects", "sha256",     "size",  "split", "time", "tls",
    "trim",       "url",       "url_decode", "xml",
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

static struct capture_step *add_step(struct capture *capture,
                                     const struct capture_kind *kind)
{
    struct capture_step *step = &capture->steps[capture->step_count++];

    step->kind = kind;
    return step;
}

static void read_secret(struct compiling *compiling, const struct node *node,
                        struct capture *capture)
{
    if (!json_is_boolean(node->json))
        node_fault(compiling->faults, node, "true or false is wanted here");
    capture->is_secret = json_is_true(node->json);
}

/* A regular expression that stands first looks at the body. */
static void read_key(struct compiling *compiling, const struct member *member,
                     struct capture *capture)
{
    size_t word = words_find(names, COUNT(names), member->key);
    bool is_first = capture->step_count == 0;
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
    if (!is_first && !kind->is_transform) {
        spot_fault(compiling->faults, member->key_at,
                   "a capture has one subject, and \"%s\" is a second one",
                   member->key);
        return;
    }
    if (is_first && !kind->is_subject) {
        compiling->holds_body = true;
        add_step(capture, &body_capture);
    }
    kind->compile(compiling, &member->value, add_step(capture, kind));
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
    /* A step for each key, and the body before a regular expression. */
    capture->steps = arena_take(compiling->arena,
                                (members.count + 1) * sizeof(*capture->steps));
    for (size_t i = 0; i < members.count; i++)
        read_key(compiling, &members.list[i], capture);
    if (capture->step_count == 0 && compiling->faults->total == before) {
        node_fault(compiling->faults, &member->value,
                   "a capture needs a subject: body, cookie, header, json, "
                   "regex or status");
    }
    list_add(&compiling->captures, compiling->arena, capture);
}

static json_t *list_json(const struct jsonpath_nodes *list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append(array, list->list[i].value);
    return array;
}

/* NULL when a text is not UTF-8: no JSON value could hold it. */
static json_t *value_json(const struct value *value, struct matching *matching)
{
    json_t *json = NULL;

    if (value->kind == VALUE_JSON)
        return value->json;
    if (value->kind == VALUE_TEXT)
        json = json_stringn(value->text.bytes, value->text.length);
    else if (value->kind == VALUE_NUMBER)
        json = json_integer(value->number);
    else if (value->kind == VALUE_LIST)
        json = list_json(&value->list);
    return json ? matching_keep(matching, json) : NULL;
}

json_t *capture_take(const struct capture *capture, struct answer *answer,
                     const char **why)
{
    struct taking taking = {.answer = answer, .value.kind = VALUE_ABSENT};
    json_t *value;

    for (size_t i = 0; i < capture->step_count; i++) {
        const struct capture_step *step = &capture->steps[i];

        if (!step->kind->take(&taking, step)) {
            *why = taking.why;
            return NULL;
        }
    }
    value = value_json(&taking.value, answer->matching);
    if (!value)
        *why = "what was found is not UTF-8";
    return value;
}
