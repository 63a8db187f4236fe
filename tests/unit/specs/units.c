#include "tests/unit/unit.h"

#include "specs/specs.h"

START_TEST(durations_have_units)
{
    static const struct {
        const char *text;
        int64_t ns;
    } rows[] = {
        {"500ms", 500 * NS_PER_MS},
        {"1.5s", 1500 * NS_PER_MS},
        {"2m", 120 * NS_PER_S},
        {"1h", 3600 * NS_PER_S},
        {"1d", 86400 * NS_PER_S},
        {"7ns", 7},
        {"7us", 7000},
        {"250", 250 * NS_PER_MS},
        {"0", 0},
        {"0.1s", 100 * NS_PER_MS},
        {"0.000000001s", 1},
        {"0.3333333333333333333333s", 333333333},
        {"0.9ns", 0},
        {"9223372036854775807ns", INT64_MAX},
        {"9223372036.854775807s", INT64_MAX},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ns = -1;

        ck_assert_msg(read_duration(rows[i].text, &ns), "%s", rows[i].text);
        ck_assert_msg(ns == rows[i].ns, "%s is %lld", rows[i].text,
                      (long long)ns);
    }
}
END_TEST

START_TEST(what_is_no_duration_is_refused)
{
    static const char *const rows[] = {
        "",
        "s",
        "ms",
        "-1s",
        "+1s",
        "1 s",
        " 1s",
        "1s ",
        "1.s",
        ".5s",
        "1..5s",
        "1S",
        "1sec",
        "1e3",
        "0x1s",
        "1,5s",
        "1m1s",
        "inf",
        "{{x}}",
        "106752d",
        "9223372036854775808ns",
        "9223372036.854775808s",
        "99999999999999999999999999999",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ns = 42;

        ck_assert_msg(!read_duration(rows[i], &ns), "%s", rows[i]);
        ck_assert_int_eq(ns, 42);
    }
}
END_TEST

START_TEST(sizes_have_units)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } rows[] = {
        {"0", 0},
        {"17", 17},
        {"17B", 17},
        {"10kB", 10000},
        {"10MB", 10000000},
        {"1.5GB", 1500000000},
        {"64KiB", 65536},
        {"1MiB", 1048576},
        {"2GiB", 2147483648},
        {"0.5KiB", 512},
        {"18446744073709551615", UINT64_MAX},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t bytes = 1;

        ck_assert_msg(read_size(rows[i].text, &bytes), "%s", rows[i].text);
        ck_assert_msg(bytes == rows[i].bytes, "%s is %llu", rows[i].text,
                      (unsigned long long)bytes);
    }
}
END_TEST

START_TEST(what_is_no_size_is_refused)
{
    static const char *const rows[] = {
        "",
        "-1",
        "1KB",
        "1kb",
        "1mb",
        "1 MB",
        "MB",
        "1.",
        "1TB",
        "1e6",
        "17179869184GiB",
        "18446744073709551616",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t bytes = 42;

        ck_assert_msg(!read_size(rows[i], &bytes), "%s", rows[i]);
        ck_assert_uint_eq(bytes, 42);
    }
}
END_TEST

UNIT("units", durations_have_units, what_is_no_duration_is_refused,
     sizes_have_units, what_is_no_size_is_refused)
