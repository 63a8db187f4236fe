/* Nodelists, and their nodes' normalized paths (RFC 9535, section 2.7). */
#include <stdlib.h>
#include <string.h>

#include "assertions/jsonpath/evaluate.h"

struct collection {
    struct jsonpath_node *list;
    size_t count;
    size_t capacity;
    size_t path_bytes;  /* of all paths together */
    struct buffer path; /* of the node at hand */
};

static bool add_escape(struct buffer *out, char c)
{
    static const char letters[] = "bfnrt'\\";
    static const char values[] = "\b\f\n\r\t'\\";
    const char *found = strchr(values, c);

    if (found)
        return buffer_print(out, "\\%c", letters[found - values]);
    return buffer_print(out, "\\u%04x", (unsigned)c);
}

static bool add_key(struct buffer *out, const char *key)
{
    if (!buffer_add_text(out, "['"))
        return false;
    while (*key) {
        const char *at = key;

        while ((unsigned char)*at >= ' ' && *at != '\'' && *at != '\\')
            at++;
        if (!buffer_add(out, key, (size_t)(at - key)) ||
            (*at && !add_escape(out, *at)))
            return false;
        key = *at ? at + 1 : at;
    }
    return buffer_add_text(out, "']");
}

static bool add_step(struct buffer *out, struct step step)
{
    return step.key ? add_key(out, step.key)
                    : buffer_print(out, "[%zu]", step.index);
}

static bool write_path(struct walk *walk, struct buffer *out)
{
    buffer_clear(out);
    if (!buffer_add_text(out, "$"))
        return false;
    for (size_t i = 0; i < walk_step_count(walk); i++)
        if (!add_step(out, walk_step(walk, i)))
            return false;
    return true;
}

/* NULL when a limit was passed. */
static const char *normalized_path(struct walk *walk,
                                   struct collection *collection,
                                   struct arena *arena)
{
    struct buffer *path = &collection->path;

    path->ceiling = LIMIT_PATH_TEXT - collection->path_bytes;
    if (!write_path(walk, path)) {
        evaluation_fail(walk->evaluation,
                        "the paths of the query's nodes are longer than %d "
                        "bytes together",
                        LIMIT_PATH_TEXT);
        return NULL;
    }
    collection->path_bytes += path->length;
    return arena_copy_bytes(arena, path->bytes, path->length);
}

static void collect(struct collection *collection, json_t *value,
                    const char *normalized)
{
    if (collection->count == collection->capacity) {
        collection->capacity =
            collection->capacity ? collection->capacity * 2 : 16;
        collection->list = must_resize(
            collection->list, collection->capacity * sizeof(*collection->list));
    }
    collection->list[collection->count++] =
        (struct jsonpath_node){value, normalized};
}

static void collect_all(struct evaluation *evaluation,
                        const struct query *query, bool with_paths,
                        struct collection *collection, struct arena *arena)
{
    struct walk walk = walk_begin(evaluation, query, evaluation->document);
    const char *normalized = NULL;
    json_t *value;

    while ((value = walk_next(&walk))) {
        if (with_paths) {
            normalized = normalized_path(&walk, collection, arena);
            if (!normalized)
                break;
        }
        collect(collection, value, normalized);
    }
    walk_end(&walk);
}

static struct jsonpath_nodes hand_over(const struct collection *collection,
                                       struct arena *arena)
{
    size_t size = collection->count * sizeof(*collection->list);
    struct jsonpath_node *list = NULL;

    if (size)
        list = memcpy(arena_take(arena, size), collection->list, size);
    return (struct jsonpath_nodes){collection->count, list};
}

/* No stack, no list: at most one node, and no path to tell. */
static struct jsonpath_nodes evaluate_straight(struct evaluation *evaluation,
                                               const struct query *query,
                                               struct arena *arena)
{
    json_t *value = walk_straight(evaluation, query, evaluation->document);
    struct jsonpath_node *node = NULL;

    if (value) {
        node = arena_take(arena, sizeof(*node));
        node->value = value;
    }
    return (struct jsonpath_nodes){value != NULL, node};
}

struct jsonpath_nodes jsonpath_evaluate(const struct jsonpath *path,
                                        json_t *document, bool with_paths,
                                        struct arena *arena,
                                        struct fault *fault)
{
    struct jsonpath_nodes nodes = {0};
    struct evaluation evaluation = {.document = document, .fault = fault};
    struct collection collection = {0};

    if (path->query.singular && !with_paths)
        return evaluate_straight(&evaluation, &path->query, arena);
    collect_all(&evaluation, &path->query, with_paths, &collection, arena);
    if (!fault->raised)
        nodes = hand_over(&collection, arena);
    free(collection.list);
    buffer_finish(&collection.path);
    evaluation_finish(&evaluation);
    return nodes;
}
