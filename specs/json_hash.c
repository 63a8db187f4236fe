#include <math.h>

#include "specs/json_decimal.h"

enum {
    LEVELS = 512,        /* what lies deeper does not count */
    INTEGER_DIGITS = 15, /* of what doubles and integers both hold */
};

static uint64_t mix(uint64_t code, uint64_t more)
{
    code = (code ^ more) * 0x9e3779b97f4a7c15;
    return code ^ (code >> 29);
}

static uint64_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t code = 0xcbf29ce484222325;

    for (size_t i = 0; i < length; i++)
        code = (code ^ (unsigned char)bytes[i]) * 0x100000001b3;
    return code;
}

static uint64_t hash_key(const char *key)
{
    size_t length = 0;

    while (key[length])
        length++;
    return hash_bytes(key, length);
}

static uint64_t hash_integer(int64_t integer)
{
    return mix(JSON_KIND_NUMBER, (uint64_t)integer);
}

/* Of at most INTEGER_DIGITS digits, zeros at its end included. */
static int64_t small_integer(const struct decimal *decimal)
{
    const char *at = decimal->digits;
    size_t left = decimal_digits(decimal);
    int64_t value = 0;

    for (int64_t i = 0; i < decimal->point; i++) {
        if (left && *at == '.')
            at++;
        value = value * 10 + (left ? *at++ - '0' : 0);
        left -= left > 0;
    }
    return decimal->negative ? -value : value;
}

/* By value: 1, 1.0 and 10e-1 are one number. */
static uint64_t hash_decimal(const struct decimal *decimal)
{
    size_t left = decimal_digits(decimal);
    uint64_t code = mix((uint64_t)decimal->point, decimal->negative);

    if (decimal->zero)
        return hash_integer(0);
    if (decimal->point > 0 && decimal->point <= INTEGER_DIGITS &&
        (int64_t)left <= decimal->point)
        return hash_integer(small_integer(decimal));
    for (const char *at = decimal->digits; left; at++) {
        if (*at == '.')
            continue;
        code = mix(code, (unsigned char)*at);
        left--;
    }
    return code;
}

static uint64_t hash_number(const json_t *value)
{
    double real = json_number_value(value);
    char room[JSON_REAL_TEXT];
    struct decimal decimal;

    if (json_is_number(value) && fabs(real) < 1e15 && real == floor(real))
        return hash_integer((int64_t)real);
    decimal = decimal_of_value(value, room);
    return hash_decimal(&decimal);
}

static uint64_t hash_below(const json_t *value, unsigned levels);

static uint64_t hash_object(const json_t *object, unsigned levels)
{
    json_t *members = (json_t *)(uintptr_t)object; /* jansson's iterators */
    uint64_t code = JSON_KIND_OBJECT;
    const char *key;
    json_t *member;

    json_object_foreach (members, key, member)
        code += mix(hash_key(key), hash_below(member, levels));
    return code;
}

static uint64_t hash_array(const json_t *array, unsigned levels)
{
    uint64_t code = JSON_KIND_ARRAY;
    const json_t *element;
    size_t index;

    json_array_foreach (array, index, element)
        code = mix(code, hash_below(element, levels));
    return code;
}

static uint64_t hash_below(const json_t *value, unsigned levels)
{
    enum json_kind kind = json_kind(value);

    switch (kind) {
    case JSON_KIND_NULL: return mix(kind, 0);
    case JSON_KIND_BOOLEAN: return mix(kind, json_is_true(value));
    case JSON_KIND_NUMBER: return hash_number(value);
    case JSON_KIND_STRING:
        return hash_bytes(json_string_value(value), json_string_length(value));
    case JSON_KIND_ARRAY:
        return levels ? hash_array(value, levels - 1) : JSON_KIND_ARRAY;
    case JSON_KIND_OBJECT:
        return levels ? hash_object(value, levels - 1) : JSON_KIND_OBJECT;
    }
    return 0;
}

uint64_t json_hash(const json_t *value)
{
    return hash_below(value, LEVELS);
}
