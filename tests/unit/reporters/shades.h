/* The kinds of report with the options that tests tell them by. */
#pragma once

#include "reporters/reporters.h"

/* "console", "quiet", "tests" (-v), "exchanges" (-vv), "colors", "junit",
 * "strict", "log". */
struct reporter *shade_open(const char *name, const char *path,
                            struct fault *fault);

/* One that cannot fail to open; ends the test otherwise. */
struct reporter *must_open(const char *shade, const char *path);
/* Closes, and ends the test unless all was written. */
void must_close(struct reporter *reporter);

/* The same into a new file; a test has one such file at a time. */
struct reporter *must_begin(const char *shade);
const char *begun_path(void);
/* Closes it and takes the file away; what was told, free it. */
char *must_finish(struct reporter *reporter);

/* Everything in a file; free it. */
char *must_read(const char *path);
