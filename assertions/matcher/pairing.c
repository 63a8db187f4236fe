/* A bipartite matching, since an element may answer several expectations:
 * expected [{a}, {a, b}] against actual [{a, b}, {a}] must not fail because {a}
 * took {a, b} first. Augmenting paths are searched breadth first, without
 * recursion. */
#include "assertions/matcher/pairing.h"

#include <stdlib.h>

static const size_t NOBODY = SIZE_MAX;

/* What is known of a pair; zeroed memory knows nothing. */
enum verdict_of_pair { PAIR_UNKNOWN, PAIR_FITS, PAIR_FAILS };

struct search {
    const struct pairing *pairing;
    unsigned char *pairs; /* [expected][actual] */
    size_t *owner;        /* of each actual element: who has it */
    size_t *held;         /* by each expected element: what it has */
    size_t *from;         /* of each actual element: who asked for it... */
    size_t *asked;        /* ...in which search, from 1 */
    size_t *queue;        /* expected elements */
    size_t next;          /* where the next search begins to look */
    bool has_given_up;
};

static bool fits(struct search *search, size_t expected, size_t actual)
{
    const struct pairing *pairing = search->pairing;
    unsigned char *pair =
        &search->pairs[expected * pairing->actual_count + actual];

    if (!pairing->goes_on(pairing->asker)) {
        search->has_given_up = true;
        return false;
    }
    if (*pair == PAIR_UNKNOWN) {
        *pair = pairing->fits(pairing->asker, expected, actual) ? PAIR_FITS
                                                                : PAIR_FAILS;
    }
    return *pair == PAIR_FITS;
}

/* Everybody on the way hands on what it held to the one that asked. */
static void hand_on(struct search *search, size_t actual, size_t first)
{
    size_t expected;

    do {
        size_t before;

        expected = search->from[actual];
        before = search->held[expected];
        search->owner[actual] = expected;
        search->held[expected] = actual;
        actual = before;
    } while (expected != first);
}

/* Finds an element for one more expected element. */
static bool find_element(struct search *search, size_t first)
{
    size_t count = search->pairing->actual_count;
    size_t head = 0, tail = 0;

    search->queue[tail++] = first;
    while (head < tail && !search->has_given_up) {
        size_t expected = search->queue[head++];

        for (size_t i = 0; i < count; i++) {
            size_t actual = (search->next + i) % count;

            if (search->asked[actual] == first + 1 ||
                !fits(search, expected, actual))
                continue;
            search->asked[actual] = first + 1;
            search->from[actual] = expected;
            if (search->owner[actual] == NOBODY) {
                hand_on(search, actual, first);
                search->next = actual + 1;
                return true;
            }
            search->queue[tail++] = search->owner[actual];
        }
    }
    return false;
}

static size_t *numbers(size_t count, size_t value)
{
    size_t *list = must_alloc(count * sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = value;
    return list;
}

bool pairing_is_complete(const struct pairing *pairing)
{
    size_t expected = pairing->expected_count, actual = pairing->actual_count;
    struct search search = {.pairing = pairing};
    size_t found = 0;

    if (expected > actual)
        return false;
    if (expected == 0)
        return true;
    search.pairs = must_alloc(expected * actual);
    search.owner = numbers(actual, NOBODY);
    search.held = numbers(expected, NOBODY);
    search.from = numbers(actual, NOBODY);
    search.asked = numbers(actual, 0);
    search.queue = numbers(expected, NOBODY);
    while (found < expected && find_element(&search, found))
        found++;
    free(search.pairs);
    free(search.owner);
    free(search.held);
    free(search.from);
    free(search.asked);
    free(search.queue);
    return found == expected;
}
