#include "runner/narrator.h"

#include <stdlib.h>
#include <string.h>

#include "runner/transcript.h"

static void tell(struct narrator *narrator, struct event *event)
{
    if (!narrator->run->tell)
        return;
    event->at_ns = clock_monotonic_ns() - narrator->begun_ns;
    event->in_flight = narrator->in_flight;
    narrator->run->tell(narrator->run->listener, event);
}

static const char *show(const struct narrator *narrator, struct arena *arena,
                        const char *text)
{
    return redact(&narrator->credentials, arena, text);
}

/* The same for what dies with its exchange. */
static const char *keep(const struct narrator *narrator, struct arena *arena,
                        const char *text)
{
    return text ? show(narrator, arena, arena_copy(arena, text)) : NULL;
}

static struct suite_label suite_label(const struct narrator *narrator,
                                      struct arena *arena,
                                      const struct suite *suite)
{
    return (struct suite_label){
        suite->index,
        show(narrator, arena, suite->path),
        show(narrator, arena, suite->name),
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
        count += suite->tests[i].copy_count;
    return count;
}

static void tell_start(struct narrator *narrator)
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
        .insecure = run->limits.insecure,
        .transport = run->transport,
        .suite_count = plan->suite_count,
        .suites = labels,
        .suite_test_counts = counts,
        .test_count = narrator->schedule->copy_count,
    };
    struct event event = {.kind = EVENT_RUN_STARTED, .run_start = &start};

    for (size_t i = 0; i < plan->suite_count; i++) {
        labels[i] = suite_label(narrator, &arena, &plan->suites[i]);
        counts[i] = narrator->suites[i].left;
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

    *narrator = (struct narrator){
        .run = run,
        .schedule = schedule,
        .result = result,
        .begun_ns = clock_monotonic_ns(),
        .suites = must_alloc(plan->suite_count * sizeof(*narrator->suites)),
    };
    for (size_t i = 0; i < plan->suite_count; i++)
        narrator->suites[i].left = count_copies(&plan->suites[i]);
    narrator->credentials.outer = &narrator->redactor;
    add_secrets(narrator);
    tell_start(narrator);
    for (size_t i = 0; i < plan->suite_count; i++) {
        if (!narrator->suites[i].left)
            tell_suite_end(narrator, &plan->suites[i]);
    }
}

static struct test_label *make_label(const struct narrator *narrator,
                                     struct flight *flight)
{
    const struct test *test = flight->task->test;
    struct test_label *label = &flight->report.label;

    if (label->name)
        return label;
    *label = (struct test_label){
        .suite = suite_label(narrator, &flight->arena, test->suite),
        .role = test->role,
        .ordinal = flight->task->first_ordinal + flight->copy,
        .name = show(narrator, &flight->arena,
                     test_copy_name(&flight->arena, test, flight->copy)),
        .id = show(narrator, &flight->arena, test->id),
        .line = spot_line(test->at),
    };
    return label;
}

void narrator_hide(struct narrator *narrator, const json_t *value)
{
    redactor_add_value(&narrator->redactor, value);
}

void tell_dispatched(struct narrator *narrator, struct flight *flight)
{
    struct event event = {.kind = EVENT_DISPATCHED};

    if (!narrator->run->tell)
        return;
    event.dispatched.label = make_label(narrator, flight);
    event.dispatched.step = flight->step;
    tell(narrator, &event);
}

/* Makes room for so many more failures. */
static struct failure *extend_failures(struct flight *flight, size_t more)
{
    struct test_report *report = &flight->report;
    struct failure *failures = arena_take(
        &flight->arena, (report->failure_count + more) * sizeof(*failures));

    if (report->failure_count)
        memcpy(failures, report->failures,
               report->failure_count * sizeof(*failures));
    report->failures = failures;
    return failures;
}

enum { CREDENTIALS_MOST = 64 }; /* of one exchange */

/* What this exchange proved itself with, and what it was given for that, is
 * hidden in all that is told of it. */
static void hide_credentials(struct narrator *narrator,
                             const struct exchange *exchange)
{
    struct redactor *redactor = &narrator->credentials;
    const struct response *response = &exchange->response;
    const struct call *call = exchange->call;

    redactor_clear(redactor);
    for (size_t i = 0; i < call->header_count; i++) {
        const struct header *header = &call->headers[i];

        if (header->value && is_secret_header(header->name))
            redactor_add_header(redactor, header->name, header->value);
    }
    if (call->cookie)
        redactor_add_header(redactor, "Cookie", call->cookie);
    if (call->password)
        redactor_add_basic(redactor, call->user, call->password);
    for (size_t i = 0;
         i < response->header_count && redactor->texts.count < CREDENTIALS_MOST;
         i++) {
        if (is_secret_header(response->headers[i].name))
            redactor_add_header(redactor, response->headers[i].name,
                                response->headers[i].value);
    }
}

/* A line of a spec that holds a secret is not shown at all: its columns would
 * be others. */
static void hide_excerpt(const struct narrator *narrator, struct arena *arena,
                         struct place *at)
{
    size_t length = at->excerpt_length;

    if (at->excerpt && redact_bytes(&narrator->credentials, arena, at->excerpt,
                                    &length) != at->excerpt)
        at->excerpt = NULL;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct failure note_verdict(const struct narrator *narrator,
                                   struct flight *flight,
                                   const struct verdict *verdict)
{
    struct arena *arena = &flight->arena;
    struct failure failure = {
        .kind = verdict->kind,
        .step = flight->step,
        .at = spot_place(verdict->at),
        .subject = keep(narrator, arena, verdict->subject),
        .path = keep(narrator, arena, verdict->path),
        .expected = keep(narrator, arena, verdict->expected),
        .actual = keep(narrator, arena, verdict->actual),
        .message = keep(narrator, arena, verdict->message),
        .difference = verdict->difference,
    };

    if (!is_same(failure.expected, verdict->expected) ||
        !is_same(failure.actual, verdict->actual))
        failure.difference = SIZE_MAX; /* it pointed into other text */
    hide_excerpt(narrator, arena, &failure.at);
    return failure;
}

static enum outcome outcome_of(enum verdict_kind kind)
{
    return kind == VERDICT_ASSERTION ? OUTCOME_FAILED : OUTCOME_ERRED;
}

/* An error outranks a failure: no verdict was possible. */
static void worsen(struct test_report *report, enum verdict_kind kind)
{
    if (report->outcome != OUTCOME_ERRED)
        report->outcome = outcome_of(kind);
}

/* Where a variable came from: the test that this one waited for because of
 * it. */
static const struct test *giver_of(const struct test *test, const char *name)
{
    for (size_t i = 0; i < test->wait_count; i++) {
        const struct wait *wait = &test->waits[i];

        if (wait->variable && strcmp(wait->variable, name) == 0)
            return wait->on;
    }
    return NULL;
}

static void note_inputs(struct narrator *narrator, struct flight *flight,
                        const struct exchange *exchange)
{
    const struct needs *needs = &exchange->step->needs;
    struct arena *arena = &flight->arena;
    struct input *inputs = arena_take(arena, needs->count * sizeof(*inputs));
    size_t count = 0;

    for (size_t i = 0; i < needs->count; i++) {
        const char *name = needs->list[i].name;
        const struct test *giver = giver_of(flight->task->test, name);
        json_t *value = json_object_get(exchange->copy_scope.values, name);

        if (!giver || !value)
            continue;
        inputs[count++] = (struct input){
            show(narrator, arena, name),
            show(narrator, arena,
                 json_print_short(arena, value, LIMIT_VALUE_TOLD)),
            show(narrator, arena, giver->name),
        };
    }
    flight->report.inputs = inputs;
    flight->report.input_count = count;
}

static void fill_report(struct narrator *narrator, struct flight *flight,
                        const struct exchange *exchange,
                        struct exchange_report *report)
{
    const struct response *response = &exchange->response;
    struct arena *arena = &flight->arena;

    *report = (struct exchange_report){
        .step = flight->step,
        .step_name = show(narrator, arena, exchange->step->name),
        .method = keep(narrator, arena, exchange->call->method),
        .url = keep(narrator, arena, exchange->call->address.text),
        .arrival = response->arrival,
        .trouble = keep(narrator, arena, response->trouble),
        .status = response->status,
        .reused = response->reused,
        .connection_count = exchange->connection_count,
        .resent = exchange->resent,
        .queue_ns = exchange->sent_ns - exchange->ready_ns,
        .timings = response->timings,
        .body_size = response->body_size,
        .wire_size = response->wire_size,
        .headers_size = response->headers_size,
        .sent_size = exchange->sent_size,
    };
    if (exchange->judged.verdict_count)
        report->transcript =
            transcript_make(exchange, &narrator->credentials, arena);
}

static void add_numbers(struct narrator *narrator,
                        const struct exchange *exchange)
{
    struct run_result *result = narrator->result;

    result->request_count++;
    result->connection_count += exchange->connection_count;
    result->sum_ns += exchange->response.timings.total_ns;
    narrator->reused_count += exchange->response.reused;
}

void note_exchange(struct narrator *narrator, struct flight *flight,
                   struct exchange *exchange)
{
    const struct judged *judged = &exchange->judged;
    struct test_report *report = &flight->report;
    struct failure *failures;

    if (!flight->exchanges) {
        flight->exchanges =
            arena_take(&flight->arena, flight->task->test->step_count *
                                           sizeof(*flight->exchanges));
        flight->started_ns = exchange->sent_ns;
    }
    add_numbers(narrator, exchange);
    if (judged->verdict_count)
        hide_credentials(narrator, exchange);
    fill_report(narrator, flight, exchange,
                &flight->exchanges[report->exchange_count++]);
    report->duration_ns += exchange->response.timings.total_ns;
    report->check_count += judged->check_count;
    if (!judged->verdict_count)
        return;
    failures = extend_failures(flight, judged->verdict_count);
    for (size_t i = 0; i < judged->verdict_count; i++) {
        worsen(report, judged->verdicts[i].kind);
        failures[report->failure_count++] =
            note_verdict(narrator, flight, &judged->verdicts[i]);
    }
    note_inputs(narrator, flight, exchange);
}

void note_trouble(struct narrator *narrator, struct flight *flight,
                  enum verdict_kind kind, struct place at, const char *text)
{
    struct arena *arena = &flight->arena;
    struct failure failure = {
        .kind = kind,
        .step = flight->step,
        .at = at,
        .subject = "request",
        .message = keep(narrator, arena, text),
        .difference = SIZE_MAX,
    };

    hide_excerpt(narrator, arena, &failure.at);
    flight->report.outcome = OUTCOME_ERRED;
    extend_failures(flight, 1)[flight->report.failure_count++] = failure;
}

static void count_outcome(struct counts *counts, enum outcome outcome)
{
    counts->tests++;
    counts->passed += outcome == OUTCOME_PASSED;
    counts->failed += outcome == OUTCOME_FAILED;
    counts->erred += outcome == OUTCOME_ERRED;
    counts->skipped += outcome == OUTCOME_SKIPPED;
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
    report->skip_reason = show(narrator, &flight->arena, report->skip_reason);
    report->exchanges = flight->exchanges;
    report->started_ns =
        flight->started_ns ? flight->started_ns - narrator->begun_ns : now_ns;
    if (report->outcome == OUTCOME_SKIPPED && blocker)
        report->skip_because =
            show(narrator, &flight->arena, blocker->test->name);
    count_outcome(&tally->counts, report->outcome);
    count_outcome(&narrator->result->counts, report->outcome);
    narrator->result->check_count += report->check_count;
    narrator->result->outcomes[report->label.ordinal] = report->outcome;
    time_suite(tally, report, now_ns);
    tell(narrator, &event);
    if (--tally->left == 0)
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
    return show(narrator, arena, text);
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
    };
    struct event event = {.kind = EVENT_RUN_FINISHED, .run_end = &end};

    result->duration_ns = clock_monotonic_ns() - narrator->begun_ns;
    result->path_ns = last ? last->path_ns : 0;
    result->interrupted_by = interrupted_by;
    end.duration_ns = result->duration_ns;
    end.path_ns = result->path_ns;
    if (result->path_ns)
        end.path_text = path_text(narrator, &arena);
    tell(narrator, &event);
    arena_finish(&arena);
}

void narrator_finish(struct narrator *narrator)
{
    redactor_clear(&narrator->credentials);
    redactor_clear(&narrator->redactor);
    free(narrator->suites);
}
