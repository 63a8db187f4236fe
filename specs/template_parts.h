/* What a template is made of. Private to template*.c. */
#pragma once

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

/* Literal text of the spec, or a hole. */
struct piece {
    const char *text;
    size_t length;
    const struct need *hole; /* NULL: text */
};

struct part {
    const char *key; /* NULL in arrays */
    const struct template *value;
};

struct template
{
    enum template_kind kind;
    json_t *json; /* held by the arena, with the outermost value */
    size_t count; /* of pieces or parts */
    union {
        const struct piece *pieces;
        const struct part *parts;
    };
    struct needs needs; /* of the outermost template only */
};

/* A string value that is read from left to right. */
struct template_text {
    struct arena *arena;
    const struct node *node;
    struct faults *faults;
    const char *text; /* NUL-ended */
    size_t length;
    size_t at;
};

/* Reads a hole whose braces open at text->at; `at` is behind it afterwards,
 * even when it is wrong: then NULL is returned and the fault added. */
const struct need *template_read_hole(struct template_text *text);
