/* The text of a suite, as JSON. Private to specs/. */
#pragma once

#include "specs/base/buffer.h"
#include "specs/source.h"

/* The name of the schema, by which a *.json file says that it is a suite. */
#define PARSE_SCHEMA "volley.schema.json"

/* All of it, a new reference, or told why not. */
json_t *parse_whole(const struct source *source, struct faults *faults);

/* The outline of a suite (see outline.h), held by the arena; without JSON when
 * it was told why there is none. */
struct node parse_outline(const struct source *source, struct arena *arena,
                          struct faults *faults);

/* Why a file of a folder, whose name does not say that it is a suite, is none;
 * NULL when it is one. */
const char *parse_passes_over(const char *path, const struct buffer *text);
