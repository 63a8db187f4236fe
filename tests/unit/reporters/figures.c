#include "reporters/figures.h"

#include "tests/unit/unit.h"
#include <math.h>

#include "specs/base/clock.h"

START_TEST(durations_are_for_people)
{
    static const struct {
        int64_t ns;
        const char *wanted;
    } rows[] = {
        {0, "0 ms"},
        {499, "0 ms"},
        {20000, "<0.1 ms"},
        {400000, "0.4 ms"},
        {949499, "0.9 ms"},
        {950000, "1 ms"},
        {12 * NS_PER_MS, "12 ms"},
        {99499999, "99 ms"},
        {99500000, "0.10 s"},
        {340 * NS_PER_MS, "0.34 s"},
        {9994 * NS_PER_MS, "9.99 s"},
        {9995 * NS_PER_MS, "10.0 s"},
        {59900 * NS_PER_MS, "59.9 s"},
        {59950 * NS_PER_MS, "60 s"},
        {61 * NS_PER_S, "61 s"},
        {119 * NS_PER_S, "119 s"},
        {725 * NS_PER_S, "12 min 5 s"},
    };
    char text[FIGURE_ROOM];

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(figure_duration(rows[i].ns, text), rows[i].wanted);
}
END_TEST

START_TEST(sizes_are_for_people)
{
    static const struct {
        uint64_t bytes;
        const char *wanted;
    } rows[] = {
        {0, "0 B"},         {999, "999 B"},      {1000, "1.0 kB"},
        {1234, "1.2 kB"},   {64000, "64 kB"},    {999499, "999 kB"},
        {999500, "1.0 MB"}, {1 << 30, "1.1 GB"}, {UINT64_MAX, "18446744 TB"},
    };
    char text[FIGURE_ROOM];

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(figure_size(rows[i].bytes, text), rows[i].wanted);
}
END_TEST

START_TEST(seconds_have_three_decimals)
{
    char text[FIGURE_ROOM];

    ck_assert_str_eq(figure_seconds(0, text), "0.000");
    ck_assert_str_eq(figure_seconds(-5, text), "0.000");
    ck_assert_str_eq(figure_seconds(499999, text), "0.000");
    ck_assert_str_eq(figure_seconds(500000, text), "0.001");
    ck_assert_str_eq(figure_seconds(1402 * NS_PER_MS, text), "1.402");
}
END_TEST

START_TEST(rates_have_as_many_digits_as_help)
{
    char text[FIGURE_ROOM];

    ck_assert_str_eq(figure_rate(0, 0, text), "0.0");
    ck_assert_str_eq(figure_rate(3, 0, text), "0.0");
    ck_assert_str_eq(figure_rate(3, 61 * NS_PER_S, text), "0.05");
    ck_assert_str_eq(figure_rate(3, 2 * NS_PER_S, text), "1.5");
    ck_assert_str_eq(figure_rate(22, 360 * NS_PER_MS, text), "61");
}
END_TEST

START_TEST(decimals_are_rounded)
{
    char text[FIGURE_ROOM];

    ck_assert_str_eq(figure_decimal(1.005, 1, text), "1.0");
    ck_assert_str_eq(figure_decimal(-2.25, 1, text), "-2.3");
    ck_assert_str_eq(figure_decimal(-0.01, 1, text), "0.0");
    ck_assert_str_eq(figure_decimal(41.5, 0, text), "42");
    ck_assert_str_eq(figure_decimal(NAN, 0, text), "0");
    ck_assert_str_eq(figure_decimal(INFINITY, 2, text), "0.00");
    ck_assert_str_eq(figure_decimal(1e300, 9, text), "0.000000000");
}
END_TEST

UNIT("figures", durations_are_for_people, sizes_are_for_people,
     seconds_have_three_decimals, rates_have_as_many_digits_as_help,
     decimals_are_rounded)
