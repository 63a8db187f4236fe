/* Tests that do nothing: those that can never run, and those that expect
 * nothing. */
#include <stdlib.h>

#include "specs/warnings.h"

enum { CHAIN_TOLD = 8 }; /* names of it, at most */

/* Why each test can never run, by its index. */
struct barred {
    const struct test **by;   /* the test that it needs; NULL: it can run */
    const struct test **list; /* whose waiters are still to be looked at */
    size_t count;
};

static struct spot name_of(const struct test *test)
{
    return test->name_at.source ? test->name_at : test->at;
}

static bool requires(const struct test *test, const struct test *on)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (test->waits[i].on == on && test->waits[i].requires)
            return true;
    return false;
}

static void bar_waiters(struct barred *barred, const struct test *test)
{
    for (size_t i = 0; i < test->waiter_count; i++) {
        const struct test *waiter = test->waiters[i];

        if (waiter->skip || barred->by[waiter->index] ||
            !requires(waiter, test))
            continue;
        barred->by[waiter->index] = test;
        barred->list[barred->count++] = waiter;
    }
}

/* "it needs "b", which needs "a", which is skipped (line 3)" */
static void add_chain(const struct barred *barred, const struct test *test,
                      struct buffer *chain)
{
    const struct test *needed = barred->by[test->index];
    size_t told = 0;

    for (; barred->by[needed->index]; needed = barred->by[needed->index])
        if (told++ < CHAIN_TOLD)
            (void)!buffer_print(chain, "\"%.40s\", which needs ", needed->name);
    if (told > CHAIN_TOLD)
        (void)!buffer_print(chain, "... ");
    (void)!buffer_print(chain, "\"%.40s\", which is skipped (", needed->name);
    if (needed->suite == test->suite)
        (void)!buffer_print(chain, "line %u)", spot_line(name_of(needed)));
    else
        (void)!buffer_print(chain, "%s:%u)", needed->suite->path,
                            spot_line(name_of(needed)));
}

static void warn_of_barred(struct plan *plan, const struct barred *barred,
                           const struct test *test)
{
    CLEANUP(buffer_finish)
    struct buffer chain =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));

    add_chain(barred, test, &chain);
    plan_warn(plan, spot_place(name_of(test)),
              "\"%.40s\" can never run: it needs %s", test->name,
              buffer_text(&chain));
}

/* Nearest first, so that each chain is as short as can be. */
static void warn_of_unreachable(struct plan *plan)
{
    size_t size = plan->test_count * sizeof(const struct test *);
    struct barred barred = {.by = must_alloc(size), .list = must_alloc(size)};

    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].skip)
            barred.list[barred.count++] = &plan->tests[i];
    for (size_t i = 0; i < barred.count; i++)
        bar_waiters(&barred, barred.list[i]);
    for (size_t i = 0; i < plan->test_count; i++)
        if (barred.by[i])
            warn_of_barred(plan, &barred, &plan->tests[i]);
    free(barred.by);
    free(barred.list);
}

void warn_of_idle_tests(struct plan *plan)
{
    warn_of_unreachable(plan);
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (test->expects_nothing && !test->skip) {
            plan_warn(plan, spot_place(name_of(test)),
                      "\"%.80s\" expects nothing: any answer will do",
                      test->name);
        }
    }
}
