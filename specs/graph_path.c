/* The longest chain of a plan: what a run waits for, however many exchanges are
 * in flight. How long a test is may be said by whoever asks. It is not the
 * chain of the heights, which are for ordering: those leave teardown out, and
 * count what is skipped. */
#include <stdlib.h>
#include <string.h>

#include "specs/base/fault.h"
#include "specs/graph.h"

static const uint64_t unknown = UINT64_MAX;

/* Of each test, while the chain is sought: how long the longest one that ends
 * with it is, and the test before it there. */
struct chains {
    const struct plan *plan;
    const uint64_t *own;       /* length of each test; NULL: its steps */
    const struct test **order; /* prerequisites first */
    uint64_t *lengths;         /* unknown at first */
    const struct test **before;
};

/* Whoever waits is lower than what it waits for, but for teardown, which comes
 * behind all others. */
static int compare_order(const void *a, const void *b)
{
    const struct test *one = *(const struct test *const *)a;
    const struct test *other = *(const struct test *const *)b;
    bool one_is_last = one->role == ROLE_TEARDOWN;
    bool other_is_last = other->role == ROLE_TEARDOWN;

    if (one_is_last != other_is_last)
        return one_is_last ? 1 : -1;
    if (one->height != other->height)
        return one->height > other->height ? -1 : 1;
    return one->index < other->index ? -1 : 1;
}

static void open_chains(struct chains *chains, const struct plan *plan,
                        const uint64_t *own)
{
    size_t count = plan->test_count;

    *chains = (struct chains){
        .plan = plan,
        .own = own,
        .order = must_alloc(count * sizeof(*chains->order)),
        .lengths = must_alloc(count * sizeof(*chains->lengths)),
        .before = must_alloc(count * sizeof(*chains->before)),
    };
    for (size_t i = 0; i < count; i++) {
        chains->order[i] = &plan->tests[i];
        chains->lengths[i] = unknown;
        chains->before[i] = NULL;
    }
    if (count)
        qsort(chains->order, count, sizeof(*chains->order), compare_order);
}

static void close_chains(struct chains *chains)
{
    free(chains->order);
    free(chains->lengths);
    free(chains->before);
}

/* What is skipped takes no time, but others may wait through it. Nobody waits
 * for what is left out. */
static uint64_t own_length(const struct chains *chains, const struct test *test)
{
    if (test->skip || test->selection == LEFT_OUT)
        return 0;
    return chains->own ? chains->own[test->index] : test->step_count;
}

/* Lengths may come from a file: what is too long stays just below unknown. */
static uint64_t add(uint64_t a, uint64_t b)
{
    return b < unknown - 1 - a ? a + b : unknown - 1;
}

static void measure(struct chains *chains, const struct test *test)
{
    const struct test *before = NULL;
    uint64_t longest = 0;

    for (size_t i = 0; i < test->wait_count; i++) {
        const struct test *on = test->waits[i].on;
        uint64_t length = chains->lengths[on->index];

        if (length != unknown && (!before || length > longest)) {
            longest = length;
            before = on;
        }
    }
    chains->before[test->index] = before;
    chains->lengths[test->index] = add(longest, own_length(chains, test));
}

/* The last test of the longest chain; NULL when nothing runs. */
static const struct test *find_end(const struct chains *chains)
{
    const struct test *end = NULL;
    uint64_t longest = 0;

    for (size_t i = 0; i < chains->plan->test_count; i++) {
        const struct test *test = chains->order[i];

        if (chains->lengths[test->index] > longest) {
            longest = chains->lengths[test->index];
            end = test;
        }
    }
    return end;
}

size_t plan_longest_chain(const struct plan *plan, const uint64_t *lengths,
                          const struct test **chain, size_t most)
{
    struct chains chains;
    const struct test *end;
    size_t count = 0, place;

    open_chains(&chains, plan, lengths);
    for (size_t i = 0; i < plan->test_count; i++)
        measure(&chains, chains.order[i]);
    end = find_end(&chains);
    for (const struct test *test = end; test; test = chains.before[test->index])
        count += !test->skip;
    place = count;
    for (const struct test *test = end; test;
         test = chains.before[test->index]) {
        if (!test->skip && --place < most)
            chain[place] = test;
    }
    close_chains(&chains);
    return count;
}

size_t plan_critical_path(const struct plan *plan, const struct test **chain,
                          size_t most)
{
    return plan_longest_chain(plan, NULL, chain, most);
}
