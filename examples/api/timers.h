/* Who sleeps until when. */
#pragma once

#include <microhttpd.h>

#include "specs/base/base.h"

/* A binary heap, earliest deadline first. Zeroed memory holds no sleeper. */
struct timers {
    struct timer *heap;
    size_t count;
    size_t capacity;
};

/* Suspends the connection until the moment, by the monotonic clock. To be
 * called only where libmicrohttpd permits it: in its handler and readers. */
void timers_sleep(struct timers *timers, struct MHD_Connection *connection,
                  int64_t until_ns);

/* When the first sleeper is due; INT64_MAX when nobody sleeps. */
int64_t timers_next(const struct timers *timers);

/* Wakes everybody who is due at the moment. */
void timers_wake(struct timers *timers, int64_t now_ns);

void timers_finish(struct timers *timers);
