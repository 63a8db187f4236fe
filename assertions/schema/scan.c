/* What a document holds, found before anything is compiled: so a reference may
 * lead forward, and to a place that no keyword leads to. Every schema gets its
 * entry by JSON pointer; one with an $id is a resource, whose URI is the base
 * of the references below it (core, section 8.2).
 *
 * Only places that hold schemas by what their keyword means are looked at: what
 * looks like an $id in an enum is none. */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/uri.h"
#include "specs/type.h"

struct scanning {
    struct schema_set *set;
    struct document *document;
    size_t depth;
};

static struct schema *scan_value(struct scanning *scanning,
                                 const struct node *written,
                                 const char *pointer,
                                 const struct resource *within);

const char *pointer_add(struct arena *arena, const char *pointer,
                        const char *token)
{
    size_t length = strlen(pointer);
    char *added = arena_take(arena, length + 2 * strlen(token) + 2);
    char *end = added + length;

    memcpy(added, pointer, length + 1);
    *end++ = '/';
    for (; *token; token++) {
        bool escaped = *token == '~' || *token == '/';

        if (escaped)
            *end++ = '~';
        *end++ = escaped ? *token == '~' ? '0' : '1' : *token;
    }
    return added;
}

const char *pointer_add_index(struct arena *arena, const char *pointer,
                              size_t index)
{
    return arena_print(arena, "%s/%zu", pointer, index);
}

static void scan_map(struct scanning *scanning, const struct node *map,
                     const char *pointer, const struct resource *within)
{
    struct arena *arena = scanning->set->arena;
    struct members members = node_members(arena, map, 0);

    for (size_t i = 0; i < members.count; i++) {
        scan_value(scanning, &members.list[i].value,
                   pointer_add(arena, pointer, members.list[i].key), within);
    }
}

static void scan_list(struct scanning *scanning, const struct node *list,
                      const char *pointer, const struct resource *within)
{
    struct arena *arena = scanning->set->arena;
    struct nodes nodes = node_elements(arena, list);

    if (!nodes.count) {
        node_fault(scanning->set->faults, list,
                   "at least one schema must be "
                   "in this list");
    }
    for (size_t i = 0; i < nodes.count; i++)
        scan_value(scanning, &nodes.list[i],
                   pointer_add_index(arena, pointer, i), within);
}

/* Lists of names are not for us. */
static void scan_dependencies(struct scanning *scanning, const struct node *map,
                              const char *pointer,
                              const struct resource *within)
{
    struct arena *arena = scanning->set->arena;
    struct members members = node_members(arena, map, 0);

    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];

        if (!json_is_array(member->value.json))
            scan_value(scanning, &member->value,
                       pointer_add(arena, pointer, member->key), within);
    }
}

static void scan_member(struct scanning *scanning, const struct member *member,
                        const char *pointer, const struct resource *within)
{
    const struct keyword *keyword = keyword_find(member->key, within->dialect);
    const struct node *value = &member->value;
    bool is_list = json_is_array(value->json);

    if (!keyword || !(keyword->kinds & 1U << json_kind(value->json)))
        return; /* told while it is compiled */
    pointer = pointer_add(scanning->set->arena, pointer, member->key);
    switch (keyword->holding) {
    case HOLDS_NONE: break;
    case HOLDS_SCHEMA: scan_value(scanning, value, pointer, within); break;
    case HOLDS_LIST: scan_list(scanning, value, pointer, within); break;
    case HOLDS_MAP: scan_map(scanning, value, pointer, within); break;
    case HOLDS_SCHEMA_OR_LIST:
        if (!is_list)
            scan_value(scanning, value, pointer, within);
        else if (json_array_size(value->json))
            scan_list(scanning, value, pointer, within);
        break;
    case HOLDS_MAP_OR_NAMES:
        scan_dependencies(scanning, value, pointer, within);
        break;
    }
}

static const struct member *find(const struct members *members, const char *key)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->list[i].key, key) == 0)
            return &members->list[i];
    return NULL;
}

/* Up to draft 7 nothing beside a $ref counts. */
static bool is_hidden(const struct members *members,
                      const struct dialect *dialect)
{
    return dialect->draft <= SCHEMA_DRAFT_7 && find(members, "$ref");
}

static void add_anchor(struct scanning *scanning, struct map *anchors,
                       const struct member *member, const char *name,
                       struct schema *schema)
{
    struct schema *first = map_find(anchors, name);

    if (!*name) {
        node_fault(scanning->set->faults, &member->value,
                   "the name of an anchor is empty");
    } else if (first && first != schema) {
        node_fault(scanning->set->faults, &member->value,
                   "there is an anchor \"%s\" already, in line %u", name,
                   spot_line(first->written.at));
    } else {
        map_set(anchors, name, schema);
    }
}

static void add_anchors(struct scanning *scanning,
                        const struct members *members, struct schema *schema)
{
    const struct resource *resource = schema->resource;
    static const char *const keys[] = {"$anchor", "$dynamicAnchor"};

    for (size_t i = 0; i < COUNT(keys); i++) {
        const struct member *member = find(members, keys[i]);

        if (!member || !json_is_string(member->value.json) ||
            !keyword_find(keys[i], resource->dialect))
            continue;
        add_anchor(scanning, resource->anchors, member,
                   json_string_value(member->value.json), schema);
        if (i == 1)
            map_set(resource->dynamic_anchors,
                    json_string_value(member->value.json), schema);
    }
}

static void register_resource(struct scanning *scanning,
                              struct resource *resource,
                              const struct node *told)
{
    struct document *document = scanning->document;
    struct resource *first = map_find(document->resources, resource->uri);

    if (first) {
        node_fault(scanning->set->faults, told,
                   "there is a schema \"%s\" already, in line %u",
                   resource->uri, spot_line(first->root->written.at));
        return;
    }
    map_set(document->resources, resource->uri, resource);
    if (document->is_shared &&
        !map_find(scanning->set->resources, resource->uri))
        map_set(scanning->set->resources, resource->uri, resource);
}

static struct resource *new_resource(struct scanning *scanning,
                                     const struct dialect *dialect,
                                     const char *uri, struct schema *root)
{
    struct arena *arena = scanning->set->arena;
    struct resource *resource = arena_take(arena, sizeof(*resource));

    resource->uri = uri;
    resource->document = scanning->document;
    resource->dialect = dialect;
    resource->root = root;
    resource->anchors = map_in(arena);
    resource->dynamic_anchors = map_in(arena);
    return resource;
}

/* What an $id says, in two parts; *fragment is "" where it has none. */
static char *read_id(struct scanning *scanning, const struct member *member,
                     const struct dialect *dialect, const char *base,
                     const char **fragment)
{
    struct arena *arena = scanning->set->arena;
    const char *written = json_string_value(member->value.json);
    char *uri = uri_split(arena, uri_resolve(arena, base, written), fragment);

    if (!*fragment)
        *fragment = "";
    if (**fragment && dialect->draft >= SCHEMA_DRAFT_2019) {
        node_fault(scanning->set->faults, &member->value,
                   "\"%s\" has no fragment; \"$anchor\" names a place",
                   member->key);
    }
    return uri;
}

/* `$schema` counts where a resource begins (core, section 8.1.1). */
static const struct dialect *dialect_here(struct scanning *scanning,
                                          const struct members *members,
                                          const struct resource *within)
{
    const struct member *named = find(members, "$schema");

    if (within && !find(members, "$id") && !find(members, "id"))
        return within->dialect;
    if (named && json_is_string(named->value.json))
        return dialect_find(scanning->set, scanning->document, &named->value);
    return within ? within->dialect : dialect_default(scanning->set);
}

/* The resource that the schema is the root of, or lies in. */
static const struct resource *place_schema(struct scanning *scanning,
                                           const struct members *members,
                                           struct schema *schema,
                                           const struct resource *within)
{
    const struct dialect *dialect = dialect_here(scanning, members, within);
    const struct member *id =
        find(members, dialect->draft == SCHEMA_DRAFT_4 ? "id" : "$id");
    const char *base = within ? within->uri : scanning->document->uri;
    const char *fragment = "";
    char *uri = NULL;
    struct resource *resource;

    if (id && json_is_string(id->value.json) && !is_hidden(members, dialect))
        uri = read_id(scanning, id, dialect, base, &fragment);
    if (uri && within && strcmp(uri, base) == 0)
        uri = NULL; /* "#name": it stays in the resource */
    if (!uri && within) {
        schema->resource = within;
    } else {
        resource = new_resource(scanning, dialect, uri ? uri : base, schema);
        register_resource(scanning, resource,
                          id ? &id->value : &schema->written);
        resource->is_recursive = json_is_true(
            json_object_get(schema->written.json, "$recursiveAnchor"));
        schema->resource = resource;
    }
    if (*fragment && *fragment != '/')
        add_anchor(scanning, schema->resource->anchors, id, fragment, schema);
    return schema->resource;
}

static void scan_object(struct scanning *scanning, struct schema *schema,
                        const struct resource *within)
{
    struct members members =
        node_members(scanning->set->arena, &schema->written, 0);

    within = place_schema(scanning, &members, schema, within);
    if (!is_hidden(&members, within->dialect))
        add_anchors(scanning, &members, schema);
    for (size_t i = 0; i < members.count; i++)
        scan_member(scanning, &members.list[i], schema->pointer, within);
}

/* A schema that is true or false. */
static void scan_boolean(struct scanning *scanning, struct schema *schema,
                         const struct resource *within)
{
    schema->kind =
        json_is_true(schema->written.json) ? SCHEMA_ALWAYS : SCHEMA_NEVER;
    schema->resource =
        within ? within
               : new_resource(scanning, dialect_default(scanning->set),
                              scanning->document->uri, schema);
}

static struct schema *scan_value(struct scanning *scanning,
                                 const struct node *written,
                                 const char *pointer,
                                 const struct resource *within)
{
    struct schema_set *set = scanning->set;
    struct schema *schema = map_find(scanning->document->schemas, pointer);

    if (schema)
        return schema;
    if (!type_check(written, "a schema", TYPE_OBJECT | TYPE_BOOLEAN,
                    set->faults))
        return NULL;
    if (json_is_object(written->json) && scanning->depth == LIMIT_SPEC_DEPTH) {
        node_fault(set->faults, written, "nested deeper than %d levels",
                   LIMIT_SPEC_DEPTH);
        return NULL;
    }
    schema = arena_take(set->arena, sizeof(*schema));
    schema->written = *written;
    schema->pointer = pointer;
    map_set(scanning->document->schemas, pointer, schema);
    *set->last = schema;
    set->last = &schema->later;
    scanning->depth++;
    if (json_is_object(written->json))
        scan_object(scanning, schema, within);
    else
        scan_boolean(scanning, schema, within);
    scanning->depth--;
    return schema;
}

struct schema *scan(struct schema_set *set, struct document *document,
                    const struct node *written, const char *pointer,
                    const struct resource *within)
{
    struct scanning scanning = {.set = set, .document = document};

    return scan_value(&scanning, written, pointer, within);
}
