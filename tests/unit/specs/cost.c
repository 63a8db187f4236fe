#include "tests/unit/specs/cost.h"

#include <check.h>
#include <time.h>

/* Eight times as many must not cost 64 times as much; that it is more than
 * eight times is what caches do. Who else is busy on the machine only makes a
 * try dearer, so the cheapest one counts. */
enum { MORE = 8, TOO_MANY_TIMES = 32, TRIES = 3 };

int64_t cost_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static int64_t cheapest(cost_fn *cost, const void *of, size_t count)
{
    int64_t least = INT64_MAX;

    for (int i = 0; i < TRIES; i++) {
        int64_t this = cost(of, count);

        if (this < least)
            least = this;
    }
    return least;
}

void cost_expect_even(cost_fn *cost, const void *of, size_t few)
{
    int64_t less = cheapest(cost, of, few);
    int64_t more = cheapest(cost, of, MORE * few);

    ck_assert_msg(more < TOO_MANY_TIMES * less,
                  "%zu cost %ld ns, and %d times as many %ld ns", few,
                  (long)less, MORE, (long)more);
}
