#include "specs/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 4096, ALIGNMENT = alignof(max_align_t) };

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char memory[];
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

void *arena_take(struct arena *arena, size_t size)
{
    void *memory;

    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > arena->left || !arena->next)
        add_block(arena, next_block_size(arena, size));
    memory = arena->next;
    arena->next += size;
    arena->left -= size;
    memset(memory, 0, size); /* blocks are used again, and large */
    return memory;
}

char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_take(arena, length + 1);

    if (length)
        memcpy(copy, bytes, length);
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

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = arena_take(arena, (size_t)length + 1);
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
