#include "schedule_rig.h"
#include "tests/unit/unit.h"

START_TEST(the_longest_chain_goes_first)
{
    rig_build(4);
    rig_wait_for(3, 2, true);
    rig.tests[2].height = 2;
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(2, NULL, OUTCOME_PASSED);
    rig_expect(0, NULL, OUTCOME_PASSED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    rig_expect(3, NULL, OUTCOME_PASSED);
    ck_assert(schedule_is_done(&rig.schedule));
    ck_assert_int_eq(rig.schedule.last_of_path->path_ns, 20);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(what_needs_a_failed_test_is_skipped_and_says_so)
{
    const char *reason = "a test that it needs did not pass";
    const char *why = NULL;
    struct task *task;

    rig_build(3);
    rig_wait_for(1, 0, true);
    rig_wait_for(2, 1, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(0, NULL, OUTCOME_FAILED);
    task = rig_next(&why);
    ck_assert_str_eq(why, reason);
    ck_assert_ptr_eq(task->because->test, &rig.tests[0]);
    schedule_settle(&rig.schedule, task, OUTCOME_SKIPPED, 0, 0);
    task = rig_next(&why);
    ck_assert_str_eq(why, reason);
    ck_assert_ptr_eq(schedule_blocker(&rig.schedule, task)->test,
                     &rig.tests[0]);
    schedule_settle(&rig.schedule, task, OUTCOME_SKIPPED, 0, 0);
    ck_assert(schedule_is_done(&rig.schedule));
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(order_alone_does_not_skip)
{
    rig_build(2);
    rig_wait_for(1, 0, false);
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(0, NULL, OUTCOME_ERRED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_test_waits_until_all_its_prerequisites_are_settled)
{
    const char *skip = NULL;
    struct task *first, *second;

    rig_build(3);
    rig_wait_for(2, 0, true);
    rig_wait_for(2, 1, false);
    schedule_init(&rig.schedule, &rig.plan, 0);
    first = rig_next(&skip);
    second = rig_next(&skip);
    schedule_settle(&rig.schedule, first, OUTCOME_FAILED, 1, 0);
    ck_assert_ptr_null(rig_next(&skip));
    schedule_settle(&rig.schedule, second, OUTCOME_PASSED, 1, 0);
    rig_expect(2, "a test that it needs did not pass", OUTCOME_SKIPPED);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_repeated_test_is_settled_by_its_last_copy)
{
    const char *skip = NULL;
    struct task *task = NULL;

    rig_build(2);
    rig.tests[0].copy_count = 3;
    rig.tests[0].is_repeated = true;
    rig_wait_for(1, 0, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    ck_assert_uint_eq(rig.schedule.copy_count, 4);
    for (size_t i = 0; i < 3; i++) {
        size_t copy;

        task = schedule_next(&rig.schedule, &copy, &skip);
        ck_assert_uint_eq(copy, i);
    }
    ck_assert_ptr_null(rig_next(&skip));
    schedule_settle(&rig.schedule, task, OUTCOME_PASSED, 1, 0);
    schedule_settle(&rig.schedule, task, OUTCOME_FAILED, 9, 0);
    ck_assert_ptr_null(rig_next(&skip));
    schedule_settle(&rig.schedule, task, OUTCOME_PASSED, 1, 0);
    ck_assert_int_eq(task->outcome, OUTCOME_FAILED);
    ck_assert_int_eq(task->path_ns, 9);
    rig_expect(1, "a test that it needs did not pass", OUTCOME_SKIPPED);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_stopped_run_still_tears_down)
{
    rig_build(3);
    rig.tests[2].role = ROLE_TEARDOWN;
    rig_wait_for(2, 0, false);
    rig_wait_for(2, 1, false);
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(0, NULL, OUTCOME_PASSED);
    schedule_stop(&rig.schedule, "not run: interrupted", false);
    ck_assert_ptr_null(schedule_blocker(&rig.schedule, &rig.schedule.tasks[1]));
    rig_expect(1, "not run: interrupted", OUTCOME_SKIPPED);
    rig_expect(2, NULL, OUTCOME_PASSED);
    ck_assert(schedule_is_done(&rig.schedule));
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_second_stop_ends_teardown_too)
{
    rig_build(2);
    rig.tests[1].role = ROLE_TEARDOWN;
    rig_wait_for(1, 0, false);
    schedule_init(&rig.schedule, &rig.plan, 0);
    schedule_stop(&rig.schedule, "not run: interrupted", false);
    schedule_stop(&rig.schedule, "another reason", true);
    rig_expect(0, "not run: interrupted", OUTCOME_SKIPPED);
    rig_expect(1, "not run: interrupted", OUTCOME_SKIPPED);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(cookies_come_from_what_was_waited_for_in_written_order)
{
    struct jar jar = {0};

    rig_build(3);
    rig_wait_for(2, 1, true);
    rig_wait_for(2, 0, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    jar_add(&rig.schedule.tasks[0].jar, "first");
    jar_add(&rig.schedule.tasks[1].jar, "second");
    schedule_cookies(&rig.schedule, &rig.schedule.tasks[2], &jar);
    ck_assert_uint_eq(jar.count, 2);
    ck_assert_str_eq(jar.lines[0], "first");
    ck_assert_str_eq(jar.lines[1], "second");
    jar_finish(&jar);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(cookies_of_copies_are_merged_in_their_order)
{
    static const char *const lines[] = {
        "h\tFALSE\t/\tFALSE\t0\tsid\tfirst",
        "h\tFALSE\t/\tFALSE\t0\tsid\tsecond",
        "h\tFALSE\t/other\tFALSE\t0\tsid\tthird",
    };
    const char *skip = NULL;
    struct task *task = NULL;

    rig_build(1);
    rig.tests[0].copy_count = COUNT(lines);
    schedule_init(&rig.schedule, &rig.plan, 0);
    for (size_t i = 0; i < COUNT(lines); i++)
        task = rig_next(&skip);
    for (size_t i = COUNT(lines); i-- > 0;) {
        struct jar jar = {0};

        jar_add(&jar, lines[i]);
        schedule_keep_jar(task, i, &jar);
        ck_assert_uint_eq(jar.count, 0);
        schedule_settle(&rig.schedule, task, OUTCOME_PASSED, 1, 0);
    }
    ck_assert_uint_eq(task->jar.count, 2);
    ck_assert_str_eq(task->jar.lines[0], lines[1]);
    ck_assert_str_eq(task->jar.lines[1], lines[2]);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_step_gets_the_values_that_it_needs)
{
    static const struct need needs[] = {
        {.name = "token"}, {.name = "own"}, {.name = "index"}};
    struct step step = {.needs = {COUNT(needs), needs}};
    json_auto_t *captured = json_pack("{s:s, s:s}", "token", "t", "other", "x");
    json_auto_t *own = json_pack("{s:i}", "own", 7);
    json_auto_t *values = NULL;

    rig_build(2);
    rig.tests[0].is_repeated = true;
    schedule_init(&rig.schedule, &rig.plan, 0);
    schedule_keep(&rig.schedule, &rig.schedule.tasks[1], captured);
    values =
        schedule_values(&rig.schedule, &rig.schedule.tasks[0], &step, own, 5);
    ck_assert_uint_eq(json_object_size(values), 3);
    ck_assert_str_eq(json_string_value(json_object_get(values, "token")), "t");
    ck_assert_int_eq(json_integer_value(json_object_get(values, "own")), 7);
    ck_assert_int_eq(json_integer_value(json_object_get(values, "index")), 5);
    step.needs.count = 0;
    ck_assert_ptr_null(
        schedule_values(&rig.schedule, &rig.schedule.tasks[0], &step, own, 5));
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(the_index_counts_the_repetitions_of_a_row)
{
    static const struct need needs[] = {{.name = "index"}};
    struct step step = {.needs = {COUNT(needs), needs}};
    json_auto_t *values = NULL;

    rig_build(1);
    rig.tests[0].is_repeated = true;
    rig.tests[0].repeat_count = 3;
    rig.tests[0].rows = (const struct rows *)&rig; /* any */
    schedule_init(&rig.schedule, &rig.plan, 0);
    values =
        schedule_values(&rig.schedule, &rig.schedule.tasks[0], &step, NULL, 5);
    ck_assert_int_eq(json_integer_value(json_object_get(values, "index")), 2);
    schedule_finish(&rig.schedule);
}
END_TEST

UNIT("schedule", the_longest_chain_goes_first,
     what_needs_a_failed_test_is_skipped_and_says_so, order_alone_does_not_skip,
     a_test_waits_until_all_its_prerequisites_are_settled,
     a_repeated_test_is_settled_by_its_last_copy,
     a_stopped_run_still_tears_down, a_second_stop_ends_teardown_too,
     cookies_come_from_what_was_waited_for_in_written_order,
     cookies_of_copies_are_merged_in_their_order,
     a_step_gets_the_values_that_it_needs,
     the_index_counts_the_repetitions_of_a_row)
