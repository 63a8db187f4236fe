/* One copy of a test on its way through its steps, as often as it is tried. */
#pragma once

#include "runner/attempt.h"
#include "runner/schedule.h"

struct flight {
    struct flight *next; /* in the list of those that may go on */
    struct task *task;
    size_t copy;
    json_t *row; /* of the test's data; NULL: it has none */

    /* Texts of what is told: of all attempts, and of each one that is told.
     * The last of these arenas is used again for those that are not. */
    struct arena lasting;
    struct arena arenas[LIMIT_ATTEMPTS_TOLD + 1];

    size_t step;              /* the next one, or the one that flies */
    struct exchange **racers; /* of a race that waits or flies; or NULL */
    size_t racers_out;        /* those that are not back */
    json_t *captured;         /* by its steps so far */
    struct jar jar;
    int64_t ready_ns;   /* monotonic */
    int64_t started_ns; /* of the first sending; 0 before */
    struct attempts attempts;
    struct attempt_end end;    /* what is wrong with this attempt */
    int64_t attempt_ns;        /* when it began */
    int64_t duration_ns;       /* of the attempts before it */
    struct test_report report; /* grows with each step */
    struct exchange_report *exchanges;
    struct attempt_report retried[LIMIT_ATTEMPTS_TOLD];
};

/* Where the texts of the present attempt go. */
static inline struct arena *flight_arena(struct flight *flight)
{
    return &flight->arenas[flight->report.retried_count];
}

/* The values that something needs and the suite's constants do not have: those
 * of the row, of its own captures, of captures of other tests, and the index. A
 * new reference, NULL where nothing is needed. */
json_t *flight_values(const struct schedule *schedule,
                      const struct flight *flight, const struct needs *needs);
