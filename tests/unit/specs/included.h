/* Suites that include each other, in files of a folder of the test's own. */
#pragma once

#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/sketch.h"

#define PLAIN(name) TEST(name, "")

/* Enters a folder. */
void included_begin(void);
/* Leaves it. */
void included_end(void);

/* Loads and compiles these files; ends the test unless that goes well. */
void included_load(struct sketch *sketch, size_t count,
                   const char *const *paths);
/* The same of one file, and its waits; see sketch_expect(). */
void included_draw(const char *path, const char *wanted);
/* What is told of one file: "path:line text", mistakes and then warnings. */
void included_tell(const char *path, const char *wanted);

/* Of the plan; ends the test when there is none. */
const struct suite *included_suite(const struct sketch *sketch,
                                   const char *path);
const struct test *included_test(const struct sketch *sketch, const char *name);
