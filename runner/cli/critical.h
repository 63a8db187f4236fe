/* The critical path of a plan: by the times of the last run where one is known,
 * else by the number of requests. */
#pragma once

#include "specs/select.h"

struct critical {
    size_t count;
    const struct test **tests; /* from the first one on */

    /* How long each test took in the last run, by test->index: at least 1, for
     * those that run. One whose time is not known counts as the median of the
     * others. NULL: no time is known, and the rest is 0. */
    uint64_t *times_ns;
    const struct last_ending *endings; /* borrowed, where the times are from */
    uint64_t path_ns;                  /* the sum of the path's */
    uint64_t sum_ns;                   /* that of all */
    uint64_t median_ns;
    size_t unknown_count;
};

/* `endings` may be NULL; else it must outlive `critical`. */
void critical_find(const struct plan *plan, const struct last_ending *endings,
                   struct critical *critical);
void critical_finish(struct critical *critical);

/* Whether the last run told how long the test takes. */
bool critical_knows(const struct critical *critical, const struct test *test);
