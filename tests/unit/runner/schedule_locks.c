#include "schedule_rig.h"
#include "tests/unit/unit.h"

static const char *const db[] = {"db"};
static const char *const mail[] = {"mail"};
static const char *const both[] = {"mail", "db", "mail"};
static const char *const alone[] = {"db", "*"};

static void begin(void)
{
    schedule_init(&rig.schedule, &rig.plan, 0);
}

static void end(void)
{
    ck_assert(schedule_is_done(&rig.schedule));
    schedule_finish(&rig.schedule);
}

START_TEST(who_waits_for_a_lock_lets_others_pass)
{
    struct task *first;

    rig_build(4);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(db), db);
    rig_lock(3, COUNT(mail), mail);
    begin();
    first = rig_begin(0);
    rig_expect(2, NULL, OUTCOME_PASSED);
    rig_expect(3, NULL, OUTCOME_PASSED);
    rig_expect_none();
    rig_settle(first, OUTCOME_FAILED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(a_free_lock_goes_to_the_most_urgent_one)
{
    struct task *first;

    rig_build(4);
    for (size_t i = 0; i < 4; i++)
        rig_lock(i, COUNT(db), db);
    rig.tests[0].height = 9;
    rig.tests[3].height = 2;
    begin();
    first = rig_begin(0);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    rig_expect(3, NULL, OUTCOME_PASSED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    rig_expect(2, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(locks_are_taken_all_at_once)
{
    struct task *first, *second;

    rig_build(3);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(both), both);
    rig_lock(2, COUNT(mail), mail);
    begin();
    first = rig_begin(0);
    second = rig_begin(2); /* the second test holds no lock while it waits */
    rig_settle(first, OUTCOME_PASSED);
    rig_expect_none();
    rig_settle(second, OUTCOME_PASSED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(who_moves_to_another_lock_calls_the_next)
{
    struct task *first, *second;

    rig_build(4);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(mail), mail);
    rig_lock(2, COUNT(both), both);
    rig_lock(3, COUNT(db), db);
    begin();
    first = rig_begin(0);
    second = rig_begin(1);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    rig_expect(3, NULL, OUTCOME_PASSED);
    rig_settle(second, OUTCOME_PASSED);
    rig_expect(2, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(copies_of_a_test_exclude_each_other)
{
    struct task *first;

    rig_build(2);
    rig.tests[0].copy_count = 2;
    rig_lock(0, COUNT(db), db);
    begin();
    first = rig_begin(0);
    rig_expect(1, NULL, OUTCOME_PASSED);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    rig_expect(0, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(one_that_runs_alone_waits_for_all_and_lets_none_pass)
{
    struct task *first, *second;

    rig_build(4);
    rig.tests[0].height = rig.tests[1].height = 9;
    rig_lock(2, COUNT(alone), alone);
    rig_wait_for(3, 0, true);
    rig.tests[3].height = 5; /* more urgent, but ready too late */
    begin();
    first = rig_begin(0);
    second = rig_begin(1);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    rig_expect_none();
    rig_settle(second, OUTCOME_PASSED);
    first = rig_begin(2);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    rig_expect(3, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(what_is_skipped_waits_for_no_lock)
{
    struct task *first;

    rig_build(2);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(db), db);
    rig.tests[1].skip = "as written";
    begin();
    first = rig_begin(0);
    rig_expect(1, "as written", OUTCOME_SKIPPED);
    rig_expect_none();
    rig_settle(first, OUTCOME_PASSED);
    end();
}
END_TEST

START_TEST(a_stop_ends_the_wait_for_locks)
{
    struct task *first;

    rig_build(3);
    for (size_t i = 0; i < 3; i++)
        rig_lock(i, COUNT(db), db);
    rig.tests[0].copy_count = 2;
    rig.tests[2].role = ROLE_TEARDOWN;
    begin();
    first = rig_begin(0);
    rig_expect_none();
    schedule_stop(&rig.schedule, "not run", false);
    rig_expect(0, "not run", OUTCOME_SKIPPED);
    rig_expect(1, "not run", OUTCOME_SKIPPED);
    rig_expect_none(); /* the lock is still held */
    rig_settle(first, OUTCOME_PASSED);
    rig_expect(2, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

/* It began, and its condition does not hold. */
START_TEST(one_that_is_skipped_later_gives_its_locks_back)
{
    rig_build(2);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(db), db);
    begin();
    rig_expect(0, NULL, OUTCOME_SKIPPED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

/* One copy began, the other was never to: that they are mistaken for each other
 * keeps the lock until both are settled, and no longer. */
START_TEST(of_two_skipped_copies_the_last_one_gives_the_locks_back)
{
    struct task *task;
    const char *skip = NULL;

    rig_build(2);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(db), db);
    rig.tests[0].copy_count = 2;
    rig.tests[1].role = ROLE_TEARDOWN;
    begin();
    task = rig_begin(0);
    schedule_stop(&rig.schedule, "not run", false);
    ck_assert_ptr_eq(rig_next(&skip), task);
    ck_assert_str_eq(skip, "not run");
    rig_settle(task, OUTCOME_SKIPPED);
    rig_expect_none();
    rig_settle(task, OUTCOME_SKIPPED);
    rig_expect(1, NULL, OUTCOME_PASSED);
    end();
}
END_TEST

/* The one that began has come to its own end: the other gives nothing back. */
START_TEST(a_copy_that_never_began_gives_no_locks_back)
{
    struct task *begun, *later;
    const char *skip = NULL;

    rig_build(2);
    rig_lock(0, COUNT(db), db);
    rig_lock(1, COUNT(db), db);
    rig.tests[0].copy_count = 2;
    rig.tests[1].role = ROLE_TEARDOWN;
    begin();
    begun = rig_begin(0);
    schedule_stop(&rig.schedule, "not run", false);
    later = rig_next(&skip);
    rig_settle(begun, OUTCOME_FAILED);
    begun = rig_begin(1);
    rig_settle(later, OUTCOME_SKIPPED);
    ck_assert_uint_eq(rig.schedule.locks.running_count, 1);
    rig_settle(begun, OUTCOME_PASSED);
    end();
}
END_TEST

UNIT("schedule_locks", who_waits_for_a_lock_lets_others_pass,
     a_free_lock_goes_to_the_most_urgent_one, locks_are_taken_all_at_once,
     who_moves_to_another_lock_calls_the_next,
     copies_of_a_test_exclude_each_other,
     one_that_runs_alone_waits_for_all_and_lets_none_pass,
     what_is_skipped_waits_for_no_lock, a_stop_ends_the_wait_for_locks,
     one_that_is_skipped_later_gives_its_locks_back,
     of_two_skipped_copies_the_last_one_gives_the_locks_back,
     a_copy_that_never_began_gives_no_locks_back)
