#include "assertions/list.h"

#include <string.h>

enum { FEWEST = 4 };

void list_add(struct list *list, struct arena *arena, void *item)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : FEWEST;
        void **items = arena_take(arena, capacity * sizeof(*items));

        if (list->count)
            memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
}
