/* What the console tells where much fails, and in which order. */

#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/reporters/told.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct suite_label suite = {0, "a.json", "a"};

static struct reporter *reporter;

static void begin(const char *shade, size_t test_count)
{
    reporter = must_begin(shade);
    tell_start(reporter, &suite, &test_count, 1);
}

static void hear_failed(size_t ordinal, const char *name, const char *id,
                        const char *message)
{
    const struct failure failure = {.subject = "s",
                                    .expected = "1",
                                    .message = message,
                                    .difference = SIZE_MAX};
    const struct test_report test = {
        .label = {suite, ROLE_TEST, ordinal, name, id, 3},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = &failure,
    };

    tell_test(reporter, &test);
}

static void hear_skipped(size_t ordinal, const char *name, const char *reason,
                         const char *because)
{
    const struct test_report test = {
        .label = {suite, ROLE_TEST, ordinal, name, name, 3},
        .outcome = OUTCOME_SKIPPED,
        .skip_reason = reason,
        .skip_because = because,
    };

    tell_test(reporter, &test);
}

static char *finish(void)
{
    tell_end(reporter, (struct counts){.tests = 1, .failed = 1});
    return must_finish(reporter);
}

/* One past the limit: complete for the first, a line for the last. */
START_TEST(very_many_failures_become_short)
{
    char *told;

    begin("quiet", LIMIT_FAILURES_TOLD + 1);
    for (size_t i = 0; i < LIMIT_FAILURES_TOLD + 1; i++)
        hear_failed(LIMIT_FAILURES_TOLD - i, "t", "t", "m");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), LIMIT_FAILURES_TOLD + 1);
    ck_assert_uint_eq(count_of(told, "expected  1"), LIMIT_FAILURES_TOLD);
    expect_part(told, " a.json:3: m\n\n1 test");
    free(told);
}
END_TEST

START_TEST(more_failures_than_are_listed_are_counted)
{
    char *told;

    begin("quiet", LIMIT_FAILURES_LISTED + 2);
    for (size_t i = 0; i < LIMIT_FAILURES_LISTED + 2; i++)
        hear_failed(i, "t", "t", "m");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), LIMIT_FAILURES_LISTED);
    ck_assert_uint_eq(count_of(told, "a.json:3: m\n"),
                      LIMIT_FAILURES_LISTED - LIMIT_FAILURES_TOLD);
    expect_part(told, "\nand 2 more failures; all of them are in "
                      "out/report.xml  out/run.jsonl\n");
    free(told);
}
END_TEST

START_TEST(no_failure_is_left_out_at_the_limit)
{
    char *told;

    begin("quiet", LIMIT_FAILURES_LISTED);
    for (size_t i = 0; i < LIMIT_FAILURES_LISTED; i++)
        hear_failed(i, "t", "t", "m");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), LIMIT_FAILURES_LISTED);
    ck_assert_ptr_null(strstr(told, "more failure"));
    free(told);
}
END_TEST

/* They end in any order; the first of the plan is the one that is told. */
START_TEST(copies_that_fail_alike_are_told_once)
{
    static const int order[] = {3, 0, 12, 1, 2};
    char *told, name[32];

    begin("quiet", COUNT(order) + 2);
    for (size_t i = 0; i < COUNT(order); i++) {
        snprintf(name, sizeof(name), "get [%d]", order[i]);
        hear_failed((size_t)order[i], name, "get",
                    order[i] == 2 ? "else" : "m");
    }
    hear_failed(20, "put [1]", "put", "m");
    hear_skipped(21, "read", "it needs another", "get");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), 3);
    expect_part(told, "FAILED  a > get [0] ");
    expect_part(told, "FAILED  a > get [2] ");
    expect_part(told, "FAILED  a > put [1] ");
    expect_part(told, "\n  and 3 more copies failed the same way: "
                      "[1] [3] [12]\n\n"
                      "  skipped because \"get\" failed: \"read\"\n");
    ck_assert_uint_eq(count_of(told, "the same way"), 1);
    free(told);
}
END_TEST

START_TEST(of_many_copies_the_first_numbers_are_told)
{
    enum { COPIES = 40, TOLD = 20 };
    char *told, name[32];

    begin("quiet", COPIES);
    for (size_t i = COPIES; i-- > 0;) {
        snprintf(name, sizeof(name), "get [%zu]", i);
        hear_failed(i, name, "get", "m");
    }
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), 1);
    expect_part(told, "and 39 more copies failed the same way: [1] [2] [3] ");
    expect_part(told, " [19] [20] ...\n");
    free(told);
}
END_TEST

START_TEST(rows_that_fail_alike_are_told_once)
{
    static const char *const names[] = {"get [row 1] [0]", "get [row 1] [1]",
                                        "get [ann] [0]"};
    char *told;

    begin("quiet", COUNT(names));
    for (size_t i = COUNT(names); i-- > 0;)
        hear_failed(i, names[i], "get", "m");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), 1);
    expect_part(told, "FAILED  a > get [row 1] [0] ");
    expect_part(told, "and 2 more copies failed the same way: "
                      "[row 1] [1] [ann] [0]\n");
    free(told);
}
END_TEST

/* The id says of which test something is a copy. */
START_TEST(names_that_look_like_copies_are_no_copies)
{
    static const struct {
        const char *name, *id;
    } rows[] = {{"a [0]", "a [0]"}, {"a [1]", "a [1]"}, {"b", "b"},
                {"b[1]", "b"},      {"b [x]", "b"},     {"b [1] ", "b"}};
    char *told;

    begin("quiet", COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++)
        hear_failed(i, rows[i].name, rows[i].id, "m");
    told = finish();
    ck_assert_uint_eq(count_of(told, "FAILED"), COUNT(rows));
    free(told);
}
END_TEST

START_TEST(what_was_skipped_is_told_in_the_order_of_the_plan)
{
    enum { TESTS = 12 };
    char *told, name[32];

    begin("console", TESTS + 1);
    hear_skipped(TESTS, "late", "for another reason", NULL);
    for (size_t i = TESTS; i-- > 0;) {
        snprintf(name, sizeof(name), "t%zu", i);
        hear_skipped(i, name, "for a reason", NULL);
    }
    told = finish();
    expect_part(told,
                "skipped: \"t0\", \"t1\", \"t2\", \"t3\", \"t4\", \"t5\", "
                "\"t6\", \"t7\", \"t8\", \"t9\" and 2 more (for a reason)\n"
                "  skipped: \"late\" (for another reason)\n");
    free(told);
}
END_TEST

START_TEST(a_line_that_is_kept_back_is_told_so)
{
    struct failure failure = {
        .at = {.path = "a.json", .line = 9, .column = 4, .width = 2},
        .message = "m",
        .difference = SIZE_MAX,
    };
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 3},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = &failure,
    };
    char *told;

    begin("quiet", 1);
    tell_test(reporter, &test);
    told = finish();
    expect_part(told, "\n  a.json:9:4\n"
                      "          (line not shown: it holds a secret)\n  m\n");
    free(told);
    failure.at.line = 0;
    begin("quiet", 1);
    tell_test(reporter, &test);
    told = finish();
    ck_assert_ptr_null(strstr(told, "line not shown"));
    free(told);
}
END_TEST

UNIT("failed", very_many_failures_become_short,
     more_failures_than_are_listed_are_counted,
     no_failure_is_left_out_at_the_limit, copies_that_fail_alike_are_told_once,
     of_many_copies_the_first_numbers_are_told,
     rows_that_fail_alike_are_told_once,
     names_that_look_like_copies_are_no_copies,
     what_was_skipped_is_told_in_the_order_of_the_plan,
     a_line_that_is_kept_back_is_told_so)
