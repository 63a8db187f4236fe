/* What suites have of those that they include. Private to graph*.c. */
#pragma once

#include "specs/graph.h"

/* All suites of a plan, while their graphs are made. */
struct inclusion {
    const struct plan *plan;
    /* By suite: its graph, once it is made, and until all are, when others
     * include it; else NULL. */
    struct graph **graphs;
    /* Who includes a suite: those from its start up to that of the next one. */
    size_t *starts;
    const struct suite **includers;
    size_t *seen; /* the last walk that came by, of each suite */
    size_t walk;
    size_t *marks; /* the last mark that was set, of each test of the plan */
    size_t mark;
};

void inclusion_open(struct inclusion *inclusion, const struct plan *plan);
void inclusion_close(struct inclusion *inclusion);

/* A set of tests: emptied; with one more, true unless it was in it; those that
 * a test waits for so far, and no others. */
void inclusion_unmark(struct inclusion *inclusion);
bool inclusion_mark(struct inclusion *inclusion, const struct test *test);
void inclusion_mark_awaited(struct inclusion *inclusion,
                            const struct wait_list *waits);

bool inclusion_has_includers(const struct inclusion *inclusion,
                             const struct suite *suite);

/* Whether all that the suite reaches could be read. */
bool inclusion_is_whole(const struct suite *suite);

/* Finds the set-ups of included suites that all of the suite waits for. */
void inclusion_find_gates(struct graph *graph);

/* Tests and set-ups of a suite begin behind the set-ups of those that it
 * includes; its teardown does so too, if it has nothing else to wait for. */
void inclusion_wait_for_gates(const struct graph *graph,
                              const struct test *test, struct wait_list *waits);
/* For the teardown that runs first: it comes behind all that includers of the
 * suite do. */
void inclusion_wait_for_includers(const struct graph *graph,
                                  struct wait_list *waits);

/* The capture of that name in what the suite reaches besides itself, or NULL.
 * Tells of a name that two of these capture. */
struct capture *inclusion_find_capture(struct graph *graph,
                                       const struct need *need);
/* As above, of a test with copies. */
struct capture *inclusion_find_inner(const struct graph *graph,
                                     const char *name);
/* The test of that id, or NULL. Tells of one that two suites have. */
const struct test *inclusion_find_test(struct graph *graph,
                                       const struct after *after);

/* Of a name that is near to one that an included suite captures; false when
 * there is none. */
bool inclusion_tell_near(struct graph *graph, const struct need *need);
const char *inclusion_suggest_id(const struct graph *graph, const char *id);

/* Whether something was told of that place, which is in another file and so
 * met by other suites, too. */
bool inclusion_is_told(const struct graph *graph, struct spot at);
/* Of a name that nobody knows where it is used, though it is written in another
 * file; false when it is not. */
bool inclusion_tell_unknown(struct graph *graph, const struct need *need);
