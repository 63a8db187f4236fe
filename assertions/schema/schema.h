/* JSON Schema: 2020-12, 2019-09 and drafts 7, 6 and 4, on exact numbers.
 *
 * A *set* reads schemas from files and from values that stand in a spec, each
 * once, and compiles them; all of it lives in the set's arena. What it returns
 * is constant from then on: any thread may check with it, as long as the set
 * reads nothing more meanwhile.
 *
 * Nothing is taken from the network. A reference leads (RFC 3986; section 8 of
 * "JSON Schema: A Media Type for Describing JSON Documents") into the schema
 * itself, to another file relative to it, to a metaschema that this program
 * brings along, or to a URI that options map to a folder.
 *
 * Sections below are those of that document ("core") and of "JSON Schema
 * Validation" ("validation"), both 2020-12. */
#pragma once

#include "assertions/schema/options.h"
#include "specs/base/arena.h"
#include "specs/base/buffer.h"
#include "specs/base/fault.h"
#include "specs/source.h"

struct schema_set;
struct schema;

/* The options are borrowed for as long as the arena lives. */
struct schema_set *schema_set_open(struct arena *arena,
                                   const struct schema_options *options);

/* The schema in the file, or in a value with its place, to whose file relative
 * references are relative. NULL when something is wrong with it or with a
 * schema that it leads to. That was told then: each mistake once, with its own
 * place; for a file that is asked for again nothing is told anew. */
const struct schema *schema_file(struct schema_set *set, const char *path,
                                 struct faults *faults);
const struct schema *schema_inline(struct schema_set *set,
                                   const struct node *written,
                                   struct faults *faults);

/* One thing that is wrong with an instance. Texts are in the arena of the
 * check, valid UTF-8, at most LIMIT_VALUE_TOLD bytes each. */
struct schema_error {
    const char *path;     /* in the instance: $.items[3].id */
    const char *pointer;  /* the same as JSON Pointer (RFC 6901) */
    const char *keyword;  /* "maxLength"; "false" for a schema that is false */
    const char *schema;   /* where that stands: user.json#/properties/id/type */
    struct spot at;       /* and in its text */
    const char *expected; /* "at most 10" */
    const char *found;    /* "12" */
    const char *text;     /* "expected at most 10, found 12" */
    size_t depth;         /* containers around the place in the instance */
};

struct schema_errors {
    size_t most; /* how many are wanted: the caller's to set */
    size_t count;
    size_t total; /* how many were found */
    const struct schema_error *list;
};

enum schema_outcome {
    SCHEMA_HOLDS,
    SCHEMA_FAILS,
    /* The fault is raised: LIMIT_SCHEMA_DEPTH, LIMIT_SCHEMA_STEPS or a limit
     * of patterns was passed. */
    SCHEMA_GAVE_UP,
};

/* Whether the instance is valid. Where it is not, and `errors` is not NULL,
 * tells what is wrong, in the order of looking; for a yes or no alone nothing
 * is made. The fault is not raised before. */
enum schema_outcome schema_check(const struct schema *schema,
                                 const json_t *instance, struct arena *arena,
                                 struct schema_errors *errors,
                                 struct fault *fault) NODISCARD;
