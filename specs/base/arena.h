/* Memory that lives and dies together. */
#pragma once

#include "specs/base/base.h"

struct arena_block;
struct arena_item;

/* Zeroed memory is an empty arena. Not for two threads at once. */
struct arena {
    struct arena_item *items; /* what is released with it, last one first */
    struct arena_block *blocks;
    char *next;
    size_t left;
};

/* `size` zeroed bytes, aligned for pointers and 64-bit numbers, until
 * arena_finish(). */
void *arena_take(struct arena *arena, size_t size) NODISCARD;

char *arena_copy(struct arena *arena, const char *text) NODISCARD;
/* `length` bytes and a NUL behind them; the bytes may hold NULs. */
char *arena_copy_bytes(struct arena *arena, const char *bytes,
                       size_t length) NODISCARD;
char *arena_print(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3) NODISCARD;

/* The item is the arena's from now on: `release` is called with it before the
 * arena gives its memory back. */
void arena_own(struct arena *arena, void *item, void (*release)(void *item));
/* What it took last, where that is released so; else NULL. */
void *arena_last_owned(const struct arena *arena, void (*release)(void *item));

/* Gives everything back but keeps one block for the next use. */
void arena_reset(struct arena *arena);
void arena_finish(struct arena *arena);
