/* Pointers in a row, in an arena. */
#pragma once

#include "specs/base/arena.h"

struct list {
    void **items;
    uint32_t count;
    uint32_t capacity;
};

void list_add(struct list *list, struct arena *arena, void *item);
