/* A file as text with places, and text as JSON. Private to specs/. */
#pragma once

#include "specs/source.h"

/* The file's bytes as a source in the arena, not yet checked; NULL with errno
 * set where it cannot be read, EFBIG beyond LIMIT_SPEC_BYTES. */
const struct source *textfile_read(struct arena *arena,
                                   const char *path) NODISCARD;

/* A new reference to the value of a text that syntax_check_bytes() let pass;
 * NULL, and told why, where it is no JSON. */
json_t *textfile_parse(const struct source *source,
                       struct faults *faults) NODISCARD;
