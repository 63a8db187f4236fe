/* Equality beside which stands what does not count: `equals` with `ignore`, a
 * list of JSONPaths. What they find is taken out of copies of both documents:
 * members go, and elements of arrays become gaps, so that all others keep their
 * places. */
#include <string.h>

#include "assertions/matcher/expected.h"
#include "specs/json.h"

struct ignoring {
    struct matcher equals;
    size_t path_count;
    const struct jsonpath *paths[];
};

static void compile_path(struct compiling *compiling, const struct node *node,
                         struct ignoring *ignoring)
{
    const char *text = json_string_value(node->json);
    struct jsonpath_trouble trouble;
    const struct jsonpath *path;

    if (!text || strstr(text, "{{")) {
        node_fault(compiling->faults, node,
                   "what is ignored is named by a JSONPath, without templates");
        return;
    }
    path = jsonpath_compile(compiling->arena, text, &trouble);
    if (!path) {
        spot_fault(compiling->faults, node_inside(node, trouble.offset, 1),
                   "bad JSONPath: %s", trouble.text);
        return;
    }
    ignoring->paths[ignoring->path_count++] =
        jsonpath_hold(compiling->arena, path);
}

void compile_ignoring(struct compiling *compiling, const struct member *equals,
                      const struct member *ignore, struct matcher *matcher)
{
    struct nodes nodes = {0};
    struct ignoring *ignoring;

    if (json_is_array(ignore->value.json))
        nodes = node_elements(compiling->scratch, &ignore->value);
    if (!nodes.count)
        node_fault(compiling->faults, &ignore->value,
                   "\"ignore\" takes a list of at least one JSONPath");
    ignoring = arena_take(compiling->arena,
                          sizeof(*ignoring) + nodes.count * sizeof(void *));
    for (size_t i = 0; i < nodes.count; i++)
        compile_path(compiling, &nodes.list[i], ignoring);
    ignoring->equals = (struct matcher){
        .kind = &equals_matcher,
        .domain = DOMAIN_ANY,
        .at = equals->key_at,
        .probe = NO_PROBE,
    };
    equals_matcher.compile(compiling, &equals->value, &ignoring->equals);
    matcher->kind = &ignore_matcher;
    matcher->at = equals->key_at;
    matcher->ignoring = ignoring;
}

/* Wherever else it stands. */
static void refuse_ignore(struct compiling *compiling,
                          const struct node *argument, struct matcher *matcher)
{
    (void)argument;
    spot_fault(compiling->faults, matcher->at,
               "\"ignore\" stands beside \"equals\": it names what does not "
               "count there");
}

static char hex_value(char digit)
{
    return (char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* A character of a name that is escaped as RFC 9535, section 2.7 says: controls
 * as \u00xx. Returns where its escape ends. */
static const char *read_escape(const char *at, char *character)
{
    static const char escapes[] = "b\bf\fn\nr\rt\t''\\\\";

    if (*at != 'u') {
        *character = strchr(escapes, *at)[1];
        return at;
    }
    *character = (char)(hex_value(at[3]) * 16 + hex_value(at[4]));
    return at + 4;
}

/* What a step of a normalized path means: 'name' with its escapes, or an index.
 * Returns what is behind its bracket. */
static const char *read_step(const char *at, char *name, size_t *index)
{
    char *end = name;

    if (at[1] != '\'') {
        for (at++; *at != ']'; at++)
            *index = *index * 10 + (size_t)(*at - '0');
        return at + 1;
    }
    for (at += 2; *at != '\''; at++) {
        if (*at == '\\')
            at = read_escape(at + 1, end++);
        else
            *end++ = *at;
    }
    *end = '\0';
    return at + 2;
}

/* Takes out what is there. The path was found in a document of this shape, but
 * what is around it may have been taken out before. */
static void take_out(json_t **root, const char *path, char *name)
{
    json_t *within = *root;

    if (!path[1]) {
        json_decref(*root);
        *root = gap_new();
        return;
    }
    for (path++; *path && within;) {
        bool is_name = path[1] == '\'';
        size_t index = 0;

        path = read_step(path, name, &index);
        if (*path) {
            within = is_name ? json_object_get(within, name)
                             : json_array_get(within, index);
        } else if (is_name) {
            (void)json_object_del(within, name);
        } else {
            (void)json_array_set_new(within, index, gap_new());
        }
    }
}

/* A copy without what the paths find; false with the fault raised where they
 * find too much. */
static bool strip(struct matching *matching, const struct ignoring *ignoring,
                  json_t *document, json_t **stripped)
{
    *stripped = json_deep_copy(document);
    for (size_t i = 0; i < ignoring->path_count; i++) {
        struct jsonpath_nodes nodes =
            jsonpath_evaluate(ignoring->paths[i], document, true,
                              matching->arena, &matching->fault);

        if (matching->fault.raised) {
            matching->wrong = ignoring->equals.at;
            return false;
        }
        for (size_t j = 0; j < nodes.count; j++) {
            const char *path = nodes.list[j].normalized;

            take_out(stripped, path,
                     arena_take(matching->arena, strlen(path) + 1));
        }
    }
    return true;
}

/* Both without what is ignored: new references. */
static bool strip_both(struct matching *matching,
                       const struct ignoring *ignoring,
                       const struct value *value, json_t **expected,
                       json_t **actual)
{
    json_auto_t *document = document_of(value);
    struct literal room;
    const struct literal *literal =
        literal_fill(&ignoring->equals.literal, matching, &room);

    *expected = *actual = NULL;
    return literal && document &&
           strip(matching, ignoring, literal->json, expected) &&
           strip(matching, ignoring, document, actual);
}

static bool ignore_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct comparing comparing = {
        .matching = matching,
        .owner = &matcher->ignoring->equals,
        .has_gaps = true,
    };
    json_t *expected, *actual;
    bool result =
        strip_both(matching, matcher->ignoring, value, &expected, &actual) &&
        document_equals(&comparing, expected, actual);

    json_decref(expected);
    json_decref(actual);
    return result;
}

static void describe_ignore(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    describe_document(matching, teller, &matcher->ignoring->equals);
    tell(teller, " but for what is ignored");
}

static void explain_ignore(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct comparing comparing = {
        .matching = matching,
        .owner = &matcher->ignoring->equals,
        .has_gaps = true,
    };
    json_t *expected = NULL, *actual = NULL;

    explain_plainly(matching, matcher, value, finding);
    if (value->path &&
        strip_both(matching, matcher->ignoring, value, &expected, &actual))
        explain_difference(&comparing, expected, actual, value->path, finding);
    json_decref(expected);
    json_decref(actual);
}

const struct matcher_kind ignore_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = refuse_ignore,
    .holds = ignore_holds,
    .describe = describe_ignore,
    .explain = explain_ignore,
};
