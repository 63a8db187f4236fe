#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "assertions/schema/set.h"
#include "assertions/schema/uri.h"

static void release_map(void *item)
{
    map_finish(item);
}

struct map *map_in(struct arena *arena)
{
    struct map *map = arena_take(arena, sizeof(*map));

    arena_own(arena, map, release_map);
    return map;
}

static struct document *new_document(struct schema_set *set, const char *uri)
{
    struct document *document = arena_take(set->arena, sizeof(*document));

    document->uri = uri;
    document->schemas = map_in(set->arena);
    document->resources = map_in(set->arena);
    return document;
}

static struct document *share(struct schema_set *set, const char *uri)
{
    struct document *document = new_document(set, uri);

    document->is_shared = true;
    map_set(set->documents, uri, document);
    return document;
}

struct schema *document_schema(const struct document *document)
{
    return map_find(document->schemas, "");
}

static struct document *scan_whole(struct schema_set *set,
                                   struct document *document)
{
    document->is_broken =
        !document->root.json || !scan(set, document, &document->root, "", NULL);
    return document;
}

/* In the arena; NULL with errno set. */
static char *real_path(struct arena *arena, const char *path)
{
    char room[PATH_MAX];

    return realpath(path, room) ? arena_copy(arena, room) : NULL;
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    if (length && folder[length - 1] == '/')
        length--;
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static struct document *read_document(struct schema_set *set, char *real,
                                      const char *path)
{
    struct document *document = share(set, uri_of_path(set->arena, real));

    document->path = path;
    document->real = real;
    document->root = node_read_file(set->arena, path, set->faults);
    return scan_whole(set, document);
}

struct document *document_file(struct schema_set *set, const char *path)
{
    char *real = real_path(set->arena, path);
    struct place whole = {.path = arena_copy(set->arena, path)};
    struct document *document;
    char room[128];

    if (!real) {
        faults_add(set->faults, whole, "%s",
                   strerror_r(errno, room, sizeof(room)));
        return NULL;
    }
    if (set->options->root && !is_below(real, set->options->root)) {
        faults_add(set->faults, whole, "this file is outside of %s",
                   set->options->root);
        return NULL;
    }
    document = map_find(set->documents, uri_of_path(set->arena, real));
    return document ? document : read_document(set, real, whole.path);
}

/* As people would write it who wrote the path of the asking document: both
 * have the same folder before what was written. */
static const char *path_beside(struct arena *arena,
                               const struct document *asking, const char *real)
{
    size_t written = asking->path ? strlen(asking->path) : 0;
    size_t whole = asking->path ? strlen(asking->real) : 0;
    size_t before = whole - written;

    if (!written || written >= whole || asking->real[before - 1] != '/' ||
        strcmp(asking->real + before, asking->path) != 0 ||
        strncmp(real, asking->real, before) != 0)
        return arena_copy(arena, real);
    return arena_copy(arena, real + before);
}

static struct document *built_in(struct schema_set *set, const char *uri)
{
    const char *text = metaschema_text(uri);
    struct document *document;

    if (!text)
        return NULL;
    document = share(set, arena_copy(set->arena, uri));
    document->root = node_read_text(
        set->arena, source_new(set->arena, document->uri, text, strlen(text)),
        set->faults);
    return scan_whole(set, document);
}

/* Where the URI is to be found among the options' folders, and in which one;
 * NULL. */
static char *folder_path(struct schema_set *set, const char *uri,
                         const char **root)
{
    const struct schema_options *options = set->options;

    for (size_t i = 0; i < options->folder_count; i++) {
        const struct schema_folder *folder = &options->folders[i];
        size_t length = strlen(folder->uri);
        char *rest;

        if (!length || strncmp(uri, folder->uri, length) != 0)
            continue;
        *root = real_path(set->arena, folder->folder);
        rest = uri_decode(set->arena, uri + length, strlen(uri + length));
        return arena_print(set->arena, "%s/%s", folder->folder,
                           rest + (*rest == '/'));
    }
    return NULL;
}

static const char *nearest_metaschema(const char *uri)
{
    size_t count;
    const char *const *uris = metaschema_uris(&count);

    return nearest_name(uri, uris, count);
}

static struct document *refuse(struct schema_set *set, const char *uri,
                               const struct node *reference)
{
    const char *near = nearest_metaschema(uri);

    if (near) {
        node_fault(set->faults, reference,
                   "there is no schema \"%s\"; did you mean \"%s\"?", uri,
                   near);
    } else {
        node_fault(set->faults, reference,
                   "there is no schema \"%s\": it is not in this file, nothing "
                   "is read from the network, and no folder is given for it",
                   uri);
    }
    return NULL;
}

/* A file that a reference leads to, below the root. */
static struct document *read_below(struct schema_set *set, const char *root,
                                   const char *uri, const char *path,
                                   const struct node *reference)
{
    char *real = real_path(set->arena, path);
    struct document *document;
    char room[128];

    if (!real) {
        node_fault(set->faults, reference, "\"%s\": %s", path,
                   strerror_r(errno, room, sizeof(room)));
        return NULL;
    }
    if (root && !is_below(real, root)) {
        node_fault(set->faults, reference, "\"%s\" is outside of %s", path,
                   root);
        return NULL;
    }
    document = share(set, arena_copy(set->arena, uri));
    document->real = real;
    document->path = path;
    document->root = node_read_file(set->arena, path, set->faults);
    return scan_whole(set, document);
}

static struct document *load(struct schema_set *set, const char *uri,
                             const struct document *asking,
                             const struct node *reference)
{
    struct document *document = built_in(set, uri);
    char *path = uri_path(set->arena, uri);
    const char *root = set->options->root;
    char *real;

    if (document)
        return document;
    if (!path) {
        path = folder_path(set, uri, &root);
        return path ? read_below(set, root, uri, path, reference)
                    : refuse(set, uri, reference);
    }
    real = real_path(set->arena, path);
    document =
        real ? map_find(set->documents, uri_of_path(set->arena, real)) : NULL;
    if (document)
        return document;
    return read_below(set, root, real ? uri_of_path(set->arena, real) : uri,
                      path_beside(set->arena, asking, real ? real : path),
                      reference);
}

struct document *document_find(struct schema_set *set, const char *uri,
                               const struct document *asking,
                               const struct node *reference)
{
    struct document *document = map_find(set->documents, uri);

    if (!document)
        document = load(set, uri, asking, reference);
    if (!document || !document->is_broken)
        return document;
    faults_add(set->faults, spot_place(reference->at),
               "what \"%s\" leads to is wrong itself",
               json_string_value(reference->json));
    return NULL;
}

/* Of a text that is no file's, such as stdin: one in the working directory. */
static char *path_of_none(struct arena *arena)
{
    const char *here = real_path(arena, ".");

    return arena_print(arena, "%s/-", here ? here : "");
}

struct document *document_inline(struct schema_set *set,
                                 const struct node *written)
{
    const struct source *source = written->at.source;
    char *real = source ? real_path(set->arena, source->path) : NULL;
    struct document *document = new_document(
        set, uri_of_path(set->arena, real ? real : path_of_none(set->arena)));

    document->path = real ? source->path : NULL;
    document->real = real;
    document->root = *written;
    return scan_whole(set, document);
}
