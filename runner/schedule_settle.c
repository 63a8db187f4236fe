/*
 * What follows when a test is done. Here the longest chain by measured time is
 * found, too: tests settle in an order that respects the graph, so one look at
 * the prerequisites is enough.
 */
#include <assert.h>

#include "runner/schedule_parts.h"

/* The first in the chain that did not pass, of the first one that it requires
 * and that did not; so it is the same in every run. */
static const struct task *find_blocker(const struct schedule *schedule,
                                       const struct test *test)
{
    for (size_t i = 0; i < test->wait_count; i++) {
        const struct task *on = schedule_task(schedule, test->waits[i].on);

        if (on && test->waits[i].requires && on->outcome != OUTCOME_PASSED)
            return on->because ? on->because : on;
    }
    return NULL;
}

static void release(struct schedule *schedule, struct task *waiter,
                    int64_t now_ns)
{
    if (--waiter->waits_left > 0)
        return;
    waiter->because = find_blocker(schedule, waiter->test);
    schedule_make_ready(schedule, waiter, now_ns);
}

static void find_path(struct schedule *schedule, struct task *task)
{
    const struct test *test = task->test;

    task->path_before = NULL;
    for (size_t i = 0; i < test->wait_count; i++) {
        const struct task *on = schedule_task(schedule, test->waits[i].on);

        if (on &&
            (!task->path_before || on->path_ns > task->path_before->path_ns))
            task->path_before = on;
    }
    task->path_ns = task->longest_ns;
    if (task->path_before)
        task->path_ns += task->path_before->path_ns;
    if (!schedule->last_of_path ||
        task->path_ns > schedule->last_of_path->path_ns)
        schedule->last_of_path = task;
}

/* The worse of two outcomes, for all copies together. */
static enum outcome worse(enum outcome a, enum outcome b)
{
    static const int badness[] = {
        [OUTCOME_PASSED] = 0,
        [OUTCOME_SKIPPED] = 1,
        [OUTCOME_FAILED] = 2,
        [OUTCOME_ERRED] = 3,
    };

    return badness[a] > badness[b] ? a : b;
}

static void settle_task(struct schedule *schedule, struct task *task,
                        int64_t now_ns)
{
    const struct test *test = task->test;

    task->is_settled = true;
    schedule_merge_jars(task);
    schedule->settled_count++;
    find_path(schedule, task);
    for (size_t i = 0; i < test->waiter_count; i++) {
        struct task *waiter = schedule_task(schedule, test->waiters[i]);

        if (waiter)
            release(schedule, waiter, now_ns);
    }
}

/* A copy that was given out to be skipped took no locks; one that began and was
 * skipped later did. Copies are not told apart here: as many skipped ones as
 * were given out so give nothing back, whichever they are. The engine settles
 * what is to be skipped before it asks for another, so that it is always that
 * one; who has both out gets the locks back with the last of them. */
void schedule_settle(struct schedule *schedule, struct task *task,
                     enum outcome outcome, int64_t duration_ns, int64_t now_ns)
{
    assert(task->copies_done < task->copies_begun);
    if (outcome == OUTCOME_SKIPPED && task->skips_out)
        task->skips_out--;
    else
        locks_end(&schedule->locks, task->set);
    task->outcome = worse(task->outcome, outcome);
    if (duration_ns > task->longest_ns)
        task->longest_ns = duration_ns;
    if (++task->copies_done == task->test->copy_count)
        settle_task(schedule, task, now_ns);
}
