/* Places in a document, as people write them: $.items[3].id where names allow
 * it, $['a b'] where they do not (RFC 9535, sections 2.3.3 and 2.7). */
#pragma once

#include "specs/base/arena.h"

/* Of a normalized path. */
const char *path_short(struct arena *arena, const char *normalized);

const char *path_member(struct arena *arena, const char *path,
                        const char *name);
const char *path_element(struct arena *arena, const char *path, size_t index);
