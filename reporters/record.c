/* The log: every event is one line of JSON, in the file before the next thing
 * happens, so that after `kill -9` everything that was finished is there.
 * README.md and log.schema.json describe it. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "reporters/json_line.h"
#include "reporters/kinds.h"
#include "reporters/outfile.h"
#include "reporters/record_test.h"
#include "reporters/wording.h"

/* Counts up when a reader of older logs would no longer understand. */
enum { FORMAT = 1 };

struct record {
    struct reporter base;
    struct outfile out;
    struct json_line line; /* its memory is used again and again */
};

/* As text: readers of JSON may keep no more than 53 bits of a number. */
static void line_seed(struct json_line *line, uint64_t seed)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, seed);
    line_text(line, "seed", text);
}

static void tell_start(struct json_line *line, const struct run_start *run)
{
    char stamp[20];

    clock_stamp(run->wall_ns, stamp);
    line_count(line, "format", FORMAT);
    line_text(line, "version", run->version);
    line_text(line, "start", stamp);
    line_integer(line, "start_ns", run->wall_ns);
    line_text(line, "hostname", run->hostname);
    line_text(line, "transport", run->transport);
    line_count(line, "jobs", run->jobs);
    line_bool(line, "insecure", run->insecure);
    line_seed(line, run->seed);
    line_count(line, "tests", run->test_count);
    line_count(line, "left_out", run->left_out_count);
    line_open(line, "suites", '[');
    for (size_t i = 0; i < run->suite_count; i++) {
        line_open(line, NULL, '{');
        line_text(line, "path", run->suites[i].path);
        line_text(line, "name", run->suites[i].name);
        line_count(line, "tests", run->suite_test_counts[i]);
        line_close(line, '{');
    }
    line_close(line, '[');
}

static void tell_counts(struct json_line *line, const struct counts *counts)
{
    line_open(line, "counts", '{');
    line_count(line, "tests", counts->tests);
    line_count(line, "passed", counts->passed);
    line_count(line, "failed", counts->failed);
    line_count(line, "erred", counts->erred);
    line_count(line, "skipped", counts->skipped);
    line_count(line, "flaky", counts->flaky);
    line_count(line, "quarantined", counts->quarantined);
    line_close(line, '{');
}

static void tell_suite_end(struct json_line *line, const struct suite_end *end)
{
    line_count(line, "suite", end->label.index);
    tell_counts(line, &end->counts);
    line_integer(line, "started_ns", end->started_ns);
    line_integer(line, "duration_ns", end->duration_ns);
}

static void tell_strategy(struct json_line *line,
                          const struct strategy_report *strategy)
{
    line_open(line, NULL, '{');
    line_text(line, "name", strategy->name);
    line_count(line, "runs", strategy->run_count);
    line_real(line, "mean", strategy->mean);
    line_real(line, "deviation", strategy->deviation);
    line_real(line, "median", strategy->median);
    line_real(line, "min", strategy->least);
    line_real(line, "max", strategy->most);
    line_real(line, "speedup", strategy->speedup);
    line_real(line, "speedup_deviation", strategy->speedup_deviation);
    line_real(line, "saved_percent", strategy->saved_percent);
    line_real(line, "user", strategy->user);
    line_real(line, "system", strategy->system);
    line_real(line, "requests_per_second", strategy->requests_per_second);
    line_real(line, "connections", strategy->connections);
    line_close(line, '{');
}

static void tell_comparison(struct json_line *line,
                            const struct comparison *comparison)
{
    line_open(line, "strategies", '[');
    for (size_t i = 0; i < comparison->strategy_count; i++)
        tell_strategy(line, &comparison->strategies[i]);
    line_close(line, '[');
    line_real(line, "critical_path", comparison->critical_path);
    line_bool(line, "same_verdicts", comparison->same_verdicts);
}

static void tell_end(struct json_line *line, const struct run_end *end)
{
    tell_counts(line, &end->counts);
    line_integer(line, "duration_ns", end->duration_ns);
    line_count(line, "checks", end->check_count);
    line_count(line, "requests", end->request_count);
    line_count(line, "connections", end->connection_count);
    line_count(line, "reused", end->reused_count);
    line_integer(line, "path_ns", end->path_ns);
    line_text(line, "path", end->path_text);
    line_integer(line, "signal", end->interrupted_by);
    line_bool(line, "timed_out", end->timed_out);
}

static void tell_dispatch(struct json_line *line, const struct event *event)
{
    const struct test_label *label = event->dispatched.label;

    line_count(line, "suite", label->suite.index);
    line_count(line, "ordinal", label->ordinal);
    line_text(line, "name", label->name);
    line_count(line, "step", event->dispatched.step);
    line_count(line, "attempt", event->dispatched.attempt);
}

static void tell_event(struct json_line *line, const struct event *event,
                       enum detail detail)
{
    static const char *const names[] = {
        [EVENT_RUN_STARTED] = "run_started",
        [EVENT_DISPATCHED] = "dispatched",
        [EVENT_ANSWERED] = "answered",
        [EVENT_TEST_FINISHED] = "test_finished",
        [EVENT_SUITE_FINISHED] = "suite_finished",
        [EVENT_COMPARED] = "compared",
        [EVENT_RUN_FINISHED] = "run_finished",
    };

    line_text(line, "event", names[event->kind]);
    line_integer(line, "at_ns", event->at_ns);
    line_count(line, "in_flight", event->in_flight);
    switch (event->kind) {
    case EVENT_RUN_STARTED: tell_start(line, event->run_start); break;
    case EVENT_DISPATCHED:
    case EVENT_ANSWERED: tell_dispatch(line, event); break;
    case EVENT_TEST_FINISHED: record_test(line, event->test, detail); break;
    case EVENT_SUITE_FINISHED: tell_suite_end(line, event->suite_end); break;
    case EVENT_COMPARED: tell_comparison(line, event->comparison); break;
    case EVENT_RUN_FINISHED: tell_end(line, event->run_end); break;
    }
}

/* A run of a million suites begins with a long line; only what is told of one
 * test has a limit, and what passes it is told with less detail. */
static size_t line_ceiling(const struct event *event)
{
    return event->kind == EVENT_TEST_FINISHED ? LIMIT_LOG_LINE : SIZE_MAX / 2;
}

static void hear(struct reporter *reporter, const struct event *event)
{
    struct record *record = container_of(reporter, struct record, base);
    struct json_line *line = &record->line;
    enum detail detail = DETAIL_ALL;

    for (;;) {
        line_restart(line, line_ceiling(event));
        line_open(line, NULL, '{');
        tell_event(line, event, detail);
        line_close(line, '{');
        if (!line->is_full && buffer_add(&line->text, "\n", 1))
            break;
        if (detail++ == DETAIL_LEAST)
            return;
    }
    outfile_write(&record->out, line->text.bytes, line->text.length);
}

static bool finish(struct reporter *reporter, struct fault *fault)
{
    struct record *record = container_of(reporter, struct record, base);
    bool is_written = outfile_close(&record->out, fault);

    line_finish(&record->line);
    free(record);
    return is_written;
}

struct reporter *record_open(const struct report_options *options,
                             struct fault *fault)
{
    struct record *record = must_alloc(sizeof(*record));

    if (!outfile_open(&record->out, options->path, OUTFILE_APPEND, fault)) {
        free(record);
        return NULL;
    }
    record->base = (struct reporter){.hear = hear, .close = finish};
    return &record->base;
}
