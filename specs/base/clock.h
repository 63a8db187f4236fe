/* Time in nanoseconds. The only callers of clock_gettime(). */
#pragma once

#include "specs/base/base.h"

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

/* Since some fixed moment; never goes back. */
int64_t clock_monotonic_ns(void);

/* Since 1970-01-01T00:00:00Z. */
int64_t clock_wall_ns(void);

/* The moment that lies so far, at least 0, behind another one; INT64_MAX, which
 * never comes, where no clock gets so far. */
static inline int64_t clock_add(int64_t moment_ns, int64_t span_ns)
{
    return moment_ns > INT64_MAX - span_ns ? INT64_MAX : moment_ns + span_ns;
}

/* "2026-11-20T23:11:04" in UTC, no zone, as JUnit wants it. */
void clock_stamp(int64_t wall_ns, char stamp[20]);
