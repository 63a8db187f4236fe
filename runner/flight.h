/* One copy of a test on its way through its steps. */
#pragma once

#include "runner/schedule.h"

struct flight {
    struct flight *next; /* in the list of those that may go on */
    struct task *task;
    size_t copy;
    struct arena arena; /* of what is told about it */
    size_t step;        /* the next one, or the one that flies */
    json_t *captured;   /* by its steps so far */
    struct jar jar;
    int64_t ready_ns;          /* monotonic */
    int64_t started_ns;        /* of the first sending; 0 before */
    struct test_report report; /* grows with each step; texts in the arena */
    struct exchange_report *exchanges;
};
