/* What kind of thing it is, whether it is there, whether it is empty. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "assertions/words.h"
#include "specs/json.h"

/* Sorted; a type is a bit at its place here. */
static const char *const types[] = {
    "array", "boolean", "integer", "null", "number", "object", "string",
};

enum type {
    TYPE_ARRAY = 1 << 0,
    TYPE_BOOLEAN = 1 << 1,
    TYPE_INTEGER = 1 << 2,
    TYPE_NULL = 1 << 3,
    TYPE_NUMBER = 1 << 4,
    TYPE_OBJECT = 1 << 5,
    TYPE_STRING = 1 << 6,
};

static void add_type(struct compiling *compiling, const struct node *node,
                     struct matcher *matcher)
{
    const char *name = json_string_value(node->json);
    size_t type = name ? words_find(types, COUNT(types), name) : NO_WORD;
    const char *near;

    if (type != NO_WORD) {
        matcher->types |= UINT32_C(1) << type;
        return;
    }
    near = name ? nearest_name(name, types, COUNT(types)) : NULL;
    if (near) {
        node_fault(compiling->faults, node,
                   "unknown type \"%s\"; did you mean \"%s\"?", name, near);
    } else {
        node_fault(compiling->faults, node,
                   "a type is array, boolean, integer, null, number, object "
                   "or string");
    }
}

static void compile_type(struct compiling *compiling,
                         const struct node *argument, struct matcher *matcher)
{
    struct nodes nodes = {0};

    if (!json_is_array(argument->json)) {
        add_type(compiling, argument, matcher);
        return;
    }
    nodes = node_elements(compiling->scratch, argument);
    if (nodes.count == 0)
        node_fault(compiling->faults, argument,
                   "a list of at least one type is wanted here");
    for (size_t i = 0; i < nodes.count; i++)
        add_type(compiling, &nodes.list[i], matcher);
}

static uint32_t json_types(const json_t *json)
{
    switch (json_kind(json)) {
    case JSON_KIND_NULL: return TYPE_NULL;
    case JSON_KIND_BOOLEAN: return TYPE_BOOLEAN;
    case JSON_KIND_NUMBER:
        return TYPE_NUMBER | (json_is_whole(json) ? TYPE_INTEGER : 0);
    case JSON_KIND_STRING: return TYPE_STRING;
    case JSON_KIND_ARRAY: return TYPE_ARRAY;
    case JSON_KIND_OBJECT: return TYPE_OBJECT;
    }
    return 0;
}

static uint32_t value_types(const struct value *value)
{
    struct text text;

    switch (value->kind) {
    case VALUE_ABSENT: return 0;
    case VALUE_JSON: return json_types(value->json);
    case VALUE_TEXT:
    case VALUE_DATE:
    case VALUE_STREAM: return TYPE_STRING;
    case VALUE_NUMBER:
    case VALUE_DURATION:
    case VALUE_SIZE: return TYPE_NUMBER | TYPE_INTEGER;
    case VALUE_LIST: return value_text(value, &text) ? TYPE_STRING : TYPE_ARRAY;
    case VALUE_MARKUP: return TYPE_OBJECT;
    }
    return 0;
}

static bool type_holds(struct matching *matching, const struct matcher *matcher,
                       const struct value *value)
{
    (void)matching;
    return value_types(value) & matcher->types;
}

static void describe_type(struct matching *matching, struct teller *teller,
                          const struct matcher *matcher)
{
    bool is_first = true;

    (void)matching;
    for (size_t i = 0; i < COUNT(types); i++) {
        bool has_vowel = strchr("aio", types[i][0]);

        if (!(matcher->types & (UINT32_C(1) << i)))
            continue;
        if (!is_first)
            tell(teller, " or ");
        is_first = false;
        if ((1 << i) != TYPE_NULL)
            tell(teller, has_vowel ? "an " : "a ");
        tell(teller, types[i]);
    }
}

/* A path that may lead to many is there where it leads to one at least. */
static bool is_there(const struct value *value)
{
    if (value->kind == VALUE_LIST)
        return value->list.count > 0;
    return value->kind != VALUE_ABSENT && !value->is_unset;
}

static bool exists_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    (void)matching;
    return is_there(value) == matcher->wanted;
}

static void compile_exists(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    compile_wanted(compiling, argument, matcher);
    matcher->asks_existence = true;
}

static void describe_exists(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    (void)matching;
    tell(teller, matcher->wanted ? "something there" : "nothing there");
}

/* False when the value is of a kind that is neither empty nor full. */
static bool is_measurable(const struct value *value, bool *is_empty)
{
    struct text text;

    if (value->kind == VALUE_STREAM)
        *is_empty = probes_size(value->probes) == 0;
    else if (value_text(value, &text))
        *is_empty = text.length == 0;
    else if (value_is_list(value))
        *is_empty = value_count(value) == 0;
    else if (value->kind == VALUE_JSON && json_is_object(value->json))
        *is_empty = json_object_size(value->json) == 0;
    else
        return false;
    return true;
}

static bool empty_holds(struct matching *matching,
                        const struct matcher *matcher,
                        const struct value *value)
{
    bool is_empty;

    (void)matching;
    return is_measurable(value, &is_empty) && is_empty == matcher->wanted;
}

static void describe_empty(struct matching *matching, struct teller *teller,
                           const struct matcher *matcher)
{
    (void)matching;
    tell(teller, matcher->wanted ? "empty" : "something not empty");
}

const struct matcher_kind type_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_ALWAYS,
    .compile = compile_type,
    .holds = type_holds,
    .describe = describe_type,
};

const struct matcher_kind exists_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_ALWAYS,
    .compile = compile_exists,
    .holds = exists_holds,
    .describe = describe_exists,
};

const struct matcher_kind empty_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_SHAPE,
    .streaming = STREAMS_ALWAYS,
    .compile = compile_wanted,
    .holds = empty_holds,
    .describe = describe_empty,
};
