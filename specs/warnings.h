/* What is worth telling about a plan although nothing is wrong. Private to
 * specs/. */
#pragma once

#include "specs/specs.h"

/* Adds to plan->warnings; what is past LIMIT_FAULTS is dropped. The place's
 * texts must live as long as the plan. */
void plan_warn(struct plan *plan, struct place at, const char *format, ...)
    PRINTF_LIKE(3, 4);
