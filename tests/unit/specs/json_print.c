/* Values as text. */
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

START_TEST(prints_reals_that_read_back_equal)
{
    static const double values[] = {
        0.1,         1.0 / 3,   1e21, 5e-324, DBL_MAX, DBL_MIN,
        M_PI,        1e15,      1e16, 1e-7,   100,     123456789012345680.0,
        DBL_MIN / 3, -2.5e-310,
    };

    for (size_t i = 0; i < COUNT(values); i++) {
        json_auto_t *value = json_real(values[i]);
        CLEANUP(freep) char *printed = value_print(value);
        json_auto_t *again = value_read(printed);

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
        value = value_read(text);
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
        json_auto_t *value = value_read(rows[i].text);

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
        json_auto_t *value = value_read(rows[i].text);
        struct buffer out = buffer_with_ceiling(1 << 20);

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
    struct buffer out = buffer_with_ceiling(1 << 20);
    struct buffer wanted = buffer_with_ceiling(1 << 20);

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
    json_auto_t *value = value_read(text);

    for (size_t ceiling = 0; ceiling < strlen(text); ceiling++) {
        struct buffer out = buffer_with_ceiling(ceiling);

        ck_assert(!json_print(value, &out));
        ck_assert_uint_eq(out.length, ceiling);
        buffer_finish(&out);
    }
}
END_TEST

UNIT("json_print", prints_reals_that_read_back_equal,
     keeps_reals_that_a_double_would_round, prints_short_with_whole_characters,
     prints_bare_strings, prints_only_utf8, stops_printing_at_the_ceiling)
