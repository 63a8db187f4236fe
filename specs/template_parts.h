/* What a template is made of. Private to template*.c. */
#pragma once

#include "specs/functions.h"
#include "specs/template.h"

enum template_kind {
    TEMPLATE_CONSTANT, /* `json`, as written */
    TEMPLATE_HOLE,     /* a string that is one hole: the only piece */
    TEMPLATE_TEXT,     /* a string of pieces */
    TEMPLATE_ARRAY,    /* parts without keys */
    TEMPLATE_OBJECT,   /* parts */
};

/* One step of a path: a key, or an index where that is NULL. */
struct path_step {
    const char *key;
    size_t index;
    size_t start; /* where it begins in the path's text */
    struct spot at;
};

struct template_path {
    const char *text; /* with the name before it: user.list[0] */
    size_t step_count;
    const struct path_step *steps;
};

/* What stands in a hole, or as an argument of a call. */
enum expression_kind {
    EXPRESSION_VARIABLE,
    EXPRESSION_LITERAL,
    EXPRESSION_CALL,
};

/* A function and what it is called with. */
struct invocation {
    const struct function *function;
    size_t count;
    const struct expression *const *arguments;
    bool is_optional; /* env(): as need.may_be_missing */
};

struct expression {
    enum expression_kind kind;
    struct spot at; /* of a call's name; all of it otherwise */
    union {
        struct need variable;
        json_t *literal; /* held by the arena */
        struct invocation call;
    };
};

/* Literal text of the spec, or a hole. */
struct piece {
    const char *text;
    size_t length;
    const struct expression *hole; /* NULL: text */
};

/* A string that holds templates. */
struct pieces {
    struct needs needs; /* of the outermost value only */
    struct spot at;
    bool is_looked_at; /* see template_look_once() */
    struct piece list[];
};

struct part {
    const char *key; /* NULL in arrays */
    const struct template *value;
};

struct parts {
    struct needs needs; /* likewise */
    struct part list[];
};

/* Most are constant, and nothing more than the value. */
struct template
{
    enum template_kind kind : 8;
    bool holds_calls; /* that are not known at once; of the outermost only */
    bool varies;      /* likewise */
    uint32_t count;   /* of pieces or parts */
    json_t *json;     /* held by the arena, with the outermost value */
    union {
        const struct pieces *pieces;
        const struct parts *parts;
    };
};

/* A string value that is read from left to right. */
struct template_text {
    struct arena *arena;
    const struct node *node;
    struct faults *faults;
    const char *text; /* NUL-ended */
    size_t length;
    size_t at;
    size_t depth; /* of calls that are open */
};

static inline const char *template_here(const struct template_text *text)
{
    return text->text + text->at;
}

/* The readers move `at` behind what they read. Where that is wrong they add the
 * fault and give NULL or false; where `at` is then means nothing. */

/* Reads a hole whose braces open at text->at; `at` is behind it afterwards,
 * even when it is wrong. */
const struct expression *template_read_hole(struct template_text *text);
/* A name, which begins here, and what is behind it. */
bool template_read_variable(struct template_text *text, struct need *need);
/* A JSON value, or a text in single quotes. */
bool template_read_literal(struct template_text *text, json_t **literal);
/* A variable, a literal or a call; `empty` is what is told where none begins.
 */
struct expression *template_read_expression(struct template_text *text,
                                            const char *empty);
/* A call whose name has that length. */
bool template_read_call(struct template_text *text, size_t name_length,
                        struct expression *call);

void template_skip_blanks(struct template_text *text);

/* Always false. */
bool template_refuse(const struct template_text *text, size_t from,
                     size_t length, const char *format, ...) PRINTF_LIKE(4, 5);
/* At the character that comes next. */
bool template_refuse_here(const struct template_text *text, const char *why);

/* A new reference. NULL with the fault raised; without it when the expression
 * may be missing, and is. */
json_t *expression_evaluate(const struct expression *expression,
                            const struct scope *scope,
                            struct fault *fault) NODISCARD;

/* Borrowed; as expression_evaluate(). */
json_t *need_find(const struct need *need, const struct scope *scope,
                  struct fault *fault) NODISCARD;

/* Tells what is already known to be wrong with a call, at its place; puts the
 * value in its stead when that is known. */
bool expression_settle(struct expression *call, struct arena *arena,
                       struct faults *faults);
