/* Whether something costs more than it should when there is more of it. */
#pragma once

#include "specs/base/clock.h"

/* Processor time since an unspoken moment. */
int64_t cost_now(void);

/* The nanoseconds that so many take. */
typedef int64_t cost_fn(const void *of, size_t count);

/* Ends the test where the cost grows as the square of the number, from `few` up
 * to eight times as many. */
void cost_expect_even(cost_fn *cost, const void *of, size_t few);
