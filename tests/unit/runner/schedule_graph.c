#include "schedule_graph.h"

#include <string.h>

size_t dice_below(struct dice *dice, size_t below)
{
    uint64_t mixed = dice->state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return (size_t)((mixed ^ (mixed >> 32)) % below);
}

bool dice_say(struct dice *dice, size_t percent)
{
    return dice_below(dice, 100) < percent;
}

static const char *const lock_names[] = {"db",  "mail",  "disk", "cache",
                                         "bus", "clock", "*"};

static void choose_locks(struct graph *graph, struct test *test,
                         struct dice *dice)
{
    uint64_t *bits = &graph->locks[test->index];
    size_t count = dice_say(dice, 50) ? 0 : 1 + dice_below(dice, 3);
    const char **locks =
        arena_take(&graph->arena, (count + 1) * sizeof(*locks));

    test->locks = locks;
    for (size_t i = 0; i < count; i++) {
        size_t lock = dice_below(dice, GRAPH_LOCKS);

        locks[test->lock_count++] = lock_names[lock]; /* some of them twice */
        *bits |= UINT64_C(1) << lock;
    }
    if (!dice_say(dice, 7))
        return;
    locks[test->lock_count++] = lock_names[GRAPH_LOCKS];
    *bits |= GRAPH_ALONE;
}

static void make_test(struct graph *graph, size_t index, struct dice *dice)
{
    struct test *test = &graph->tests[index];

    test->index = index;
    test->suite = &graph->suite;
    test->role = dice_say(dice, 10) ? ROLE_TEARDOWN : ROLE_TEST;
    test->copy_count =
        dice_say(dice, 70) ? 1 : 1 + dice_below(dice, GRAPH_COPIES);
    test->height = 1 + dice_below(dice, 4);
    test->goes_first = dice_say(dice, 10);
    test->skip = dice_say(dice, 5) ? "as written" : NULL;
    test->selection = dice_say(dice, 10) ? LEFT_OUT : SELECTED;
    choose_locks(graph, test, dice);
}

/* A bijection of the numbers below `count`, so that tests need not wait for
 * earlier ones only. */
static size_t *make_order(struct graph *graph, size_t count, struct dice *dice)
{
    size_t *order = arena_take(&graph->arena, (count + 1) * sizeof(*order));

    for (size_t i = 0; i < count; i++) {
        size_t j = dice_below(dice, i + 1);

        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

enum { WAITS_MOST = 4 };

static void add_waits(struct graph *graph, const size_t *order, size_t place,
                      struct dice *dice)
{
    struct test *test = &graph->tests[order[place]];
    struct wait *waits = arena_take(&graph->arena, WAITS_MOST * sizeof(*waits));
    size_t count = dice_below(dice, WAITS_MOST + 1);

    test->waits = waits;
    for (size_t i = 0; i < count && place > 0; i++) {
        size_t back = 1 + dice_below(dice, place);

        if (back > 8 && dice_say(dice, 70))
            back = 1 + back % 8; /* long chains, too */
        waits[test->wait_count++] = (struct wait){
            .on = &graph->tests[order[place - back]],
            .reason = WAIT_AFTER,
            .requires = dice_say(dice, 60),
        };
    }
}

static bool waits_for(const struct test *test, const struct test *on)
{
    for (size_t i = 0; i < test->wait_count; i++) {
        if (test->waits[i].on == on)
            return true;
    }
    return false;
}

/* Waiters stand in their own order, each once. */
static void add_waiters(struct graph *graph, struct test *test)
{
    size_t count = graph->plan.test_count, found = 0;
    const struct test **waiters;

    for (size_t i = 0; i < count; i++)
        found += waits_for(&graph->tests[i], test);
    waiters =
        arena_take(&graph->arena, (found + 1) * sizeof(const struct test *));
    test->waiters = waiters;
    for (size_t i = 0; i < count; i++) {
        if (waits_for(&graph->tests[i], test))
            waiters[test->waiter_count++] = &graph->tests[i];
    }
}

void graph_make(struct graph *graph, struct dice *dice, size_t most)
{
    size_t count = 1 + dice_below(dice, most);
    const size_t *order;

    memset(graph, 0, sizeof(*graph));
    graph->tests = arena_take(&graph->arena, count * sizeof(*graph->tests));
    graph->locks = arena_take(&graph->arena, count * sizeof(*graph->locks));
    graph->plan.suite_count = 1;
    graph->plan.suites = &graph->suite;
    graph->plan.test_count = count;
    graph->plan.tests = graph->tests;
    for (size_t i = 0; i < count; i++)
        make_test(graph, i, dice);
    order = make_order(graph, count, dice);
    for (size_t i = 0; i < count; i++)
        add_waits(graph, order, i, dice);
    for (size_t i = 0; i < count; i++)
        add_waiters(graph, &graph->tests[i]);
}

void graph_finish(struct graph *graph)
{
    arena_finish(&graph->arena);
}
