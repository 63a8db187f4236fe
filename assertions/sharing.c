#include "assertions/sharing.h"

#include <string.h>

static const char *text_at(struct spot at)
{
    return at.source->text + at.offset;
}

/* FNV-1a. */
static size_t slot_of(const char *text, size_t length)
{
    uint64_t code = 0xcbf29ce484222325;

    for (size_t i = 0; i < length; i++)
        code = (code ^ (unsigned char)text[i]) * 0x100000001b3;
    return (size_t)(code ^ (code >> 32)) % SHARED_MOST;
}

static size_t slot_of_member(const struct member *member)
{
    return slot_of(text_at(member->key_at), member->length);
}

struct check *sharing_find(const struct sharing *sharing,
                           const struct extractor *extractor,
                           const struct member *member)
{
    const struct shared_check *shared;

    if (!member->length)
        return NULL;
    shared = &sharing->checks[slot_of_member(member)];
    if (!shared->check || shared->check->extractor != extractor ||
        shared->length != member->length ||
        memcmp(text_at(shared->check->at), text_at(member->key_at),
               member->length) != 0)
        return NULL;
    return (struct check *)(uintptr_t)shared->check;
}

void sharing_keep(struct sharing *sharing, const struct check *check,
                  const struct member *member)
{
    if (member->length)
        sharing->checks[slot_of_member(member)] =
            (struct shared_check){check, member->length};
}

const struct jsonpath *sharing_find_path(const struct sharing *sharing,
                                         const char *text)
{
    const struct shared_path *shared =
        &sharing->paths[slot_of(text, strlen(text))];

    return shared->text && strcmp(shared->text, text) == 0 ? shared->path
                                                           : NULL;
}

void sharing_keep_path(struct sharing *sharing, const char *text,
                       const struct jsonpath *path)
{
    sharing->paths[slot_of(text, strlen(text))] =
        (struct shared_path){text, path};
}

static struct shared_schemas *open_schemas(struct compiling *compiling,
                                           const char *root)
{
    const struct sharing *sharing = compiling->sharing;
    struct shared_schemas *schemas =
        arena_take(compiling->arena, sizeof(*schemas));

    if (sharing && sharing->options)
        schemas->options = *sharing->options;
    schemas->options.root = root;
    schemas->set = schema_set_open(compiling->arena, &schemas->options);
    return schemas;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

struct schema_set *sharing_schemas(struct compiling *compiling)
{
    const struct suite *suite = compiling->suite;
    const char *root = suite ? suite->file_root : NULL;
    struct shared_schemas **list =
        compiling->sharing ? &compiling->sharing->schemas : &compiling->schemas;
    struct shared_schemas *schemas;

    for (schemas = *list; schemas; schemas = schemas->next)
        if (is_same(schemas->options.root, root))
            return schemas->set;
    schemas = open_schemas(compiling, root);
    schemas->next = *list;
    *list = schemas;
    return schemas->set;
}
