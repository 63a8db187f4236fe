/* Tests by the lines of their text. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* Where the colon before a line stands in the first `length` bytes of
 * PATH:LINE; 0 for anything else. */
size_t line_split(const char *argument, size_t length, unsigned *line);

/* Which tests the lines of their suites mean, a place for each of the plan, for
 * free(); NULL where no suite has lines. Tells of lines behind the last test.
 *
 * A line means the tests whose text it holds, else the list whose name stands
 * in it, else the next test below. */
bool *lines_find(const struct plan *plan, struct faults *faults);
