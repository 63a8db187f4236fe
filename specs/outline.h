/* A suite's JSON without its tests, and each of those when its turn comes: so
 * that no more of a long suite is in memory as JSON than one test. Private to
 * specs/. */
#pragma once

#include "specs/source.h"

/* A new reference to the suite, in whose lists null stands for every element.
 * NULL when that cannot be read, or is nothing to leave something out of. */
json_t *outline_read(const struct source *source);

/* The elements of such a list, one after the other. */
struct elements {
    const struct source *source;
    size_t at;   /* where the next one begins */
    size_t left; /* how many there are from there on */
};
struct elements outline_elements(const struct node *list);

/* The next one, whose JSON is a new reference, or NULL when it cannot be read.
 * When all elements can be, and the outline could be, the text is JSON. */
struct node outline_next(struct elements *elements);
