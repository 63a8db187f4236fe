/* How a set reads documents, finds what references mean, and compiles. Private
 * to assertions/schema. */
#pragma once

#include "assertions/schema/tree.h"

/* A file, a built-in metaschema, or a value that stands in a spec. */
struct document {
    const char *uri;  /* by which it was asked for, without fragment */
    const char *path; /* of a file: as people know it; else NULL */
    const char *real; /* of a file: its real path; else NULL */
    struct node root;
    struct map *schemas;   /* JSON pointers to schemas */
    struct map *resources; /* URIs to resources */
    bool is_shared;        /* others find it by its URI */
    bool is_broken;        /* and told */
};

struct schema_set {
    struct arena *arena;
    const struct schema_options *options;
    struct map *documents; /* by URI; what stands in specs is not in it */
    struct map *resources; /* of all of them */
    struct map *dialects;  /* by `$schema` */
    struct schema *first;  /* to be compiled */
    struct schema **last;
    struct faults *faults; /* of the load under way */
};

/* A map that is finished with the arena. */
struct map *map_in(struct arena *arena);

/* document.c */

/* The document of that URI, read and scanned if need be; NULL and told at the
 * reference, in `asking`, that leads to it. */
struct document *document_find(struct schema_set *set, const char *uri,
                               const struct document *asking,
                               const struct node *reference);
/* NULL and told, in the whole file, where it cannot be read. */
struct document *document_file(struct schema_set *set, const char *path);
struct document *document_inline(struct schema_set *set,
                                 const struct node *written);
/* Its outermost schema; NULL where that is none. */
struct schema *document_schema(const struct document *document);

/* metaschema.c: the text of one that the program brings along; NULL. */
const char *metaschema_text(const char *uri);
/* "https://json-schema.org/draft/2020-12/schema"... */
const char *const *metaschema_uris(size_t *count);

/* dialect.c: what a `$schema` asks for; told where nobody knows it. */
const struct dialect *dialect_find(struct schema_set *set,
                                   struct document *document,
                                   const struct node *named);
const struct dialect *dialect_default(const struct schema_set *set);

/* scan.c: finds every schema within the value and what it is called; they are
 * to be compiled. NULL where it is none, and told. */
struct schema *scan(struct schema_set *set, struct document *document,
                    const struct node *written, const char *pointer,
                    const struct resource *within);

/* JSON pointers, RFC 6901. */
const char *pointer_add(struct arena *arena, const char *pointer,
                        const char *token);
const char *pointer_add_index(struct arena *arena, const char *pointer,
                              size_t index);

/* resolve.c: the schema that a reference of that schema means; NULL and told.
 */
struct schema *resolve(struct schema_set *set, const struct schema *from,
                       const struct node *reference);
/* The resource of that URI as the document knows it, read if need be. */
const struct resource *resource_find(struct schema_set *set,
                                     struct document *document, const char *uri,
                                     const struct node *reference);

/* compile.c: everything that was scanned. */
void compile_all(struct schema_set *set);

/* circle.c: tells where the schema comes back to itself without going on to
 * another value. */
void circle_refuse(struct schema_set *set, struct schema *schema);
