/* What has part in a run, in which order, and how often. */
#include "schedule_rig.h"
#include "tests/unit/unit.h"

START_TEST(who_is_left_out_holds_nobody_up)
{
    rig_build(4);
    rig.tests[1].selection = LEFT_OUT;
    rig.tests[1].copy_count = 5;
    rig.tests[2].selection = PULLED_IN;
    rig_wait_for(0, 1, true);
    rig_wait_for(1, 2, true);
    rig_wait_for(3, 1, false);
    schedule_init(&rig.schedule, &rig.plan, 0);
    ck_assert_uint_eq(rig.schedule.copy_count, 3);
    ck_assert_uint_eq(rig.schedule.tasks[0].first_ordinal, 0);
    ck_assert_uint_eq(rig.schedule.tasks[2].first_ordinal, 1);
    ck_assert_uint_eq(rig.schedule.tasks[3].first_ordinal, 2);
    rig_expect(0, NULL, OUTCOME_PASSED);
    rig_expect(2, NULL, OUTCOME_FAILED);
    ck_assert(!schedule_is_done(&rig.schedule));
    rig_expect(3, NULL, OUTCOME_PASSED);
    ck_assert(schedule_is_done(&rig.schedule));
    rig_expect_none();
    ck_assert_int_eq(rig.schedule.last_of_path->path_ns, 10);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_run_without_tests_is_done)
{
    rig_build(1);
    rig.tests[0].selection = LEFT_OUT;
    schedule_init(&rig.schedule, &rig.plan, 0);
    ck_assert(schedule_is_done(&rig.schedule));
    rig_expect_none();
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(some_go_first)
{
    rig_build(4);
    rig.tests[0].height = 7;
    rig.tests[2].goes_first = rig.tests[3].goes_first = true;
    rig.tests[3].height = 2;
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(3, NULL, OUTCOME_PASSED);
    rig_expect(2, NULL, OUTCOME_PASSED);
    rig_expect(0, NULL, OUTCOME_PASSED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    schedule_finish(&rig.schedule);
}
END_TEST

/* The order in which all tests come, as a number with a digit each. */
static unsigned play(void)
{
    const char *skip = NULL;
    unsigned order = 0;
    struct task *task;

    while ((task = rig_next(&skip))) {
        order = order * 10 + (unsigned)task->test->index;
        rig_settle(task, OUTCOME_PASSED);
    }
    ck_assert(schedule_is_done(&rig.schedule));
    return order;
}

/* The last one goes first. */
static void shuffle(uint64_t seed)
{
    struct schedule_options options = {.shuffle = true, .seed = seed};

    rig_build(4);
    rig.tests[3].goes_first = true;
    schedule_init_with(&rig.schedule, &rig.plan, &options, 0);
}

static const unsigned orders[] = {3012, 3021, 3102, 3120, 3201, 3210};

static size_t number_of(unsigned order)
{
    size_t number = 0;

    while (number < COUNT(orders) && orders[number] != order)
        number++;
    ck_assert_uint_lt(number, COUNT(orders));
    return number;
}

START_TEST(shuffling_makes_any_order)
{
    enum { SEEDS = 6000, FEWEST = 900 };
    size_t counts[COUNT(orders)] = {0};

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        shuffle(seed);
        counts[number_of(play())]++;
        schedule_finish(&rig.schedule);
    }
    for (size_t i = 0; i < COUNT(orders); i++)
        ck_assert_uint_gt(counts[i], FEWEST);
}
END_TEST

START_TEST(a_seed_makes_one_order_a_round)
{
    size_t other_count = 0;

    for (uint64_t seed = 0; seed < 100; seed++) {
        unsigned first, second;

        shuffle(seed);
        first = play();
        schedule_rewind(&rig.schedule, 0);
        second = play();
        other_count += first != second;
        schedule_finish(&rig.schedule);
        shuffle(seed);
        ck_assert_uint_eq(play(), first);
        schedule_rewind(&rig.schedule, 0);
        ck_assert_uint_eq(play(), second);
        schedule_finish(&rig.schedule);
    }
    ck_assert_uint_gt(other_count, 50);
}
END_TEST

START_TEST(a_round_forgets_what_tests_left)
{
    static const struct need needs[] = {{.name = "token"}};
    struct step step = {.needs = {COUNT(needs), needs}};
    json_auto_t *captured = json_pack("{s:s}", "token", "t");
    json_auto_t *values = NULL;
    struct jar jar = {0};

    rig_build(2);
    rig_wait_for(1, 0, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    schedule_keep(&rig.schedule, &rig.schedule.tasks[0], captured);
    jar_add(&jar, "line");
    schedule_keep_jar(&rig.schedule.tasks[0], 0, &jar);
    rig_expect(0, NULL, OUTCOME_FAILED);
    rig_expect(1, "a test that it needs did not pass", OUTCOME_SKIPPED);
    schedule_rewind(&rig.schedule, 5);
    ck_assert(!schedule_is_done(&rig.schedule));
    ck_assert_int_eq(rig.schedule.tasks[0].ready_ns, 5);
    schedule_cookies(&rig.schedule, &rig.schedule.tasks[1], &jar);
    ck_assert_uint_eq(jar.count, 0);
    values =
        schedule_values(&rig.schedule, &rig.schedule.tasks[1], &step, NULL, 0);
    ck_assert_uint_eq(json_object_size(values), 0);
    rig_expect(0, NULL, OUTCOME_PASSED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    ck_assert(schedule_is_done(&rig.schedule));
    schedule_finish(&rig.schedule);
}
END_TEST

static void settle_after(size_t test, int64_t duration_ns)
{
    schedule_settle(&rig.schedule, rig_begin(test), OUTCOME_PASSED, duration_ns,
                    0);
}

START_TEST(the_longest_times_are_those_of_all_rounds)
{
    rig_build(2);
    rig_wait_for(1, 0, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    settle_after(0, 50);
    settle_after(1, 10);
    schedule_rewind(&rig.schedule, 0);
    settle_after(0, 20);
    settle_after(1, 40);
    ck_assert_int_eq(rig.schedule.tasks[0].longest_ns, 50);
    ck_assert_ptr_eq(rig.schedule.last_of_path, &rig.schedule.tasks[1]);
    ck_assert_int_eq(rig.schedule.last_of_path->path_ns, 90);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(a_stop_outlasts_its_round)
{
    rig_build(1);
    schedule_init(&rig.schedule, &rig.plan, 0);
    rig_expect(0, NULL, OUTCOME_PASSED);
    schedule_stop(&rig.schedule, "not run", false);
    schedule_rewind(&rig.schedule, 0);
    rig_expect(0, "not run", OUTCOME_SKIPPED);
    schedule_finish(&rig.schedule);
}
END_TEST

/* Whom a test blames does not depend on who was faster. */
START_TEST(the_first_that_is_needed_is_to_blame)
{
    const char *skip = NULL;
    struct task *first, *second;

    rig_build(3);
    rig_wait_for(2, 0, true);
    rig_wait_for(2, 1, true);
    schedule_init(&rig.schedule, &rig.plan, 0);
    first = rig_begin(0);
    second = rig_begin(1);
    rig_settle(second, OUTCOME_FAILED);
    rig_settle(first, OUTCOME_ERRED);
    ck_assert_ptr_eq(schedule_blocker(&rig.schedule, rig_next(&skip)), first);
    schedule_finish(&rig.schedule);
}
END_TEST

UNIT("schedule_order", who_is_left_out_holds_nobody_up,
     a_run_without_tests_is_done, some_go_first, shuffling_makes_any_order,
     a_seed_makes_one_order_a_round, a_round_forgets_what_tests_left,
     the_longest_times_are_those_of_all_rounds, a_stop_outlasts_its_round,
     the_first_that_is_needed_is_to_blame)
