/* How often a test is tried, and how long. */
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"

#define BEFORE  "{ \"tests\": [ { \"name\": \"a\", "
#define REQUEST "\"request\": { \"url\": \"http://h/\" }"
#define AFTER   ", " REQUEST " } ] }"

enum { EVERYTHING = (RETRY_EXPECT << 1) - 1 };

static void load_around(const char *key, const char *value)
{
    char text[512];

    snprintf(text, sizeof(text), BEFORE "\"%s\": %s" AFTER, key, value);
    load(text);
}

static void check_refused(const char *key, const char *value,
                          const char *wanted)
{
    char text[512];

    snprintf(text, sizeof(text), BEFORE "\"%s\": %s" AFTER, key, value);
    load_wrong(text);
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].text, wanted);
    release();
}

START_TEST(a_test_is_tried_once_unless_it_says_more)
{
    load(BEFORE "\"id\": \"x\"" AFTER);
    ck_assert_ptr_null(plan->tests->retry);
    ck_assert_ptr_null(plan->tests->poll);
    ck_assert_int_eq(plan->tests->timeout_ns, 0);
    release();
}
END_TEST

START_TEST(a_number_of_retries_is_enough)
{
    const struct retry *retry;

    load_around("retry", "3");
    retry = plan->tests->retry;
    ck_assert_uint_eq(retry->times, 3);
    ck_assert_int_eq(retry->delay_ns, 0);
    ck_assert(retry->backoff == 1 && retry->jitter == 0);
    ck_assert_uint_eq(retry->on, EVERYTHING);
    ck_assert_uint_eq(retry->status_count, 0);
    release();
}
END_TEST

START_TEST(every_key_of_a_retry_is_read)
{
    const struct retry *retry;

    load_around("retry",
                "{ \"times\": 2.0, \"delay\": \"1.5s\", \"backoff\": 2.5, "
                "\"jitter\": 1, \"on\": [\"dns\", 429, \"503\", \"4XX\", "
                "\"expect\"] }");
    retry = plan->tests->retry;
    ck_assert_uint_eq(retry->times, 2);
    ck_assert_int_eq(retry->delay_ns, 1500 * NS_PER_MS);
    ck_assert(retry->backoff == 2.5 && retry->jitter == 1);
    ck_assert_uint_eq(retry->on, RETRY_DNS | RETRY_EXPECT);
    ck_assert_uint_eq(retry->status_count, 2);
    ck_assert_uint_eq(retry->statuses[0], 429);
    ck_assert_uint_eq(retry->statuses[1], 503);
    for (int i = 1; i <= STATUS_CLASSES; i++)
        ck_assert_int_eq(retry->classes[i], i == 4);
    release();
}
END_TEST

START_TEST(reasons_have_flags_of_their_own)
{
    static const struct {
        const char *name;
        unsigned flag;
    } rows[] = {
        {"connect", RETRY_CONNECT}, {"dns", RETRY_DNS},
        {"expect", RETRY_EXPECT},   {"reset", RETRY_RESET},
        {"timeout", RETRY_TIMEOUT}, {"tls", RETRY_TLS},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char value[80];

        snprintf(value, sizeof(value), "{ \"times\": 1, \"on\": [\"%s\"] }",
                 rows[i].name);
        load_around("retry", value);
        ck_assert_uint_eq(plan->tests->retry->on, rows[i].flag);
        release();
    }
}
END_TEST

START_TEST(retries_lie_over_the_defaults_key_by_key)
{
    load("{ \"defaults\": { \"retry\": { \"times\": 5, \"delay\": \"1s\", "
         "\"backoff\": 2, \"jitter\": 0.5, \"on\": [\"5xx\", 429] } }, "
         "\"tests\": ["
         "{ \"name\": \"as they are\", " REQUEST " },"
         "{ \"name\": \"times\", \"retry\": 1, " REQUEST " },"
         "{ \"name\": \"one key\", \"retry\": { \"delay\": 7 }, " REQUEST " },"
         "{ \"name\": \"less\", \"retry\": { \"delay\": null, \"backoff\": "
         "null, \"jitter\": null, \"on\": null }, " REQUEST " },"
         "{ \"name\": \"none\", \"retry\": null, " REQUEST " } ] }");
    ck_assert_uint_eq(plan->tests[0].retry->times, 5);
    ck_assert(plan->tests[0].retry->classes[5]);
    ck_assert_uint_eq(plan->tests[1].retry->times, 1);
    ck_assert_int_eq(plan->tests[1].retry->delay_ns, NS_PER_S);
    ck_assert_uint_eq(plan->tests[2].retry->times, 5);
    ck_assert_int_eq(plan->tests[2].retry->delay_ns, 7 * NS_PER_MS);
    ck_assert_uint_eq(plan->tests[2].retry->on, 0);
    ck_assert_uint_eq(plan->tests[2].retry->statuses[0], 429);
    ck_assert_uint_eq(plan->tests[3].retry->times, 5);
    ck_assert_int_eq(plan->tests[3].retry->delay_ns, 0);
    ck_assert(plan->tests[3].retry->backoff == 1);
    ck_assert(plan->tests[3].retry->jitter == 0);
    ck_assert_uint_eq(plan->tests[3].retry->on, EVERYTHING);
    ck_assert(!plan->tests[3].retry->classes[5]);
    ck_assert_uint_eq(plan->tests[3].retry->status_count, 0);
    ck_assert_ptr_null(plan->tests[4].retry);
    release();
}
END_TEST

START_TEST(defaults_that_say_no_times_are_for_those_that_do)
{
    load("{ \"defaults\": { \"retry\": { \"delay\": \"1s\" } }, \"tests\": ["
         "{ \"name\": \"without\", " REQUEST " },"
         "{ \"name\": \"with\", \"retry\": 2, " REQUEST " } ] }");
    ck_assert_ptr_null(plan->tests[0].retry);
    ck_assert_uint_eq(plan->tests[1].retry->times, 2);
    ck_assert_int_eq(plan->tests[1].retry->delay_ns, NS_PER_S);
    release();
}
END_TEST

START_TEST(polls_are_short_or_whole)
{
    load_around("poll", "\"30s\"");
    ck_assert_int_eq(plan->tests->poll->for_ns, 30 * NS_PER_S);
    ck_assert_int_eq(plan->tests->poll->every_ns, 500 * NS_PER_MS);
    release();
    load_around("poll", "100");
    ck_assert_int_eq(plan->tests->poll->for_ns, 100 * NS_PER_MS);
    release();
    load_around("poll", "{ \"every\": \"2s\", \"for\": \"2s\" }");
    ck_assert_int_eq(plan->tests->poll->for_ns, 2 * NS_PER_S);
    ck_assert_int_eq(plan->tests->poll->every_ns, 2 * NS_PER_S);
    release();
    load_around("timeout", "\"2m\"");
    ck_assert_int_eq(plan->tests->timeout_ns, 120 * NS_PER_S);
    release();
}
END_TEST

START_TEST(attempts_have_limits)
{
    char value[80];

    snprintf(value, sizeof(value), "%d", LIMIT_RETRIES);
    load_around("retry", value);
    release();
    snprintf(value, sizeof(value), "%d", LIMIT_RETRIES + 1);
    check_refused("retry", value, "a test is retried from 1 to 100 times");
    snprintf(value, sizeof(value), "{ \"times\": 1, \"delay\": \"%ds\" }",
             LIMIT_RETRY_DELAY_S);
    load_around("retry", value);
    release();
    snprintf(value, sizeof(value), "{ \"times\": 1, \"delay\": \"%d.1s\" }",
             LIMIT_RETRY_DELAY_S);
    check_refused("retry", value, "\"delay\" must be at most 3600 s");
    snprintf(value, sizeof(value), "\"%ds\"", LIMIT_POLL_S);
    load_around("poll", value);
    release();
    snprintf(value, sizeof(value), "\"%d.1s\"", LIMIT_POLL_S);
    check_refused("poll", value, "a test polls for at most 24 h");
}
END_TEST

UNIT("decode_attempts", a_test_is_tried_once_unless_it_says_more,
     a_number_of_retries_is_enough, every_key_of_a_retry_is_read,
     reasons_have_flags_of_their_own, retries_lie_over_the_defaults_key_by_key,
     defaults_that_say_no_times_are_for_those_that_do, polls_are_short_or_whole,
     attempts_have_limits)
