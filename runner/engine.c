/*
 * Fill, wait, settle. There is room for so many exchanges; what is ready fills
 * it: exchanges that waited for their host, tests that have a next step, tests
 * that begin. Then one arrival is waited for and settled, which may make others
 * ready. The transport behind this cannot be told from any other.
 */
#include "runner/engine.h"

#include <assert.h>
#include <stdlib.h>

#include "runner/hosts.h"
#include "runner/narrator.h"
#include "runner/request.h"

static const char bail_reason[] = "not run: enough tests failed";

struct engine {
    const struct run *run;
    struct transport *transport;
    struct schedule schedule;
    struct hosts hosts;
    struct narrator narrator;
    struct call_defaults defaults;
    struct flight *going_on; /* have a next step */
    struct flight **going_on_end;
    struct exchange *spare; /* for use again */
    struct flight *spare_flights;
    size_t flying;    /* in the transport */
    size_t bad_count; /* tests that failed or erred */
};

static struct exchange *take_exchange(struct engine *engine)
{
    struct exchange *exchange = engine->spare;

    if (!exchange)
        return must_alloc(sizeof(*exchange));
    engine->spare = exchange->next;
    return exchange;
}

static void put_exchange(struct engine *engine, struct exchange *exchange)
{
    exchange_reset(exchange);
    exchange->next = engine->spare;
    engine->spare = exchange;
}

static struct flight *take_flight(struct engine *engine)
{
    struct flight *flight = engine->spare_flights;

    if (!flight)
        return must_alloc(sizeof(*flight));
    engine->spare_flights = flight->next;
    flight->next = NULL;
    return flight;
}

static void put_flight(struct engine *engine, struct flight *flight)
{
    struct arena arena = flight->arena;

    json_decref(flight->captured);
    jar_finish(&flight->jar);
    arena_reset(&arena);
    *flight = (struct flight){
        .arena = arena,
        .next = engine->spare_flights,
    };
    engine->spare_flights = flight;
}

/* The place where a constant step's call is kept, NULL for other steps: what
 * runs once needs no keeping. */
static struct call **kept_call(struct task *task, const struct step *step)
{
    if (task->test->copy_count == 1 || !request_is_constant(step))
        return NULL;
    if (!task->calls)
        task->calls = must_alloc(task->test->step_count * sizeof(*task->calls));
    return &task->calls[step->number];
}

static bool make_call(struct engine *engine, struct exchange *exchange)
{
    struct task *task = exchange->flight->task;
    struct call **kept = kept_call(task, exchange->step);
    struct call *call = &exchange->own_call;
    struct call_source source = {exchange->step, task->test->suite,
                                 &exchange->copy_scope, &engine->defaults};

    if (kept && *kept) {
        exchange->call = *kept;
        return true;
    }
    if (kept)
        call = *kept = must_alloc(sizeof(*call));
    if (!call_make(&source, call, &exchange->fault)) {
        if (kept) {
            call_finish(call);
            free(call);
            *kept = NULL;
        }
        return false;
    }
    exchange->call = call;
    return true;
}

static struct exchange *make_exchange(struct engine *engine,
                                      struct flight *flight)
{
    struct exchange *exchange = take_exchange(engine);
    const struct test *test = flight->task->test;

    exchange->flight = flight;
    exchange->step = &test->steps[flight->step];
    exchange->ready_ns = flight->ready_ns;
    exchange->is_teardown = test->role == ROLE_TEARDOWN;
    exchange->body_most = engine->run->limits.body_most;
    exchange->suite_scope.values = test->suite->constants;
    exchange->copy_scope = (struct scope){
        &exchange->suite_scope,
        schedule_values(&engine->schedule, flight->task, exchange->step,
                        flight->captured, flight->copy),
    };
    jar_merge(&exchange->jar, &flight->jar);
    (void)!make_call(engine, exchange); /* the fault is looked at later */
    return exchange;
}

static void finish_flight(struct engine *engine, struct flight *flight)
{
    struct task *task = flight->task;
    struct test_report *report = &flight->report;
    int64_t now_ns = clock_monotonic_ns();

    if (report->outcome == OUTCOME_PASSED && flight->captured)
        schedule_keep(&engine->schedule, task, flight->captured);
    if (task->test->waiter_count)
        schedule_keep_jar(task, flight->copy, &flight->jar);
    if (report->outcome == OUTCOME_FAILED || report->outcome == OUTCOME_ERRED)
        engine->bad_count++;
    if (engine->run->limits.bail &&
        engine->bad_count >= engine->run->limits.bail)
        schedule_stop(&engine->schedule, bail_reason, false);
    tell_finished(&engine->narrator, flight);
    schedule_settle(&engine->schedule, task, report->outcome,
                    report->duration_ns, now_ns);
    put_flight(engine, flight);
}

static void go_on(struct engine *engine, struct flight *flight)
{
    flight->next = NULL;
    flight->ready_ns = clock_monotonic_ns();
    if (!engine->going_on)
        engine->going_on_end = &engine->going_on;
    *engine->going_on_end = flight;
    engine->going_on_end = &flight->next;
}

static void keep_captures(struct engine *engine, struct flight *flight,
                          const struct judged *judged)
{
    for (size_t i = 0; i < judged->capture_count; i++) {
        const struct capture_value *capture = &judged->captures[i];

        if (!flight->captured)
            flight->captured = json_object();
        json_object_set(flight->captured, capture->name, capture->value);
        if (capture->secret)
            narrator_hide(&engine->narrator, capture->value);
    }
}

static void settle(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;
    bool is_last;

    keep_captures(engine, flight, &exchange->judged);
    note_exchange(&engine->narrator, flight, exchange);
    jar_finish(&flight->jar);
    flight->jar = exchange->jar;
    exchange->jar = (struct jar){0};
    is_last = ++flight->step == flight->task->test->step_count;
    put_exchange(engine, exchange);
    if (is_last || flight->report.outcome != OUTCOME_PASSED)
        finish_flight(engine, flight);
    else
        go_on(engine, flight);
}

/* A request that could not be made is the test's error. */
static void settle_fault(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;

    note_trouble(&engine->narrator, flight, VERDICT_SPEC, exchange->fault.at,
                 exchange->fault.text);
    put_exchange(engine, exchange);
    finish_flight(engine, flight);
}

static void submit(struct engine *engine, struct exchange *exchange)
{
    assert(engine->transport->room(engine->transport) > 0);
    engine->flying++;
    engine->narrator.in_flight = engine->flying;
    tell_dispatched(&engine->narrator, exchange->flight);
    engine->transport->submit(engine->transport, exchange);
}

/* Sends it, or lets it wait for its host, or settles what cannot be sent. */
static void dispatch(struct engine *engine, struct flight *flight)
{
    struct exchange *exchange = make_exchange(engine, flight);

    if (!exchange->call)
        settle_fault(engine, exchange);
    else if (hosts_enter(&engine->hosts, exchange))
        submit(engine, exchange);
}

static struct flight *begin_flight(struct engine *engine, struct task *task,
                                   size_t copy)
{
    struct flight *flight = take_flight(engine);

    flight->task = task;
    flight->copy = copy;
    flight->ready_ns = task->ready_ns;
    schedule_cookies(&engine->schedule, task, &flight->jar);
    return flight;
}

static struct flight *next_flight(struct engine *engine)
{
    struct flight *flight = engine->going_on;
    const char *skip = NULL;
    size_t copy = 0;
    struct task *task;

    if (flight) {
        engine->going_on = flight->next;
        return flight;
    }
    while ((task = schedule_next(&engine->schedule, &copy, &skip)) && skip) {
        flight = begin_flight(engine, task, copy);
        flight->report.outcome = OUTCOME_SKIPPED;
        flight->report.skip_reason = skip;
        finish_flight(engine, flight);
    }
    return task ? begin_flight(engine, task, copy) : NULL;
}

/* So many may wait for their hosts while others look for one that is free; what
 * is not made costs nothing. */
static size_t waiting_most(const struct engine *engine)
{
    enum { FEWEST = 256, TIMES_JOBS = 4 };
    size_t most = engine->run->limits.jobs * TIMES_JOBS;

    return most > FEWEST ? most : FEWEST;
}

static void fill(struct engine *engine)
{
    const struct transport *transport = engine->transport;

    while (transport->room(transport) > 0) {
        struct exchange *exchange = hosts_next(&engine->hosts);
        struct flight *flight;

        if (exchange) {
            submit(engine, exchange);
            continue;
        }
        if (engine->hosts.waiting_count >= waiting_most(engine))
            return;
        flight = next_flight(engine);
        if (!flight)
            return;
        dispatch(engine, flight);
    }
}

static bool is_any(const struct exchange *exchange)
{
    return exchange != NULL;
}

static bool is_no_teardown(const struct exchange *exchange)
{
    return !exchange->is_teardown;
}

static bool is_no_begun_test(const struct exchange *exchange)
{
    return !exchange->is_teardown && exchange->step->number == 0;
}

/* What waits for a place at its host ends here; the first time not teardown,
 * which is sent in its turn. */
static void end_waiting(struct engine *engine, bool is_second)
{
    wanted *is_wanted = is_second ? is_any : is_no_teardown;
    struct exchange *exchange;

    while ((exchange = hosts_withdraw(&engine->hosts, is_wanted))) {
        exchange_refuse(exchange, ARRIVAL_INTERRUPTED,
                        "the run was interrupted before it was sent");
        settle(engine, exchange);
    }
}

/* Likewise what has steps left. */
static void end_going_on(struct engine *engine, bool is_second)
{
    struct flight *waiting = engine->going_on;

    engine->going_on = NULL;
    while (waiting) {
        struct flight *flight = waiting;

        waiting = flight->next;
        if (flight->task->test->role == ROLE_TEARDOWN && !is_second) {
            go_on(engine, flight);
            continue;
        }
        note_trouble(&engine->narrator, flight, VERDICT_TRANSPORT,
                     (struct place){0}, "the run was interrupted");
        finish_flight(engine, flight);
    }
}

/* The first interrupt cancels what flies and lets teardown run, the second
 * ends that too. */
static void heed_interrupt(struct engine *engine)
{
    struct transport *transport = engine->transport;
    sig_atomic_t count;
    bool is_second;

    if (!transport_is_interrupted(transport))
        return;
    count = transport->interrupt->count; /* another one may come right now */
    is_second = count > 1;
    schedule_stop(&engine->schedule, "not run: interrupted", is_second);
    transport->cancel(transport, is_second);
    transport->heeded = count;
    end_going_on(engine, is_second);
    end_waiting(engine, is_second);
}

/* Enough tests failed: those that were made but wait for their host do not
 * begin. */
static void heed_bail(struct engine *engine)
{
    struct exchange *exchange;

    if (!engine->schedule.stop_reason)
        return;
    while ((exchange = hosts_withdraw(&engine->hosts, is_no_begun_test))) {
        struct flight *flight = exchange->flight;

        flight->report.outcome = OUTCOME_SKIPPED;
        flight->report.skip_reason = engine->schedule.stop_reason;
        put_exchange(engine, exchange);
        finish_flight(engine, flight);
    }
}

static void loop(struct engine *engine)
{
    struct transport *transport = engine->transport;

    while (!schedule_is_done(&engine->schedule)) {
        struct exchange *exchange;

        heed_interrupt(engine);
        heed_bail(engine);
        fill(engine);
        exchange = transport->wait(transport);
        assert(exchange || transport_is_interrupted(transport) ||
               schedule_is_done(&engine->schedule));
        if (!exchange)
            continue;
        engine->flying--;
        engine->narrator.in_flight = engine->flying;
        hosts_leave(&engine->hosts, exchange);
        settle(engine, exchange);
    }
}

static void close_engine(struct engine *engine)
{
    engine->transport->close(engine->transport);
    while (engine->spare) {
        struct exchange *exchange = engine->spare;

        engine->spare = exchange->next;
        exchange_free(exchange);
    }
    while (engine->spare_flights) {
        struct flight *flight = engine->spare_flights;

        engine->spare_flights = flight->next;
        arena_finish(&flight->arena);
        free(flight);
    }
    hosts_finish(&engine->hosts);
    narrator_finish(&engine->narrator);
    schedule_finish(&engine->schedule);
}

bool engine_run(const struct run *run, struct run_result *result,
                struct fault *fault)
{
    const struct run_limits *limits = &run->limits;
    struct engine engine = {
        .run = run,
        .hosts.most = limits->per_host ? limits->per_host : limits->jobs,
        .defaults = {limits->timeout_ns, limits->connect_timeout_ns,
                     limits->insecure, limits->ca_path},
    };
    const struct interrupt *interrupt = run->interrupt;

    engine.transport =
        transport_open(run->transport, limits->jobs, interrupt, fault);
    if (!engine.transport)
        return false;
    *result = (struct run_result){0};
    schedule_init(&engine.schedule, run->plan, clock_monotonic_ns());
    result->outcome_count = engine.schedule.copy_count;
    result->outcomes =
        must_alloc(result->outcome_count * sizeof(*result->outcomes));
    narrator_begin(&engine.narrator, run, &engine.schedule, result);
    loop(&engine);
    tell_end(&engine.narrator,
             interrupt && interrupt->count ? interrupt->signal : 0);
    close_engine(&engine);
    return true;
}

void run_result_finish(struct run_result *result)
{
    free(result->outcomes);
    *result = (struct run_result){0};
}
