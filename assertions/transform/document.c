/* JSON within a value, and places in it. */
#include "assertions/extract.h"
#include "assertions/matcher/kind.h"
#include "assertions/path_text.h"
#include "assertions/transform.h"
#include "specs/json.h"

static json_t *read_text(struct applying *applying, struct text text)
{
    struct json_trouble trouble;
    json_t *root =
        json_read(text.bytes, text.length, LIMIT_JSON_DEPTH, 0, &trouble);
    size_t offset;

    if (root)
        return matching_keep(applying->matching, root);
    offset = trouble.offset < text.length ? trouble.offset : text.length;
    transform_refuse(applying, "%s, at character %zu", trouble.text,
                     count_characters((struct text){text.bytes, offset}) + 1);
    return NULL;
}

/* A text is read, anything else is the document that it is. */
static json_t *read_document(struct applying *applying)
{
    const struct value *from = applying->from;
    struct text text;

    if (value_text(from, &text))
        return read_text(applying, text);
    if (from->kind == VALUE_JSON)
        return from->json;
    if (from->kind == VALUE_LIST)
        return matching_keep(applying->matching, value_list_json(from));
    transform_refuse(applying, "not JSON");
    return NULL;
}

static bool make_document(struct applying *applying, json_t *root)
{
    const char *path = applying->from->path;

    if (!root)
        return false;
    if (!path && applying->is_explaining)
        path = "$";
    applying->made = value_of_json(root, path);
    return true;
}

static bool apply_parse_json(struct applying *applying)
{
    struct text text;

    return transform_text(applying, &text) &&
           make_document(applying, read_text(applying, text));
}

static bool apply_json(struct applying *applying)
{
    return make_document(applying, read_document(applying));
}

static bool accept_path(const struct literal *literal, struct trouble *trouble)
{
    return json_kind(literal->json) == JSON_KIND_STRING ||
           trouble_tell(trouble, "a text is wanted here");
}

static void compile_path(struct compiling *compiling,
                         const struct node *argument,
                         struct transform *transform)
{
    struct literal *literal = &transform->literal;
    struct open *open;

    literal->accepts = accept_path;
    open = compile_literal(compiling, argument, literal);
    if (open && !json_is_string(argument->json))
        node_fault(compiling->faults, argument, "a text is wanted here");
    else if (open)
        open->path = &transform->path;
    else if (literal->json && json_kind(literal->json) == JSON_KIND_STRING)
        transform->path = path_compile(
            compiling, json_string_value(literal->json), argument->at);
}

/* Keys hold no templates. */
static void compile_key(struct compiling *compiling, const struct node *key,
                        struct transform *transform)
{
    json_t *text = json_share(compiling->arena, key->json);

    transform->literal.at = key->at;
    transform->literal.json = text;
    transform->path = path_compile(compiling, json_string_value(text), key->at);
}

/* The path of a node of the document, which has a path itself. */
static const char *join_path(const struct applying *applying,
                             const char *normalized)
{
    struct arena *arena = applying->matching->arena;
    const char *inner, *outer = applying->from->path;

    if (!applying->is_explaining || !normalized)
        return NULL;
    inner = path_short(arena, normalized);
    return outer ? arena_print(arena, "%s%s", outer, inner + 1) : inner;
}

/* One value where the path is singular, else the list of what it selects. */
static bool select_nodes(struct applying *applying, json_t *root,
                         const struct jsonpath *path)
{
    struct matching *matching = applying->matching;
    struct jsonpath_nodes nodes = jsonpath_evaluate(
        path, root, applying->is_explaining, matching->arena, &matching->fault);

    if (matching->fault.raised) {
        matching->wrong = applying->transform->literal.at;
        return false;
    }
    if (!jsonpath_is_singular(path)) {
        applying->made = (struct value){.kind = VALUE_LIST, .list = nodes};
    } else if (nodes.count) {
        applying->made = value_of_json(
            nodes.list[0].value, join_path(applying, nodes.list[0].normalized));
    } else {
        applying->made = (struct value){.kind = VALUE_ABSENT};
    }
    return true;
}

static bool select_filled(struct applying *applying, json_t *root)
{
    struct matching *matching = applying->matching;
    struct literal room;
    const struct literal *literal = transform_literal(applying, &room);
    struct jsonpath_trouble trouble;
    const struct jsonpath *path;
    bool done;

    if (!literal)
        return false;
    path = jsonpath_compile(matching->arena, json_string_value(literal->json),
                            &trouble);
    if (!path)
        return matching_fault(matching, applying->transform->literal.at,
                              "bad JSONPath: %s", trouble.text);
    done = select_nodes(applying, root, path);
    jsonpath_release(path);
    return done;
}

static bool select_from(struct applying *applying, json_t *root)
{
    const struct jsonpath *path = applying->transform->path;

    return path ? select_nodes(applying, root, path)
                : select_filled(applying, root);
}

static bool apply_select(struct applying *applying)
{
    return select_from(applying, applying->from->json);
}

static bool apply_path(struct applying *applying)
{
    json_t *root = read_document(applying);

    return root && select_from(applying, root);
}

static void describe_path(struct matching *matching, struct teller *teller,
                          const struct transform *transform)
{
    struct literal room;
    const struct literal *path =
        literal_fill(&transform->literal, matching, &room);

    if (path)
        tell_visibly(teller, text_of(json_string_value(path->json)));
    tell(teller, " ");
}

const struct transform_kind parse_json_transform = {
    .name = "parse_json",
    .words = "as JSON ",
    .apply = apply_parse_json,
};

const struct transform_kind json_transform = {
    .name = "json",
    .words = "JSON with ",
    .apply = apply_json,
};

/* Of what is a document already. */
const struct transform_kind select_transform = {
    .name = "json",
    .argument = ARGUMENT_WANTED,
    .compile = compile_key,
    .apply = apply_select,
    .describe = describe_path,
};

const struct transform_kind path_transform = {
    .name = "json",
    .argument = ARGUMENT_WANTED,
    .wanted = "a JSONPath",
    .compile = compile_path,
    .apply = apply_path,
    .describe = describe_path,
};
