/* Folders with a spec.json, and what must be told of it in `said`. */
#pragma once

#include <stddef.h>

/* The file of that name beside the path; overwritten by the next call. */
const char *said_beside(const char *path, const char *name);

/* Of every path that the pattern finds, `tell` tells what is in `said`, to the
 * letter: memory that is freed then, "" for nothing. */
void said_expect(const char *pattern, size_t fewest,
                 char *(*tell)(const char *path));
