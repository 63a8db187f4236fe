#include <stdlib.h>
#include <string.h>

#include "specs/graph.h"

enum { CIRCLE_TOLD = 8 }; /* names of it, at most */

/* What is known of each test while the plan is measured; one memory of as many
 * numbers as there are tests for each. */
struct measure {
    const struct plan *plan;
    struct faults *faults;
    uint32_t *numbers; /* all of them */
    uint32_t *pending; /* tests that it waits for and that are not placed */
    uint32_t *order;   /* indices of the placed tests: prerequisites first */
    size_t placed_count;
    size_t next;      /* of the order, whose waiters were not looked at */
    uint32_t *placed; /* whether it is */
    uint32_t *seen;   /* number of the last walk that came by, or waiter */
    uint32_t *parent; /* in the tree of its flow */
};

static void open_measure(struct measure *measure, const struct plan *plan,
                         struct faults *faults)
{
    size_t count = plan->test_count;
    uint32_t *numbers = must_alloc(5 * count * sizeof(*numbers));

    *measure = (struct measure){
        .plan = plan,
        .faults = faults,
        .numbers = numbers,
        .pending = numbers,
        .order = numbers + count,
        .placed = numbers + 2 * count,
        .seen = numbers + 3 * count,
        .parent = numbers + 4 * count,
    };
}

/* Calls `visit` with each pair of a test and one that it waits for, once, even
 * when it has several reasons. */
static void for_each_pair(struct measure *measure,
                          void (*visit)(struct measure *measure,
                                        const struct test *waiter,
                                        const struct test *on))
{
    const struct plan *plan = measure->plan;

    memset(measure->seen, 0, plan->test_count * sizeof(*measure->seen));
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *waiter = &plan->tests[i];

        for (size_t j = 0; j < waiter->wait_count; j++) {
            const struct test *on = waiter->waits[j].on;

            if (measure->seen[on->index] == i + 1)
                continue;
            measure->seen[on->index] = i + 1;
            visit(measure, waiter, on);
        }
    }
}

static void count_pair(struct measure *measure, const struct test *waiter,
                       const struct test *on)
{
    measure->pending[waiter->index]++;
    thaw_test(on)->waiter_count++;
}

/* The counts were taken before: each list has room, and its count grows again
 * while it is filled. */
static void enter_pair(struct measure *measure, const struct test *waiter,
                       const struct test *on)
{
    const struct test **list = (const struct test **)(uintptr_t)on->waiters;

    (void)measure;
    list[thaw_test(on)->waiter_count++] = waiter;
}

static void find_waiters(struct measure *measure, struct plan *plan)
{
    for_each_pair(measure, count_pair);
    for (size_t i = 0; i < plan->test_count; i++) {
        struct test *test = thaw_test(&plan->tests[i]);

        if (test->waiter_count)
            test->waiters = arena_take(
                &plan->arena, test->waiter_count * sizeof(*test->waiters));
        test->waiter_count = 0;
    }
    for_each_pair(measure, enter_pair);
}

static void place(struct measure *measure, size_t index)
{
    measure->placed[index] = true;
    measure->order[measure->placed_count++] = index;
}

/* Places every test whose waits are all placed, and so on. */
static void place_free_ones(struct measure *measure)
{
    while (measure->next < measure->placed_count) {
        size_t index = measure->order[measure->next++];
        const struct test *test = &measure->plan->tests[index];

        for (size_t i = 0; i < test->waiter_count; i++) {
            size_t waiter = test->waiters[i]->index;

            if (!measure->placed[waiter] && --measure->pending[waiter] == 0)
                place(measure, waiter);
        }
    }
}

/* Of a test that is not placed: one of those that keep it so. */
static const struct test *blocker_of(const struct measure *measure,
                                     const struct test *test)
{
    size_t i = 0;

    while (measure->placed[test->waits[i].on->index])
        i++;
    return test->waits[i].on;
}

static void tell_circle(const struct measure *measure, const struct test *first)
{
    CLEANUP(buffer_finish)
    struct buffer names =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));
    const struct test *test = first;
    struct spot at = first->name_at.source ? first->name_at : first->at;
    size_t count = 0;

    do {
        if (count++ < CIRCLE_TOLD)
            (void)!buffer_print(&names, "%s → ", test->name);
        test = blocker_of(measure, test);
    } while (test != first);
    spot_fault(measure->faults, at, "these tests wait for each other: %s%s%s",
               buffer_text(&names), count > CIRCLE_TOLD ? "... → " : "",
               first->name);
}

/* Blockers lead around only as long as nobody in the circle is placed, so that
 * is said of all at the end. */
static void place_circle(struct measure *measure, const struct test *first)
{
    const struct test *test = first;
    size_t before = measure->placed_count;

    do {
        measure->order[measure->placed_count++] = test->index;
        test = blocker_of(measure, test);
    } while (test != first);
    for (size_t i = before; i < measure->placed_count; i++)
        measure->placed[measure->order[i]] = true;
}

/* Walks from blocker to blocker until the walk meets itself: there is a
 * circle. It is told from its first test on and placed by force, so that the
 * others can be found. */
static void break_circle(struct measure *measure, size_t index, size_t walk)
{
    const struct test *test = &measure->plan->tests[index];
    const struct test *first, *last;

    while (measure->seen[test->index] != walk) {
        measure->seen[test->index] = walk;
        test = blocker_of(measure, test);
    }
    first = last = test;
    do {
        test = blocker_of(measure, test);
        if (test->index < first->index)
            first = test;
    } while (test != last);
    tell_circle(measure, first);
    place_circle(measure, first);
}

static void find_order(struct measure *measure)
{
    size_t count = measure->plan->test_count;
    size_t walk = 0;

    memset(measure->seen, 0, count * sizeof(*measure->seen));
    for (size_t i = 0; i < count; i++)
        if (!measure->pending[i])
            place(measure, i);
    place_free_ones(measure);
    for (size_t i = 0; i < count; i++) {
        while (!measure->placed[i]) {
            break_circle(measure, i, ++walk);
            place_free_ones(measure);
        }
    }
}

static bool is_chained(const struct test *test, const struct test *waiter)
{
    return waiter->role != ROLE_TEARDOWN || test->role == ROLE_TEARDOWN;
}

static void set_heights(const struct measure *measure)
{
    for (size_t i = measure->placed_count; i-- > 0;) {
        size_t index = measure->order[i];
        struct test *test = thaw_test(&measure->plan->tests[index]);
        size_t above = 0;

        for (size_t j = 0; j < test->waiter_count; j++) {
            const struct test *waiter = test->waiters[j];

            if (is_chained(test, waiter) && waiter->height > above)
                above = waiter->height;
        }
        test->height = test->step_count + above;
    }
}

/* Halves the way to the root for those who come later. */
static size_t root_of(const struct measure *measure, size_t index)
{
    uint32_t *parent = measure->parent;

    while (parent[index] != index) {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    return index;
}

/* The lower one stays the root, so that flows are numbered by their first
 * test. */
static void join(struct measure *measure, const struct test *waiter,
                 const struct test *on)
{
    size_t a = root_of(measure, waiter->index);
    size_t b = root_of(measure, on->index);

    if (a < b)
        measure->parent[b] = a;
    else
        measure->parent[a] = b;
}

static void set_flows(struct measure *measure, struct plan *plan)
{
    for (size_t i = 0; i < plan->test_count; i++)
        measure->parent[i] = i;
    for_each_pair(measure, join);
    plan->flow_count = 0;
    for (size_t i = 0; i < plan->test_count; i++) {
        size_t root = root_of(measure, i);

        thaw_test(&plan->tests[i])->flow =
            root == i ? plan->flow_count++ : plan->tests[root].flow;
    }
}

void graph_measure(struct plan *plan, struct faults *faults)
{
    struct measure measure;

    open_measure(&measure, plan, faults);
    find_waiters(&measure, plan);
    find_order(&measure);
    set_heights(&measure);
    set_flows(&measure, plan);
    free(measure.numbers);
}
