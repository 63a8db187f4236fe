#include "assertions/jsonpath/functions.h"

#include <stdlib.h>
#include <string.h>

#include "assertions/jsonpath/iregexp.h"
#include "specs/json.h"

/* Section 2.4.5 */
static struct result count(struct evaluation *evaluation,
                           const struct call *call, json_t *current)
{
    struct walk walk =
        walk_begin(evaluation, call->arguments[0].query, current);
    struct result result = {.is_integer = true};

    while (walk_next(&walk))
        result.integer++;
    walk_end(&walk);
    return result;
}

static json_int_t character_count(const json_t *string)
{
    const char *text = json_string_value(string);
    json_int_t result = 0;

    for (size_t i = 0; i < json_string_length(string); i++)
        result += ((unsigned char)text[i] & 0xc0) != 0x80;
    return result;
}

/* Section 2.4.4 */
static struct result length(struct evaluation *evaluation,
                            const struct call *call, json_t *current)
{
    struct result of = operand_value(evaluation, &call->arguments[0], current);
    struct result result = {.is_integer = true};

    if (!of.value)
        return (struct result){0};
    switch (json_kind(of.value)) {
    case JSON_KIND_STRING: result.integer = character_count(of.value); break;
    case JSON_KIND_ARRAY:
        result.integer = (json_int_t)json_array_size(of.value);
        break;
    case JSON_KIND_OBJECT:
        result.integer = (json_int_t)json_object_size(of.value);
        break;
    case JSON_KIND_NULL:
    case JSON_KIND_BOOLEAN:
    case JSON_KIND_NUMBER: return (struct result){0};
    }
    return result;
}

/* Section 2.4.8: of exactly one node */
static struct result value(struct evaluation *evaluation,
                           const struct call *call, json_t *current)
{
    struct walk walk =
        walk_begin(evaluation, call->arguments[0].query, current);
    struct result result = {.value = walk_next(&walk)};

    if (result.value && walk_next(&walk))
        result.value = NULL;
    walk_end(&walk);
    return result;
}

static bool is_string(struct result result)
{
    return result.value && json_kind(result.value) == JSON_KIND_STRING;
}

/* A pattern that came from the document or was computed: compiled unless it
 * is the same as before. NULL when it is no I-Regexp. */
static const struct pattern *pattern_of(struct evaluation *evaluation,
                                        const json_t *string)
{
    struct last_pattern *last = &evaluation->last_pattern;
    const char *text = json_string_value(string);
    size_t bytes = json_string_length(string);

    if (bytes > LIMIT_PATH_BYTES) {
        evaluation_fail(evaluation,
                        "a regular expression is longer than %d bytes",
                        LIMIT_PATH_BYTES);
        return NULL;
    }
    if (last->text && last->length == bytes &&
        memcmp(last->text, text, bytes) == 0)
        return last->pattern;
    pattern_free(last->pattern);
    last->text = must_resize(last->text, bytes);
    memcpy(last->text, text, bytes);
    last->length = bytes;
    last->pattern = iregexp_compile(text, bytes);
    return last->pattern;
}

static bool run(struct evaluation *evaluation, const struct pattern *pattern,
                const json_t *subject, enum pattern_extent extent)
{
    struct text text = {json_string_value(subject),
                        json_string_length(subject)};
    enum pattern_outcome outcome =
        pattern_try(pattern, text, extent, &evaluation->room);

    if (outcome == PATTERN_GAVE_UP) {
        evaluation_fail(evaluation,
                        "a regular expression gave up: more than %d steps or "
                        "%d KiB",
                        LIMIT_PATTERN_STEPS, LIMIT_PATTERN_HEAP_KB);
    }
    return outcome == PATTERN_FOUND;
}

static bool holds_pattern(struct evaluation *evaluation,
                          const struct call *call, json_t *current,
                          enum pattern_extent extent)
{
    struct result subject =
        operand_value(evaluation, &call->arguments[0], current);
    struct result text;
    const struct pattern *pattern = call->pattern;

    if (!is_string(subject))
        return false;
    if (!call->pattern_is_known) {
        text = operand_value(evaluation, &call->arguments[1], current);
        pattern = is_string(text) ? pattern_of(evaluation, text.value) : NULL;
    }
    return pattern && run(evaluation, pattern, subject.value, extent);
}

/* Section 2.4.6 */
static bool match(struct evaluation *evaluation, const struct call *call,
                  json_t *current)
{
    return holds_pattern(evaluation, call, current, PATTERN_WHOLE);
}

/* Section 2.4.7 */
static bool search(struct evaluation *evaluation, const struct call *call,
                   json_t *current)
{
    return holds_pattern(evaluation, call, current, PATTERN_ANYWHERE);
}

static const struct function functions[] = {
    {"count", TYPE_VALUE, 1, {TYPE_NODES}, count, NULL},
    {"length", TYPE_VALUE, 1, {TYPE_VALUE}, length, NULL},
    {"match", TYPE_LOGICAL, 2, {TYPE_VALUE, TYPE_VALUE}, NULL, match},
    {"search", TYPE_LOGICAL, 2, {TYPE_VALUE, TYPE_VALUE}, NULL, search},
    {"value", TYPE_VALUE, 1, {TYPE_NODES}, value, NULL},
};

const struct function *function_find(struct name name)
{
    for (size_t i = 0; i < COUNT(functions); i++)
        if (strcmp(functions[i].name, name.bytes) == 0)
            return &functions[i];
    return NULL;
}

const char *function_names(void)
{
    return "count, length, match, search and value";
}

bool function_takes_pattern(const struct function *function)
{
    return function->result == TYPE_LOGICAL;
}
