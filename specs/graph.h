/* What the parts of the graph's making share; the idea is told in graph.c.
 * Private to graph*.c. */
#pragma once

#include "specs/specs.h"

/* One name in a step's `capture`. */
struct capture {
    const struct test *test;
    const struct step *step;
    const char *name;
    struct spot at;
    bool is_used;
    bool is_misused; /* by another test, although its own is repeated */
    bool renews;     /* its own test uses the variable of that name before */
};

/* Waits of one test, while they are found. */
struct wait_list {
    struct wait *list;
    size_t count;
    size_t capacity;
};

struct inclusion;

/* One suite, while its names are resolved. */
struct graph {
    struct plan *plan;
    struct suite *suite;
    struct faults *faults;
    struct arena scratch;
    const struct test *last_setup; /* NULL without set-up */
    struct map ids;                /* to tests */
    struct map producers;          /* to captures that other tests may use */
    struct map inner;              /* to captures of repeated tests */
    struct capture *captures;      /* in written order */
    const size_t *capture_ends;    /* behind each test's last one */
    struct map told;               /* names and places that were told */
    struct inclusion *inclusion;   /* see graph_include.h */
    size_t gate_count;
    const struct test **gates; /* set-ups of included suites to wait for */
};

/* What is known of one step's names, once those of a template are resolved. */
struct known {
    struct graph *graph;
    const struct suite *home; /* where the path of a file begins; NULL: here */
    struct need *kept;        /* those that are no constants, each once */
    size_t kept_count;
    size_t kept_capacity;
};

bool known_is_kept(const struct known *known, const char *name);

/* Looks at what the text becomes, if that is known; once, for tests share the
 * templates of the defaults. */
void known_check(const struct known *known, const struct template *template,
                 enum text_use use);

/* Whether this was not yet told at that place: requests share what the defaults
 * say, and each of them resolves it. */
bool graph_is_news(struct graph *graph, struct spot at, const char *what);

/* Compiles the judgements of the test's steps; their `expect` is gone then. */
void test_compile(const struct test *test, struct compiler *compiler,
                  struct arena *arena, struct faults *faults);

/* Finds every capture of the suite, and tells of names that have two. */
void graph_find_captures(struct graph *graph);

/* How many of a test's rows have a field. */
enum field_reach { FIELD_OF_NONE, FIELD_OF_SOME, FIELD_OF_ALL };
enum field_reach graph_field_reach(const struct test *test, const char *name);
/* Tells of a name that only a field of some rows could be, or that a field was
 * most likely meant; false where it is neither. */
bool graph_tell_field(struct graph *graph, const struct test *test,
                      const struct need *need);

/* Each copy has values of its own, which are nobody else's. */
static inline bool graph_has_copies(const struct test *test)
{
    return test->is_repeated || test->rows;
}

/* Once all names are resolved: tells of captures that nobody can use, and warns
 * of those that nobody does. */
void graph_judge_captures(struct graph *graph);

/* The captures of one test. */
struct captures {
    struct capture *list;
    size_t count;
};
struct captures graph_captures_of(const struct graph *graph,
                                  const struct test *test);

/* Resolves each name that the test's requests, expectations and captures use:
 * sets step->needs and adds the waits that follow. */
void graph_resolve_test(struct graph *graph, struct compiler *compiler,
                        const struct test *test, struct wait_list *waits);
void graph_resolve_base_url(struct graph *graph);

/* Adds what `after`, roles and `sequential` order. */
void graph_order_test(struct graph *graph, const struct test *test,
                      struct wait_list *waits);

void wait_list_add(struct wait_list *waits, struct wait wait);

/* All suites' waits are set: sets waiters, flows and heights, tells circles. */
void graph_measure(struct plan *plan, struct faults *faults);

/* A plan's parts are const to all but those who make them, before it is
 * frozen. */
static inline struct suite *thaw_suite(const struct suite *suite)
{
    return (struct suite *)(uintptr_t)suite;
}

static inline struct test *thaw_test(const struct test *test)
{
    return (struct test *)(uintptr_t)test;
}

static inline struct step *thaw_step(const struct step *step)
{
    return (struct step *)(uintptr_t)step;
}
