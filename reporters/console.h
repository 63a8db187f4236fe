/* The parts of the console reporter. */
#pragma once

#include "reporters/paint.h"
#include "reporters/tally.h"

/* A test that did not pass, complete where it stands: everything that somebody
 * needs to understand it. Ends with a line end. */
void failure_tell(struct canvas *canvas, const struct test_report *test);
/* The same in one line, for a run in which much fails. */
void failure_tell_short(struct canvas *canvas, const struct test_report *test);

/* -v: one line a test; -vv: and its exchanges. */
void test_tell(struct canvas *canvas, const struct test_report *test,
               int verbosity);

/* How many failures of a run were told, and how many could not be. */
struct ration {
    size_t whole; /* the first ones are told whole, the others in a line */
    size_t told;  /* LIMIT_FAILURES_LISTED at most */
    size_t untold;
};

/* The tests of one suite that were skipped, by reason, in the order of the
 * plan. Zeroed memory is none. */
struct skipped {
    struct map groups;
};

void skipped_hear(struct skipped *skipped, const struct test_report *test);
/* `skipped because "create" failed: "read", "delete"`, once. */
void skipped_tell_because(struct skipped *skipped, struct canvas *canvas,
                          const char *failed);
/* All that were not told so. */
void skipped_tell(const struct skipped *skipped, struct canvas *canvas,
                  bool is_after_failure);
void skipped_finish(struct skipped *skipped);

/* The tests of one suite that did not pass. Zeroed memory is none. */
struct failed {
    size_t count;
    struct failed_test **tests;
    struct map ways; /* of copies to fail */
};

void failed_hear(struct failed *failed, const struct test_report *test,
                 struct ration *ration, bool is_colored);
/* Each with those that were skipped because of it. */
void failed_tell(struct failed *failed, struct canvas *canvas,
                 struct skipped *skipped);
void failed_finish(struct failed *failed);

/* The tests of one suite that passed, but not at once. Zeroed memory is none.
 */
struct flaky {
    size_t count;
    struct flaky_test *tests; /* the first of them, by plan */
    size_t kept;
};

void flaky_hear(struct flaky *flaky, const struct test_report *test);
void flaky_tell(struct flaky *flaky, struct canvas *canvas);
void flaky_finish(struct flaky *flaky);

/* " (1 flaky)  2 failed  3 skipped": all that follows those that passed. */
void counts_tell(struct canvas *canvas, const struct counts *counts);

/* The suites of a run. Each is told when it and all before it have ended, so
 * that the order is that of the files whatever ended first. */
struct suite_page;
struct suites {
    size_t count;
    struct suite_page *pages;
    size_t next; /* the first that was not yet told */
    size_t path_width;
    size_t counts_width; /* grows: the times of later lines stay in line */
    struct ration ration;
    struct ration quarantine; /* what does not count takes no room of others */
    bool is_quiet;            /* only failures */
    bool is_colored;
    bool is_after_failure; /* the last thing told was one */
};

void suites_begin(struct suites *suites, const struct run_start *start);
void suites_hear(struct suites *suites, const struct test_report *test);
void suites_end(struct suites *suites, const struct suite_end *end);
/* Tells those whose turn it is; all that is left when `everything`. */
void suites_tell(struct suites *suites, struct canvas *canvas, bool everything);
void suites_finish(struct suites *suites);

/* What the end of a run says. */
struct closing {
    const struct run_end *end;
    const struct tally *tally;
    bool is_insecure;
    uint64_t seed;
    size_t left_out_count;
    bool is_quiet;       /* one line, and what must never be left out */
    size_t untold_count; /* failures of which nothing was told */
    size_t quarantined_untold_count;
    size_t report_count;
    char *const *report_paths;
};

void closing_tell(struct canvas *canvas, const struct closing *closing);
