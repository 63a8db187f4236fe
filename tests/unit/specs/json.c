/* What is read of a text, and what is said of one that is no JSON. */
#include "specs/json.h"

#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>

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
        json_auto_t *value = value_read(rows[i].text);

        value_expect(value, rows[i].printed);
    }
}
END_TEST

enum { DEPTH = 16 };

static const struct {
    const char *text;
    size_t offset;
    const char *said;
} mistakes[] = {
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

START_TEST(says_what_is_wrong_and_where)
{
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        struct json_trouble trouble;

        ck_assert_msg(!json_read(mistakes[i].text, strlen(mistakes[i].text),
                                 DEPTH, JSON_READ_REJECT_DUPLICATES, &trouble),
                      "%s", mistakes[i].text);
        ck_assert_msg(strcmp(trouble.text, mistakes[i].said) == 0 &&
                          trouble.offset == mistakes[i].offset,
                      "%s: \"%s\" at %zu", mistakes[i].text, trouble.text,
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
    ck_assert(!json_read("1\0", 2, DEPTH, 0, &trouble));
    ck_assert_str_eq(trouble.text, "there is a NUL byte in the text");
    ck_assert_uint_eq(trouble.offset, 1);
    ck_assert(!json_read("[1\0]", 4, DEPTH, 0, &trouble));
    ck_assert(!json_read(NULL, 0, DEPTH, 0, &trouble));
}
END_TEST

START_TEST(takes_a_key_twice_unless_told)
{
    json_auto_t *value = value_read("{\"a\": 1, \"a\": 2}");

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

UNIT("json", reads_and_prints_what_it_read, says_what_is_wrong_and_where,
     names_nul_bytes, takes_a_key_twice_unless_told,
     stops_one_level_past_the_depth)
