/* Whether a filter holds: RFC 9535, section 2.3.5.2. */
#include <string.h>

#include "assertions/jsonpath/functions.h"
#include "specs/json.h"

struct result operand_value(struct evaluation *evaluation,
                            const struct operand *operand, json_t *current)
{
    switch (operand->kind) {
    case OPERAND_LITERAL: return (struct result){.value = operand->literal};
    case OPERAND_QUERY:
        return (struct result){
            .value = walk_straight(evaluation, operand->query, current),
        };
    case OPERAND_CALL:
        return operand->call->function->value(evaluation, operand->call,
                                              current);
    }
    return (struct result){0};
}

/* Nothing equals nothing, and nothing else. */
static bool is_equal(const json_t *a, const json_t *b)
{
    return a && b ? json_values_equal(a, b) : a == b;
}

/* By Unicode scalar values, which is the order of UTF-8 too. */
static bool is_string_less(const json_t *a, const json_t *b)
{
    size_t a_length = json_string_length(a);
    size_t b_length = json_string_length(b);
    int order = memcmp(json_string_value(a), json_string_value(b),
                       a_length < b_length ? a_length : b_length);

    return order < 0 || (order == 0 && a_length < b_length);
}

static bool is_less(const json_t *a, const json_t *b)
{
    if (!a || !b || json_kind(a) != json_kind(b))
        return false;
    if (json_kind(a) == JSON_KIND_NUMBER)
        return json_number_compare(a, b) < 0;
    return json_kind(a) == JSON_KIND_STRING && is_string_less(a, b);
}

static bool compare(const json_t *a, enum comparison comparison,
                    const json_t *b)
{
    switch (comparison) {
    case COMPARE_EQUAL: return is_equal(a, b);
    case COMPARE_NOT_EQUAL: return !is_equal(a, b);
    case COMPARE_LESS: return is_less(a, b);
    case COMPARE_LESS_EQUAL: return is_less(a, b) || is_equal(a, b);
    case COMPARE_GREATER: return is_less(b, a);
    case COMPARE_GREATER_EQUAL: return is_less(b, a) || is_equal(a, b);
    }
    return false;
}

static json_t *number_of(struct result result)
{
    return result.is_integer ? json_integer(result.integer) : NULL;
}

static bool holds_comparison(struct evaluation *evaluation,
                             const struct test *test, json_t *current)
{
    struct result left = operand_value(evaluation, &test->left, current);
    struct result right = operand_value(evaluation, &test->right, current);
    json_auto_t *left_number = number_of(left);
    json_auto_t *right_number = number_of(right);

    return compare(left_number ? left_number : left.value, test->comparison,
                   right_number ? right_number : right.value);
}

static bool selects_something(struct evaluation *evaluation,
                              const struct query *query, json_t *current)
{
    struct walk walk;
    bool found;

    if (query->singular)
        return walk_straight(evaluation, query, current);
    walk = walk_begin(evaluation, query, current);
    found = walk_next(&walk);
    walk_end(&walk);
    return found;
}

static bool holds_any(struct evaluation *evaluation, const struct test *part,
                      json_t *current)
{
    while (part && !filter_holds(evaluation, part, current))
        part = part->next;
    return part;
}

static bool holds_all(struct evaluation *evaluation, const struct test *part,
                      json_t *current)
{
    while (part && filter_holds(evaluation, part, current))
        part = part->next;
    return !part;
}

static bool holds(struct evaluation *evaluation, const struct test *test,
                  json_t *current)
{
    switch (test->kind) {
    case TEST_ANY: return holds_any(evaluation, test->parts, current);
    case TEST_ALL: return holds_all(evaluation, test->parts, current);
    case TEST_EXISTS:
        return selects_something(evaluation, test->left.query, current);
    case TEST_CALL:
        return test->left.call->function->holds(evaluation, test->left.call,
                                                current);
    case TEST_COMPARE: return holds_comparison(evaluation, test, current);
    }
    return false;
}

/* Calls itself no deeper than LIMIT_PATH_DEPTH let the query nest. */
bool filter_holds(struct evaluation *evaluation, const struct test *test,
                  json_t *current)
{
    bool result = holds(evaluation, test, current) != test->negated;

    return result && !evaluation->fault->raised;
}
