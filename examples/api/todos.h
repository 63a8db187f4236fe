/* The todos, in memory, oldest first. */
#pragma once

#include "specs/base/base.h"

struct todo {
    int64_t id;
    char *title;
    bool done;
};

/* Zeroed memory is an empty list. Ids grow and are never given twice. */
struct todos {
    struct todo *items;
    size_t count;
    size_t capacity;
    int64_t last_id;
};

/* NULL when there are MOST_TODOS already. Borrowed until the next change. */
struct todo *todos_add(struct todos *todos, const char *title,
                       bool done) NODISCARD;
struct todo *todos_find(struct todos *todos, int64_t id) NODISCARD;
void todo_rename(struct todo *todo, const char *title);
void todos_remove(struct todos *todos, struct todo *todo);
void todos_clear(struct todos *todos);
void todos_finish(struct todos *todos);
