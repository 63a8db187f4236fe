/*
 * A task counts the tests that it still waits for. When the count reaches zero
 * it is ready, and enters the queue of its locks (see schedule_locks.c), whose
 * first has the longest chain of steps behind it: what others wait for longest
 * begins first, and ties go to the order in which tests are written. Shuffling
 * gives every task a random rank in place of that, all at the beginning, so
 * that the order depends on the seed and never on who was faster.
 *
 * A task whose prerequisite did not pass becomes ready like any other, so that
 * orders which hang on it hold, and is skipped when its turn comes. The same
 * way a stopped run drains: everything still becomes ready in turn, and is
 * skipped, but for teardown, which runs. What will be skipped waits for no
 * lock.
 *
 * A test that is left out is as if it were not there: nobody waits for it.
 */
#include "runner/schedule.h"

#include <assert.h>
#include <stdlib.h>

#include "runner/request.h"
#include "runner/schedule_parts.h"

static bool has_part(const struct test *test)
{
    return test->selection != LEFT_OUT;
}

struct task *schedule_task(const struct schedule *schedule,
                           const struct test *test)
{
    return has_part(test) ? &schedule->tasks[test->index] : NULL;
}

static bool has_stopped(const struct schedule *schedule,
                        const struct task *task)
{
    return schedule->stop_reason &&
           (task->test->role != ROLE_TEARDOWN || schedule->is_teardown_stopped);
}

const struct task *schedule_blocker(const struct schedule *schedule,
                                    const struct task *task)
{
    if (task->test->skip || has_stopped(schedule, task))
        return NULL;
    return task->because;
}

static const char *skip_reason(const struct schedule *schedule,
                               const struct task *task)
{
    const struct task *blocker = schedule_blocker(schedule, task);

    if (task->test->skip)
        return task->test->skip;
    if (has_stopped(schedule, task))
        return schedule->stop_reason;
    if (!blocker)
        return NULL;
    return blocker->outcome == OUTCOME_SKIPPED
               ? "a test that it needs was skipped"
               : "a test that it needs did not pass";
}

/* The next number of the generator SplitMix64, whose state is the argument. */
static uint64_t mix(uint64_t state)
{
    state += UINT64_C(0x9e3779b97f4a7c15);
    state = (state ^ (state >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    state = (state ^ (state >> 27)) * UINT64_C(0x94d049bb133111eb);
    return state ^ (state >> 31);
}

static uint64_t rank_of(const struct schedule *schedule,
                        const struct test *test)
{
    const struct schedule_options *options = &schedule->options;
    const uint64_t later = UINT64_C(1) << 63;
    uint64_t rank = later - 1 - test->height;

    if (options->shuffle)
        rank = mix(mix(options->seed + schedule->round) + test->index) >> 1;
    return test->goes_first ? rank : rank | later;
}

/* Ranks where places are kept. */
enum { RANK_SKIPPED, RANK_RELEASED, RANK_OF_PLACES };

/* Of the next copy; SIZE_MAX: none. */
static size_t place_of(const struct schedule *schedule, const struct task *task)
{
    return schedule->options.places[task->first_ordinal + task->copies_begun];
}

static struct heap_item item_of(const struct schedule *schedule,
                                struct task *task)
{
    return (struct heap_item){
        .rank = rank_of(schedule, task->test),
        .tie = task->test->index,
        .thing = task,
    };
}

/* What is to be skipped needs no lock. */
static void queue(struct schedule *schedule, struct task *task)
{
    struct locks *locks = &schedule->locks;
    struct heap_item item = item_of(schedule, task);
    bool is_skipped = skip_reason(schedule, task) != NULL;

    if (schedule->options.places && is_skipped) {
        item.rank = RANK_SKIPPED;
    } else if (schedule->options.places &&
               place_of(schedule, task) != SIZE_MAX) {
        item.rank = RANK_OF_PLACES + place_of(schedule, task);
    } else if (schedule->options.places && schedule->reached != SIZE_MAX) {
        heap_add(&schedule->held, item);
        return;
    }
    locks_add(locks, is_skipped ? locks->free_set : task->set, item);
}

void schedule_reach(struct schedule *schedule, size_t place)
{
    struct heap *held = &schedule->held;

    schedule->reached = place;
    if (place != SIZE_MAX)
        return;
    for (; held->count; heap_drop(held, 0))
        queue(schedule, heap_top(held));
}

bool schedule_release(struct schedule *schedule)
{
    struct task *task = heap_top(&schedule->held);
    struct heap_item item;

    if (!task)
        return false;
    heap_drop(&schedule->held, 0);
    item = item_of(schedule, task);
    item.rank = RANK_RELEASED;
    locks_add(&schedule->locks, task->set, item);
    return true;
}

void schedule_make_ready(struct schedule *schedule, struct task *task,
                         int64_t now_ns)
{
    task->ready_ns = now_ns;
    queue(schedule, task);
}

/* How many tests it waits for: one may be waited for with several reasons.
 * `stamps` has a place for each test. */
static size_t count_prerequisites(const struct test *test,
                                  const struct test **stamps)
{
    size_t count = 0;

    for (size_t i = 0; i < test->wait_count; i++) {
        const struct test *on = test->waits[i].on;

        if (!has_part(on) || stamps[on->index] == test)
            continue;
        stamps[on->index] = test;
        count++;
    }
    return count;
}

/* Every task waits for all that it has to wait for. */
static void begin_round(struct schedule *schedule, int64_t now_ns)
{
    for (size_t i = 0; i < schedule->plan->test_count; i++) {
        struct task *task = schedule_task(schedule, &schedule->plan->tests[i]);

        if (!task)
            continue;
        task->waits_left = task->wait_count;
        if (task->waits_left == 0)
            schedule_make_ready(schedule, task, now_ns);
    }
}

static void add_task(struct schedule *schedule, struct task *task,
                     const struct test **stamps, struct arena *scratch)
{
    assert(task->test->copy_count > 0);
    task->first_ordinal = schedule->copy_count;
    task->set = locks_enter(&schedule->locks, task->test, scratch);
    task->wait_count = count_prerequisites(task->test, stamps);
    schedule->copy_count += task->test->copy_count;
    schedule->task_count++;
}

void schedule_init_with(struct schedule *schedule, const struct plan *plan,
                        const struct schedule_options *options, int64_t now_ns)
{
    const struct test **stamps =
        must_alloc(plan->test_count * sizeof(const struct test *));
    struct arena scratch = {0};

    *schedule = (struct schedule){
        .plan = plan,
        .options = options ? *options : (struct schedule_options){0},
        .tasks = must_alloc(plan->test_count * sizeof(struct task)),
        .captures = must_alloc(plan->suite_count * sizeof(json_t *)),
        .pace.next_ns = now_ns,
    };
    locks_init(&schedule->locks);
    schedule->locks.keeps_order = schedule->options.places != NULL;
    for (size_t i = 0; i < plan->suite_count; i++)
        schedule->captures[i] = json_object();
    for (size_t i = 0; i < plan->test_count; i++) {
        schedule->tasks[i].test = &plan->tests[i];
        if (has_part(&plan->tests[i]))
            add_task(schedule, &schedule->tasks[i], stamps, &scratch);
    }
    arena_finish(&scratch);
    free(stamps);
    begin_round(schedule, now_ns);
}

void schedule_init(struct schedule *schedule, const struct plan *plan,
                   int64_t now_ns)
{
    schedule_init_with(schedule, plan, NULL, now_ns);
}

static void free_calls(struct task *task)
{
    for (size_t i = 0; task->calls && i < task->test->step_count; i++) {
        if (!task->calls[i])
            continue;
        call_finish(task->calls[i]);
        free(task->calls[i]);
    }
    free(task->calls);
}

void schedule_finish(struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->plan->test_count; i++) {
        jar_finish(&schedule->tasks[i].jar);
        free(schedule->tasks[i].jars);
        free_calls(&schedule->tasks[i]);
    }
    for (size_t i = 0; i < schedule->plan->suite_count; i++)
        json_decref(schedule->captures[i]);
    free(schedule->tasks);
    free(schedule->captures);
    locks_finish(&schedule->locks);
    heap_finish(&schedule->parked);
    heap_finish(&schedule->held);
}

static void reset_task(struct task *task)
{
    task->copies_begun = task->copies_done = 0;
    task->is_settled = false;
    task->outcome = OUTCOME_PASSED;
    jar_finish(&task->jar);
}

void schedule_rewind(struct schedule *schedule, int64_t now_ns)
{
    assert(schedule_is_done(schedule));
    for (size_t i = 0; i < schedule->plan->test_count; i++)
        reset_task(&schedule->tasks[i]);
    for (size_t i = 0; i < schedule->plan->suite_count; i++)
        json_object_clear(schedule->captures[i]);
    schedule->settled_count = 0;
    schedule->round++;
    begin_round(schedule, now_ns);
}

bool schedule_is_done(const struct schedule *schedule)
{
    return schedule->settled_count == schedule->task_count;
}

/* Whether the first of these may begin yet. */
static bool is_reached(const struct schedule *schedule,
                       const struct lock_set *set)
{
    uint64_t rank = set->tasks.items[0].rank;

    return !schedule->options.places || schedule->reached == SIZE_MAX ||
           rank < RANK_OF_PLACES || rank - RANK_OF_PLACES <= schedule->reached;
}

struct task *schedule_next(struct schedule *schedule, size_t *copy,
                           const char **skip)
{
    struct lock_set *set = locks_pick(&schedule->locks);
    struct task *task;

    if (!set || !is_reached(schedule, set))
        return NULL;
    task = heap_top(&set->tasks);
    *copy = task->copies_begun++;
    *skip = skip_reason(schedule, task);
    if (*skip)
        task->skips_out++;
    else
        locks_begin(&schedule->locks, set);
    if (task->copies_begun == task->test->copy_count) {
        locks_drop(&schedule->locks, set);
    } else if (schedule->options.places) {
        locks_drop(&schedule->locks, set);
        queue(schedule, task);
    }
    return task;
}

/* Those that stand before a lock may have to be skipped now: they find their
 * queues anew. */
static void queue_anew(struct schedule *schedule)
{
    struct heap tasks = {0}, held = schedule->held;

    schedule->held = (struct heap){0};
    locks_clear(&schedule->locks, &tasks);
    for (size_t i = 0; i < tasks.count; i++)
        queue(schedule, tasks.items[i].thing);
    heap_finish(&tasks);
    for (size_t i = 0; i < held.count; i++)
        queue(schedule, held.items[i].thing);
    heap_finish(&held);
}

void schedule_stop(struct schedule *schedule, const char *reason,
                   bool teardown_too)
{
    if (schedule->stop_reason &&
        (!teardown_too || schedule->is_teardown_stopped))
        return;
    if (!schedule->stop_reason)
        schedule->stop_reason = reason;
    schedule->is_teardown_stopped |= teardown_too;
    queue_anew(schedule);
}
