/* Moments, whichever way they are written. */
#include "assertions/instant.h"

#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static struct text text_of(const char *words)
{
    return (struct text){words, strlen(words)};
}

/* Printed as RFC 3339 writes it, so that rows can be read. */
static const char *read_as(const char *form, const char *text)
{
    static char printed[INSTANT_TEXT];
    struct trouble trouble = {.text = ""};
    struct instant instant;

    ck_assert_msg(!form || instant_form_check(form, &trouble), "%s: %s", form,
                  trouble.text);
    ck_assert_msg(instant_read(form, text_of(text), &instant, &trouble),
                  "%s: %s", text, trouble.text);
    ck_assert(instant.ns >= 0 && instant.ns < 1000000000);
    instant_print(instant, printed);
    return printed;
}

struct row {
    const char *form, *text, *told;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *told = read_as(rows[i].form, rows[i].text);

        ck_assert_msg(strcmp(told, rows[i].told) == 0, "%s by %s: %s",
                      rows[i].text, rows[i].form, told);
    }
}

START_TEST(forms_with_a_name_are_read)
{
    static const struct row rows[] = {
        {"iso", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
        {"iso", "2026-11-21T09:30:00+01:00", "2026-11-21T08:30:00Z"},
        {"iso", "2026-11-20t23:30:00-01:30", "2026-11-21T01:00:00Z"},
        {"iso", "1963-06-19T08:30:06.283185z", "1963-06-19T08:30:06.283185Z"},
        {"iso", "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
        {"iso", "1985-04-12T00:59:59.999999999999Z",
         "1985-04-12T00:59:59.999999999Z"},
        {"iso", "2000-02-29T00:00:00.000Z", "2000-02-29T00:00:00Z"},
        {"iso", "1998-12-31T23:59:60Z", "1999-01-01T00:00:00Z"},
        {"iso", "1998-12-31T15:59:60.25-08:00", "1999-01-01T00:00:00.25Z"},
        {"iso", "0000-01-01T00:00:00+01:00", "-0001-12-31T23:00:00Z"},
        {"iso", "9999-12-31T23:59:59-23:59", "10000-01-01T23:58:59Z"},
        {"date", "2026-11-21", "2026-11-21T00:00:00Z"},
        {"date", "0400-02-29", "0400-02-29T00:00:00Z"},
        {"http", "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
        {"http", "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
        {"http", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"},
        {"http", "Sat, 21 Nov 2026 23:59:59 GMT", "2026-11-21T23:59:59Z"},
        {"unix", "0", "1970-01-01T00:00:00Z"},
        {"unix", "-1", "1969-12-31T23:59:59Z"},
        {"unix", "1700000000", "2023-11-14T22:13:20Z"},
        {"unix_ms", "1700000000001", "2023-11-14T22:13:20.001Z"},
        {"unix_ms", "-1", "1969-12-31T23:59:59.999Z"},
        {NULL, "2026-11-21", "2026-11-21T00:00:00Z"},
        {NULL, "2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"},
        {NULL, "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(patterns_are_read)
{
    static const struct row rows[] = {
        {"%d.%m.%Y %H:%M", "21.11.2026 09:30", "2026-11-21T09:30:00Z"},
        {"%-d.%-m.%Y", "1.2.2026", "2026-02-01T00:00:00Z"},
        {"%-d.%-m.%Y", "21.12.2026", "2026-12-21T00:00:00Z"},
        {"%e.%m.%Y", " 1.02.2026", "2026-02-01T00:00:00Z"},
        {"%FT%T.%f%z", "2026-11-21T09:30:00.5+0100", "2026-11-21T08:30:00.5Z"},
        {"%F %R %z", "2026-11-21 09:30 +01", "2026-11-21T08:30:00Z"},
        {"%F %R %z", "2026-11-21 09:30 Z", "2026-11-21T09:30:00Z"},
        {"%FT%T.%L", "2026-11-21T09:30:00.042", "2026-11-21T09:30:00.042Z"},
        {"%s.%f", "-1.5", "1969-12-31T23:59:59.5Z"},
        {"%Y-%j", "2024-366", "2024-12-31T00:00:00Z"},
        {"%D %I:%M %p", "11/21/26 12:05 am", "2026-11-21T00:05:00Z"},
        {"%D %I:%M %p", "11/21/69 12:05 PM", "1969-11-21T12:05:00Z"},
        {"%p%-I %D", "pm3 11/21/68", "2068-11-21T15:00:00Z"},
        {"%a %d %b %y", "sat 21 NOV 26", "2026-11-21T00:00:00Z"},
        {"%A, %B %-d %Y", "Saturday, May 2 2026", "2026-05-02T00:00:00Z"},
        {"%H:%M:%S %Z %F", "09:30:00 EST 2026-11-21", "2026-11-21T14:30:00Z"},
        {"%F %T %Z", "2026-11-21 09:30:00 UTC", "2026-11-21T09:30:00Z"},
        {"%Y%m%d%H%M%S", "20261121093001", "2026-11-21T09:30:01Z"},
        {"year %Y, 100%%", "year 2026, 100%", "2026-01-01T00:00:00Z"},
        {"%Y %T", "2026 23:59:60", "2026-01-02T00:00:00Z"},
    };

    check(rows, COUNT(rows));
}
END_TEST

static void check_mistakes(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trouble trouble = {.text = ""};
        struct instant instant;
        struct text text = text_of(rows[i].text);

        ck_assert(!rows[i].form || instant_form_check(rows[i].form, &trouble));
        ck_assert_msg(!instant_read(rows[i].form, text, &instant, &trouble),
                      "%s", rows[i].text);
        ck_assert_str_eq(trouble.text, rows[i].told);
        ck_assert_ptr_nonnull(trouble.blind);
        ck_assert_uint_le(trouble.at + trouble.length, text.length);
    }
}

START_TEST(mistakes_of_rfc_3339_are_told)
{
    static const struct row rows[] = {
        {"iso", "",
         "expected a year of four digits, found the end at "
         "character 1"},
        {"iso", "2026-1-20T00:00:00Z",
         "expected a month from 01 to 12, found \"1-\" at character 6"},
        {"iso", "2026-13-20T00:00:00Z",
         "expected a month from 01 to 12, found \"13\" at character 6"},
        {"iso", "2026-11-21 09:30:00Z",
         "expected \"T\" and a time, found \" \" at character 11"},
        {"iso", "2026-11-21T09:30:00",
         "expected \"Z\" or an offset like \"+01:00\", found the end at "
         "character 20"},
        {"iso", "2026-11-21T09:30:00+0100",
         "expected \":\", found \"0\" at character 23"},
        {"iso", "2026-11-21T09:30:00+24:00",
         "expected an offset's hours from 00 to 23, found \"24\" at character "
         "21"},
        {"iso", "2026-11-21T09:30:00.Z",
         "expected digits of a second, found \"Z\" at character 21"},
        {"iso", "2026-11-21T09:30:00Z\n",
         "expected the end, found \"\\n\" at character 21"},
        {"iso", "2026-11-21T09:30:60Z",
         "expected a second from 00 to 59 (60 is only at 23:59 UTC), found "
         "\"60\" at character 18"},
        {"iso", "2026-11-21T09:30:61Z",
         "expected a second from 00 to 60, found \"61\" at character 18"},
        {"date", "2026-02-29",
         "expected a day from 01 to 28, found \"29\" at character 9"},
        {"date", "2100-02-29",
         "expected a day from 01 to 28, found \"29\" at character 9"},
        {"date", "2026-11-2\xe0\xa7\xaa",
         "expected a day from 01 to 31, found \"2\xe0\xa7\xaa\" at character "
         "9"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_of_other_forms_are_told)
{
    static const struct row rows[] = {
        {"http", "Mon, 06 Nov 1994 08:49:37 GMT",
         "expected the week day of this date, Sunday, found \"Mon\" at "
         "character 1"},
        {"http", "sun, 06 Nov 1994 08:49:37 GMT",
         "expected a day of the week from \"Mon\" to \"Sun\", found \"sun\" at "
         "character 1"},
        {"http", "Sun, 06 Nov 1994 08:49:37 UTC",
         "expected \"G\", found \"U\" at character 27"},
        {"unix", "1.5", "expected the end, found \".\" at character 2"},
        {"unix", "253402387200",
         "expected seconds since 1970, up to the year 9999, found "
         "\"253402387200\" at character 1"},
        {"unix", "99999999999999999999999",
         "expected seconds since 1970, up to the year 9999, found "
         "\"9999999999999999999\" at character 1"},
        {"unix_ms", "x",
         "expected milliseconds since 1970, up to the year 9999, found \"x\" "
         "at character 1"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_by_a_pattern_are_told)
{
    static const struct row rows[] = {
        {"%d.%m.%Y", "\xc3\xa9.11.2026",
         "expected a day from 01 to 31, found \"\xc3\xa9.\" at character 1"},
        {"\xc3\xa9%Y%m",
         "\xc3\xa9"
         "2026xx",
         "expected a month from 01 to 12, found \"xx\" at character 6"},
        {"%Y\xe5\xb9\xb4%m",
         "2026\xe5\xb9\xb3"
         "05",
         "expected \"\xe5\xb9\xb4\", found \"\xe5\xb9\xb3\" at character 5"},
        {"%Y-%j", "2026-366",
         "expected a day from 001 to 365, found \"366\" at character 6"},
        {"%s %a", "0 Mon",
         "expected the week day of this date, Thursday, found \"Mon\" at "
         "character 3"},
        {"%s %a", "-1 Thu",
         "expected the week day of this date, Wednesday, found \"Thu\" at "
         "character 4"},
        {"%b %Y", "Foo 2026",
         "expected a month from \"Jan\" to \"Dec\", found \"Foo\" at character "
         "1"},
        {"%F %I %p", "2026-11-21 13 AM",
         "expected an hour from 01 to 12, found \"13\" at character 12"},
        {"%F %Z", "2026-11-21 CEST",
         "expected a zone like \"UTC\" or \"EST\", found \"CES\" at character "
         "12"},
        {NULL, "tomorrow",
         "expected a day of the week from \"Mon\" to \"Sun\", found \"tom\" at "
         "character 1"},
        {NULL, "21.11.2026",
         "expected a year of four digits, found \"21.1\" at character 1"},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(forms_are_checked)
{
    static const struct {
        const char *form, *told;
        size_t at, length;
    } rows[] = {
        {"%Q",
         "\"%Q\" stands for nothing in a form of dates; a literal % is "
         "written %%",
         0, 2},
        {"%Y %-Y",
         "\"%-Y\" stands for nothing in a form of dates; a literal % "
         "is written %%",
         3, 3},
        {"%Y %",
         "\"%\" stands for nothing in a form of dates; a literal % is "
         "written %%",
         3, 1},
        {"%Y%\xc3\xa9",
         "\"%\xc3\xa9\" stands for nothing in a form of dates; "
         "a literal % is written %%",
         2, 3},
        {"%Y %y", "\"%y\" tells the year a second time", 3, 2},
        {"%F %j", "\"%j\" tells the month a second time", 3, 2},
        {"%s %z", "\"%z\" tells the offset or zone a second time", 3, 2},
        {"%H:%M",
         "a form of dates must tell the year: with %Y, %y, %F, %D or "
         "%s",
         0, 0},
        {"%F %I:%M",
         "%I and %p need each other: an hour from 01 to 12, and "
         "\"AM\" or \"PM\"",
         0, 0},
        {"%F %H %p",
         "%I and %p need each other: an hour from 01 to 12, and "
         "\"AM\" or \"PM\"",
         0, 0},
        {"isi",
         "no form of dates: neither \"date\", \"http\", \"iso\", "
         "\"unix\", \"unix_ms\" nor a pattern with \"%\"; did you mean "
         "\"iso\"?",
         0, 0},
        {"",
         "no form of dates: neither \"date\", \"http\", \"iso\", \"unix\", "
         "\"unix_ms\" nor a pattern with \"%\"",
         0, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trouble trouble = {.text = ""};

        ck_assert_msg(!instant_form_check(rows[i].form, &trouble), "%s",
                      rows[i].form);
        ck_assert_str_eq(trouble.text, rows[i].told);
        ck_assert_uint_eq(trouble.at, rows[i].at);
        ck_assert_uint_eq(trouble.length, rows[i].length);
    }
}
END_TEST

START_TEST(names_of_forms_are_sorted_and_known)
{
    size_t count;
    const char *const *names = instant_forms(&count);

    for (size_t i = 0; i < count; i++) {
        struct trouble trouble;

        ck_assert(instant_form_check(names[i], &trouble));
        ck_assert(i == 0 || strcmp(names[i - 1], names[i]) < 0);
    }
}
END_TEST

START_TEST(moments_are_compared)
{
    static const struct {
        struct instant a, b;
        int order;
    } rows[] = {
        {{0, 0}, {0, 0}, 0},   {{0, 1}, {0, 0}, 1},   {{0, 1}, {0, 2}, -1},
        {{-1, 9}, {0, 0}, -1}, {{1, 0}, {0, 999}, 1}, {{5, 7}, {5, 7}, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(instant_compare(rows[i].a, rows[i].b), rows[i].order);
        ck_assert_int_eq(instant_compare(rows[i].b, rows[i].a), -rows[i].order);
    }
}
END_TEST

/* The process's own must not matter. */
START_TEST(zone_and_locale_do_not_matter)
{
    setenv("TZ", "America/New_York", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    ck_assert_str_eq(read_as("%d %b %Y %H:%M", "01 May 2026 10:00"),
                     "2026-05-01T10:00:00Z");
}
END_TEST

START_TEST(what_is_printed_is_read_again)
{
    const int64_t step = INT64_C(86400) * 97 + 12345;

    for (int64_t s = INT64_C(-62167219200); s < INT64_C(253402300800);
         s += step) {
        struct instant instant = {s, (int32_t)(s & 0xffffff)}, again;
        struct trouble trouble = {.text = ""};
        char text[INSTANT_TEXT];

        instant_print(instant, text);
        ck_assert_msg(instant_read("iso", text_of(text), &again, &trouble),
                      "%s: %s", text, trouble.text);
        ck_assert_int_eq(instant_compare(instant, again), 0);
    }
}
END_TEST

UNIT("instant", forms_with_a_name_are_read, patterns_are_read,
     mistakes_of_rfc_3339_are_told, mistakes_of_other_forms_are_told,
     mistakes_by_a_pattern_are_told, forms_are_checked,
     names_of_forms_are_sorted_and_known, moments_are_compared,
     zone_and_locale_do_not_matter, what_is_printed_is_read_again)
