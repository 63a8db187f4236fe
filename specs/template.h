/* `{{name}}` in JSON values: split once at load, filled when sent. */
#pragma once

#include "specs/base/buffer.h"
#include "specs/source.h"

struct chance;
struct suite;

/* Names to values, innermost first. `values` is a JSON object, borrowed, and so
 * is what functions ask for, by the innermost scope that has it. */
struct scope {
    const struct scope *outer;
    json_t *values;
    const struct chance *chance; /* random values, and the time */
    const struct suite *suite;   /* whose files are read */
};

/* Borrowed; NULL where there is none. */
json_t *scope_find(const struct scope *scope, const char *name);

/* A JSON value whose strings may hold templates. */
struct template;

/* Never NULL; what is wrong is added to the faults, at its place inside the
 * string. */
const struct template *template_compile(struct arena *arena,
                                        const struct node *node,
                                        struct faults *faults);

/* Where a template goes from the value that its name has; NULL: nowhere. */
struct template_path;

/* The name that a template needs from the scope, its place, and where it goes
 * from there. `env` is a need like others: every suite's constants hold the
 * environment by that name. */
struct need {
    const char *name;
    struct spot at;
    const struct template_path *path;
    bool may_be_missing; /* something else is taken then: default(x, "") */
};
struct needs {
    size_t count;
    const struct need *list;
};
struct needs template_needs(const struct template *template);

/* No holes: filling it always gives the same value, and needs no scope. */
bool template_is_constant(const struct template *template);

/* Filled twice it may give two values, for the time or chance are in it. */
bool template_varies(const struct template *template);

/* Calls functions, of which something may turn out to be wrong. */
bool template_holds_calls(const struct template *template);

/* Not even a "{{{{": it is worth what is written, which was looked at then. */
bool template_is_literal(const struct template *template);

/* The value as written; of one that lay over another one, its own part. */
const json_t *template_written(const struct template *template);

/* True the first time that it is called for the template, which must be a
 * string that holds some: tests share those of the defaults. Only before the
 * plan is frozen. */
bool template_look_once(const struct template *template);

/* Where it stands, when it is a string that holds templates; else nowhere. */
struct spot template_spot(const struct template *template);

/* The template of an element, counted from 0; NULL unless it is a list. */
const struct template *template_element(const struct template *template,
                                        size_t element);

/* A new reference; NULL with the fault raised when a path leads nowhere (a name
 * that is missing, an index past the end) or a limit is passed. A string that
 * is exactly one template keeps the type of what fills it. */
json_t *template_fill(const struct template *template,
                      const struct scope *scope, struct fault *fault) NODISCARD;

/* The same as text (see json_print_bare()), added to `out`. */
bool template_fill_text(const struct template *template,
                        const struct scope *scope, struct buffer *out,
                        struct fault *fault) NODISCARD;
/* For patterns: what fills a hole is quoted with \Q...\E, so that it matches
 * itself. */
bool template_fill_pattern(const struct template *template,
                           const struct scope *scope, struct buffer *out,
                           struct fault *fault) NODISCARD;

/* What the path of a need finds in the value of its name; borrowed. NULL with
 * the fault raised at the need's place when it leads nowhere, which is no fault
 * where it may be missing. */
json_t *template_follow(const struct need *need, json_t *value,
                        struct fault *fault) NODISCARD;

/* Reads a text that is a variable and nothing else, as it stands in a hole:
 * user.list[0]. False with the fault added, inside of the node. */
bool template_read_path(struct arena *arena, const struct node *node,
                        const char *text, struct faults *faults,
                        struct need *need) NODISCARD;

/* How long a name is that starts here ([A-Za-z_][A-Za-z0-9_-]*); 0: none. */
size_t template_name_length(const char *text);
