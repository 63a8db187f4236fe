/* Loading without files, for the tests and the fuzzer. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* As plan_load() does with a file of that text, which is copied. Paths in it
 * begin in the working folder, and there is no environment. */
enum plan_outcome plan_load_text(const char *text, size_t length,
                                 struct plan **result, struct faults *faults);
