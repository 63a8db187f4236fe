/* The walk over a document that evaluate.c describes, for filters and
 * functions, which walk inside of walks. Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/query.h"

struct frame;

/* The last pattern that did not stand in the query: from one node to the next
 * it seldom changes. */
struct last_pattern {
    char *text;
    size_t length;
    struct pattern *pattern;
};

/* One evaluation, on its caller's stack; evaluation_finish() gives back what
 * it took. */
struct evaluation {
    json_t *document;
    struct frame *frames; /* of all walks, the innermost on top */
    size_t depth;
    size_t capacity;
    size_t visited;
    struct last_pattern last_pattern;
    struct pattern_room room;
    struct fault *fault;
};

/* Always false. */
bool evaluation_fail(struct evaluation *evaluation, const char *format, ...)
    PRINTF_LIKE(2, 3);
void evaluation_finish(struct evaluation *evaluation);

/* The nodes of one query, one after the other. */
struct walk {
    struct evaluation *evaluation;
    const struct query *query;
    json_t *root; /* of a query without segments, until told */
    size_t base;  /* this walk's frames are those from here */
};

struct walk walk_begin(struct evaluation *evaluation, const struct query *query,
                       json_t *current);
/* NULL at the end, and when a limit was passed: then the fault is raised. */
json_t *walk_next(struct walk *walk);
/* A walk inside of others ends before they go on. */
void walk_end(struct walk *walk);

/* What a singular query selects, or NULL. */
json_t *walk_straight(struct evaluation *evaluation, const struct query *query,
                      json_t *current);

/* Whether a filter holds for the node (filter.c). False also when a limit was
 * passed. */
bool filter_holds(struct evaluation *evaluation, const struct test *test,
                  json_t *current);

/* How a child is reached from its container. */
struct step {
    const char *key; /* NULL: an index */
    size_t index;
};

/* The step that the frame `index` of the walk last took. */
struct step walk_step(const struct walk *walk, size_t index);
size_t walk_step_count(const struct walk *walk);
