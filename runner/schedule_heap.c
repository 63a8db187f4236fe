#include "runner/schedule_heap.h"

#include <stdlib.h>

static bool goes_before(const struct heap_item *a, const struct heap_item *b)
{
    return a->rank != b->rank ? a->rank < b->rank : a->tie < b->tie;
}

static void put(struct heap *heap, size_t place, struct heap_item item)
{
    heap->items[place] = item;
    if (item.place)
        *item.place = place;
}

/* Finds the item's place from a hole upwards... */
static void rise(struct heap *heap, size_t hole, struct heap_item item)
{
    while (hole > 0 && goes_before(&item, &heap->items[(hole - 1) / 2])) {
        put(heap, hole, heap->items[(hole - 1) / 2]);
        hole = (hole - 1) / 2;
    }
    put(heap, hole, item);
}

/* ...or downwards. */
static void sink(struct heap *heap, size_t hole, struct heap_item item)
{
    const struct heap_item *items = heap->items;

    for (;;) {
        size_t below = 2 * hole + 1;

        if (below + 1 < heap->count &&
            goes_before(&items[below + 1], &items[below]))
            below++;
        if (below >= heap->count || !goes_before(&items[below], &item))
            break;
        put(heap, hole, items[below]);
        hole = below;
    }
    put(heap, hole, item);
}

static void settle_in(struct heap *heap, size_t hole, struct heap_item item)
{
    if (hole > 0 && goes_before(&item, &heap->items[(hole - 1) / 2]))
        rise(heap, hole, item);
    else
        sink(heap, hole, item);
}

void heap_add(struct heap *heap, struct heap_item item)
{
    enum { FEWEST = 4 };

    if (heap->count == heap->capacity) {
        heap->capacity = heap->capacity ? 2 * heap->capacity : FEWEST;
        heap->items =
            must_resize(heap->items, heap->capacity * sizeof(*heap->items));
    }
    rise(heap, heap->count++, item);
}

void *heap_top(const struct heap *heap)
{
    return heap->count ? heap->items[0].thing : NULL;
}

void heap_drop(struct heap *heap, size_t place)
{
    struct heap_item last = heap->items[--heap->count];

    if (place < heap->count)
        settle_in(heap, place, last);
}

void heap_move(struct heap *heap, size_t place, uint64_t rank, uint64_t tie)
{
    struct heap_item item = heap->items[place];

    item.rank = rank;
    item.tie = tie;
    settle_in(heap, place, item);
}

void heap_clear(struct heap *heap)
{
    heap->count = 0;
}

void heap_finish(struct heap *heap)
{
    free(heap->items);
    *heap = (struct heap){0};
}
