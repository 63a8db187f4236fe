/* `{{name}}` in JSON values: split once at load, filled when sent. */
#pragma once

#include "specs/base/buffer.h"
#include "specs/source.h"

/* Names to values, innermost first. `values` is a JSON object, borrowed. */
struct scope {
    const struct scope *outer;
    json_t *values;
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
};
struct needs {
    size_t count;
    const struct need *list;
};
struct needs template_needs(const struct template *template);

/* No holes: filling it always gives the same value, and needs no scope. */
bool template_is_constant(const struct template *template);

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
 * the fault raised at the need's place when it leads nowhere. */
json_t *template_follow(const struct need *need, json_t *value,
                        struct fault *fault) NODISCARD;

/* How long a name is that starts here ([A-Za-z_][A-Za-z0-9_-]*); 0: none. */
size_t template_name_length(const char *text);
