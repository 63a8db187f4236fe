/* Things in order of rank, the lowest on top. */
#pragma once

#include "specs/base/base.h"

struct heap_item {
    uint64_t rank;
    uint64_t tie; /* decides between equal ranks */
    void *thing;  /* borrowed */
    size_t
        *place; /* kept up to date for heap_drop() and heap_move(); or NULL */
};

/* Zeroed memory is an empty heap. */
struct heap {
    struct heap_item *items;
    size_t count;
    size_t capacity;
};

void heap_add(struct heap *heap, struct heap_item item);

/* NULL when it is empty. */
void *heap_top(const struct heap *heap);

/* Takes out what stands at that place; 0 is the top. */
void heap_drop(struct heap *heap, size_t place);

/* Gives what stands there another rank. */
void heap_move(struct heap *heap, size_t place, uint64_t rank, uint64_t tie);

/* Empties it, and keeps the memory for what comes. */
void heap_clear(struct heap *heap);
void heap_finish(struct heap *heap);
