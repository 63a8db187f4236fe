/* The parts of `volley compare`. */
#pragma once

#include "runner/cli/audience.h"
#include "runner/cli/load.h"
#include "runner/cli/recording.h"
#include "runner/measure.h"

enum { OUTCOME_COUNT = OUTCOME_SKIPPED + 1 };

/* How often a test ended how. */
struct endings {
    uint16_t times[OUTCOME_COUNT];
};

/* One strategy, and what its runs gave. */
struct lane {
    const char *strategy;
    size_t run_count; /* measured so far; the sums are over these */
    double *seconds;
    double user, system; /* CPU */
    double path, sum;    /* longest chain, and all response times */
    uint64_t connection_count;
    uint64_t request_count;
    struct endings *endings; /* by ordinal, warm-up runs counted too */
};

/* What is not told yet. The last event of the run that the reporters hear is
 * held back until there is a comparison to tell. A run before that one is
 * recorded, since it is heard in its place when it is interrupted. */
struct held {
    struct audience *audience;
    struct recording recording;
    bool is_held;
    size_t peak; /* of requests in flight in that run */
    struct event event;
    struct run_end end;
    char *path_text;
};

struct contest {
    const struct plan *plan;
    const struct settings *settings;
    size_t lane_count;
    struct lane *lanes;
    size_t test_count;    /* copies counted */
    bool *is_quarantined; /* by ordinal: how these end does not count */
    size_t check_count;
    size_t round_count; /* measured to their end */
    int interrupted_by; /* SIGINT, SIGTERM, or 0 */
    struct held held;
};

void contest_open(struct contest *contest, const struct settings *settings,
                  const struct plan *plan);
void contest_close(struct contest *contest);

/* All warm-up runs, then all others, the strategies in turn; each round begins
 * with another one, so that what changes with time meets all alike.
 * STATUS_PASSED when every run ended; whether tests failed is not asked. After
 * an interrupt the numbers are those of the rounds that were ended. */
enum status contest_run(struct contest *contest);

/* Whether each test ended alike in every run of every strategy, quarantined
 * ones aside. */
bool contest_is_unanimous(const struct contest *contest);
/* Whether a test that is not quarantined failed or erred in some run. */
bool contest_has_failures(const struct contest *contest);
/* Which tests did not end alike, and how each strategy ended them; or, where
 * they did, which failed; and which failed in quarantine. */
void contest_tell_verdicts(const struct contest *contest, FILE *out);

/* What the comparison says in numbers; the reports are the caller's to free.
 */
struct strategy_report *contest_report(const struct contest *contest,
                                       struct comparison *comparison);
/* The table and the bars. */
void contest_tell_table(const struct contest *contest,
                        const struct comparison *comparison, FILE *out);
/* The closing sentence and the warnings. */
void contest_tell_closing(const struct contest *contest,
                          const struct comparison *comparison, FILE *out);
