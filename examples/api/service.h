/*
 * The example service: its state, and the loop that serves. Everything happens
 * on one thread, so nothing here needs a lock: libmicrohttpd answers whoever is
 * ready, and a request that has to wait sleeps in the timers without a thread.
 */
#pragma once

#include "examples/api/flaky.h"
#include "examples/api/timers.h"
#include "examples/api/todos.h"
#include <microhttpd.h>

enum { TOKEN_BYTES = 16 };

struct metrics {
    uint64_t requests;    /* begun since the last reset */
    uint64_t connections; /* accepted since the last reset */
    size_t open;          /* connections, now */
    size_t in_flight;     /* requests, now */
    size_t in_flight_peak;
};

struct service {
    struct MHD_Daemon *daemon;
    struct timers timers;
    struct todos todos;
    struct flaky flaky;
    struct metrics metrics;
    char token[2 * TOKEN_BYTES + 1]; /* the one that /login hands out */
};

/* Listens on 127.0.0.1; port 0 lets the kernel choose. NULL, with errno, when
 * that is not possible. */
struct service *service_open(uint16_t port) NODISCARD;

uint16_t service_port(const struct service *service);

/* Serves until the descriptor becomes readable. */
void service_run(struct service *service, int stop);

void service_close(struct service *service);
