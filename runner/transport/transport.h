/* The contract of what carries exchanges. The engine cannot tell a blocking
 * call from an event loop: it submits while there is room, and waits. */
#pragma once

#include <signal.h>

#include "runner/exchange.h"

/* Set by a signal handler: the last signal, and how many came. */
struct interrupt {
    volatile sig_atomic_t signal;
    volatile sig_atomic_t count;
};

struct transport_options {
    size_t jobs;                       /* exchanges in flight at most */
    bool keep_alive;                   /* false: a new connection each time */
    const struct interrupt *interrupt; /* or NULL */
};

struct transport {
    const char *name;
    const struct interrupt *interrupt;
    const char *cancelled_by; /* what cancel() tells, a constant */
    int64_t end_ns;       /* monotonic: until then a call may block that is not
                           * teardown's; 0: it may for ever */
    const char *ended_by; /* what is told of one that ends then, a constant */
    sig_atomic_t heeded;  /* interrupts that the engine knows of */

    /* How many more exchanges submit() takes before something arrives. */
    size_t (*room)(const struct transport *transport);
    /* Takes the exchange; it comes back by wait(). */
    void (*submit)(struct transport *transport, struct exchange *exchange);
    /* Takes them all: each is sent on a connection of its own, all at one
     * moment, and comes back by wait(). One that cannot connect comes back
     * without having been sent. Only with room for so many, or when nothing is
     * in flight. */
    void (*race)(struct transport *transport, struct exchange *const *racers,
                 size_t count);
    /* Waits until something arrives: that exchange, after exchange_arrive() on
     * the thread that carried it. NULL when an interrupt came that is not
     * heeded yet, perhaps when `until_ns` (monotonic) has passed, or at once
     * when nothing is in flight and that is INT64_MAX. */
    struct exchange *(*wait)(struct transport *transport, int64_t until_ns);
    /* All that are in flight arrive, as INTERRUPTED; those of teardown only
     * when `teardown_too`. */
    void (*cancel)(struct transport *transport, bool teardown_too);
    /* Nothing may be in flight. */
    void (*close)(struct transport *transport);
};

/* Whether an interrupt came that was not heeded. */
bool transport_is_interrupted(const struct transport *transport);

/* Heeds those that came so far: cancels what is in flight, by the second one
 * teardown too. Whether it was the second. */
bool transport_heed(struct transport *transport);

/* Whether it ends this exchange: the first one spares teardown. */
bool transport_cuts_off(const struct transport *transport,
                        const struct exchange *exchange);

/* Whether the time of the run, `end_ns`, ends it. */
bool transport_is_over(const struct transport *transport,
                       const struct exchange *exchange);

/* Whether the time of its test is up. */
bool transport_is_late(const struct exchange *exchange);

/* One at a time, by blocking calls. NULL with the fault raised when the
 * machine refuses (descriptors, memory). */
struct transport *blocking_open(const struct transport_options *options,
                                struct fault *fault);
/* One libev loop over curl's multi interface. */
struct transport *loop_open(const struct transport_options *options,
                            struct fault *fault);

/* "serial", "session", "async"; NULL with the fault raised for another name. */
struct transport *transport_open(const char *name, size_t jobs,
                                 const struct interrupt *interrupt,
                                 struct fault *fault);
/* Their names, sorted. */
const char *const *transport_names(size_t *count);

/* What the libraries are: "libcurl/7.88.1 OpenSSL/3.0.19 ...". */
const char *transport_versions(void);
