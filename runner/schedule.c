/*
 * A task counts the tests that it still waits for. When the count reaches zero
 * it is ready, and enters a heap whose top has the longest chain of steps
 * behind it: what others wait for longest begins first, and ties go to the
 * order in which tests are written.
 *
 * A task whose prerequisite did not pass becomes ready like any other, so that
 * orders which hang on it hold, and is skipped when its turn comes. The same
 * way a stopped run drains: everything still becomes ready in turn, and is
 * skipped, but for teardown, which runs.
 *
 * Settling is also where the longest chain by measured time is found: tests
 * settle in an order that respects the graph, so one look at the prerequisites
 * is enough.
 */
#include "runner/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "runner/request.h"

static bool goes_before(const struct task *a, const struct task *b)
{
    if (a->test->height != b->test->height)
        return a->test->height > b->test->height;
    return a->test->index < b->test->index;
}

static void swap(struct task **a, struct task **b)
{
    struct task *kept = *a;

    *a = *b;
    *b = kept;
}

static void heap_add(struct schedule *schedule, struct task *task)
{
    struct task **heap = schedule->heap;
    size_t i = schedule->heap_count++;

    heap[i] = task;
    while (i > 0 && goes_before(heap[i], heap[(i - 1) / 2])) {
        swap(&heap[i], &heap[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
}

static void heap_drop_top(struct schedule *schedule)
{
    struct task **heap = schedule->heap;
    size_t count = --schedule->heap_count;
    size_t i = 0;

    heap[0] = heap[count];
    for (;;) {
        size_t best = 2 * i + 1;

        if (best >= count)
            return;
        if (best + 1 < count && goes_before(heap[best + 1], heap[best]))
            best++;
        if (!goes_before(heap[best], heap[i]))
            return;
        swap(&heap[i], &heap[best]);
        i = best;
    }
}

static void make_ready(struct schedule *schedule, struct task *task,
                       int64_t now_ns)
{
    task->ready_ns = now_ns;
    heap_add(schedule, task);
}

/* How many tests it waits for: one may be waited for with several reasons.
 * `stamps` has a place for each test. */
static size_t count_prerequisites(const struct test *test,
                                  const struct test **stamps)
{
    size_t count = 0;

    for (size_t i = 0; i < test->wait_count; i++) {
        const struct test **stamp = &stamps[test->waits[i].on->index];

        count += *stamp != test;
        *stamp = test;
    }
    return count;
}

void schedule_init(struct schedule *schedule, const struct plan *plan,
                   int64_t now_ns)
{
    const struct test **stamps =
        must_alloc(plan->test_count * sizeof(const struct test *));

    *schedule = (struct schedule){
        .plan = plan,
        .tasks = must_alloc(plan->test_count * sizeof(struct task)),
        .captures = must_alloc(plan->suite_count * sizeof(json_t *)),
        .heap = must_alloc(plan->test_count * sizeof(struct task *)),
    };
    for (size_t i = 0; i < plan->suite_count; i++)
        schedule->captures[i] = json_object();
    for (size_t i = 0; i < plan->test_count; i++) {
        struct task *task = &schedule->tasks[i];

        task->test = &plan->tests[i];
        task->first_ordinal = schedule->copy_count;
        task->waits_left = count_prerequisites(task->test, stamps);
        schedule->copy_count += task->test->copy_count;
        if (task->waits_left == 0)
            make_ready(schedule, task, now_ns);
    }
    free(stamps);
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
    free(schedule->heap);
}

bool schedule_is_done(const struct schedule *schedule)
{
    return schedule->settled_count == schedule->plan->test_count;
}

static bool is_stopped(const struct schedule *schedule, const struct task *task)
{
    return schedule->stop_reason &&
           (task->test->role != ROLE_TEARDOWN || schedule->is_teardown_stopped);
}

const struct task *schedule_blocker(const struct schedule *schedule,
                                    const struct task *task)
{
    if (task->test->skip || is_stopped(schedule, task))
        return NULL;
    return task->because;
}

static const char *skip_reason(const struct schedule *schedule,
                               const struct task *task)
{
    const struct task *blocker = schedule_blocker(schedule, task);

    if (task->test->skip)
        return task->test->skip;
    if (is_stopped(schedule, task))
        return schedule->stop_reason;
    if (!blocker)
        return NULL;
    return blocker->outcome == OUTCOME_SKIPPED
               ? "a test that it needs was skipped"
               : "a test that it needs did not pass";
}

struct task *schedule_next(struct schedule *schedule, size_t *copy,
                           const char **skip)
{
    struct task *task;

    if (schedule->heap_count == 0)
        return NULL;
    task = schedule->heap[0];
    *copy = task->copies_begun++;
    *skip = skip_reason(schedule, task);
    if (task->copies_begun == task->test->copy_count)
        heap_drop_top(schedule);
    return task;
}

static struct task *task_of(const struct schedule *schedule,
                            const struct test *test)
{
    return &schedule->tasks[test->index];
}

static bool requires_test(const struct test *waiter, const struct test *test)
{
    for (size_t i = 0; i < waiter->wait_count; i++) {
        if (waiter->waits[i].on == test && waiter->waits[i].requires)
            return true;
    }
    return false;
}

static void release(struct schedule *schedule, struct task *waiter,
                    const struct task *settled, int64_t now_ns)
{
    if (settled->outcome != OUTCOME_PASSED && !waiter->because &&
        requires_test(waiter->test, settled->test))
        waiter->because = settled->because ? settled->because : settled;
    if (--waiter->waits_left == 0)
        make_ready(schedule, waiter, now_ns);
}

static void find_path(struct schedule *schedule, struct task *task)
{
    for (size_t i = 0; i < task->test->wait_count; i++) {
        const struct task *before = task_of(schedule, task->test->waits[i].on);

        if (!task->path_before || before->path_ns > task->path_before->path_ns)
            task->path_before = before;
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

void schedule_keep_jar(struct task *task, size_t copy, struct jar *jar)
{
    if (!jar->count)
        return;
    task->jars =
        must_resize(task->jars, (task->jar_count + 1) * sizeof(*task->jars));
    task->jars[task->jar_count++] = (struct copy_jar){copy, *jar};
    *jar = (struct jar){0};
}

static int by_copy(const void *a, const void *b)
{
    const struct copy_jar *first = a, *second = b;

    return (first->copy > second->copy) - (first->copy < second->copy);
}

static void merge_jars(struct task *task)
{
    if (!task->jar_count)
        return;
    qsort(task->jars, task->jar_count, sizeof(*task->jars), by_copy);
    for (size_t i = 0; i < task->jar_count; i++) {
        jar_merge(&task->jar, &task->jars[i].jar);
        jar_finish(&task->jars[i].jar);
    }
    task->jar_count = 0;
}

void schedule_settle(struct schedule *schedule, struct task *task,
                     enum outcome outcome, int64_t duration_ns, int64_t now_ns)
{
    const struct test *test = task->test;

    task->outcome = worse(task->outcome, outcome);
    if (duration_ns > task->longest_ns)
        task->longest_ns = duration_ns;
    if (++task->copies_done < test->copy_count)
        return;
    task->is_settled = true;
    merge_jars(task);
    schedule->settled_count++;
    find_path(schedule, task);
    for (size_t i = 0; i < test->waiter_count; i++)
        release(schedule, task_of(schedule, test->waiters[i]), task, now_ns);
}

void schedule_stop(struct schedule *schedule, const char *reason,
                   bool teardown_too)
{
    if (!schedule->stop_reason)
        schedule->stop_reason = reason;
    schedule->is_teardown_stopped |= teardown_too;
}

static bool is_index(const struct task *task, const char *name)
{
    return task->test->is_repeated && strcmp(name, "index") == 0;
}

json_t *schedule_values(const struct schedule *schedule,
                        const struct task *task, const struct step *step,
                        json_t *own, size_t copy)
{
    json_t *captures = schedule->captures[task->test->suite->index];
    json_t *values;

    if (step->needs.count == 0)
        return NULL;
    values = json_object();
    for (size_t i = 0; i < step->needs.count; i++) {
        const char *name = step->needs.list[i].name;
        json_t *value = json_object_get(own, name);

        if (is_index(task, name))
            json_object_set_new(values, name, json_integer((json_int_t)copy));
        else if (value || (value = json_object_get(captures, name)))
            json_object_set(values, name, value);
    }
    return values;
}

void schedule_keep(struct schedule *schedule, const struct task *task,
                   json_t *captured)
{
    json_object_update(schedule->captures[task->test->suite->index], captured);
}

static int by_index(const void *a, const void *b)
{
    const struct test *const *first = a, *const *second = b;

    return ((*first)->index > (*second)->index) -
           ((*first)->index < (*second)->index);
}

void schedule_cookies(const struct schedule *schedule, const struct task *task,
                      struct jar *jar)
{
    size_t count = 0;
    const struct test **givers =
        must_alloc(task->test->wait_count * sizeof(const struct test *));

    for (size_t i = 0; i < task->test->wait_count; i++) {
        const struct test *on = task->test->waits[i].on;

        if (task_of(schedule, on)->jar.count)
            givers[count++] = on;
    }
    qsort(givers, count, sizeof(const struct test *), by_index);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || givers[i] != givers[i - 1])
            jar_merge(jar, &task_of(schedule, givers[i])->jar);
    }
    free(givers);
}
