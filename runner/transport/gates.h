/* Exchanges that wait until the name of their host is known.
 *
 * libcurl resolves a name on a thread of its own, one for each transfer: 200
 * transfers to an unknown host start 200 threads. So the first exchange to a
 * named host goes alone, and the others wait at a *gate* until it has connected
 * or ended; by then the name is in libcurl's cache. */
#pragma once

#include "runner/exchange.h"

/* In the order of coming. Zeroed memory is an empty one. */
struct queue {
    struct exchange *first;
    struct exchange **end;
};

void queue_add(struct queue *queue, struct exchange *exchange);
/* NULL when it is empty. */
struct exchange *queue_take(struct queue *queue);

/* One a host. Zeroed memory is none. */
struct gates {
    struct map map;
    bool has_opened; /* one that is open may have waiting exchanges */
};

/* Whether it must wait here; if not it may go now, perhaps to find out. */
bool gates_hold(struct gates *gates, struct exchange *exchange);

/* The name of its host is known. */
void gates_open(struct gates *gates, const struct exchange *leader);

/* It is not: takes one of those that wait for the same name, or NULL. */
struct exchange *gates_fail(struct gates *gates, const struct exchange *leader);

/* It is back: if it was to find out, the next one is. Those that wait for it
 * are asked for before. */
void gates_leave(struct gates *gates, const struct exchange *leader);

/* Nobody waits any more. */
void gates_open_all(struct gates *gates);

/* One that waited and may go, or NULL. */
struct exchange *gates_next(struct gates *gates);

void gates_finish(struct gates *gates);
