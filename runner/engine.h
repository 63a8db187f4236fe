/* Fill, wait, settle: runs a plan over a transport and tells the story. */
#pragma once

#include "reporters/reporters.h"
#include "runner/transport/transport.h"

/* What a run may do; durations in ns, 0 only where said. */
struct run_limits {
    size_t jobs;
    size_t per_host;
    size_t bail; /* failed tests after which nothing new starts; 0: none */
    int64_t timeout_ns;
    int64_t connect_timeout_ns;
    uint64_t body_most;
    bool insecure;       /* -k */
    const char *ca_path; /* --cacert, or NULL */
};

/* What came out of a run, beside what was told. */
struct run_result {
    struct counts counts;
    size_t check_count;
    uint64_t request_count;
    uint64_t connection_count;
    int64_t duration_ns;
    int64_t path_ns; /* the longest chain by this run's times */
    int64_t sum_ns;  /* all response times together */
    int interrupted_by;
    /* One outcome a test copy, by ordinal; for comparing verdicts. */
    size_t outcome_count;
    enum outcome *outcomes;
};

struct run {
    const struct plan *plan;
    struct run_limits limits;
    const char *transport;             /* see transport_open() */
    const struct interrupt *interrupt; /* or NULL */
    /* Hears redacted events; may be NULL. */
    void (*tell)(void *listener, const struct event *event);
    void *listener;
    size_t secret_count; /* beyond those of the suites */
    const char *const *secrets;
    const char *hostname;
};

/* Runs everything and tells it, RUN_STARTED to RUN_FINISHED. False when the
 * run could not begin (no such transport, no event loop), fault raised. */
bool engine_run(const struct run *run, struct run_result *result,
                struct fault *fault) NODISCARD;
void run_result_finish(struct run_result *result);
