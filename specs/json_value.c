#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "specs/json_decimal.h"

enum json_kind json_kind(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL: return JSON_KIND_NULL;
    case JSON_TRUE:
    case JSON_FALSE: return JSON_KIND_BOOLEAN;
    case JSON_INTEGER:
    case JSON_REAL: return JSON_KIND_NUMBER;
    case JSON_STRING:
        return json_exact_number(value) ? JSON_KIND_NUMBER : JSON_KIND_STRING;
    case JSON_ARRAY: return JSON_KIND_ARRAY;
    case JSON_OBJECT: return JSON_KIND_OBJECT;
    }
    return JSON_KIND_NULL;
}

const char *json_kind_name(enum json_kind kind)
{
    static const char *const names[] = {
        [JSON_KIND_NULL] = "null",     [JSON_KIND_BOOLEAN] = "boolean",
        [JSON_KIND_NUMBER] = "number", [JSON_KIND_STRING] = "string",
        [JSON_KIND_ARRAY] = "array",   [JSON_KIND_OBJECT] = "object",
    };

    return names[kind];
}

const char *json_kind_words(const json_t *value)
{
    switch (json_kind(value)) {
    case JSON_KIND_NULL: return "null";
    case JSON_KIND_BOOLEAN: return "a boolean";
    case JSON_KIND_NUMBER: return "a number";
    case JSON_KIND_STRING: return "a string";
    case JSON_KIND_ARRAY: return "an array";
    case JSON_KIND_OBJECT: return "an object";
    }
    return "";
}

static bool exact_is_whole(const char *text)
{
    struct decimal decimal = decimal_of(text);

    return decimal.zero || (int64_t)decimal_digits(&decimal) <= decimal.point;
}

bool json_is_whole(const json_t *value)
{
    const char *exact = json_exact_number(value);

    if (exact)
        return exact_is_whole(exact);
    if (json_is_real(value))
        return json_real_value(value) == floor(json_real_value(value));
    return json_is_integer(value);
}

/* Integers that every neighbour of theirs is a double too. */
static bool is_exact_double(json_int_t integer)
{
    return integer <= INT64_C(1) << 53 && integer >= -(INT64_C(1) << 53);
}

static bool compare_fast(const json_t *a, const json_t *b, int *order)
{
    double x, y;

    if (json_is_integer(a) && json_is_integer(b)) {
        json_int_t i = json_integer_value(a);
        json_int_t j = json_integer_value(b);

        *order = (i > j) - (i < j);
        return true;
    }
    if (!json_is_number(a) || !json_is_number(b) ||
        (json_is_integer(a) && !is_exact_double(json_integer_value(a))) ||
        (json_is_integer(b) && !is_exact_double(json_integer_value(b))))
        return false;
    x = json_number_value(a);
    y = json_number_value(b);
    *order = (x > y) - (x < y);
    return true;
}

/* A double stands for its shortest decimal text: that is what was read, or it
 * would have been kept exact. Two doubles are in the order of their texts. */
int json_number_compare(const json_t *a, const json_t *b)
{
    char a_room[JSON_REAL_TEXT];
    char b_room[JSON_REAL_TEXT];
    struct decimal x, y;
    int order;

    if (compare_fast(a, b, &order))
        return order;
    x = decimal_of_value(a, a_room);
    y = decimal_of_value(b, b_room);
    return decimal_compare(&x, &y);
}

/* Pairs of containers that are still to be looked at; no recursion, for values
 * may nest as they like. */
struct pairs {
    struct pair {
        const json_t *a;
        const json_t *b;
    } * pairs;
    size_t count;
    size_t capacity;
};

static bool later(struct pairs *pairs, const json_t *a, const json_t *b)
{
    if (pairs->count == pairs->capacity) {
        pairs->capacity = pairs->capacity ? pairs->capacity * 2 : 16;
        pairs->pairs =
            must_resize(pairs->pairs, pairs->capacity * sizeof(struct pair));
    }
    pairs->pairs[pairs->count++] = (struct pair){a, b};
    return true;
}

static bool strings_equal(const json_t *a, const json_t *b)
{
    return json_string_length(a) == json_string_length(b) &&
           memcmp(json_string_value(a), json_string_value(b),
                  json_string_length(a)) == 0;
}

/* Containers of the same size are equal so far, and put off. */
static bool equal_so_far(struct pairs *pairs, const json_t *a, const json_t *b)
{
    enum json_kind kind = json_kind(a);

    if (a == b)
        return true;
    if (kind != json_kind(b))
        return false;
    switch (kind) {
    case JSON_KIND_NULL: return true;
    case JSON_KIND_BOOLEAN: return json_typeof(a) == json_typeof(b);
    case JSON_KIND_NUMBER: return json_number_compare(a, b) == 0;
    case JSON_KIND_STRING: return strings_equal(a, b);
    case JSON_KIND_ARRAY:
        return json_array_size(a) == json_array_size(b) && later(pairs, a, b);
    case JSON_KIND_OBJECT:
        return json_object_size(a) == json_object_size(b) && later(pairs, a, b);
    }
    return false;
}

static bool members_equal(struct pairs *pairs, struct pair pair)
{
    json_t *a = (json_t *)(uintptr_t)pair.a; /* jansson's iterators ask so */
    const json_t *member, *other;
    const char *key;
    size_t index;

    json_array_foreach (pair.a, index, member) {
        if (!equal_so_far(pairs, member, json_array_get(pair.b, index)))
            return false;
    }
    json_object_foreach (a, key, member) {
        other = json_object_get(pair.b, key);
        if (!other || !equal_so_far(pairs, member, other))
            return false;
    }
    return true;
}

bool json_values_equal(const json_t *a, const json_t *b)
{
    struct pairs pairs = {0};
    bool equal = equal_so_far(&pairs, a, b);

    while (equal && pairs.count)
        equal = members_equal(&pairs, pairs.pairs[--pairs.count]);
    free(pairs.pairs);
    return equal;
}

/* Many small values are held by one arena, so several are one item of it. */
enum { HELD_MOST = 30 };

struct held {
    size_t count;
    json_t *values[HELD_MOST];
};

static void release_held(void *item)
{
    struct held *held = item;

    for (size_t i = 0; i < held->count; i++)
        json_decref(held->values[i]);
}

json_t *json_hold(struct arena *arena, json_t *value)
{
    struct held *held = arena_last_owned(arena, release_held);

    if (!value)
        return NULL;
    if (!held || held->count == HELD_MOST) {
        held = arena_take(arena, sizeof(*held));
        arena_own(arena, held, release_held);
    }
    held->values[held->count++] = json_incref(value);
    return value;
}

/* Of two values that nobody changes. */
static bool is_same_scalar(const json_t *a, const json_t *b)
{
    return json_typeof(a) == json_typeof(b) && !json_is_array(a) &&
           !json_is_object(a) && json_equal(a, b);
}

/* One of the last few will do, so there is nothing to look up. */
json_t *json_share(struct arena *arena, json_t *value)
{
    const struct held *held = arena_last_owned(arena, release_held);

    for (size_t i = 0; value && held && i < held->count; i++)
        if (is_same_scalar(held->values[i], value))
            return held->values[i];
    return json_hold(arena, value);
}
