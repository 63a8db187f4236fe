#include "specs/json.h"

#include "tests/unit/unit.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 16, MANY = 1 << 20 };

static json_t *read_text(const char *text)
{
    struct json_trouble trouble;
    json_t *value = json_read(text, strlen(text), DEPTH, 0, &trouble);

    ck_assert_msg(value, "%s: %s at %zu", text, trouble.text, trouble.offset);
    return value;
}

static char *print_of(const json_t *value)
{
    struct buffer out = buffer_with_ceiling(MANY);

    ck_assert(json_print(value, &out));
    return buffer_take(&out);
}

START_TEST(reads_and_prints_what_it_read)
{
    static const struct {
        const char *text;
        const char *printed;
    } rows[] = {
        {"1", "1"},
        {" \r\n\t[ ] ", "[]"},
        {"\xef\xbb\xbf{\"a\": 1}", "{\"a\":1}"},
        {"{\"b\": [true, false, null], \"a\": {}}",
         "{\"b\":[true,false,null],\"a\":{}}"},
        {"\"a\\u0000b\\n\\\"\\\\\\/\"", "\"a\\u0000b\\n\\\"\\\\/\""},
        {"\"\\ud83d\\ude00 \\u00e9\"", "\"\xf0\x9f\x98\x80 \xc3\xa9\""},
        {"[0.1, 1.0, 1e300, -0, -0.0]", "[0.1,1.0,1e+300,0,-0.0]"},
        {"[0.30000000000000004, 123456789.125]",
         "[0.30000000000000004,123456789.125]"},
        {"[9223372036854775807, -9223372036854775808]",
         "[9223372036854775807,-9223372036854775808]"},
        /* what jansson would refuse */
        {"[9223372036854775808, -9223372036854775809]",
         "[9223372036854775808,-9223372036854775809]"},
        {"18446744073709551615", "18446744073709551615"},
        {"{\"a\": 1e400, \"b\": [-1E+400]}", "{\"a\":1e400,\"b\":[-1E+400]}"},
        /* what jansson would round */
        {"[1e-400, 5e-324, 0e-400, 0.10000000000000001]",
         "[1e-400,5e-324,0.0,0.10000000000000001]"},
        {"9007199254740993.0", "9007199254740993.0"},
        /* strings that look like our own marks */
        {"[1e400, \"\\u0001\", \"\\u00011\", \"\\u0001\\u00011\"]",
         "[1e400,\"\\u0001\",\"\\u00011\",\"\\u0001\\u00011\"]"},
        {"{\"\\u0001\": 1e400, \"\\u00012\" : \"\\u00013\"}",
         "{\"\\u0001\":1e400,\"\\u00012\":\"\\u00013\"}"},
        {"[\"1e400\", \"\\\"1e400\", \"\\\\\", 1e400]",
         "[\"1e400\",\"\\\"1e400\",\"\\\\\",1e400]"},
        {"\"\\u00011e400\"", "\"\\u00011e400\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = read_text(rows[i].text);
        CLEANUP(freep) char *printed = print_of(value);

        ck_assert_str_eq(printed, rows[i].printed);
    }
}
END_TEST

START_TEST(says_what_is_wrong_and_where)
{
    static const struct {
        const char *text;
        size_t offset;
        const char *said;
    } rows[] = {
        {"", 0, "there is no JSON: the text is empty"},
        {" \n ", 0, "there is no JSON: the text is empty"},
        {"\xef\xbb\xbf", 3, "there is no JSON: the text is empty"},
        {"[1,]", 3, "a value is expected here"},
        {"[1 2]", 3, "\",\" or \"]\" is expected here"},
        {"\xef\xbb\xbf[1 2]", 6, "\",\" or \"]\" is expected here"},
        {"{a:1}", 1, "a key in double quotes is expected here"},
        {"{\"a\":1,}", 7, "a key in double quotes is expected here"},
        {"{1e400:1}", 1, "a key in double quotes is expected here"},
        {"{123456789012345678901 : 1}", 1,
         "a key in double quotes is expected here"},
        {"{\"a\" 1}", 5, "\":\" is expected here, after the key"},
        {"{\"a\":1 \"b\":2}", 7, "\",\" or \"}\" is expected here"},
        {"[tru]", 1, "this is not JSON"},
        {"[01]", 1, "this is not JSON"},
        {"[1.]", 1, "this is not JSON"},
        {"[\"a\", 'b']", 6, "this is not JSON"},
        {"[NaN]", 1, "this is not JSON"},
        {"// x\n1", 0, "this is not JSON"},
        {"[1] x", 4, "there is more after the end of the value"},
        {"[1", 2, "the text ends before the JSON does"},
        {"{\"a\":", 5, "the text ends before the JSON does"},
        {"[\"abc", 1, "this string has no end"},
        {"[\"a\nb\"]", 3, "a line break in a string must be written as \\n"},
        {"[\"a\tb\"]", 3,
         "a control character in a string must be written as \\u00XX"},
        {"[\"a\\qb\"]", 3, "this is no escape that JSON knows"},
        {"[\"a\\u12x4b\"]", 3, "this is no escape that JSON knows"},
        {"[\"ab\\ud800 foo\"]", 4, "this is half of a surrogate pair"},
        {"[\"ab\\ud800\\u0041\"]", 4, "this is half of a surrogate pair"},
        {"[\"ab\\uDC00\"]", 4, "this is half of a surrogate pair"},
        {"[\"ab\xff\"]", 4, "this is not UTF-8"},
        {"[\"ab\xed\xa0\x80\"]", 4, "this is not UTF-8"},
        {"\xff", 0, "this is not UTF-8"},
        {"{\"a\\u0000b\":1}", 1, "a key with \\u0000 in it cannot be read"},
        {"{\"abc\":1, \"abc\":2}", 10,
         "this key is given twice in the same object"},
        /* after a number that is rewritten */
        {"[1e400, 2, tru]", 11, "this is not JSON"},
        {"[1e400, \"\\u0001a\", tru]", 19, "this is not JSON"},
        {"\xef\xbb\xbf[1e400 1e400]", 10, "\",\" or \"]\" is expected here"},
        {"[1e400", 6, "the text ends before the JSON does"},
        {"[1, 3E333333333333333333333333333333333333333]", 4,
         "the exponent of this number has more than 18 digits"},
        {"[1e1000000000000000000]", 1,
         "the exponent of this number has more than 18 digits"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_trouble trouble;

        ck_assert_msg(!json_read(rows[i].text, strlen(rows[i].text), DEPTH,
                                 JSON_READ_REJECT_DUPLICATES, &trouble),
                      "%s", rows[i].text);
        ck_assert_msg(strcmp(trouble.text, rows[i].said) == 0 &&
                          trouble.offset == rows[i].offset,
                      "%s: \"%s\" at %zu", rows[i].text, trouble.text,
                      trouble.offset);
    }
}
END_TEST

START_TEST(names_nul_bytes)
{
    struct json_trouble trouble;

    ck_assert(!json_read("[1,\0 2]", 7, DEPTH, 0, &trouble));
    ck_assert_str_eq(trouble.text, "there is a NUL byte in the text");
    ck_assert_uint_eq(trouble.offset, 3);
    ck_assert(!json_read("\0", 1, DEPTH, 0, &trouble));
    ck_assert_str_eq(trouble.text, "there is a NUL byte in the text");
    ck_assert_uint_eq(trouble.offset, 0);
    ck_assert(!json_read(NULL, 0, DEPTH, 0, &trouble));
}
END_TEST

START_TEST(takes_a_key_twice_unless_told)
{
    json_auto_t *value = read_text("{\"a\": 1, \"a\": 2}");

    ck_assert_int_eq(json_integer_value(json_object_get(value, "a")), 2);
}
END_TEST

START_TEST(stops_one_level_past_the_depth)
{
    struct json_trouble trouble;
    json_t *value = json_read("[[{\"a\":[]}]]", 12, 4, 0, &trouble);

    ck_assert(value);
    json_decref(value);
    ck_assert(!json_read(" [[{\"[[[\":[]}]]", 15, 3, 0, &trouble));
    ck_assert_uint_eq(trouble.offset, 10);
    ck_assert_str_eq(trouble.text, "this nests deeper than the 3 levels that "
                                   "are allowed");
    value = json_read("[[],[],[],{},{}]", 16, 2, 0, &trouble);
    ck_assert(value);
    json_decref(value);
}
END_TEST

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
        json_auto_t *a = read_text(rows[i].a);
        json_auto_t *b = read_text(rows[i].b);

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
        json_auto_t *value = read_text(rows[i].text);

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
        const char *name;
    } rows[] = {
        {"null", JSON_KIND_NULL, "null"},
        {"true", JSON_KIND_BOOLEAN, "boolean"},
        {"false", JSON_KIND_BOOLEAN, "boolean"},
        {"1", JSON_KIND_NUMBER, "number"},
        {"1.5", JSON_KIND_NUMBER, "number"},
        {"1e400", JSON_KIND_NUMBER, "number"},
        {"\"\"", JSON_KIND_STRING, "string"},
        {"[]", JSON_KIND_ARRAY, "array"},
        {"{}", JSON_KIND_OBJECT, "object"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = read_text(rows[i].text);

        ck_assert_int_eq(json_kind(value), rows[i].kind);
        ck_assert_str_eq(json_kind_name(json_kind(value)), rows[i].name);
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
        json_auto_t *a = read_text(rows[i].a);
        json_auto_t *b = read_text(rows[i].b);

        ck_assert_msg(json_values_equal(a, b) == rows[i].equal, "%s and %s",
                      rows[i].a, rows[i].b);
        ck_assert(json_values_equal(b, a) == rows[i].equal);
    }
}
END_TEST

static json_t *nest(size_t depth)
{
    json_t *value = json_array();

    while (--depth)
        value = json_pack("[o]", value);
    return value;
}

START_TEST(bears_values_of_any_depth)
{
    enum { DEEP = 20000 };
    json_auto_t *a = nest(DEEP);
    json_auto_t *b = nest(DEEP);
    json_auto_t *c = nest(DEEP - 1);
    CLEANUP(freep) char *printed = print_of(a);

    ck_assert(json_values_equal(a, b));
    ck_assert(!json_values_equal(a, c));
    ck_assert_uint_eq(strlen(printed), (size_t)DEEP * 2);
}
END_TEST

START_TEST(prints_reals_that_read_back_equal)
{
    static const double values[] = {
        0.1,         1.0 / 3,   1e21, 5e-324, DBL_MAX, DBL_MIN,
        M_PI,        1e15,      1e16, 1e-7,   100,     123456789012345680.0,
        DBL_MIN / 3, -2.5e-310,
    };

    for (size_t i = 0; i < COUNT(values); i++) {
        json_auto_t *value = json_real(values[i]);
        CLEANUP(freep) char *printed = print_of(value);
        json_auto_t *again = read_text(printed);

        ck_assert_msg(json_is_real(again), "%s", printed);
        ck_assert_msg(json_real_value(again) == values[i], "%s", printed);
    }
}
END_TEST

/* The rule, told with printf: the shortest decimal of the double is the same
 * number. */
static bool double_holds(const char *text)
{
    double value = strtod(text, NULL);
    char shortest[64];
    int precision = 0;

    do {
        snprintf(shortest, sizeof(shortest), "%.*e", precision, value);
    } while (strtod(shortest, NULL) != value && ++precision < 17);
    return strtold(text, NULL) == strtold(shortest, NULL);
}

START_TEST(keeps_reals_that_a_double_would_round)
{
    uint64_t random = 88172645463325252;

    for (size_t i = 0; i < 60000; i++) {
        char text[64];
        json_t *value;

        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        snprintf(text, sizeof(text), "%s%.*fe%d", random & 1 ? "-" : "",
                 15 + (int)(random % 3), (double)(random >> 1) / 0x1p63,
                 (int)(random % 7 * (random % 3)));
        if (i % 2)
            text[strcspn(text, "e") - 1] = (char)('1' + random % 9);
        value = read_text(text);
        ck_assert_msg(json_is_real(value) == double_holds(text), "%s", text);
        json_decref(value);
    }
}
END_TEST

START_TEST(prints_short_with_whole_characters)
{
    static const struct {
        const char *text;
        size_t most;
        const char *printed;
    } rows[] = {
        {"[1,2,3]", 7, "[1,2,3]"},
        {"[1,2,3]", 6, "[1,..."},
        {"\"\xc3\xa9\xc3\xa9\xc3\xa9\"", 8, "\"\xc3\xa9\xc3\xa9\xc3\xa9\""},
        {"\"\xc3\xa9\xc3\xa9\xc3\xa9\"", 7, "\"\xc3\xa9..."},
        {"\"abcdefgh\"", 9, "\"abcde..."},
        {"12345", 3, "..."},
        {"12345", 2, ".."},
        {"12345", 0, ""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = read_text(rows[i].text);

        ck_assert_str_eq(json_print_short(&arena, value, rows[i].most),
                         rows[i].printed);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(prints_bare_strings)
{
    static const struct {
        const char *text;
        const char *printed;
    } rows[] = {
        {"\"a\\nb\"", "a\nb"}, {"null", "null"},       {"1e400", "1e400"},
        {"true", "true"},      {"[\"a\"]", "[\"a\"]"}, {"1.0", "1.0"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = read_text(rows[i].text);
        struct buffer out = buffer_with_ceiling(MANY);

        ck_assert(json_print_bare(value, &out));
        ck_assert_str_eq(buffer_text(&out), rows[i].printed);
        buffer_finish(&out);
    }
}
END_TEST

START_TEST(prints_only_utf8)
{
    static const char text[] = "a\xff\xc3\xa9\xed\xa0\x80\x01\xf0\x9f\x98\x80"
                               "\xc0\xaf\xf4\x90\x80\x80\xc3";
    static const char bad[] = "\xef\xbf\xbd";
    struct buffer out = buffer_with_ceiling(MANY);
    struct buffer wanted = buffer_with_ceiling(MANY);

    ck_assert(json_print_string(text, strlen(text), &out));
    ck_assert(buffer_print(&wanted,
                           "\"a%s\xc3\xa9%s%s%s\\u0001\xf0\x9f\x98\x80%s%s"
                           "%s%s%s%s%s\"",
                           bad, bad, bad, bad, bad, bad, bad, bad, bad, bad,
                           bad));
    ck_assert_str_eq(buffer_text(&out), buffer_text(&wanted));
    buffer_finish(&out);
    buffer_finish(&wanted);
}
END_TEST

START_TEST(stops_printing_at_the_ceiling)
{
    static const char text[] = "{\"key\":[1,\"a\\u0001b\",1e400,null]}";
    json_auto_t *value = read_text(text);

    for (size_t ceiling = 0; ceiling < strlen(text); ceiling++) {
        struct buffer out = buffer_with_ceiling(ceiling);

        ck_assert(!json_print(value, &out));
        ck_assert_uint_eq(out.length, ceiling);
        buffer_finish(&out);
    }
}
END_TEST

UNIT("json", reads_and_prints_what_it_read, says_what_is_wrong_and_where,
     names_nul_bytes, takes_a_key_twice_unless_told,
     stops_one_level_past_the_depth, compares_numbers_exactly,
     knows_whole_numbers, names_the_kinds_of_values,
     makes_exact_numbers_of_numbers_only, compares_values_deeply,
     bears_values_of_any_depth, prints_reals_that_read_back_equal,
     keeps_reals_that_a_double_would_round, prints_short_with_whole_characters,
     prints_bare_strings, prints_only_utf8, stops_printing_at_the_ceiling)
