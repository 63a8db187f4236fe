#include "specs/graph_include.h"
#include "specs/suggest.h"

static bool is_awaited(const struct wait_list *waits, const struct test *test)
{
    for (size_t i = 0; i < waits->count; i++)
        if (waits->list[i].on == test)
            return true;
    return false;
}

static void tell_unknown_id(struct graph *graph, const struct after *after)
{
    const char *near = NULL;

    if (!faults_are_full(graph->faults))
        near = suggest_name(after->id, NULL, &graph->ids);
    if (!near && !faults_are_full(graph->faults))
        near = inclusion_suggest_id(graph, after->id);
    if (near) {
        spot_fault(graph->faults, after->at,
                   "no test has the id \"%s\"; did you mean \"%s\"?", after->id,
                   near);
    } else {
        spot_fault(graph->faults, after->at,
                   "no test of this suite has the id \"%s\"", after->id);
    }
}

static void add_after(struct graph *graph, const struct after *after,
                      const struct test *test, struct wait_list *waits)
{
    const struct test *on = map_find(&graph->ids, after->id);

    if (!on)
        on = inclusion_find_test(graph, after);
    if (on == test) {
        spot_fault(graph->faults, after->at, "\"%s\" cannot wait for itself",
                   test->name);
    } else if (on) {
        wait_list_add(waits, (struct wait){
                                 .on = on,
                                 .reason = WAIT_AFTER,
                                 .requires = true,
                             });
    } else {
        tell_unknown_id(graph, after);
    }
}

/* What roles and `sequential` order, unless something else does already. */
static void add_order(struct wait_list *waits, const struct test *on,
                      enum wait_reason reason)
{
    if (!is_awaited(waits, on)) {
        wait_list_add(waits, (struct wait){
                                 .on = on,
                                 .reason = reason,
                                 .requires = reason == WAIT_SETUP,
                             });
    }
}

static void wait_for_all(const struct graph *graph, struct wait_list *waits)
{
    const struct suite *suite = graph->suite;

    inclusion_mark_awaited(graph->inclusion, waits);
    for (size_t i = 0; i < suite->test_count; i++) {
        const struct test *on = &suite->tests[i];
        struct wait order = {.on = on, .reason = WAIT_TEARDOWN};

        if (on->role == ROLE_TEST && inclusion_mark(graph->inclusion, on))
            wait_list_add(waits, order);
    }
}

/* Tests stand by role: set-ups, tests, teardowns. */
static void add_role_order(const struct graph *graph, const struct test *test,
                           struct wait_list *waits)
{
    const struct suite *suite = graph->suite;
    bool is_first = test == suite->tests;
    bool is_last = test + 1 == suite->tests + suite->test_count;

    switch (test->role) {
    case ROLE_SETUP:
        if (!is_first)
            add_order(waits, test - 1, WAIT_SETUP);
        break;
    case ROLE_TEST:
        if (graph->last_setup)
            add_order(waits, graph->last_setup, WAIT_SETUP);
        if (suite->sequential && !is_first && test[-1].role == ROLE_TEST)
            add_order(waits, test - 1, WAIT_SEQUENTIAL);
        break;
    case ROLE_TEARDOWN:
        if (!is_last) {
            add_order(waits, test + 1, WAIT_TEARDOWN);
            break;
        }
        if (graph->last_setup)
            add_order(waits, graph->last_setup, WAIT_TEARDOWN);
        wait_for_all(graph, waits);
        inclusion_wait_for_includers(graph, waits);
        break;
    }
    if (test->role != ROLE_TEARDOWN || is_last)
        inclusion_wait_for_gates(graph, test, waits);
}

void graph_order_test(struct graph *graph, const struct test *test,
                      struct wait_list *waits)
{
    for (size_t i = 0; i < test->after_count; i++)
        add_after(graph, &test->after[i], test, waits);
    add_role_order(graph, test, waits);
}
