#include "schedule_rig.h"

#include <check.h>
#include <string.h>

struct rig rig;

void rig_wait_for(size_t test, size_t on, bool requires)
{
    struct test *waiter = &rig.tests[test];
    struct test *before = &rig.tests[on];

    rig.waits[test][waiter->wait_count++] =
        (struct wait){before, WAIT_AFTER, requires, NULL};
    rig.waiters[on][before->waiter_count++] = waiter;
}

void rig_lock(size_t test, size_t count, const char *const *names)
{
    rig.tests[test].lock_count = count;
    rig.tests[test].locks = names;
}

void rig_build(size_t count)
{
    memset(&rig, 0, sizeof(rig));
    for (size_t i = 0; i < count; i++) {
        rig.tests[i].index = i;
        rig.tests[i].suite = &rig.suite;
        rig.tests[i].role = ROLE_TEST;
        rig.tests[i].copy_count = 1;
        rig.tests[i].height = 1;
        rig.tests[i].waits = rig.waits[i];
        rig.tests[i].waiters = rig.waiters[i];
    }
    rig.plan.suite_count = 1;
    rig.plan.suites = &rig.suite;
    rig.plan.test_count = count;
    rig.plan.tests = rig.tests;
}

struct task *rig_next(const char **skip)
{
    size_t copy;

    return schedule_next(&rig.schedule, &copy, skip);
}

struct task *rig_begin(size_t test)
{
    const char *skip = NULL;
    struct task *task = rig_next(&skip);

    ck_assert_ptr_nonnull(task);
    ck_assert_uint_eq(task->test->index, test);
    ck_assert_ptr_null(skip);
    return task;
}

void rig_expect_none(void)
{
    const char *skip = NULL;

    ck_assert_ptr_null(rig_next(&skip));
}

void rig_settle(struct task *task, enum outcome outcome)
{
    schedule_settle(&rig.schedule, task, outcome, 10, 0);
}

void rig_expect(size_t test, const char *skip, enum outcome outcome)
{
    const char *told = NULL;
    struct task *task = rig_next(&told);

    ck_assert_ptr_nonnull(task);
    ck_assert_uint_eq(task->test->index, test);
    if (skip)
        ck_assert_str_eq(told, skip);
    else
        ck_assert_ptr_null(told);
    rig_settle(task, outcome);
}
