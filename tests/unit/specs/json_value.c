/* Values, looked at and compared. */
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>

#include "specs/json.h"

START_TEST(compares_numbers_exactly)
{
    static const struct {
        const char *a;
        const char *b;
        int order;
    } rows[] = {
        {"1", "1.0", 0},
        {"1", "2", -1},
        {"-1", "-2", 1},
        {"0", "-0", 0},
        {"-0.0", "0", 0},
        {"-0e999999", "0.000", 0},
        {"9007199254740993", "9007199254740992.0", 1},
        {"9007199254740993", "9007199254740993.0", 0},
        {"9007199254740992", "9007199254740992.0", 0},
        {"1e400", "1E+400", 0},
        {"1e400", "10e399", 0},
        {"0.01e402", "1e400", 0},
        {"1e400", "1.0000000000000000000001e400", -1},
        {"-1e400", "1e400", -1},
        {"-1e400", "-1e401", 1},
        {"-1e400", "0", -1},
        {"0", "1e-400", -1},
        {"1e-400", "2e-400", -1},
        {"0.1", "0.10", 0},
        {"0.1", "0.1000000000000000055511151231257827", -1},
        {"1e999999999", "1e999999998", 1},
        {"1e-999999999", "1e-999999998", -1},
        {"18446744073709551615", "18446744073709551616", -1},
        {"18446744073709551615", "18446744073709551615.000", 0},
        {"9223372036854775807", "9223372036854775808", -1},
        {"9223372036854775807", "9223372036854775807.5", -1},
        {"-9223372036854775808", "-9223372036854775808.0", 0},
        {"1e18", "1000000000000000000", 0},
        {"1e19", "10000000000000000000", 0},
        {"1e19", "9223372036854775807", 1},
        {"1.5", "1", 1},
        {"1e999999999999999999", "1e999999999999999998", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *a = value_read(rows[i].a);
        json_auto_t *b = value_read(rows[i].b);

        ck_assert_msg(json_number_compare(a, b) == rows[i].order &&
                          json_number_compare(b, a) == -rows[i].order,
                      "%s and %s", rows[i].a, rows[i].b);
        ck_assert(json_values_equal(a, b) == !rows[i].order);
    }
}
END_TEST

START_TEST(knows_whole_numbers)
{
    static const struct {
        const char *text;
        bool whole;
    } rows[] = {
        {"1", true},       {"1.0", true},
        {"1.5", false},    {"1e400", true},
        {"1e-400", false}, {"1.5e400", true},
        {"0e-999", true},  {"9007199254740993.0", true},
        {"\"1\"", false},  {"9007199254740993.5", false},
        {"null", false},   {"12345678901234567890", true},
        {"100e-2", true},  {"100000000000000000000000e-23", true},
        {"0.1e1", true},   {"100000000000000000000000e-24", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = value_read(rows[i].text);

        ck_assert_msg(json_is_whole(value) == rows[i].whole, "%s",
                      rows[i].text);
    }
}
END_TEST

START_TEST(names_the_kinds_of_values)
{
    static const struct {
        const char *text;
        enum json_kind kind;
        const char *name, *words;
    } rows[] = {
        {"null", JSON_KIND_NULL, "null", "null"},
        {"true", JSON_KIND_BOOLEAN, "boolean", "a boolean"},
        {"false", JSON_KIND_BOOLEAN, "boolean", "a boolean"},
        {"1", JSON_KIND_NUMBER, "number", "a number"},
        {"1.5", JSON_KIND_NUMBER, "number", "a number"},
        {"1e400", JSON_KIND_NUMBER, "number", "a number"},
        {"\"\"", JSON_KIND_STRING, "string", "a string"},
        {"[]", JSON_KIND_ARRAY, "array", "an array"},
        {"{}", JSON_KIND_OBJECT, "object", "an object"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = value_read(rows[i].text);

        ck_assert_int_eq(json_kind(value), rows[i].kind);
        ck_assert_str_eq(json_kind_name(json_kind(value)), rows[i].name);
        ck_assert_str_eq(json_kind_words(value), rows[i].words);
    }
}
END_TEST

START_TEST(makes_exact_numbers_of_numbers_only)
{
    static const char *const bad[] = {
        "",
        "-",
        "01",
        ".5",
        "5.",
        "1e",
        "1e+",
        "+1",
        "1 ",
        " 1",
        "0x1",
        "NaN",
        "1e1000000000000000000",
    };
    json_auto_t *good = json_exact_new("-12.50e+010");

    ck_assert_str_eq(json_exact_number(good), "-12.50e+010");
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(!json_exact_new(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(compares_values_deeply)
{
    static const struct {
        const char *a;
        const char *b;
        bool equal;
    } rows[] = {
        {"{\"a\":1,\"b\":[2,{}]}", "{\"b\":[2.0,{}],\"a\":1}", true},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false},
        {"{\"a\":1}", "{\"a\":1,\"b\":1}", false},
        {"[1,2]", "[2,1]", false},
        {"[1]", "[1,1]", false},
        {"[[[[1]]]]", "[[[[2]]]]", false},
        {"[]", "{}", false},
        {"true", "false", false},
        {"null", "null", true},
        {"\"1\"", "1", false},
        {"\"a\\u0000b\"", "\"a\\u0000c\"", false},
        {"\"a\"", "\"a\\u0000\"", false},
        {"[1e400]", "[10e399]", true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *a = value_read(rows[i].a);
        json_auto_t *b = value_read(rows[i].b);

        ck_assert_msg(json_values_equal(a, b) == rows[i].equal, "%s and %s",
                      rows[i].a, rows[i].b);
        ck_assert(json_values_equal(b, a) == rows[i].equal);
    }
}
END_TEST

START_TEST(bears_values_of_any_depth)
{
    enum { DEEP = 20000 };
    json_auto_t *a = value_nest(DEEP);
    json_auto_t *b = value_nest(DEEP);
    json_auto_t *c = value_nest(DEEP - 1);
    CLEANUP(freep) char *printed = value_print(a);

    ck_assert(json_values_equal(a, b));
    ck_assert(!json_values_equal(a, c));
    ck_assert_uint_eq(strlen(printed), (size_t)DEEP * 2);
}
END_TEST

/* Of each kind; what can be changed is nobody else's. */
START_TEST(shares_scalars_that_are_the_same)
{
    static const struct {
        const char *a;
        const char *b;
        bool shared;
    } rows[] = {
        {"\"a\"", "\"a\"", true}, {"7", "7", true},      {"1.5", "1.5", true},
        {"1e400", "1e400", true}, {"\"a\"", "7", false}, {"7", "8", false},
        {"1", "1.0", false},      {"[]", "[]", false},   {"{}", "{}", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        json_t *a = value_read(rows[i].a);
        json_t *b = value_read(rows[i].b);
        json_t *shared;

        ck_assert_ptr_eq(json_share(&arena, a), a);
        shared = json_share(&arena, b);
        ck_assert_msg((shared == a) == rows[i].shared, "%s and %s", rows[i].a,
                      rows[i].b);
        json_decref(a);
        json_decref(b);
        ck_assert(json_values_equal(shared, shared)); /* it is held */
        arena_finish(&arena);
    }
}
END_TEST

START_TEST(holds_more_values_than_one_item_has_room_for)
{
    enum { MANY = 100 };
    struct arena arena = {0};
    json_t *held[MANY];

    for (size_t i = 0; i < MANY; i++) {
        held[i] = json_integer((json_int_t)i);
        ck_assert_ptr_eq(json_hold(&arena, held[i]), held[i]);
        json_decref(held[i]);
    }
    for (size_t i = 0; i < MANY; i++)
        ck_assert_int_eq(json_integer_value(held[i]), (json_int_t)i);
    arena_finish(&arena);
}
END_TEST

UNIT("json_value", compares_numbers_exactly, knows_whole_numbers,
     names_the_kinds_of_values, makes_exact_numbers_of_numbers_only,
     compares_values_deeply, bears_values_of_any_depth,
     shares_scalars_that_are_the_same,
     holds_more_values_than_one_item_has_room_for)
