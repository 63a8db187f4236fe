#include "tests/unit/specs/calls.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>
#include <unistd.h>

#include "specs/zone.h"

static const struct scope scope = {.chance = &leap_day};

START_TEST(tells_a_time_in_many_forms)
{
    static const struct hole_row rows[] = {
        {"now()", "\"2024-02-29T12:34:56.789Z\""},
        {"now('iso')", "\"2024-02-29T12:34:56.789Z\""},
        {"now('http')", "\"Thu, 29 Feb 2024 12:34:56 GMT\""},
        {"now('unix')", "1709210096"},
        {"now('unix_ms')", "1709210096789"},
        {"now('')", "\"\""},
        {"now('%Y-%m-%d')", "\"2024-02-29\""},
        {"now('%F %T.%L')", "\"2024-02-29 12:34:56.789\""},
        {"now('%s')", "\"1709210096\""},
        {"now('%A, %-d %B %Y, %I %p, day %j, week %V')",
         "\"Thursday, 29 February 2024, 12 PM, day 060, week 09\""},
        {"now('%_m|%-m|%^b|%z|%Z|%%')", "\" 2|2|FEB|+0000|UTC|%\""},
        {"now('%x %X %c')", "\"02/29/24 12:34:56 Thu Feb 29 12:34:56 2024\""},
    };

    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(counts_from_the_time)
{
    static const struct hole_row rows[] = {
        {"now('%F', '+1d')", "\"2024-03-01\""},
        {"now('%F', '-1d')", "\"2024-02-28\""},
        {"now('%F', '+365d')", "\"2025-02-28\""},
        {"now('%F', '+366d')", "\"2025-03-01\""},
        {"now('%F', '+2w')", "\"2024-03-14\""},
        {"now('%T.%L', '-2h30m')", "\"10:04:56.789\""},
        {"now('%T.%L', '+3s11ms')", "\"12:34:59.800\""},
        {"now('unix', '-800000000s')", "909210096"},
        {"now('iso', '-20000d')", "\"1969-05-28T12:34:56.789Z\""},
        {"now('unix_ms', '-20000d')", "-18789903211"},
        {"now('unix', '-20000d')", "-18789904"},
        {"now('%F', '+2900000d')", "\"9964-02-04\""},
        {"now('%F', '-370000d')", "\"1011-02-20\""},
        {"now('iso', '+0s')", "\"2024-02-29T12:34:56.789Z\""},
    };

    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(tells_it_as_other_clocks_show_it)
{
    static const struct hole_row rows[] = {
        {"now('iso', '+0s', 'UTC')", "\"2024-02-29T12:34:56.789Z\""},
        {"now('iso', '+0s', 'Z')", "\"2024-02-29T12:34:56.789Z\""},
        {"now('iso', '+0s', '+02:00')", "\"2024-02-29T14:34:56.789+02:00\""},
        {"now('iso', '+0s', '-0330')", "\"2024-02-29T09:04:56.789-03:30\""},
        {"now('iso', '+0s', '+14')", "\"2024-03-01T02:34:56.789+14:00\""},
        {"now('%z %Z', '+0s', '+05:45')", "\"+0545 +05:45\""},
        {"now('http', '+0s', '+02:00')", "\"Thu, 29 Feb 2024 12:34:56 GMT\""},
        {"now('unix', '+0s', '+02:00')", "1709210096"},
        {"now('%s', '+0s', '+02:00')", "\"1709210096\""},
        {"now('iso', '+0s', 'local')", "\"2024-02-29T02:34:56.789-10:00\""},
        {"now('%Z', '+0s', 'local')", "\"HST\""},
    };

    ck_assert_int_eq(setenv("TZ", "HST10", 1), 0);
    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(says_what_is_no_time)
{
    static const char offset[] =
        "an offset is a sign and numbers with units (w, d, h, m, s, ms), as in "
        "\"+1d\" or \"-2h30m\"";
    static const char zone[] =
        "no time zone has this name; there are \"UTC\", \"local\", \"+02:00\", "
        "\"Europe/Berlin\"...";
    static const char years[] =
        "this offset leads out of the years 1000 to 9999";
    static const struct mistake_row rows[] = {
        {"now(1)", 5, "a format is expected here, and not a number"},
        {"now('%Q')", 5,
         "\"%Q\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('a%')", 5,
         "\"%\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('%-')", 5,
         "\"%-\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('%-L')", 5,
         "\"%-L\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('%Ey')", 5,
         "\"%E\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('%\xc3\xbc')", 5,
         "\"%\xc3\xbc\" stands for nothing in a format of times; a literal % is "
         "written %%"},
        {"now('iso', '1d')", 12, offset},
        {"now('iso', '')", 12, offset},
        {"now('iso', '+')", 12, offset},
        {"now('iso', '+1')", 12, offset},
        {"now('iso', '+1y')", 12, offset},
        {"now('iso', '+1d 2h')", 12, offset},
        {"now('iso', '+1d-2h')", 12, offset},
        {"now('iso', '+1000000000s')", 12, offset},
        {"now('iso', '+999999999w')", 12, years},
        {"now('iso', '-374100d')", 12, years},
        {"now('iso', '+2920000d')", 12, years},
        {"now('iso', '+0s', 'Nowhere')", 19, zone},
        {"now('iso', '+0s', '')", 19, zone},
        {"now('iso', '+0s', '+2')", 19, zone},
        {"now('iso', '+0s', '+24:00')", 19, zone},
        {"now('iso', '+0s', '+02:60')", 19, zone},
        {"now('iso', '+0s', '+02:')", 19, zone},
        {"now('iso', '+0s', '+02:0')", 19, zone},
        {"now('iso', '+0s', '+020')", 19, zone},
        {"now('iso', '+0s', '/etc/localtime')", 19, zone},
        {"now('iso', '+0s', '../zoneinfo/UTC')", 19, zone},
    };

    mistakes_expect(&scope, rows, COUNT(rows));
}
END_TEST

/* A format of so many letters, and something behind them. */
static void expect_long(int letters, const char *behind, const char *told)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(2 * LIMIT_TIME_TEXT);
    struct hole hole;

    ck_assert(buffer_print(&text, "sha256(now('%0*d%s'))", letters, 0, behind));
    hole_fill(buffer_text(&text), &scope, &hole);
    ck_assert_msg(strcmp(hole.told, told) == 0, "%d%s: %s", letters, behind,
                  hole.told);
}

START_TEST(has_limits)
{
    /* As long on every day. */
    static const struct {
        const char *text;
        int length;
    } ends[] = {{"", 0},   {"x", 1},   {"%d", 2},    {"%L", 3},    {"%s", 10},
                {"%%", 1}, {"%_m", 2}, {"%F%T", 18}, {"%d%%x", 4}, {"%Y%L", 7}};
    static const char told[] = "this makes a time of more than 4096 bytes";

    for (size_t i = 0; i < COUNT(ends); i++) {
        int most = LIMIT_TIME_TEXT - ends[i].length;

        expect_long(most, ends[i].text, "");
        expect_long(most + 1, ends[i].text, told);
    }
    expect_long(LIMIT_TIME_TEXT, "%Q",
                "\"%Q\" stands for nothing in a format of times; a literal % "
                "is written %%");
}
END_TEST

UNIT("functions_time", tells_a_time_in_many_forms, counts_from_the_time,
     tells_it_as_other_clocks_show_it, says_what_is_no_time, has_limits)
