#include "specs/base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing of ours is wider than a pointer or an int64_t. */
enum { BLOCK_SIZE = 4096, ALIGNMENT = alignof(int64_t) };

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(ALIGNMENT) char memory[];
};

struct arena_item {
    struct arena_item *older;
    void *item;
    void (*release)(void *item);
};

static void add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = must_resize(NULL, sizeof(*block) + size);

    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = block->memory;
    arena->left = size;
}

/* Blocks grow with the arena, so that a plan of a million tests takes few. */
static size_t next_block_size(const struct arena *arena, size_t size)
{
    size_t wanted = arena->blocks ? arena->blocks->size * 2 : BLOCK_SIZE;

    if (wanted > (size_t)BLOCK_SIZE * 64)
        wanted = (size_t)BLOCK_SIZE * 64;
    return size > wanted ? size : wanted;
}

/* Bytes that may hold anything, behind `gap` others. */
static char *take(struct arena *arena, size_t gap, size_t size)
{
    char *memory;

    if (!arena->next || size + gap > arena->left) {
        add_block(arena, next_block_size(arena, size));
        gap = 0;
    }
    memory = arena->next + gap;
    arena->next = memory + size;
    arena->left -= gap + size;
    return memory;
}

void *arena_take(struct arena *arena, size_t size)
{
    size_t over = (uintptr_t)arena->next % ALIGNMENT;

    return memset(take(arena, over ? ALIGNMENT - over : 0, size), 0, size);
}

/* Texts need no alignment, and there are many short ones. */
char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = take(arena, 0, length + 1);

    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
    return arena_copy_bytes(arena, text, strlen(text));
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    int length;
    char *text;

    assert(format); /* or gcc warns of NULL, with sanitizers */
    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = take(arena, 0, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void arena_own(struct arena *arena, void *item, void (*release)(void *item))
{
    struct arena_item *owned = arena_take(arena, sizeof(*owned));

    *owned = (struct arena_item){arena->items, item, release};
    arena->items = owned;
}

void *arena_last_owned(const struct arena *arena, void (*release)(void *item))
{
    return arena->items && arena->items->release == release ? arena->items->item
                                                            : NULL;
}

static void release_items(struct arena *arena)
{
    while (arena->items) {
        struct arena_item *owned = arena->items;

        arena->items = owned->older;
        owned->release(owned->item);
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    release_items(arena);
    if (!block)
        return;
    while (block->older) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
    arena->blocks = block;
    arena->next = block->memory;
    arena->left = block->size;
}

void arena_finish(struct arena *arena)
{
    release_items(arena);
    while (arena->blocks) {
        struct arena_block *older = arena->blocks->older;

        free(arena->blocks);
        arena->blocks = older;
    }
    *arena = (struct arena){0};
}
