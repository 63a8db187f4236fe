#include "runner/narrator.h"

#include <stdlib.h>
#include <string.h>

#include "specs/select.h"

static void tell(struct narrator *narrator, struct event *event)
{
    if (!narrator->run->tell)
        return;
    event->at_ns = clock_monotonic_ns() - narrator->begun_ns;
    event->in_flight = narrator->in_flight;
    narrator->run->tell(narrator->run->listener, event);
}

const char *narrator_show(const struct narrator *narrator, struct arena *arena,
                          const char *text)
{
    return redact(&narrator->credentials, arena, text);
}

const char *narrator_keep(const struct narrator *narrator, struct arena *arena,
                          const char *text)
{
    return text ? narrator_show(narrator, arena, arena_copy(arena, text))
                : NULL;
}

static struct suite_label suite_label(const struct narrator *narrator,
                                      struct arena *arena,
                                      const struct suite *suite)
{
    return (struct suite_label){
        narrator->suites[suite->index].number,
        narrator_show(narrator, arena, suite->path),
        narrator_show(narrator, arena, suite->name),
    };
}

static void add_secrets(struct narrator *narrator)
{
    const struct run *run = narrator->run;

    for (size_t i = 0; i < run->secret_count; i++)
        redactor_add(&narrator->redactor, run->secrets[i]);
    for (size_t i = 0; i < run->plan->suite_count; i++) {
        const struct suite *suite = &run->plan->suites[i];

        for (size_t j = 0; j < suite->secret_count; j++)
            redactor_add(&narrator->redactor, suite->secrets[j]);
    }
}

static size_t count_copies(const struct suite *suite)
{
    size_t count = 0;

    for (size_t i = 0; i < suite->test_count; i++)
        if (suite->tests[i].selection != LEFT_OUT)
            count += suite->tests[i].copy_count;
    return count;
}

/* Numbers the suites that are told; returns their count. */
static size_t enter_suites(struct narrator *narrator, const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->suite_count; i++) {
        struct suite_tally *tally = &narrator->suites[i];

        tally->left = count_copies(&plan->suites[i]);
        tally->is_untold = suite_is_left_out(&plan->suites[i]);
        tally->number = count;
        count += !tally->is_untold;
    }
    return count;
}

/* As far as that is known before; 0 where it is not. */
static size_t round_count(const struct rounds *rounds)
{
    return rounds_are_many(rounds) ? rounds->most : 1;
}

static void tell_start(struct narrator *narrator, size_t suite_count)
{
    const struct run *run = narrator->run;
    const struct plan *plan = run->plan;
    struct arena arena = {0};
    struct suite_label *labels =
        arena_take(&arena, plan->suite_count * sizeof(*labels));
    size_t *counts = arena_take(&arena, plan->suite_count * sizeof(*counts));
    struct run_start start = {
        .version = VOLLEY_VERSION,
        .hostname = run->hostname ? run->hostname : "localhost",
        .wall_ns = clock_wall_ns(),
        .jobs = run->limits.jobs,
        .seed = run->seed,
        .insecure = run->limits.insecure,
        .transport = run->transport,
        .suite_count = suite_count,
        .suites = labels,
        .suite_test_counts = counts,
        .test_count =
            narrator->schedule->copy_count * round_count(&run->rounds),
        .left_out_count = plan_count_selection(plan).left_out,
    };
    struct event event = {.kind = EVENT_RUN_STARTED, .run_start = &start};

    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite_tally *tally = &narrator->suites[i];

        if (tally->is_untold)
            continue;
        labels[tally->number] = suite_label(narrator, &arena, &plan->suites[i]);
        counts[tally->number] = tally->left;
    }
    tell(narrator, &event);
    arena_finish(&arena);
}

static void tell_suite_end(struct narrator *narrator, const struct suite *suite)
{
    const struct suite_tally *tally = &narrator->suites[suite->index];
    struct arena arena = {0};
    struct suite_end end = {
        .label = suite_label(narrator, &arena, suite),
        .counts = tally->counts,
        .started_ns = tally->started_ns,
        .duration_ns = tally->ended_ns - tally->started_ns,
    };
    struct event event = {.kind = EVENT_SUITE_FINISHED, .suite_end = &end};

    tell(narrator, &event);
    arena_finish(&arena);
}

void narrator_begin(struct narrator *narrator, const struct run *run,
                    const struct schedule *schedule, struct run_result *result)
{
    const struct plan *plan = run->plan;
    size_t suite_count;

    *narrator = (struct narrator){
        .run = run,
        .schedule = schedule,
        .result = result,
        .begun_ns = clock_monotonic_ns(),
        .suites = must_alloc(plan->suite_count * sizeof(*narrator->suites)),
    };
    suite_count = enter_suites(narrator, plan);
    narrator->credentials.outer = &narrator->redactor;
    add_secrets(narrator);
    tell_start(narrator, suite_count);
    for (size_t i = 0; i < plan->suite_count; i++) {
        if (!narrator->suites[i].left && !narrator->suites[i].is_untold)
            tell_suite_end(narrator, &plan->suites[i]);
    }
}

/* With its copy, and its round where there may be several. */
static const char *name_of(const struct narrator *narrator,
                           struct flight *flight)
{
    struct arena *arena = &flight->lasting;
    const char *name =
        test_copy_name(arena, flight->task->test, flight->copy, flight->row);

    if (!rounds_are_many(&narrator->run->rounds))
        return name;
    return arena_print(arena, "%s [round %zu]", name,
                       narrator->schedule->round + 1);
}

static struct test_label *make_label(const struct narrator *narrator,
                                     struct flight *flight)
{
    const struct test *test = flight->task->test;
    const struct schedule *schedule = narrator->schedule;
    struct test_label *label = &flight->report.label;

    if (label->name)
        return label;
    *label = (struct test_label){
        .suite = suite_label(narrator, &flight->lasting, test->suite),
        .role = test->role,
        .ordinal = schedule->round * schedule->copy_count +
                   flight->task->first_ordinal + flight->copy,
        .name = narrator_show(narrator, &flight->lasting,
                              name_of(narrator, flight)),
        .id = narrator_show(narrator, &flight->lasting, test->id),
        .line = spot_line(test->at),
    };
    return label;
}

void narrator_hide(struct narrator *narrator, const json_t *value)
{
    redactor_add_value(&narrator->redactor, value);
}

static void tell_step(struct narrator *narrator, struct flight *flight,
                      enum event_kind kind)
{
    struct event event = {.kind = kind};

    if (!narrator->run->tell)
        return;
    event.dispatched.label = make_label(narrator, flight);
    event.dispatched.step = flight->step;
    event.dispatched.attempt = flight->attempts.count - 1;
    tell(narrator, &event);
}

void tell_dispatched(struct narrator *narrator, struct flight *flight)
{
    tell_step(narrator, flight, EVENT_DISPATCHED);
}

void tell_answered(struct narrator *narrator, struct flight *flight)
{
    tell_step(narrator, flight, EVENT_ANSWERED);
}

static void time_suite(struct suite_tally *tally,
                       const struct test_report *report, int64_t now_ns)
{
    if (report->outcome == OUTCOME_SKIPPED && tally->ended_ns)
        return;
    if (!tally->ended_ns || report->started_ns < tally->started_ns)
        tally->started_ns = report->started_ns;
    tally->ended_ns = now_ns;
}

static const char *quarantine_of(const struct narrator *narrator,
                                 struct flight *flight)
{
    const struct quarantine *quarantine = flight->task->test->quarantine;

    if (!quarantine || quarantine->is_over)
        return NULL;
    return narrator_show(narrator, &flight->lasting,
                         arena_print(&flight->lasting, "until %s: %s",
                                     quarantine->until, quarantine->reason));
}

void tell_finished(struct narrator *narrator, struct flight *flight)
{
    const struct suite *suite = flight->task->test->suite;
    struct suite_tally *tally = &narrator->suites[suite->index];
    struct test_report *report = &flight->report;
    const struct task *blocker =
        schedule_blocker(narrator->schedule, flight->task);
    struct event event = {.kind = EVENT_TEST_FINISHED, .test = report};
    int64_t now_ns = clock_monotonic_ns() - narrator->begun_ns;

    make_label(narrator, flight);
    report->skip_reason =
        narrator_show(narrator, &flight->lasting, report->skip_reason);
    report->exchanges = flight->exchanges;
    report->started_ns =
        flight->started_ns ? flight->started_ns - narrator->begun_ns : now_ns;
    if (report->outcome == OUTCOME_SKIPPED && blocker)
        report->skip_because =
            narrator_show(narrator, &flight->lasting, blocker->test->name);
    report->quarantine = quarantine_of(narrator, flight);
    counts_add(&tally->counts, report);
    counts_add(&narrator->result->counts, report);
    narrator->result->check_count += report->check_count;
    if (report->label.ordinal < narrator->result->outcome_count)
        narrator->result->outcomes[report->label.ordinal] = report->outcome;
    time_suite(tally, report, now_ns);
    tell(narrator, &event);
    if (--tally->left == 0 && !rounds_are_many(&narrator->run->rounds))
        tell_suite_end(narrator, suite);
}

enum { PATH_TOLD = 32 };

/* "log in -> create -> update": the longest chain by measured time; of a very
 * long one the first tests. */
static const char *path_text(const struct narrator *narrator,
                             struct arena *arena)
{
    const struct task *chain[PATH_TOLD];
    size_t length = 0;
    const char *text = "";

    for (const struct task *task = narrator->schedule->last_of_path; task;
         task = task->path_before)
        chain[length++ % PATH_TOLD] = task;
    for (size_t i = 0; i < length && i < PATH_TOLD; i++)
        text = arena_print(arena, "%s%s%s", text, i ? " -> " : "",
                           chain[(length - 1 - i) % PATH_TOLD]->test->name);
    if (length > PATH_TOLD)
        text = arena_print(arena, "%s -> ... (%zu tests)", text, length);
    return narrator_show(narrator, arena, text);
}

/* With several rounds no suite ends before the last one. */
static void tell_suite_ends(struct narrator *narrator)
{
    const struct plan *plan = narrator->run->plan;

    for (size_t i = 0; i < plan->suite_count; i++) {
        if (!narrator->suites[i].is_untold && narrator->suites[i].ended_ns)
            tell_suite_end(narrator, &plan->suites[i]);
    }
}

void tell_end(struct narrator *narrator, int interrupted_by)
{
    const struct task *last = narrator->schedule->last_of_path;
    struct run_result *result = narrator->result;
    struct arena arena = {0};
    struct run_end end = {
        .counts = result->counts,
        .check_count = result->check_count,
        .request_count = result->request_count,
        .connection_count = result->connection_count,
        .reused_count = narrator->reused_count,
        .interrupted_by = interrupted_by,
        .timed_out = result->timed_out,
    };
    struct event event = {.kind = EVENT_RUN_FINISHED, .run_end = &end};

    result->duration_ns = clock_monotonic_ns() - narrator->begun_ns;
    result->path_ns = last ? last->path_ns : 0;
    result->interrupted_by = interrupted_by;
    end.duration_ns = result->duration_ns;
    end.path_ns = result->path_ns;
    if (result->path_ns)
        end.path_text = path_text(narrator, &arena);
    if (rounds_are_many(&narrator->run->rounds))
        tell_suite_ends(narrator);
    tell(narrator, &event);
    arena_finish(&arena);
}

void narrator_finish(struct narrator *narrator)
{
    redactor_clear(&narrator->credentials);
    redactor_clear(&narrator->redactor);
    free(narrator->suites);
}
