/* How many exchanges fly to each host, and which wait for a place there. */
#pragma once

#include "runner/exchange.h"

/* Zeroed memory with `most` set is no host at all. */
struct hosts {
    size_t most; /* in flight per host (scheme, name and port) */
    struct map map;
    struct exchange *freed; /* waited, and may go now */
    struct exchange **freed_end;
    size_t waiting_count;
};

/* True: it may go, and is counted. False: it waits in here, and hosts_next()
 * gives it out later. */
bool hosts_enter(struct hosts *hosts, struct exchange *exchange);

/* It goes whatever may go, and is counted. */
void hosts_add(struct hosts *hosts, const struct exchange *exchange);

/* An exchange to that host has arrived. */
void hosts_leave(struct hosts *hosts, const struct exchange *exchange);

/* One that waited and may go now, counted already; or NULL. */
struct exchange *hosts_next(struct hosts *hosts);

/* One that waits and is wanted, or NULL: it is forgotten here, and will not be
 * sent. */
typedef bool wanted(const struct exchange *exchange);
struct exchange *hosts_withdraw(struct hosts *hosts, wanted *is_wanted);

void hosts_finish(struct hosts *hosts);
