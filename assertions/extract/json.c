/* The body as JSON: paths and what is expected at each, or one matcher for the
 * whole document. */
#include <string.h>

#include "assertions/assertions.h"
#include "assertions/extract.h"
#include "assertions/path_text.h"
#include "assertions/sharing.h"

static bool is_comment(const char *key)
{
    return strcmp(key, "$comment") == 0;
}

/* How many keys of an object are paths, and how many are not. */
static void count_keys(json_t *object, size_t *paths, size_t *others)
{
    const char *key;
    json_t *value;

    *paths = *others = 0;
    json_object_foreach (object, key, value) {
        if (is_comment(key))
            continue;
        if (key[0] == '$')
            ++*paths;
        else
            ++*others;
    }
}

static bool has_paths(const struct node *node)
{
    size_t paths, others;

    if (!json_is_object(node->json))
        return false;
    count_keys(node->json, &paths, &others);
    return paths && !others;
}

const struct jsonpath *path_compile(struct compiling *compiling,
                                    const char *text, struct spot at)
{
    struct sharing *sharing = compiling->sharing;
    const struct jsonpath *path =
        sharing ? sharing_find_path(sharing, text) : NULL;
    struct jsonpath_trouble trouble;
    struct node key = {.at = at};

    if (path)
        return path;
    path = jsonpath_compile(compiling->arena, text, &trouble);
    if (!path) {
        spot_fault(compiling->faults, node_inside(&key, trouble.offset, 1),
                   "bad JSONPath: %s", trouble.text);
        return NULL;
    }
    if (sharing)
        sharing_keep_path(sharing, text, path);
    return jsonpath_hold(compiling->arena, path);
}

static void compile_paths(struct compiling *compiling,
                          const struct extractor *extractor,
                          const struct member *member)
{
    struct members members = extractor_members(compiling, member, 0);

    for (size_t i = 0; i < members.count; i++) {
        const struct member *path = &members.list[i];
        struct check *check =
            check_add(compiling, extractor, path, DOMAIN_ANY, "json");

        if (!check->path)
            check->path = path_compile(compiling, check->name, path->key_at);
    }
}

static void json_compile(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    struct member own = *member;
    size_t paths = 0, others = 0;

    compiling->holds_body = true;
    if (json_is_object(own.value.json))
        count_keys(own.value.json, &paths, &others);
    if (paths && others) {
        node_fault(compiling->faults, &own.value,
                   "\"json\" mixes JSONPaths with matchers: every key begins "
                   "with $, or none");
        return;
    }
    if (!paths) {
        own.value.over = NULL;
        check_add(compiling, extractor, &own, DOMAIN_ANY, "json");
        return;
    }
    if (own.value.over && !has_paths(own.value.over))
        own.value.over = NULL;
    compile_paths(compiling, extractor, &own);
}

static const char *short_path(const struct answer *answer,
                              const char *normalized)
{
    return answer->is_explaining && normalized
               ? path_short(answer->matching->arena, normalized)
               : NULL;
}

/* A singular path gives the value that it leads to, any other the list of what
 * it selects. */
static bool json_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    struct matching *matching = answer->matching;
    json_t *root = document_root(&answer->document, answer->response, matching);
    struct jsonpath_nodes nodes;

    if (number)
        return false;
    if (!check->path) {
        *value = value_of_json(root, "$");
        return true;
    }
    *value = (struct value){.kind = VALUE_ABSENT, .path = check->name};
    nodes = jsonpath_evaluate(check->path, root, answer->is_explaining,
                              matching->arena, &matching->fault);
    if (matching->fault.raised) {
        matching->wrong = check->at;
    } else if (!jsonpath_is_singular(check->path)) {
        value->kind = VALUE_LIST;
        value->list = nodes;
    } else if (nodes.count) {
        *value = value_of_json(nodes.list[0].value,
                               short_path(answer, nodes.list[0].normalized));
    }
    return true;
}

const struct extractor json_extractor = {
    .of_document = DOCUMENT_JSON,
    .compile = json_compile,
    .look = json_look,
};
