/* What happened to a test, as its report tells it. */
#include <stdlib.h>
#include <string.h>

#include "runner/narrator.h"
#include "runner/transcript.h"

/* Makes room for so many more failures. */
static struct failure *extend_failures(struct flight *flight, size_t more)
{
    struct test_report *report = &flight->report;
    struct failure *failures =
        arena_take(flight_arena(flight),
                   (report->failure_count + more) * sizeof(*failures));

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
                                   struct flight *flight, size_t racer,
                                   const struct verdict *verdict)
{
    struct arena *arena = flight_arena(flight);
    struct failure failure = {
        .kind = verdict->kind,
        .step = flight->step,
        .racer = racer,
        .at = spot_place(verdict->at),
        .subject = narrator_keep(narrator, arena, verdict->subject),
        .path = narrator_keep(narrator, arena, verdict->path),
        .expected = narrator_keep(narrator, arena, verdict->expected),
        .actual = narrator_keep(narrator, arena, verdict->actual),
        .message = narrator_keep(narrator, arena, verdict->message),
        .lines = narrator_keep(narrator, arena, verdict->lines),
        .difference = verdict->difference,
    };

    if (!is_same(failure.expected, verdict->expected) ||
        !is_same(failure.actual, verdict->actual))
        failure.difference = SIZE_MAX; /* it pointed into other text */
    if (racer)
        failure.message =
            arena_print(arena, "racer %zu: %s", racer, failure.message);
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
    struct arena *arena = flight_arena(flight);
    struct input *inputs = arena_take(arena, needs->count * sizeof(*inputs));
    size_t count = 0;

    for (size_t i = 0; i < needs->count; i++) {
        const char *name = needs->list[i].name;
        const struct test *giver = giver_of(flight->task->test, name);
        json_t *value = json_object_get(exchange->copy_scope.values, name);

        if (!giver || !value)
            continue;
        inputs[count++] = (struct input){
            narrator_show(narrator, arena, name),
            narrator_show(narrator, arena,
                          json_print_short(arena, value, LIMIT_VALUE_TOLD)),
            narrator_show(narrator, arena, giver->name),
        };
    }
    flight->report.inputs = inputs;
    flight->report.input_count = count;
}

static size_t racer_of(const struct exchange *exchange)
{
    return exchange->step->race ? exchange->racer_number + 1 : 0;
}

static void fill_report(struct narrator *narrator, struct flight *flight,
                        const struct exchange *exchange,
                        struct exchange_report *report)
{
    const struct response *response = &exchange->response;
    struct arena *arena = flight_arena(flight);

    *report = (struct exchange_report){
        .step = flight->step,
        .racer = racer_of(exchange),
        .step_name = narrator_show(narrator, arena, exchange->step->name),
        .method = narrator_keep(narrator, arena, exchange->call->method),
        .url = narrator_keep(narrator, arena, exchange->call->address.text),
        .arrival = response->arrival,
        .trouble = narrator_keep(narrator, arena, response->trouble),
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

/* What never got out, since nobody took the connection for one, is no request
 * that was made. */
static void add_numbers(struct narrator *narrator,
                        const struct exchange *exchange)
{
    struct run_result *result = narrator->result;

    result->request_count += exchange->was_sent;
    result->connection_count += exchange->connection_count;
    result->sum_ns += exchange->response.timings.total_ns;
    narrator->reused_count += exchange->response.reused;
}

/* Racers fly side by side: the longest flight is the attempt's. */
static void add_time(struct flight *flight, const struct exchange *exchange)
{
    struct test_report *report = &flight->report;
    int64_t took_ns = exchange->response.timings.total_ns;

    if (!exchange->step->race)
        report->duration_ns += took_ns;
    else if (report->duration_ns < flight->duration_ns + took_ns)
        report->duration_ns = flight->duration_ns + took_ns;
}

static void note_verdicts(struct narrator *narrator, struct flight *flight,
                          size_t racer, const struct judged *judged)
{
    struct test_report *report = &flight->report;
    struct failure *failures = extend_failures(flight, judged->verdict_count);

    for (size_t i = 0; i < judged->verdict_count; i++) {
        worsen(report, judged->verdicts[i].kind);
        failures[report->failure_count++] =
            note_verdict(narrator, flight, racer, &judged->verdicts[i]);
    }
}

void note_outcomes(struct narrator *narrator, struct flight *flight,
                   const struct judged *judged)
{
    flight->report.check_count += judged->check_count;
    if (judged->verdict_count)
        note_verdicts(narrator, flight, 0, judged);
}

static size_t exchanges_most(const struct test *test)
{
    return test->race ? test->race->count : test->step_count;
}

void note_exchange(struct narrator *narrator, struct flight *flight,
                   struct exchange *exchange)
{
    const struct judged *judged = &exchange->judged;
    struct test_report *report = &flight->report;

    if (!flight->exchanges) {
        flight->exchanges = arena_take(flight_arena(flight),
                                       exchanges_most(flight->task->test) *
                                           sizeof(*flight->exchanges));
        flight->attempt_ns = exchange->sent_ns;
        if (!flight->started_ns)
            flight->started_ns = exchange->sent_ns;
    }
    add_numbers(narrator, exchange);
    if (judged->verdict_count)
        hide_credentials(narrator, exchange);
    fill_report(narrator, flight, exchange,
                &flight->exchanges[report->exchange_count++]);
    add_time(flight, exchange);
    report->check_count += judged->check_count;
    if (!judged->verdict_count)
        return;
    note_verdicts(narrator, flight, racer_of(exchange), judged);
    note_inputs(narrator, flight, exchange);
}

void note_trouble(struct narrator *narrator, struct flight *flight,
                  enum verdict_kind kind, struct place at, const char *text)
{
    struct arena *arena = flight_arena(flight);
    struct failure failure = {
        .kind = kind,
        .step = flight->step,
        .at = at,
        .subject = "request",
        .message = narrator_keep(narrator, arena, text),
        .difference = SIZE_MAX,
    };

    hide_excerpt(narrator, arena, &failure.at);
    flight->report.outcome = OUTCOME_ERRED;
    extend_failures(flight, 1)[flight->report.failure_count++] = failure;
}
