/* Whether a test that did not pass is tried again, and when. Pure: times and
 * chance are passed in. */
#pragma once

#include "assertions/assertions.h"

/* How an attempt ended that did not pass. Zeroed memory is one of which nothing
 * is known yet. */
struct attempt_end {
    unsigned why;   /* of enum retry_on, or-ed */
    long status;    /* of the answer that did not do; 0: there was none */
    bool is_broken; /* the spec is wrong for it: no attempt would do */
    bool is_early;  /* an expectation did not hold or no answer came, which a
                     * poll waits for; a capture alone is no such thing */
    int64_t retry_after_ns; /* what the server asked to wait; 0: nothing */
};

/* Adds one verdict of an attempt to what it says about it. */
void attempt_end_add(struct attempt_end *end, const struct verdict *verdict,
                     const struct response *response);

/* The header Retry-After of an answer 429 or 503 (RFC 9110, section 10.2.3), at
 * most LIMIT_RETRY_AFTER_S; 0 without one. */
int64_t retry_after_ns(const struct response *response, int64_t wall_ns);

/* What was done about one copy of a test so far; who begins an attempt counts
 * it. */
struct attempts {
    size_t count; /* that have begun */
    size_t retry_count;
    int64_t poll_until_ns; /* monotonic; 0: it does not poll */
    int64_t test_until_ns; /* likewise, of its timeout */
};

/* At the first attempt's sending. */
void attempts_begin(struct attempts *attempts, const struct test *test,
                    int64_t now_ns);

/* By what it is decided. */
struct attempt_rules {
    const struct retry *retry; /* the test's own, the run's, or NULL */
    const struct poll *poll;   /* or NULL */
    double chance;             /* from 0 up to 1, for the jitter */
};

enum next_attempt {
    ATTEMPT_NONE,  /* what the last one says stands */
    ATTEMPT_RETRY, /* the failure is one to be told */
    ATTEMPT_POLL,  /* it was only not yet so */
};

/* What follows, and when. */
enum next_attempt attempts_next(const struct attempts *attempts,
                                const struct attempt_rules *rules,
                                const struct attempt_end *end, int64_t now_ns,
                                int64_t *due_ns);
