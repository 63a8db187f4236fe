/* Requests and matchers that suites name, for `use`. */
#pragma once

#include "specs/base/map.h"
#include "specs/source.h"

struct plan;
struct suite;

enum named_kind { NAMED_REQUEST, NAMED_MATCHER };

struct layer; /* of decode.h */

struct named {
    const char *name;
    struct spot at; /* of its name */
    struct node value;
    const struct suite *suite; /* that names it */
    bool is_used;
    /* What a request became for the suite that was decoded last. */
    const struct layer *layer;
    const struct suite *layer_suite;
};

struct named_list {
    size_t count;
    struct named *list;
    struct map names;
};

/* What is being used, innermost first: a matcher in a matcher. */
struct use {
    const struct use *outer;
    struct named *named;
    size_t depth; /* how many are outside of it */
};

/* What the text at the node names: in the suite in which it is written, else in
 * those that it reaches. NULL when it was told that there is nothing, or that
 * it is made of itself. */
struct named *named_find(enum named_kind kind, const struct suite *suite,
                         const struct node *node, const struct use *outer,
                         struct faults *faults) NODISCARD;

/* The list of a suite's `requests` or `matchers`, an object; NULL where nothing
 * is written. All of it lives in the plan's arena. */
struct named_list *named_read(enum named_kind kind, struct plan *plan,
                              const struct suite *suite,
                              const struct node *written,
                              struct faults *faults) NODISCARD;

/* Warns of those that nobody uses. */
void named_warn_of_unused(struct plan *plan);
