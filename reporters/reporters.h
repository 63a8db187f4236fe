/* The front door of reporters/: a stream of events becomes bytes.
 *
 * Events carry plain text and numbers only, no plan and no handles, so that a
 * recorded stream can be told again. They are borrowed for the call; a reporter
 * copies what it keeps. Nothing in an event is secret: the teller redacts. */
#pragma once

#include "assertions/assertions.h"

enum outcome {
    OUTCOME_PASSED,
    OUTCOME_FAILED, /* an assertion did not hold */
    OUTCOME_ERRED,  /* no verdict was possible */
    OUTCOME_SKIPPED,
};

/* tests = passed + failed + erred + skipped + quarantined; the flaky ones are
 * among the passed. */
struct counts {
    size_t tests, passed, failed, erred, skipped;
    size_t flaky;       /* passed, but not at the first attempt */
    size_t quarantined; /* failed or erred, which does not count */
};

struct suite_label {
    size_t index;
    const char *path;
    const char *name;
};

struct test_label {
    struct suite_label suite;
    enum test_role role;
    size_t ordinal;   /* position in the plan, copies counted: stable */
    const char *name; /* with its copy: "name [3]" */
    const char *id;
    unsigned line; /* in suite.path */
};

/* A verdict with its place worked out. */
struct failure {
    enum verdict_kind kind;
    size_t step;  /* from 0 */
    size_t racer; /* from 1; 0: of no race, or of all racers together */
    struct place at;
    const char *subject, *path, *expected, *actual, *message; /* see verdict */
    const char *lines;
    size_t difference;
};

/* "{{id}} = 17 was captured by "create a todo"" */
struct input {
    const char *variable;
    const char *value; /* "***" when secret */
    const char *test;
};

/* What was sent and what came back, for those who must understand a failure;
 * bodies are at most LIMIT_BODY_TOLD bytes long, any bytes. */
struct transcript {
    const char *curl; /* a command line that does the same */
    size_t request_header_count;
    const struct header *request_headers;
    const char *request_body; /* NULL: none */
    size_t request_body_length;
    size_t response_header_count;
    const struct header *response_headers;
    const char *response_body; /* NULL: none, or not held */
    size_t response_body_length;
    uint64_t left_out; /* bytes of the response body not shown */
};

/* One exchange, done. */
struct exchange_report {
    size_t step;
    size_t racer;          /* from 1; 0: it was in no race */
    const char *step_name; /* or NULL */
    const char *method;
    const char *url;
    enum arrival arrival;
    const char *trouble; /* NULL when ARRIVED */
    long status;
    bool reused;
    size_t connection_count; /* new connections that it opened */
    bool resent;             /* once more, on a fresh connection */
    int64_t queue_ns;        /* ready until sent; not response time */
    struct timings timings;
    uint64_t body_size, wire_size, headers_size, sent_size;
    const struct transcript *transcript; /* NULL unless the test failed */
};

/* An attempt that did not pass and was made anew. */
struct attempt_report {
    size_t number; /* from 1 */
    enum outcome outcome;
    int64_t started_ns; /* since the run's start */
    int64_t duration_ns;
    size_t failure_count;
    const struct failure *failures;
};

struct test_report {
    struct test_label label;
    enum outcome outcome;
    const char *quarantine; /* "until 2026-12-31: reason": that it failed does
                             * not count; NULL otherwise */
    size_t attempt_count;   /* polls too; 0 when skipped */
    int64_t attempts_ns;    /* from the first one's start to the last one's end,
                             * the waits between them counted */
    /* Those that a retry replaced, the first LIMIT_ATTEMPTS_TOLD of them; one
     * that a poll replaced is only counted. */
    size_t retry_count;
    size_t retried_count;
    const struct attempt_report *retried;
    int64_t started_ns; /* of the first one, since the run's start */
    /* Of all exchanges, queueing not counted; of a test with several attempts
     * attempts_ns. */
    int64_t duration_ns;
    /* What follows is of the last attempt. */
    const char *skip_reason;  /* SKIPPED only */
    const char *skip_because; /* name of the test that failed, or NULL */
    size_t check_count;
    size_t failure_count;
    const struct failure *failures;
    size_t exchange_count;
    const struct exchange_report *exchanges;
    size_t input_count;
    const struct input *inputs;
};

struct run_start {
    const char *version;
    const char *hostname;
    int64_t wall_ns;
    size_t jobs;
    bool insecure;         /* -k */
    const char *transport; /* "async", "serial", "session" */
    size_t suite_count;
    const struct suite_label *suites;
    const size_t *suite_test_counts; /* copies counted */
    size_t test_count;
    size_t left_out_count; /* not selected, so not among the tests */
    uint64_t seed;         /* of all that is random in the run */
};

/* Whether it passed, but not at the first attempt. */
static inline bool test_is_flaky(const struct test_report *test)
{
    return test->outcome == OUTCOME_PASSED && test->retry_count > 0;
}

/* Whether there is more to tell than one attempt. The retry after the first one
 * may be all that was left of the test when the run ended. */
static inline bool test_was_tried_again(const struct test_report *test)
{
    return test->attempt_count > 1 || test->retry_count > 0;
}

/* Whether it failed or erred, which does not count. */
static inline bool test_is_quarantined(const struct test_report *test)
{
    return test->quarantine &&
           (test->outcome == OUTCOME_FAILED || test->outcome == OUTCOME_ERRED);
}

/* Adds one test's outcome. */
void counts_add(struct counts *counts, const struct test_report *test);

struct suite_end {
    struct suite_label label;
    struct counts counts;
    int64_t started_ns, duration_ns;
};

struct run_end {
    struct counts counts;
    int64_t duration_ns;
    size_t check_count;
    uint64_t request_count;
    uint64_t connection_count;
    uint64_t reused_count;
    int64_t path_ns;       /* the longest chain of dependent tests... */
    const char *path_text; /* ..."log in -> create -> update", or NULL */
    int interrupted_by;    /* SIGINT, SIGTERM, or 0 */
    bool timed_out;        /* --run-timeout */
};

/* One strategy's samples, for reports that show a comparison. Seconds. */
struct strategy_report {
    const char *name;
    size_t run_count;
    double mean, deviation, median, least, most;
    double speedup, speedup_deviation; /* against the first */
    double saved_percent;
    double user, system; /* CPU per run */
    double requests_per_second;
    double connections; /* per run */
};

struct comparison {
    size_t strategy_count;
    const struct strategy_report *strategies;
    double critical_path; /* seconds */
    bool same_verdicts;
};

enum event_kind {
    EVENT_RUN_STARTED,
    EVENT_DISPATCHED, /* a step goes out: label, step and attempt */
    EVENT_ANSWERED,   /* likewise; not told of a test's last exchange, after
                       * which it is finished */
    EVENT_TEST_FINISHED,
    EVENT_SUITE_FINISHED,
    EVENT_COMPARED, /* before RUN_FINISHED, by `compare` only */
    EVENT_RUN_FINISHED,
};

struct event {
    enum event_kind kind;
    int64_t at_ns; /* since the run's start */
    size_t in_flight;
    union {
        const struct run_start *run_start;
        struct {
            const struct test_label *label;
            size_t step;
            size_t attempt; /* from 0 */
        } dispatched;       /* DISPATCHED and ANSWERED */
        const struct test_report *test;
        const struct suite_end *suite_end;
        const struct comparison *comparison;
        const struct run_end *run_end;
    };
};

/* A fold over events. hear() cannot fail: trouble with writing is kept and told
 * by close(). */
struct reporter {
    void (*hear)(struct reporter *reporter, const struct event *event);
    /* Finishes and frees. False when its output could not be written, with the
     * fault raised. A report in a file is written beside it and renamed, except
     * the log, which is appended and flushed line by line. */
    bool (*close)(struct reporter *reporter, struct fault *fault);
};

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct report_options {
    const char *path;  /* NULL or "-": stdout */
    bool strict_junit; /* --junit-dialect strict */
    int verbosity;     /* -1 quiet, 0, 1 tests, 2 exchanges */
    enum color_choice color;
    size_t slowest;     /* how many the summary names; 0: none */
    char **environment; /* NO_COLOR, CLICOLOR_FORCE, TERM, CI */
    /* The other reports' paths, told at the end by the console. */
    size_t report_count;
    const char *const *report_paths;
};

/* "console", "junit" or "log"; NULL for an unknown kind or a path that cannot
 * be written (checked now, so that a run does not end in vain), with the fault
 * raised. */
struct reporter *reporter_open(const char *kind,
                               const struct report_options *options,
                               struct fault *fault) NODISCARD;

/* Sorted names of the kinds for --report (not "console"). */
const char *const *reporter_names(size_t *count);
