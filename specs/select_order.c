#include "specs/select_order.h"

#include <stdlib.h>
#include <string.h>

#include "specs/graph.h"

/* One test, while its waits are written anew. */
struct mender {
    struct plan *plan;
    const struct test *test;
    struct wait_list waits;
    const struct test **seen;    /* of each test, the last one that met it */
    const struct test **pending; /* teardowns that are left out */
    size_t pending_count;
};

static bool is_new(struct mender *mender, const struct test *on)
{
    const struct test **seen = &mender->seen[on->index];
    bool is_first = *seen != mender->test;

    *seen = mender->test;
    return is_first;
}

static void add_order(struct mender *mender, const struct test *on,
                      enum wait_reason reason)
{
    if (is_new(mender, on))
        wait_list_add(&mender->waits,
                      (struct wait){.on = on, .reason = reason});
}

/* Tests of a sequential suite stand in their order. */
static void wait_for_previous(struct mender *mender, const struct test *left)
{
    const struct test *first = left->suite->tests;

    while (left->selection == LEFT_OUT && left > first &&
           left[-1].role == ROLE_TEST)
        left--;
    if (left->selection != LEFT_OUT)
        add_order(mender, left, WAIT_SEQUENTIAL);
}

/* Only one teardown of a suite waits for all of its tests, the others wait for
 * that one. */
static void wait_through(struct mender *mender, const struct test *left)
{
    if (left->role != ROLE_TEARDOWN || !is_new(mender, left))
        return;
    mender->pending[mender->pending_count++] = left;
    while (mender->pending_count) {
        left = mender->pending[--mender->pending_count];
        for (size_t i = 0; i < left->wait_count; i++) {
            const struct test *on = left->waits[i].on;

            if (on->selection != LEFT_OUT)
                add_order(mender, on, WAIT_TEARDOWN);
            else if (on->role == ROLE_TEARDOWN && is_new(mender, on))
                mender->pending[mender->pending_count++] = on;
        }
    }
}

static bool waits_for_left_out(const struct test *test)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (test->waits[i].on->selection == LEFT_OUT)
            return true;
    return false;
}

static void mend(struct mender *mender, struct test *test)
{
    const struct wait *waits = test->waits;
    size_t size;

    mender->test = test;
    mender->waits.count = 0;
    for (size_t i = 0; i < test->wait_count; i++) {
        if (waits[i].on->selection == LEFT_OUT)
            continue;
        is_new(mender, waits[i].on);
        wait_list_add(&mender->waits, waits[i]);
    }
    for (size_t i = 0; i < test->wait_count; i++) {
        if (waits[i].on->selection != LEFT_OUT)
            continue;
        if (waits[i].reason == WAIT_SEQUENTIAL)
            wait_for_previous(mender, waits[i].on);
        else
            wait_through(mender, waits[i].on);
    }
    test->wait_count = mender->waits.count;
    size = test->wait_count * sizeof(*waits);
    test->waits = size ? memcpy(arena_take(&mender->plan->arena, size),
                                mender->waits.list, size)
                       : NULL;
}

/* Flows are counted without what is left out, each test of which would be one.
 */
static void number_flows(struct plan *plan)
{
    size_t *numbers = must_alloc(plan->flow_count * sizeof(*numbers));
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++) {
        struct test *test = thaw_test(&plan->tests[i]);
        size_t *number = &numbers[test->flow];

        if (test->selection == LEFT_OUT) {
            test->flow = 0;
            continue;
        }
        if (!*number)
            *number = ++count;
        test->flow = *number - 1;
    }
    plan->flow_count = count;
    free(numbers);
}

void graph_leave_out(struct plan *plan, struct faults *faults)
{
    size_t count = plan->test_count;
    struct mender mender = {
        .plan = plan,
        .seen = must_alloc(count * sizeof(const struct test *)),
        .pending = must_alloc(count * sizeof(const struct test *)),
    };

    for (size_t i = 0; i < count; i++) {
        struct test *test = thaw_test(&plan->tests[i]);

        if (test->selection != LEFT_OUT && waits_for_left_out(test))
            mend(&mender, test);
    }
    for (size_t i = 0; i < count; i++) {
        struct test *test = thaw_test(&plan->tests[i]);

        if (test->selection == LEFT_OUT)
            test->wait_count = 0;
        test->waiter_count = 0;
    }
    graph_measure(plan, faults);
    number_flows(plan);
    free(mender.waits.list);
    free(mender.seen);
    free(mender.pending);
}
