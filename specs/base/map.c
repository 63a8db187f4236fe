#include "specs/base/map.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 16 };

/* FNV-1a; the names are our users' own, so nobody chooses collisions. */
static size_t hash(const char *name)
{
    uint64_t code = 0xcbf29ce484222325;

    for (; *name; name++)
        code = (code ^ (unsigned char)*name) * 0x100000001b3;
    return (size_t)(code ^ (code >> 32));
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t *slot_of(const struct map *map, const char *name)
{
    size_t mask = map->slot_count - 1;
    size_t i = hash(name) & mask;

    while (map->slots[i] &&
           strcmp(map->entries[map->slots[i] - 1].name, name) != 0)
        i = (i + 1) & mask;
    return &map->slots[i];
}

void *map_find(const struct map *map, const char *name)
{
    const uint32_t *slot = map->slot_count ? slot_of(map, name) : NULL;

    return slot && *slot ? map->entries[*slot - 1].value : NULL;
}

static void grow_slots(struct map *map)
{
    free(map->slots);
    map->slot_count = map->slot_count ? map->slot_count * 2 : FEWEST_SLOTS;
    map->slots = must_alloc(map->slot_count * sizeof(*map->slots));
    for (size_t i = 0; i < map->count; i++)
        *slot_of(map, map->entries[i].name) = (uint32_t)i + 1;
}

void *map_set(struct map *map, const char *name, void *value)
{
    uint32_t *slot;

    if (map->count * 2 >= map->slot_count)
        grow_slots(map);
    slot = slot_of(map, name);
    if (*slot) {
        void *before = map->entries[*slot - 1].value;

        map->entries[*slot - 1].value = value;
        return before;
    }
    if (map->count == map->capacity) {
        map->capacity = map->capacity ? map->capacity * 2 : FEWEST_SLOTS;
        map->entries =
            must_resize(map->entries, map->capacity * sizeof(*map->entries));
    }
    map->entries[map->count] = (struct map_entry){name, value};
    *slot = (uint32_t)++map->count;
    return NULL;
}

void map_finish(struct map *map)
{
    free(map->entries);
    free(map->slots);
    *map = (struct map){0};
}
