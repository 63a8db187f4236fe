/* A spec's text and every value's place in it.
 *
 * jansson forgets where a value stood. So a value is carried as a *node*: the
 * jansson value and the offset of its text. Members are found by walking the
 * text beside the jansson object, whose order is the text's order; that is
 * cheap, since text that jansson took is known to be well formed. */
#pragma once

#include <jansson.h>

#include "specs/base/arena.h"
#include "specs/base/fault.h"

/* Lives in the plan's arena. */
struct source {
    const char *path; /* as the user wrote it, "-" for stdin */
    const char *text; /* NUL-ended, NULs inside are possible before checking */
    size_t length;
    const struct source_mark *marks; /* one for each SOURCE_STRIDEth byte */
    size_t mark_count;
};

enum { SOURCE_STRIDE = 1024 };

/* The text is borrowed and must live as long as the arena. */
const struct source *source_new(struct arena *arena, const char *path,
                                const char *text, size_t length) NODISCARD;

/* Where the outermost value begins: behind a byte order mark and blanks. */
size_t source_begin(const struct source *source);

/* A piece of a source's text. Length 0: the token that begins at the offset.
 * No source: nowhere. */
struct spot {
    const struct source *source;
    uint32_t offset; /* a source is no longer than LIMIT_SPEC_BYTES */
    uint32_t length;
};

/* Lines and columns of a spot; cheap (bisects the line starts). */
struct place spot_place(struct spot spot);

/* The line alone, which is cheaper; 0 for nowhere. */
unsigned spot_line(struct spot spot);

/* A value of a spec. It may lie *over* another one (a test's own request over
 * the suite's defaults): then node_members() merges the two. */
struct node {
    json_t *json; /* borrowed; see specs.h for how long */
    struct spot at;
    const struct node *over; /* NULL: nothing below */
};

/* One member of an object node. */
struct member {
    const char *key;
    struct spot key_at;
    struct node value;
    uint32_t length; /* of its text, from the key on; 0: it has none */
};

struct members {
    size_t count;
    const struct member *list;
};

/* The members of an object node, its own in written order, then those that only
 * the node below has. Where both have a key, the value lies `over` the lower
 * one; a null of the upper one removes both. `fold_case`: keys are header names
 * and equal in any case (RFC 9110, section 5.1). A key "$comment" is left out
 * when `skip_comments`. */
enum members_flags { MEMBERS_FOLD_CASE = 1, MEMBERS_SKIP_COMMENTS = 2 };
struct members node_members(struct arena *arena, const struct node *node,
                            int flags);

/* The elements of an array node. Arrays are never merged. */
struct nodes {
    size_t count;
    const struct node *list;
};
struct nodes node_elements(struct arena *arena, const struct node *node);

/* Where inside a string node's text the `byte`th byte of its value stands
 * (escapes counted), `length` bytes of the value wide: for faults inside of
 * templates, paths and patterns. */
struct spot node_inside(const struct node *node, size_t byte, size_t length);

/* Adds a fault at the node. Always false. */
bool node_fault(struct faults *faults, const struct node *node,
                const char *format, ...) PRINTF_LIKE(3, 4);
bool spot_fault(struct faults *faults, struct spot spot, const char *format,
                ...) PRINTF_LIKE(3, 4);

/* The JSON of a file, or of a text that has become a source, with its places;
 * the arena holds it. Without JSON when it was told why there is none. */
struct node node_read_file(struct arena *arena, const char *path,
                           struct faults *faults);
struct node node_read_text(struct arena *arena, const struct source *source,
                           struct faults *faults);
