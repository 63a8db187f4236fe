/* The first line is a query, the rest the document. Besides not crashing:
 * nodes are the same with and without their paths, and a normalized path
 * selects its node and nothing else. */
#include "assertions/jsonpath/jsonpath.h"

#include <stdlib.h>
#include <string.h>

#include "specs/json.h"

enum { MOST_PATHS_CHECKED = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_path(struct jsonpath_node node, json_t *document)
{
    struct arena arena = {0};
    struct jsonpath_trouble trouble;
    struct jsonpath_nodes found;
    struct fault fault = {0};
    const struct jsonpath *path;

    if (strlen(node.normalized) <= LIMIT_PATH_BYTES) {
        path = jsonpath_compile(&arena, node.normalized, &trouble);
        must(path && jsonpath_is_singular(path));
        found = jsonpath_evaluate(path, document, true, &arena, &fault);
        must(!fault.raised);
        must(found.count == 1 && found.list[0].value == node.value);
        must(strcmp(found.list[0].normalized, node.normalized) == 0);
        jsonpath_release(path);
    }
    arena_finish(&arena);
}

static void check_nodes(const struct jsonpath *path, json_t *document,
                        struct arena *arena)
{
    struct jsonpath_nodes with, without;
    struct fault fault = {0};

    with = jsonpath_evaluate(path, document, true, arena, &fault);
    if (fault.raised) {
        must(with.count == 0);
        return;
    }
    without = jsonpath_evaluate(path, document, false, arena, &fault);
    must(!fault.raised);
    must(with.count == without.count);
    must(with.count <= 1 || !jsonpath_is_singular(path));
    for (size_t i = 0; i < with.count; i++) {
        must(with.list[i].value == without.list[i].value);
        if (i < MOST_PATHS_CHECKED)
            check_path(with.list[i], document);
    }
}

static void check_print(const json_t *document)
{
    struct buffer text = buffer_with_ceiling(LIMIT_BODY_BYTES);
    struct json_trouble trouble;
    json_t *again;

    must(json_print(document, &text));
    again = json_read(text.bytes, text.length, LIMIT_JSON_DEPTH, 0, &trouble);
    must(again && json_values_equal(document, again));
    json_decref(again);
    buffer_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const char *text = (const char *)data;
    const char *line = size ? memchr(text, '\n', size) : NULL;
    size_t length = line ? (size_t)(line - text) : size;
    const char *query = arena_copy_bytes(&arena, text, length);
    struct jsonpath_trouble trouble = {0};
    struct json_trouble json_trouble;
    const struct jsonpath *path = jsonpath_compile(&arena, query, &trouble);
    json_t *document = NULL;

    must(path || (trouble.text[0] && trouble.offset <= strlen(query)));
    if (line)
        document = json_read(line + 1, size - length - 1, LIMIT_JSON_DEPTH, 0,
                             &json_trouble);
    if (line && !document)
        must(json_trouble.text[0] && json_trouble.offset <= size - length - 1);
    if (document)
        check_print(document);
    if (path && document)
        check_nodes(path, document, &arena);
    json_decref(document);
    jsonpath_release(path);
    arena_finish(&arena);
    return 0;
}
