/* libev beneath libcurl's multi interface. */
#pragma once

#include <curl/curl.h>

#include "specs/base/clock.h"

struct reactor;

/* Calls `acted` whenever libcurl did something; then handles may be added and
 * taken away. NULL when the machine refuses (descriptors, memory). */
struct reactor *reactor_open(void (*acted)(void *data), void *data);

/* Its own, so that options may be set and handles added. */
CURLM *reactor_multi(const struct reactor *reactor);

/* Waits until something happens, or for a moment, or until that time
 * (monotonic; INT64_MAX: there is none). False when that had passed before. */
bool reactor_turn(struct reactor *reactor, int64_t until_ns);

/* The multi handle may hold no easy handle any more. NULL is allowed. */
void reactor_close(struct reactor *reactor);
