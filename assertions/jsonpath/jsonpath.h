/* JSONPath, RFC 9535, whole. */
#pragma once

#include <jansson.h>

#include "specs/base/arena.h"
#include "specs/base/buffer.h"
#include "specs/base/fault.h"

struct jsonpath;

/* What is wrong with a query: a sentence without a place, and the byte of the
 * query where it is wrong. */
struct jsonpath_trouble {
    char text[160];
    size_t offset;
};

/* The compiled query, in the arena and free of references to `text`; NULL with
 * *trouble set when the text is not a well-formed and valid query. Compiled
 * queries are constant: any thread may evaluate them. Regular expressions of
 * match() and search() are compiled with it where they are literals; those
 * belong to the query and are given back by jsonpath_release(). */
const struct jsonpath *jsonpath_compile(struct arena *arena, const char *text,
                                        struct jsonpath_trouble *trouble);
void jsonpath_release(const struct jsonpath *path);
/* The arena does that from now on; returns the path. */
const struct jsonpath *jsonpath_hold(struct arena *arena,
                                     const struct jsonpath *path);

/* A singular query (section 2.3.5.1) has at most one node. */
bool jsonpath_is_singular(const struct jsonpath *path);

struct jsonpath_node {
    json_t *value;          /* borrowed from the document */
    const char *normalized; /* section 2.7; NULL unless asked for */
};

struct jsonpath_nodes {
    size_t count;
    const struct jsonpath_node *list;
};

/* The nodelist, in the arena. The fault, which is not raised before, is raised
 * when a limit was passed (LIMIT_PATH_NODES, LIMIT_PATH_TEXT, LIMIT_JSON_DEPTH,
 * the regular expression limits); then the list is empty. */
struct jsonpath_nodes jsonpath_evaluate(const struct jsonpath *path,
                                        json_t *document, bool with_paths,
                                        struct arena *arena,
                                        struct fault *fault) NODISCARD;
