#include <stdlib.h>

#include "assertions/schema/run.h"

enum { FEWEST_SLOTS = 16 };

/* Keys by address, elements by index; none is 0. */
static uintptr_t of_key(const char *key)
{
    return (uintptr_t)key;
}

static uintptr_t of_index(size_t index)
{
    return (uintptr_t)index + 1;
}

static uintptr_t *slot_of(const struct marks *marks, uintptr_t mark)
{
    size_t mask = marks->capacity - 1;
    size_t i = (size_t)((mark * 0x9e3779b97f4a7c15) >> 32) & mask;

    while (marks->slots[i] && marks->slots[i] != mark)
        i = (i + 1) & mask;
    return &marks->slots[i];
}

static void grow(struct marks *marks)
{
    size_t count = marks->capacity;
    uintptr_t *slots = marks->slots;

    marks->capacity = count ? count * 2 : FEWEST_SLOTS;
    marks->slots = must_alloc(marks->capacity * sizeof(*slots));
    for (size_t i = 0; i < count; i++)
        if (slots[i])
            *slot_of(marks, slots[i]) = slots[i];
    free(slots);
}

static void add(struct marks *marks, uintptr_t mark)
{
    uintptr_t *slot;

    if (marks->count * 2 >= marks->capacity)
        grow(marks);
    slot = slot_of(marks, mark);
    marks->count += !*slot;
    *slot = mark;
}

static bool has(const struct marks *marks, uintptr_t mark)
{
    return marks->all || (marks->capacity && *slot_of(marks, mark) == mark);
}

void marks_add_key(struct marks *marks, const char *key)
{
    add(marks, of_key(key));
}

void marks_add_index(struct marks *marks, size_t index)
{
    add(marks, of_index(index));
}

bool marks_have_key(const struct marks *marks, const char *key)
{
    return has(marks, of_key(key));
}

bool marks_have_index(const struct marks *marks, size_t index)
{
    return index < marks->first || has(marks, of_index(index));
}

void marks_merge(struct marks *marks, const struct marks *more)
{
    marks->all |= more->all;
    if (more->first > marks->first)
        marks->first = more->first;
    for (size_t i = 0; !marks->all && i < more->capacity; i++)
        if (more->slots[i])
            add(marks, more->slots[i]);
}

void marks_finish(struct marks *marks)
{
    free(marks->slots);
    *marks = (struct marks){0};
}
