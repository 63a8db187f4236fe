/* Names to pointers, in the order of entry. */
#pragma once

#include "specs/base/base.h"

struct map_entry {
    const char *name;
    void *value;
};

/* Zeroed memory is an empty map. Names and values are borrowed and must
 * outlive it. */
struct map {
    struct map_entry *entries;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* entry number + 1 */
    size_t slot_count;
};

/* NULL where there is no such name. */
void *map_find(const struct map *map, const char *name);

/* Enters the name or gives it another value; returns the one it had. */
void *map_set(struct map *map, const char *name, void *value);

void map_finish(struct map *map);
