/*
 * A flight is one copy of a test on its way. It goes through its steps, and
 * when one of them fails perhaps through all of them again: a test that is
 * tried anew begins as it began the first time, with the cookies of those it
 * waited for and without captures. It keeps its locks until it has finished;
 * while it waits for its next attempt it holds no place among those in flight.
 */
#include <stdlib.h>

#include "runner/engine_parts.h"
#include "specs/chance.h"
#include "specs/rows.h"

static const char bail_reason[] = "not run: enough tests failed";

static struct flight *take_flight(struct engine *engine)
{
    struct flight *flight = engine->spare_flights;

    if (!flight)
        return must_alloc(sizeof(*flight));
    engine->spare_flights = flight->next;
    flight->next = NULL;
    return flight;
}

/* Memory of the arenas is kept for the next one. */
static void put_flight(struct engine *engine, struct flight *flight)
{
    struct flight empty = {.next = engine->spare_flights};

    json_decref(flight->row);
    json_decref(flight->captured);
    jar_finish(&flight->jar);
    arena_reset(&flight->lasting);
    empty.lasting = flight->lasting;
    for (size_t i = 0; i < COUNT(flight->arenas); i++) {
        arena_reset(&flight->arenas[i]);
        empty.arenas[i] = flight->arenas[i];
    }
    *flight = empty;
    engine->spare_flights = flight;
}

void engine_free_flights(struct engine *engine)
{
    while (engine->spare_flights) {
        struct flight *flight = engine->spare_flights;

        engine->spare_flights = flight->next;
        arena_finish(&flight->lasting);
        for (size_t i = 0; i < COUNT(flight->arenas); i++)
            arena_finish(&flight->arenas[i]);
        free(flight);
    }
}

/* Copies come in order, so rows do. */
static json_t *read_row(struct task *task, size_t copy, struct fault *fault)
{
    const struct test *test = task->test;
    size_t number = copy / test->repeat_count;
    struct row_cursor *cursor = &task->row_cursor;

    if (!cursor->stream && !cursor->count)
        cursor->stream = rows_open(test->rows, fault);
    while (cursor->stream && cursor->count <= number) {
        json_decref(cursor->row);
        cursor->row = rows_next(cursor->stream, fault);
        cursor->count++;
        if (!cursor->row)
            break;
    }
    if (cursor->count == test->rows->count) {
        rows_close(cursor->stream); /* files are few, tests may be many */
        cursor->stream = NULL;
    }
    return json_incref(cursor->row);
}

void engine_rewind_rows(struct engine *engine)
{
    const struct plan *plan = engine->run->plan;

    for (size_t i = 0; i < plan->test_count; i++) {
        struct row_cursor *cursor = &engine->schedule.tasks[i].row_cursor;

        if (!plan->tests[i].rows)
            continue;
        rows_close(cursor->stream);
        json_decref(cursor->row);
        *cursor = (struct row_cursor){0};
    }
}

static void take_row(struct engine *engine, struct flight *flight)
{
    struct fault fault = {0};

    flight->row = read_row(flight->task, flight->copy, &fault);
    if (flight->row)
        return;
    if (!fault.text[0]) {
        fault_raise(&fault, (struct place){0},
                    "the rows of this test have changed since they were "
                    "checked: there are fewer of them");
    }
    note_trouble(&engine->narrator, flight, VERDICT_SPEC, fault.at, fault.text);
}

struct flight *flight_begin(struct engine *engine, struct task *task,
                            size_t copy)
{
    struct flight *flight = take_flight(engine);

    flight->task = task;
    flight->copy = copy;
    flight->ready_ns = task->ready_ns;
    schedule_cookies(&engine->schedule, task, &flight->jar);
    if (task->test->rows)
        take_row(engine, flight);
    return flight;
}

/* A round that is replayed has the random values that it had. */
static size_t first_round(const struct engine *engine)
{
    const struct run *run = engine->run;

    return run->replay ? replay_round(run->replay) : run->first_round;
}

struct chance flight_chance(const struct engine *engine,
                            const struct flight *flight)
{
    const struct test *test = flight->task->test;

    return (struct chance){
        .seed = engine->run->seed,
        .suite = test->suite->path,
        .test = test->id,
        .copy = flight->copy,
        .step = flight->step,
        .attempt = flight->attempts.count,
        .round = engine->schedule.round + first_round(engine),
        .wall_ns = clock_wall_ns(),
    };
}

void flight_judge_when(struct engine *engine, struct flight *flight)
{
    const struct test *test = flight->task->test;
    json_auto_t *values =
        flight_values(&engine->schedule, flight, &test->when_needs);
    const struct chance chance = flight_chance(engine, flight);
    const struct scope suite = {
        .values = test->suite->constants,
        .chance = &chance,
        .suite = test->suite,
    };
    const struct scope copy = {.outer = &suite, .values = values};
    struct test_report *report = &flight->report;
    struct fault fault = {0};
    const char *why = NULL;

    if (report->outcome != OUTCOME_PASSED ||
        condition_holds(test->when, &copy, &flight->lasting, &why, &fault))
        return;
    if (fault.text[0]) {
        note_trouble(&engine->narrator, flight, VERDICT_SPEC, fault.at,
                     fault.text);
        return;
    }
    report->outcome = OUTCOME_SKIPPED;
    report->skip_reason = why;
}

json_t *flight_values(const struct schedule *schedule,
                      const struct flight *flight, const struct needs *needs)
{
    const struct step asked = {.needs = *needs};
    json_t *values = schedule_values(schedule, flight->task, &asked,
                                     flight->captured, flight->copy);

    for (size_t i = 0; flight->row && i < needs->count; i++) {
        const char *name = needs->list[i].name;
        json_t *value = json_object_get(flight->row, name);

        if (value)
            json_object_set(values, name, value);
    }
    return values;
}

void flight_send_next(struct engine *engine, struct flight *flight)
{
    flight->next = NULL;
    if (!engine->going_on)
        engine->going_on_end = &engine->going_on;
    *engine->going_on_end = flight;
    engine->going_on_end = &flight->next;
}

void flight_go_on(struct engine *engine, struct flight *flight)
{
    flight->ready_ns = clock_monotonic_ns();
    if (replaying_may_go_on(engine, flight))
        flight_send_next(engine, flight);
}

/* A quarantined test does not count, here neither. */
static void count_bad(struct engine *engine, const struct test_report *report)
{
    size_t bail = engine->run->limits.bail;

    if ((report->outcome != OUTCOME_FAILED &&
         report->outcome != OUTCOME_ERRED) ||
        test_is_quarantined(report))
        return;
    engine->bad_count++;
    if (bail && engine->bad_count >= bail)
        schedule_stop(&engine->schedule, bail_reason, false);
}

void flight_finish(struct engine *engine, struct flight *flight)
{
    struct task *task = flight->task;
    struct test_report *report = &flight->report;
    int64_t now_ns = clock_monotonic_ns();

    if (report->outcome == OUTCOME_PASSED && flight->captured)
        schedule_keep(&engine->schedule, task, flight->captured);
    if (task->test->waiter_count)
        schedule_keep_jar(task, flight->copy, &flight->jar);
    report->attempt_count = flight->attempts.count;
    if (flight->started_ns)
        report->attempts_ns = now_ns - flight->started_ns;
    if (report->attempt_count > 1)
        report->duration_ns = report->attempts_ns;
    report->retry_count = flight->attempts.retry_count;
    report->retried = flight->retried;
    tell_finished(&engine->narrator, flight);
    replaying_finished(engine, flight);
    count_bad(engine, report);
    schedule_settle(&engine->schedule, task, report->outcome,
                    report->duration_ns, now_ns);
    put_flight(engine, flight);
}

void flight_skip(struct engine *engine, struct flight *flight,
                 const char *reason)
{
    flight->report.outcome = OUTCOME_SKIPPED;
    flight->report.skip_reason = reason;
    flight->report.failure_count = 0; /* its row may be gone */
    flight_finish(engine, flight);
}

void flight_break_off(struct engine *engine, struct flight *flight,
                      enum verdict_kind kind, const char *text)
{
    note_trouble(&engine->narrator, flight, kind, (struct place){0}, text);
    flight_finish(engine, flight);
}

/* Keeps what is told of an attempt that a retry replaces. */
static void keep_attempt(struct engine *engine, struct flight *flight)
{
    struct test_report *report = &flight->report;

    if (report->retried_count == LIMIT_ATTEMPTS_TOLD)
        return;
    flight->retried[report->retried_count++] = (struct attempt_report){
        .number = flight->attempts.count,
        .outcome = report->outcome,
        .started_ns = flight->attempt_ns - engine->narrator.begun_ns,
        .duration_ns = report->duration_ns - flight->duration_ns,
        .failure_count = report->failure_count,
        .failures = report->failures,
    };
}

/* As it was before its first attempt; the time that it took adds up. */
static void begin_anew(struct engine *engine, struct flight *flight)
{
    struct test_report *report = &flight->report;

    arena_reset(flight_arena(flight));
    json_decref(flight->captured);
    flight->captured = NULL;
    jar_finish(&flight->jar);
    schedule_cookies(&engine->schedule, flight->task, &flight->jar);
    flight->step = 0;
    flight->end = (struct attempt_end){0};
    flight->duration_ns = report->duration_ns;
    flight->exchanges = NULL;
    report->outcome = OUTCOME_PASSED;
    report->check_count = 0;
    report->failure_count = report->exchange_count = report->input_count = 0;
    report->failures = NULL;
}

/* A number from 0 up to 1 that is the same whenever this run is repeated. */
static double jitter_of(const struct engine *engine,
                        const struct flight *flight)
{
    const struct chance chance = flight_chance(engine, flight);
    struct chance_stream stream = chance_open(&chance, "retry", 0);

    return chance_fraction(&stream);
}

/* By an interrupt or the end of the run's time. With --bail what has begun goes
 * on to its end. */
static bool is_cut_short(const struct engine *engine, const struct test *test)
{
    sig_atomic_t heeded = engine->transport->heeded;

    return (heeded || engine->is_timed_out) &&
           (test->role != ROLE_TEARDOWN || heeded > 1);
}

static enum next_attempt decide(const struct engine *engine,
                                const struct flight *flight, int64_t *due_ns)
{
    const struct test *test = flight->task->test;
    const struct attempt_rules rules = {
        .retry = test->retry ? test->retry : engine->run->limits.retry,
        .poll = test->poll,
        .chance = jitter_of(engine, flight),
    };

    if (is_cut_short(engine, test))
        return ATTEMPT_NONE;
    return attempts_next(&flight->attempts, &rules, &flight->end,
                         clock_monotonic_ns(), due_ns);
}

void flight_end_attempt(struct engine *engine, struct flight *flight)
{
    int64_t due_ns = 0;
    enum next_attempt next = ATTEMPT_NONE;

    if (flight->report.outcome != OUTCOME_PASSED)
        next = decide(engine, flight, &due_ns);
    if (next == ATTEMPT_NONE) {
        flight_finish(engine, flight);
        return;
    }
    tell_answered(&engine->narrator, flight);
    replaying_answered(engine, flight);
    if (next == ATTEMPT_RETRY) {
        keep_attempt(engine, flight);
        flight->attempts.retry_count++;
    }
    begin_anew(engine, flight);
    schedule_park(&engine->schedule, flight, due_ns);
}
