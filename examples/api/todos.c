#include "examples/api/todos.h"

#include "examples/api/limits.h"
#include <stdlib.h>
#include <string.h>

struct todo *todos_add(struct todos *todos, const char *title, bool done)
{
    struct todo *todo;

    if (todos->count == MOST_TODOS)
        return NULL;
    if (todos->count == todos->capacity) {
        todos->capacity = todos->capacity ? 2 * todos->capacity : 64;
        todos->items =
            must_resize(todos->items, todos->capacity * sizeof(*todos->items));
    }
    todo = &todos->items[todos->count++];
    *todo = (struct todo){++todos->last_id, must_copy(title), done};
    return todo;
}

static int by_id(const void *key, const void *item)
{
    int64_t id = *(const int64_t *)key;
    int64_t other = ((const struct todo *)item)->id;

    return (id > other) - (id < other);
}

struct todo *todos_find(struct todos *todos, int64_t id)
{
    if (!todos->count)
        return NULL;
    return bsearch(&id, todos->items, todos->count, sizeof(*todos->items),
                   by_id);
}

void todo_rename(struct todo *todo, const char *title)
{
    char *copy = must_copy(title);

    free(todo->title);
    todo->title = copy;
}

void todos_remove(struct todos *todos, struct todo *todo)
{
    size_t after = (size_t)(todos->items + todos->count - (todo + 1));

    free(todo->title);
    memmove(todo, todo + 1, after * sizeof(*todo));
    todos->count--;
}

void todos_clear(struct todos *todos)
{
    for (size_t i = 0; i < todos->count; i++)
        free(todos->items[i].title);
    todos->count = 0;
}

void todos_finish(struct todos *todos)
{
    todos_clear(todos);
    free(todos->items);
    *todos = (struct todos){0};
}
