/* From the text of a reference to a schema (core, sections 8.2 and 9.2). */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/uri.h"

const struct resource *resource_find(struct schema_set *set,
                                     struct document *document, const char *uri,
                                     const struct node *reference)
{
    const struct resource *resource = map_find(document->resources, uri);
    const struct schema *root;

    if (!resource)
        resource = map_find(set->resources, uri);
    if (resource)
        return resource;
    document = document_find(set, uri, document, reference);
    root = document ? document_schema(document) : NULL;
    return root ? root->resource : NULL;
}

/* The next token of a pointer that stands at a "/", decoded. */
static char *next_token(struct arena *arena, const char **pointer)
{
    size_t length = strcspn(++*pointer, "/");
    char *token = arena_copy_bytes(arena, *pointer, length);
    char *end = token;

    *pointer += length;
    for (const char *at = token; *at; at++) {
        bool escaped = *at == '~' && (at[1] == '0' || at[1] == '1');

        *end++ = escaped ? at[1] == '0' ? '~' : '/' : *at;
        at += escaped;
    }
    *end = '\0';
    return token;
}

/* A way through a document. */
struct way {
    struct schema_set *set;
    struct document *document;
    const struct node *reference;
    const struct resource *within; /* of the last schema on it */
    const char *pointer;
    struct node at;
};

static bool tell_missing(const struct way *way, const char *token,
                         const struct members *members)
{
    struct arena *arena = way->set->arena;
    const char **names =
        arena_take(arena, (members->count + 1) * sizeof(*names));
    const char *near;

    for (size_t i = 0; i < members->count; i++)
        names[i] = members->list[i].key;
    near = nearest_name(token, names, members->count);
    if (near) {
        return node_fault(way->set->faults, way->reference,
                          "there is no \"%s\" in \"#%s\"; did you mean \"%s\"?",
                          token, way->pointer, near);
    }
    return node_fault(way->set->faults, way->reference,
                      "there is no \"%s\" in \"#%s\"%s%s", token, way->pointer,
                      way->document->path ? " of " : "",
                      way->document->path ? way->document->path : "");
}

static bool enter_object(struct way *way, const char *token)
{
    struct members members = node_members(way->set->arena, &way->at, 0);

    for (size_t i = 0; i < members.count; i++) {
        if (strcmp(members.list[i].key, token) == 0) {
            way->at = members.list[i].value;
            return true;
        }
    }
    return tell_missing(way, token, &members);
}

static bool enter_array(struct way *way, const char *token)
{
    struct nodes nodes = node_elements(way->set->arena, &way->at);
    uint64_t index;

    if (!nodes.count || !read_count(token, nodes.count - 1, &index))
        return tell_missing(way, token, &(struct members){0});
    way->at = nodes.list[index];
    return true;
}

static bool enter(struct way *way, const char *token)
{
    const struct schema *schema;

    if (!(json_is_array(way->at.json) ? enter_array(way, token)
                                      : enter_object(way, token)))
        return false;
    way->pointer = pointer_add(way->set->arena, way->pointer, token);
    schema = map_find(way->document->schemas, way->pointer);
    if (schema)
        way->within = schema->resource;
    return true;
}

/* A place that no keyword leads to is scanned now. */
static struct schema *follow(struct schema_set *set,
                             const struct resource *resource,
                             const char *fragment, const struct node *reference)
{
    struct way way = {.set = set,
                      .document = resource->document,
                      .reference = reference,
                      .within = resource,
                      .pointer = resource->root->pointer,
                      .at = resource->root->written};
    struct schema *schema;

    while (*fragment)
        if (!enter(&way, next_token(set->arena, &fragment)))
            return NULL;
    schema = map_find(way.document->schemas, way.pointer);
    return schema ? schema
                  : scan(set, way.document, &way.at, way.pointer, way.within);
}

static struct schema *find_anchor(struct schema_set *set,
                                  const struct resource *resource,
                                  const char *name,
                                  const struct node *reference)
{
    struct schema *schema = map_find(resource->anchors, name);
    const char **names;
    const char *near;

    if (schema)
        return schema;
    names =
        arena_take(set->arena, (resource->anchors->count + 1) * sizeof(*names));
    for (size_t i = 0; i < resource->anchors->count; i++)
        names[i] = resource->anchors->entries[i].name;
    near = nearest_name(name, names, resource->anchors->count);
    node_fault(set->faults, reference,
               near ? "there is no anchor \"%s\"; did you mean \"%s\"?"
                    : "there is no anchor \"%s\"; a pointer begins with \"#/\"",
               name, near);
    return NULL;
}

struct schema *resolve(struct schema_set *set, const struct schema *from,
                       const struct node *reference)
{
    const char *fragment;
    char *uri = uri_split(set->arena,
                          uri_resolve(set->arena, from->resource->uri,
                                      json_string_value(reference->json)),
                          &fragment);
    const struct resource *resource =
        resource_find(set, from->resource->document, uri, reference);

    if (!resource)
        return NULL;
    if (!fragment || !*fragment)
        return resource->root;
    if (*fragment == '/')
        return follow(set, resource, fragment, reference);
    return find_anchor(set, resource, fragment, reference);
}
