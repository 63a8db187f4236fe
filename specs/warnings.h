/* What is worth telling about a plan although nothing is wrong. Private to
 * specs/. */
#pragma once

#include "specs/specs.h"

/* Adds to plan->warnings; what is past LIMIT_FAULTS is dropped. The place's
 * texts must live as long as the plan. */
void plan_warn(struct plan *plan, struct place at, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Warns of a capture that has the name of a variable. */
void warn_of_capture(struct plan *plan, const struct suite *suite,
                     const char *name, struct spot at);

/* Warns of other names that hide each other: ids and names of tests, fields of
 * rows and variables. */
void warn_of_hiding(struct plan *plan);

/* Warns of tests that can never run or expect nothing, once it is known who
 * waits for whom. */
void warn_of_idle_tests(struct plan *plan);

/* By file in order of first mention, then line and column. */
void warnings_sort(struct plan *plan);
