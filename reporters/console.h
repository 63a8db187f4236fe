/* The parts of the console reporter. */
#pragma once

#include "reporters/paint.h"
#include "reporters/tally.h"

/* A test that did not pass, complete where it stands: everything that somebody
 * needs to understand it. Ends with a line end. */
void failure_tell(struct canvas *canvas, const struct test_report *test);
/* The same in two lines, for a run in which everything fails. */
void failure_tell_short(struct canvas *canvas, const struct test_report *test);

/* -v: one line a test; -vv: and its exchanges. */
void test_tell(struct canvas *canvas, const struct test_report *test,
               int verbosity);

/* The suites of a run. Each is told when it and all before it have ended, so
 * that the order is that of the files whatever ended first. */
struct suite_page;
struct suites {
    size_t count;
    struct suite_page *pages;
    size_t next; /* the first that was not yet told */
    size_t path_width;
    size_t failure_count; /* of those told in full */
    bool is_quiet;        /* only failures */
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
    bool is_quiet; /* one line, and what must never be left out */
    size_t report_count;
    char *const *report_paths;
};

void closing_tell(struct canvas *canvas, const struct closing *closing);
