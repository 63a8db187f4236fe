/* What is told of tests that were tried several times or are quarantined. */
#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/reporters/told.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct suite_label suite = {0, "a.json", "a"};
static const struct failure failure = {.message = "m", .difference = SIZE_MAX};

static struct reporter *reporter;

static void begin(const char *shade)
{
    const size_t count = 1;

    reporter = must_begin(shade);
    tell_start(reporter, &suite, &count, 1);
}

static char *finish(void)
{
    tell_end(reporter, (struct counts){.tests = 1, .failed = 1});
    return must_finish(reporter);
}

/* A test of which so many attempts were made anew, told as the runner tells
 * it: the first LIMIT_ATTEMPTS_TOLD of them with what they said. */
static char *tell_retried(const char *shade, enum outcome outcome, size_t count)
{
    struct attempt_report retried[LIMIT_ATTEMPTS_TOLD];
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 3},
        .outcome = outcome,
        .attempt_count = count + 1,
        .retry_count = count,
        .retried_count =
            count < LIMIT_ATTEMPTS_TOLD ? count : LIMIT_ATTEMPTS_TOLD,
        .retried = retried,
        .failure_count = outcome == OUTCOME_FAILED,
        .failures = &failure,
    };

    for (size_t i = 0; i < LIMIT_ATTEMPTS_TOLD; i++)
        retried[i] =
            (struct attempt_report){i + 1, OUTCOME_FAILED, 0, 0, 1, &failure};
    begin(shade);
    tell_test(reporter, &test);
    return finish();
}

START_TEST(the_first_attempts_are_told_and_all_are_counted)
{
    static const struct {
        size_t count;
        const char *wanted;
    } rows[] = {
        {1, "  after 2 attempts in 0 ms\n  attempt 1: m\n\n"},
        {LIMIT_ATTEMPTS_TOLD, "  attempt 10: m\n\n"},
        {LIMIT_ATTEMPTS_TOLD + 1, "  attempt 10: m\n  ... and 1 more\n"},
        {100, "  attempt 10: m\n  ... and 90 more\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t told_count = rows[i].count < LIMIT_ATTEMPTS_TOLD
                                ? rows[i].count
                                : LIMIT_ATTEMPTS_TOLD;
        char *told = tell_retried("console", OUTCOME_FAILED, rows[i].count);

        expect_part(told, rows[i].wanted);
        ck_assert_uint_eq(count_of(told, "  attempt "), told_count);
        free(told);
        told = tell_retried("junit", OUTCOME_FAILED, rows[i].count);
        ck_assert_uint_eq(count_of(told, "<rerunFailure "), told_count);
        free(told);
    }
}
END_TEST

START_TEST(all_reports_know_how_many_attempts_there_were)
{
    char *told = tell_retried("log", OUTCOME_FAILED, 100);

    expect_part(told, "\"attempts\":101,\"attempts_ns\":0,\"retries\":100,");
    ck_assert_uint_eq(count_of(told, "{\"number\":"), LIMIT_ATTEMPTS_TOLD);
    free(told);
    told = tell_retried("junit", OUTCOME_FAILED, 100);
    expect_part(told, "\nafter 101 attempts in 0 ms\n");
    free(told);
    told = tell_retried("console", OUTCOME_PASSED, 100);
    expect_part(told, "  flaky: t passed at attempt 101; attempt 1: m\n");
    free(told);
}
END_TEST

/* One attempt is what everybody expects, and no report speaks of it. */
START_TEST(a_single_attempt_is_not_told)
{
    static const char *const shades[] = {"console", "junit", "log"};

    for (size_t i = 0; i < COUNT(shades); i++) {
        char *told = tell_retried(shades[i], OUTCOME_FAILED, 0);

        ck_assert_msg(!strstr(told, "attempts"), "%s: %s", shades[i], told);
        ck_assert_ptr_null(strstr(told, "rerun"));
        free(told);
    }
}
END_TEST

START_TEST(strict_readers_are_not_told_of_attempts)
{
    char *told = tell_retried("strict", OUTCOME_FAILED, 2);

    expect_part(told, "<failure message=\"m\"");
    ck_assert_ptr_null(strstr(told, "rerun"));
    free(told);
    told = tell_retried("strict", OUTCOME_PASSED, 2);
    ck_assert_ptr_null(strstr(told, "flaky"));
    free(told);
}
END_TEST

static void hear(size_t ordinal, const char *name, bool is_flaky,
                 const char *quarantine)
{
    const struct attempt_report attempt = {1, OUTCOME_FAILED, 0, 0,
                                           1, &failure};
    const struct test_report test = {
        .label = {suite, ROLE_TEST, ordinal, name, name, 3},
        .outcome = is_flaky ? OUTCOME_PASSED : OUTCOME_FAILED,
        .quarantine = quarantine,
        .attempt_count = 1 + is_flaky,
        .retry_count = is_flaky,
        .retried_count = is_flaky,
        .retried = &attempt,
        .failure_count = !is_flaky,
        .failures = &failure,
    };

    tell_test(reporter, &test);
}

static char *tell_flaky_tests(size_t count)
{
    begin("console");
    for (size_t i = count; i-- > 0;) {
        char name[32];

        snprintf(name, sizeof(name), "t%zu", i);
        hear(i, name, true, NULL);
    }
    return finish();
}

START_TEST(flaky_tests_are_named_in_the_order_of_the_plan)
{
    enum { NAMED = 20 };
    char *told = tell_flaky_tests(NAMED);

    ck_assert_uint_eq(count_of(told, "  flaky: t"), NAMED);
    ck_assert(strstr(told, "flaky: t0 ") < strstr(told, "flaky: t1 "));
    ck_assert(strstr(told, "flaky: t1 ") < strstr(told, "flaky: t19 "));
    ck_assert_ptr_null(strstr(told, "more flaky"));
    free(told);
    told = tell_flaky_tests(NAMED + 1);
    expect_part(told, "flaky: t0 ");
    ck_assert_ptr_null(strstr(told, "flaky: t20 "));
    expect_part(told, "\n  and 1 more flaky test\n");
    free(told);
    told = tell_flaky_tests(NAMED + 5);
    expect_part(told, "flaky: t19 passed at attempt 2; attempt 1: m\n"
                      "  and 5 more flaky tests\n");
    free(told);
}
END_TEST

/* What does not count takes no room of what does, however much there is. */
START_TEST(quarantined_tests_leave_room_for_failures)
{
    char *told;

    begin("console");
    for (size_t i = 0; i < LIMIT_FAILURES_LISTED + 3; i++)
        hear(i, "q", false, "until 2026-12-31: slow");
    hear(LIMIT_FAILURES_LISTED + 3, "f", false, NULL);
    told = finish();
    ck_assert_uint_eq(count_of(told, "QUARANTINED  a > q "),
                      LIMIT_FAILURES_LISTED);
    expect_part(told, "3: m (until 2026-12-31: slow)\n");
    expect_part(told, "\nFAILED  a > f    ");
    expect_part(told, "\nand 3 more quarantined; all of them are in ");
    free(told);
    begin("console");
    for (size_t i = 0; i < LIMIT_FAILURES_LISTED + 1; i++) {
        hear(2 * i, "q", false, "until 2026-12-31: slow");
        hear(2 * i + 1, "f", false, NULL);
    }
    told = finish();
    expect_part(told, "\nand 1 more failure, 1 more quarantined; all of them");
    free(told);
}
END_TEST

/* They are counted, which is enough for who asks for failures only. */
START_TEST(quarantined_tests_are_no_failures_in_quiet)
{
    char *told;

    begin("quiet");
    hear(0, "q", false, "until 2026-12-31: slow");
    tell_end(reporter, (struct counts){.tests = 1, .quarantined = 1});
    told = must_finish(reporter);
    ck_assert_int_eq(strncmp(told, "1 test  1 quarantined  ", 23), 0);
    ck_assert_uint_eq(count_of(told, "\n"), 1);
    free(told);
}
END_TEST

/* A reason may be as long as a spec; the message says something still. */
START_TEST(a_reason_of_any_length_is_cut)
{
    enum { LONG = 2 << 20 };
    CLEANUP(freep) char *reason = must_alloc(LONG + 1);
    char *told;

    memset(reason, 'x', LONG);
    begin("junit");
    hear(0, "q", false, reason);
    told = finish();
    expect_part(told, "<skipped message=\"quarantined xxxxxx");
    expect_part(told, "xxxx...\">");
    ck_assert_uint_lt(strlen(told), 3 * LIMIT_MESSAGE_TOLD + 1000);
    free(told);
    begin("console");
    hear(0, "q", false, reason);
    told = finish();
    expect_part(told, "xxxx...)\n");
    ck_assert_uint_lt(strlen(told), 2000);
    free(told);
}
END_TEST

UNIT("attempts", the_first_attempts_are_told_and_all_are_counted,
     all_reports_know_how_many_attempts_there_were,
     a_single_attempt_is_not_told, strict_readers_are_not_told_of_attempts,
     flaky_tests_are_named_in_the_order_of_the_plan,
     quarantined_tests_leave_room_for_failures,
     quarantined_tests_are_no_failures_in_quiet, a_reason_of_any_length_is_cut)
