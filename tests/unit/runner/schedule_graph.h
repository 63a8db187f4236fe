/* Plans made by chance, the same ones from the same seed. */
#pragma once

#include "specs/specs.h"

struct dice {
    uint64_t state;
};

/* From 0 up to, not including, `below`. */
size_t dice_below(struct dice *dice, size_t below);
/* True so often of a hundred times. */
bool dice_say(struct dice *dice, size_t percent);

enum { GRAPH_LOCKS = 6, GRAPH_COPIES = 3 };
#define GRAPH_ALONE (UINT64_C(1) << GRAPH_LOCKS)

struct graph {
    struct arena arena;
    struct plan plan;
    struct suite suite;
    struct test *tests;
    uint64_t *locks; /* of each test, a bit each; GRAPH_ALONE for "*" */
};

/* So many tests, at most. */
void graph_make(struct graph *graph, struct dice *dice, size_t most);
void graph_finish(struct graph *graph);
