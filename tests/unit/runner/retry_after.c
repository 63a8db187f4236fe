#include "tests/unit/unit.h"

#include "runner/attempt.h"

/* 2026-11-20T23:11:04Z, a Friday */
static const int64_t wall_ns = INT64_C(1795216264) * NS_PER_S;

static int64_t wait_of(long status, const char *value)
{
    const struct header headers[] = {{"Content-Type", "7"},
                                     {"retry-AFTER", value}};
    const struct response response = {
        .status = status, .header_count = COUNT(headers), .headers = headers};

    return retry_after_ns(&response, wall_ns);
}

START_TEST(servers_may_ask_to_wait)
{
    static const struct {
        const char *value;
        int64_t wanted_s;
    } rows[] = {
        {"0", 0},
        {"1", 1},
        {"007", 7},
        {"299", 299},
        {"300", LIMIT_RETRY_AFTER_S},
        {"301", LIMIT_RETRY_AFTER_S},
        {"9223372036854775807", LIMIT_RETRY_AFTER_S},
        {"99999999999999999999999999", LIMIT_RETRY_AFTER_S},
        {"", 0},
        {"-1", 0},
        {"+1", 0},
        {" 1", 0},
        {"1 ", 0},
        {"1.5", 0},
        {"1s", 0},
        {"0x10", 0},
        {"soon", 0},
        {"\xff\x01", 0},
        {"Fri, 20 Nov 2026 23:11:14 GMT", 10},
        {"Friday, 20-Nov-26 23:11:14 GMT", 10},
        {"Fri Nov 20 23:11:14 2026", 10},
        {"Fri, 20 Nov 2026 23:16:04 GMT", LIMIT_RETRY_AFTER_S},
        {"Fri, 20 Nov 2026 23:16:05 GMT", LIMIT_RETRY_AFTER_S},
        {"Fri, 31 Dec 9999 23:59:59 GMT", LIMIT_RETRY_AFTER_S},
        {"Fri, 20 Nov 2026 23:11:04 GMT", 0},
        {"Fri, 20 Nov 2026 23:11:03 GMT", 0},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sat, 01 Jan 0000 00:00:00 GMT", 0},
        {"Fri, 20 Nov 2026 23:11:14 CET", 0},
        {"Fri, 20 Nov 2026 23:11:14 GMT+1", 0},
        {"Fri, 20 Nov 2026", 0},
        {"Fri, 40 Nov 2026 23:11:14 GMT", 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(
            wait_of(503, rows[i].value) == rows[i].wanted_s * NS_PER_S,
            "%s: %ld", rows[i].value, (long)wait_of(503, rows[i].value));
    }
}
END_TEST

START_TEST(only_who_is_busy_may_ask)
{
    static const struct {
        long status;
        int64_t wanted_s;
    } rows[] = {{429, 5}, {503, 5}, {200, 0}, {301, 0}, {500, 0}, {0, 0}};
    const struct header header = {"Retry-After", "5"};
    const struct response cut = {.arrival = ARRIVAL_TRUNCATED,
                                 .status = 503,
                                 .header_count = 1,
                                 .headers = &header};

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_int_eq(wait_of(rows[i].status, "5"),
                         rows[i].wanted_s * NS_PER_S);
    ck_assert_int_eq(retry_after_ns(&cut, wall_ns), 0);
    ck_assert_int_eq(retry_after_ns(&(struct response){.status = 503}, 0), 0);
}
END_TEST

/* The first header that can be read counts. */
START_TEST(a_header_may_be_repeated)
{
    static const struct header headers[] = {
        {"Retry-After", "soon"}, {"Retry-After", "5"}, {"Retry-After", "7"}};
    const struct response response = {
        .status = 429, .header_count = COUNT(headers), .headers = headers};

    ck_assert_int_eq(retry_after_ns(&response, wall_ns), 5 * NS_PER_S);
}
END_TEST

UNIT("retry_after", servers_may_ask_to_wait, only_who_is_busy_may_ask,
     a_header_may_be_repeated)
