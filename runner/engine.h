/* Fill, wait, settle: runs a plan over a transport and tells the story. */
#pragma once

#include "reporters/reporters.h"
#include "runner/replay.h"
#include "runner/transport/transport.h"

/* What a run may do; durations in ns, 0 only where said. */
struct run_limits {
    size_t jobs;
    size_t per_host;
    size_t bail; /* failed tests after which nothing new starts; 0: none */
    int64_t timeout_ns;
    int64_t connect_timeout_ns;
    uint64_t body_most;
    int64_t interval_ns;       /* between two sendings; 0: none is kept */
    int64_t test_timeout_ns;   /* of tests without one; 0: none */
    int64_t run_timeout_ns;    /* 0: none */
    const struct retry *retry; /* of tests without one; NULL: none */
    bool insecure;             /* -k */
    const char *ca_path;       /* --cacert, or NULL */
};

/* What came out of a run, beside what was told. */
struct run_result {
    struct counts counts;
    size_t check_count;
    uint64_t request_count; /* that were sent */
    uint64_t connection_count;
    int64_t duration_ns;
    int64_t path_ns; /* the longest chain by this run's times */
    int64_t sum_ns;  /* all response times together */
    int interrupted_by;
    bool timed_out; /* its own time was over */
    /* One outcome a test copy, by ordinal; for comparing verdicts. */
    size_t outcome_count;
    enum outcome *outcomes;
};

/* All of it again and again, until one of these says enough; zeroed: once. */
struct rounds {
    size_t most; /* 0: no such end, if there is another one */
    bool until_fail;
    int64_t for_ns; /* no round begins later; 0: no such end */
};

static inline bool rounds_are_many(const struct rounds *rounds)
{
    return rounds->most > 1 || rounds->until_fail || rounds->for_ns;
}

struct run {
    const struct plan *plan;
    struct run_limits limits;
    uint64_t seed; /* of all that is random in it */
    struct rounds rounds;
    size_t first_round; /* what is random in it is that of this round */
    bool shuffle;
    struct replay *replay;             /* whose order is kept; or NULL */
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
