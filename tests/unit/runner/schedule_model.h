/* What a schedule must do, found out anew at every step by looking at every
 * test: slow, and too simple to be wrong. */
#pragma once

#include "schedule_graph.h"

#include "reporters/reporters.h"

/* One copy that began and did not end. */
struct trip {
    const struct test *test;
    struct trip *next;
    bool is_parked;
    int64_t due_ns;
    size_t number; /* in the order of parking */
};

struct fact {
    size_t begun;
    size_t done;
    enum outcome outcome;
    int64_t longest_ns; /* in all rounds */
};

struct model {
    const struct graph *graph;
    bool is_shuffled;
    struct fact *facts; /* one a test */
    struct trip *trips;
    bool is_stopped;
    bool is_teardown_stopped;
    bool is_draining;
};

/* What is wrong about the test that was given out, NULL for none, or else NULL.
 * Notes that everything drains. */
const char *model_complain(struct model *model, const struct test *test,
                           bool is_skipped);

/* The first in the chain because of which it is skipped, or NULL. */
const struct test *model_blocker(const struct model *model,
                                 const struct test *test);

/* The parked one that is due first, or NULL. */
struct trip *model_first_due(const struct model *model);

void model_end(struct model *model, const struct test *test,
               enum outcome outcome, int64_t duration_ns);

bool model_is_done(const struct model *model);

/* The longest chain of times. */
int64_t model_path_ns(const struct model *model);
