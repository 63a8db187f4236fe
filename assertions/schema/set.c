#include "assertions/schema/set.h"

struct schema_set *schema_set_open(struct arena *arena,
                                   const struct schema_options *options)
{
    struct schema_set *set = arena_take(arena, sizeof(*set));

    set->arena = arena;
    set->options = options;
    set->documents = map_in(arena);
    set->resources = map_in(arena);
    set->dialects = map_in(arena);
    set->last = &set->first;
    return set;
}

static void begin(struct schema_set *set, struct faults *found)
{
    set->faults = found;
    set->first = NULL;
    set->last = &set->first;
}

static void forget_values(struct map *map, const void *value)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->entries[i].value == value)
            map->entries[i].value = NULL;
}

static void forget_resource(struct schema_set *set,
                            const struct resource *resource)
{
    if (map_find(set->resources, resource->uri) == resource)
        map_set(set->resources, resource->uri, NULL);
}

static void forget_schema(struct schema_set *set, const struct schema *schema)
{
    const struct resource *resource = schema->resource;
    struct document *document = resource->document;

    forget_values(document->schemas, schema);
    forget_values(resource->anchors, schema);
    forget_values(resource->dynamic_anchors, schema);
    if (resource->root == schema)
        forget_values(document->resources, resource);
    if (document->is_shared && !*schema->pointer)
        map_set(set->documents, document->uri, NULL);
}

/* What was read for a document that is wrong may be whole, or not: whoever
 * leads there next reads it anew. Only the document itself stays, as one that
 * was told of. */
static void forget(struct schema_set *set, const struct document *broken)
{
    for (struct schema *schema = set->first; schema; schema = schema->later) {
        const struct resource *resource = schema->resource;

        if (!resource)
            continue;
        if (resource->root == schema)
            forget_resource(set, resource);
        if (resource->document != broken)
            forget_schema(set, schema);
    }
}

/* What its document leads to is compiled with it. */
static const struct schema *
finish(struct schema_set *set, struct document *document, struct faults *faults)
{
    if (document && !document->is_broken)
        compile_all(set);
    if (set->faults->total) {
        forget(set, document);
        if (document)
            document->is_broken = true;
        faults_add_new(faults, set->faults);
    }
    faults_finish(set->faults);
    set->faults = NULL;
    return document && !document->is_broken ? document_schema(document) : NULL;
}

const struct schema *schema_file(struct schema_set *set, const char *path,
                                 struct faults *faults)
{
    struct faults found = {0};

    begin(set, &found);
    return finish(set, document_file(set, path), faults);
}

const struct schema *schema_inline(struct schema_set *set,
                                   const struct node *written,
                                   struct faults *faults)
{
    struct faults found = {0};

    begin(set, &found);
    return finish(set, document_inline(set, written), faults);
}
