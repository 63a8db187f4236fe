/* A file of variables: a JSON object, or dotenv lines. Private to specs/. */
#pragma once

#include "specs/source.h"

/* Every name in the file, with its value and its place; what is wrong in it is
 * told, and left out. False, and told, when it cannot be read at all. All of
 * the result lives in the arena. */
bool variables_read_file(const char *path, struct arena *arena,
                         struct members *result,
                         struct faults *faults) NODISCARD;
