/* Compiling. Most strings of a spec hold no template, so a value without a
 * "{{" anywhere in it is kept as it was parsed, and costs a look at load and
 * nothing later. The others become trees of the same shape as the value, whose
 * strings are split into pieces. */
#include "specs/template.h"

#include <stdlib.h>
#include <string.h>

#include "specs/json.h"
#include "specs/template_parts.h"

struct maker {
    struct arena *arena;
    struct faults *faults;
    struct need *needs;
    size_t need_count;
    size_t need_capacity;
    bool holds_calls;
    bool varies;
};

/* Pieces of one string, while they are found. */
struct splitting {
    struct piece *list;
    size_t count;
    size_t capacity;
};

static void add_need(struct maker *maker, const struct need *need)
{
    if (maker->need_count == maker->need_capacity) {
        maker->need_capacity =
            maker->need_capacity ? maker->need_capacity * 2 : 8;
        maker->needs = must_resize(maker->needs, maker->need_capacity *
                                                     sizeof(*maker->needs));
    }
    maker->needs[maker->need_count++] = *need;
}

/* What a hole needs, and what is to be known of it. The environment is a need
 * of those who ask for it by a name that is computed. */
static void add_hole(struct maker *maker, const struct expression *hole)
{
    const struct invocation *call = &hole->call;
    struct need environment = {.name = "env", .at = hole->at};

    if (hole->kind == EXPRESSION_VARIABLE)
        add_need(maker, &hole->variable);
    if (hole->kind != EXPRESSION_CALL)
        return;
    maker->holds_calls = true;
    if (call->function->nature == FUNCTION_VARIES)
        maker->varies = true;
    if (call->function->evaluate == function_env)
        add_need(maker, &environment);
    for (size_t i = 0; i < call->count; i++)
        add_hole(maker, call->arguments[i]);
}

static void add_piece(struct splitting *pieces, struct piece piece)
{
    if (!piece.length && !piece.hole)
        return;
    if (pieces->count == pieces->capacity) {
        pieces->capacity = pieces->capacity ? pieces->capacity * 2 : 4;
        pieces->list =
            must_resize(pieces->list, pieces->capacity * sizeof(*pieces->list));
    }
    pieces->list[pieces->count++] = piece;
}

static bool starts_with(const struct template_text *text, const char *what)
{
    return strncmp(text->text + text->at, what, strlen(what)) == 0;
}

/* Jumps to the next "{{", or to the end; strings may hold NULs. */
static void find_braces(struct template_text *text)
{
    const char *from = text->text + text->at;
    const char *braces = memmem(from, text->length - text->at, "{{", 2);

    text->at = braces ? (size_t)(braces - text->text) : text->length;
}

static void split(struct maker *maker, struct template_text *text,
                  struct splitting *pieces)
{
    while (text->at < text->length) {
        size_t start = text->at;
        struct piece literal = {.text = text->text + start};
        struct piece hole = {0};

        find_braces(text);
        literal.length = text->at - start;
        if (starts_with(text, "{{{{")) {
            literal.length += 2; /* the first two are the literal braces */
            text->at += 4;
        } else if (text->at < text->length) {
            hole.hole = template_read_hole(text);
        }
        add_piece(pieces, literal);
        add_piece(pieces, hole);
        if (hole.hole)
            add_hole(maker, hole.hole);
    }
}

static void compile_string(struct maker *maker, const struct node *node,
                           struct template *template)
{
    struct template_text text = {
        .arena = maker->arena,
        .node = node,
        .faults = maker->faults,
        .text = json_string_value(node->json),
        .length = json_string_length(node->json),
    };
    struct splitting pieces = {0};
    struct pieces *kept;
    size_t size;

    split(maker, &text, &pieces);
    size = pieces.count * sizeof(*kept->list);
    kept = arena_take(maker->arena, sizeof(*kept) + size);
    kept->at = node->at;
    if (pieces.count)
        memcpy(kept->list, pieces.list, size);
    template->kind =
        pieces.count == 1 && kept->list->hole ? TEMPLATE_HOLE : TEMPLATE_TEXT;
    template->count = pieces.count;
    template->pieces = kept;
    free(pieces.list);
}

/* No deeper than LIMIT_SPEC_DEPTH, which the text's parser keeps. */
static bool holds_braces(json_t *value)
{
    json_t *member;
    const char *key;
    size_t i;

    if (json_is_string(value))
        return memmem(json_string_value(value), json_string_length(value), "{{",
                      2);
    json_array_foreach (value, i, member)
        if (holds_braces(member))
            return true;
    json_object_foreach (value, key, member)
        if (holds_braces(member))
            return true;
    return false;
}

/* Merged with another object: then its json is not all of it. */
static bool is_layered(const struct node *node)
{
    return node->over && json_is_object(node->json) &&
           json_is_object(node->over->json);
}

static void compile_value(struct maker *maker, const struct node *node,
                          struct template *template);

static struct parts *take_parts(struct maker *maker, size_t count)
{
    struct parts *parts;

    return arena_take(maker->arena,
                      sizeof(*parts) + count * sizeof(*parts->list));
}

static void compile_array(struct maker *maker, const struct node *node,
                          struct template *template)
{
    struct nodes nodes = node_elements(maker->arena, node);
    struct parts *parts = take_parts(maker, nodes.count);
    struct template *values =
        arena_take(maker->arena, nodes.count * sizeof(*values));

    for (size_t i = 0; i < nodes.count; i++) {
        compile_value(maker, &nodes.list[i], &values[i]);
        parts->list[i].value = &values[i];
    }
    template->kind = TEMPLATE_ARRAY;
    template->count = nodes.count;
    template->parts = parts;
}

static void compile_object(struct maker *maker, const struct node *node,
                           struct template *template)
{
    struct members members = node_members(maker->arena, node, 0);
    struct parts *parts = take_parts(maker, members.count);
    struct template *values =
        arena_take(maker->arena, members.count * sizeof(*values));

    for (size_t i = 0; i < members.count; i++) {
        compile_value(maker, &members.list[i].value, &values[i]);
        parts->list[i] = (struct part){members.list[i].key, &values[i]};
    }
    template->kind = TEMPLATE_OBJECT;
    template->count = members.count;
    template->parts = parts;
}

static void compile_value(struct maker *maker, const struct node *node,
                          struct template *template)
{
    template->json = node->json;
    if (!is_layered(node) && !holds_braces(node->json))
        template->kind = TEMPLATE_CONSTANT;
    else if (json_is_array(node->json))
        compile_array(maker, node, template);
    else if (json_is_object(node->json))
        compile_object(maker, node, template);
    else
        compile_string(maker, node, template);
}

static const struct needs *needs_of(const struct template *template)
{
    static const struct needs none;

    switch (template->kind) {
    case TEMPLATE_CONSTANT: break;
    case TEMPLATE_HOLE:
    case TEMPLATE_TEXT: return &template->pieces->needs;
    case TEMPLATE_ARRAY:
    case TEMPLATE_OBJECT: return &template->parts->needs;
    }
    return &none;
}

const struct template *template_compile(struct arena *arena,
                                        const struct node *node,
                                        struct faults *faults)
{
    struct template *template = arena_take(arena, sizeof(*template));
    struct maker maker = {.arena = arena, .faults = faults};
    struct node kept = *node;
    struct needs *needs;
    size_t size;

    kept.json = json_share(arena, node->json);
    compile_value(&maker, &kept, template);
    if (maker.need_count) {
        size = maker.need_count * sizeof(*maker.needs);
        needs = (struct needs *)(uintptr_t)needs_of(template);
        needs->list = memcpy(arena_take(arena, size), maker.needs, size);
        needs->count = maker.need_count;
    }
    template->holds_calls = maker.holds_calls;
    template->varies = maker.varies;
    free(maker.needs);
    return template;
}

struct needs template_needs(const struct template *template)
{
    return *needs_of(template);
}

bool template_is_constant(const struct template *template)
{
    return needs_of(template)->count == 0 && !template->holds_calls;
}

bool template_varies(const struct template *template)
{
    return template->varies;
}

bool template_holds_calls(const struct template *template)
{
    return template->holds_calls;
}

bool template_is_literal(const struct template *template)
{
    return template->kind == TEMPLATE_CONSTANT;
}

const json_t *template_written(const struct template *template)
{
    return template->json;
}

bool template_look_once(const struct template *template)
{
    struct pieces *pieces = (struct pieces *)(uintptr_t) template->pieces;
    bool is_first = !pieces->is_looked_at;

    pieces->is_looked_at = true;
    return is_first;
}

struct spot template_spot(const struct template *template)
{
    return template->kind == TEMPLATE_HOLE || template->kind == TEMPLATE_TEXT
               ? template->pieces->at
               : (struct spot){0};
}

const struct template *template_element(const struct template *template,
                                        size_t element)
{
    return template->kind == TEMPLATE_ARRAY && element < template->count
               ? template->parts->list[element].value
               : NULL;
}
