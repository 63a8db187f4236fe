/* What the judgements of a plan have in common is compiled once.
 *
 * Most tests of a suite expect much the same. A check that was written before,
 * letter by letter, and that depends on nothing else becomes that check again;
 * only where it stands is another place, which whoever asks it keeps beside it.
 * Checks are looked for among the latest ones: there is nothing to grow, and
 * one that is not found is compiled anew. So it is with JSONPaths. */
#pragma once

#include "assertions/extract.h"
#include "assertions/schema/schema.h"

enum { SHARED_MOST = 1024 }; /* of each kind */

/* The schemas of the suites that read files below one folder. */
struct shared_schemas {
    struct schema_options options;
    struct schema_set *set;
    struct shared_schemas *next;
};

/* A schema of XML that was read from a file, whose path is a real one. */
struct shared_grammar {
    enum grammar_kind kind;
    const char *path;
    const struct grammar *grammar;
    struct shared_grammar *next;
};

struct sharing {
    const struct check *implied; /* the status of those who expect none */
    struct shared_check {
        const struct check *check;
        uint32_t length; /* of its text */
    } checks[SHARED_MOST];
    struct shared_path {
        const char *text;
        const struct jsonpath *path;
    } paths[SHARED_MOST];
    const struct schema_options *options; /* of all schemas; NULL: defaults */
    struct shared_schemas *schemas;       /* in the arena of the judgements */
    struct shared_grammar *grammars;      /* likewise */
};

/* The set that compiles schemas for the suite, shared with others or not. */
struct schema_set *sharing_schemas(struct compiling *compiling);

/* The extractor's check that the member's text became before, complete; NULL.
 */
struct check *sharing_find(const struct sharing *sharing,
                           const struct extractor *extractor,
                           const struct member *member);
/* The check is what the member's text alone says. */
void sharing_keep(struct sharing *sharing, const struct check *check,
                  const struct member *member);

/* What the text was compiled to before; NULL. The text is kept with the path,
 * and must live as long. */
const struct jsonpath *sharing_find_path(const struct sharing *sharing,
                                         const char *text);
void sharing_keep_path(struct sharing *sharing, const char *text,
                       const struct jsonpath *path);
