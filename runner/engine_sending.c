/* Steps become exchanges, and exchanges part of a test's story. */
#include <assert.h>
#include <stdlib.h>

#include "runner/engine_parts.h"

static struct exchange *take_exchange(struct engine *engine)
{
    struct exchange *exchange = engine->spare;

    if (!exchange)
        return must_alloc(sizeof(*exchange));
    engine->spare = exchange->next;
    return exchange;
}

void engine_put_exchange(struct engine *engine, struct exchange *exchange)
{
    exchange_reset(exchange);
    exchange->next = engine->spare;
    engine->spare = exchange;
}

void engine_free_exchanges(struct engine *engine)
{
    while (engine->spare) {
        struct exchange *exchange = engine->spare;

        engine->spare = exchange->next;
        exchange_free(exchange);
    }
}

/* The place where a constant step's call is kept, NULL for other steps: what
 * runs once needs no keeping, and racers may have a request each. */
static struct call **kept_call(struct task *task, const struct step *step)
{
    if (task->test->copy_count == 1 || !request_is_constant(step) ||
        (step->race && step->race->requests))
        return NULL;
    if (!task->calls)
        task->calls = must_alloc(task->test->step_count * sizeof(*task->calls));
    return &task->calls[step->number];
}

static const struct request *request_of(const struct exchange *exchange)
{
    const struct step *step = exchange->step;

    if (step->race && step->race->requests)
        return &step->race->requests[exchange->racer_number];
    return &step->request;
}

static bool make_call(struct engine *engine, struct exchange *exchange)
{
    struct task *task = exchange->flight->task;
    struct call **kept = kept_call(task, exchange->step);
    struct call *call = &exchange->own_call;
    struct call_source source = {request_of(exchange), task->test->suite,
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

/* What templates are filled from. Time is read once, so that all that is said
 * of the exchange agrees. */
static void set_scopes(struct engine *engine, struct exchange *exchange)
{
    const struct flight *flight = exchange->flight;
    const struct test *test = flight->task->test;

    exchange->chance = flight_chance(engine, flight);
    exchange->chance.racer = exchange->racer_number;
    exchange->suite_scope = (struct scope){
        .values = test->suite->constants,
        .chance = &exchange->chance,
        .suite = test->suite,
    };
    exchange->copy_scope = (struct scope){
        .outer = &exchange->suite_scope,
        .values =
            flight_values(&engine->schedule, flight, &exchange->step->needs),
    };
}

struct exchange *engine_make_exchange(struct engine *engine,
                                      struct flight *flight, size_t racer)
{
    struct exchange *exchange = take_exchange(engine);
    const struct test *test = flight->task->test;

    exchange->flight = flight;
    exchange->step = &test->steps[flight->step];
    exchange->racer_number = racer;
    exchange->ready_ns = flight->ready_ns;
    exchange->until_ns = flight->attempts.test_until_ns;
    exchange->is_teardown = test->role == ROLE_TEARDOWN;
    exchange->body_most = engine->run->limits.body_most;
    set_scopes(engine, exchange);
    jar_merge(&exchange->jar, &flight->jar);
    (void)!make_call(engine, exchange); /* the fault is looked at later */
    return exchange;
}

void flight_keep_captures(struct engine *engine, struct flight *flight,
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

/* What is wrong decides whether there is another attempt. */
static void note_end(struct flight *flight, const struct exchange *exchange)
{
    const struct judged *judged = &exchange->judged;

    if (!judged->verdict_count)
        return;
    for (size_t i = 0; i < judged->verdict_count; i++)
        attempt_end_add(&flight->end, &judged->verdicts[i],
                        &exchange->response);
    flight->end.retry_after_ns =
        retry_after_ns(&exchange->response, clock_wall_ns());
}

void engine_settle(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;
    bool is_last;

    if (exchange->step->race) {
        race_settle(engine, exchange);
        return;
    }
    flight_keep_captures(engine, flight, &exchange->judged);
    note_exchange(&engine->narrator, flight, exchange);
    note_end(flight, exchange);
    jar_finish(&flight->jar);
    flight->jar = exchange->jar;
    exchange->jar = (struct jar){0};
    is_last = flight->step + 1 == flight->task->test->step_count;
    engine_put_exchange(engine, exchange);
    if (is_last || flight->report.outcome != OUTCOME_PASSED) {
        flight_end_attempt(engine, flight);
        return;
    }
    tell_answered(&engine->narrator, flight);
    replaying_answered(engine, flight);
    flight->step++;
    flight_go_on(engine, flight);
}

/* A request that could not be made is the test's error. */
static void settle_fault(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;

    note_trouble(&engine->narrator, flight, VERDICT_SPEC, exchange->fault.at,
                 exchange->fault.text);
    engine_put_exchange(engine, exchange);
    flight_finish(engine, flight);
}

/* A test's time begins when its first request is sent. */
static void begin_attempts(const struct engine *engine, struct flight *flight,
                           int64_t now_ns)
{
    int64_t usual_ns = engine->run->limits.test_timeout_ns;

    attempts_begin(&flight->attempts, flight->task->test, now_ns);
    if (usual_ns && !flight->attempts.test_until_ns)
        flight->attempts.test_until_ns = clock_add(now_ns, usual_ns);
}

void flight_depart(struct engine *engine, struct flight *flight)
{
    if (flight->attempts.count == 0)
        begin_attempts(engine, flight, clock_monotonic_ns());
    if (flight->step == 0)
        flight->attempts.count++;
    tell_dispatched(&engine->narrator, flight);
    replaying_sent(engine, flight);
}

void engine_count_out(struct engine *engine)
{
    engine->flying++;
    engine->narrator.in_flight = engine->flying;
    schedule_sent(&engine->schedule, clock_monotonic_ns());
}

static void send(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;

    assert(engine->transport->room(engine->transport) > 0);
    engine_count_out(engine);
    flight_depart(engine, flight);
    exchange->until_ns = flight->attempts.test_until_ns;
    engine->transport->submit(engine->transport, exchange);
}

static bool may_send(struct engine *engine)
{
    return !engine->run->limits.interval_ns ||
           schedule_may_send(&engine->schedule, clock_monotonic_ns());
}

void engine_submit(struct engine *engine, struct exchange *exchange)
{
    if (!engine->paced && may_send(engine)) {
        send(engine, exchange);
        return;
    }
    if (!engine->paced)
        engine->paced_end = &engine->paced;
    exchange->next = NULL;
    *engine->paced_end = exchange;
    engine->paced_end = &exchange->next;
}

bool engine_send_paced(struct engine *engine)
{
    while (engine->paced && engine->transport->room(engine->transport) > 0 &&
           may_send(engine)) {
        struct exchange *exchange = engine->paced;

        engine->paced = exchange->next;
        send(engine, exchange);
    }
    return !engine->paced && engine->transport->room(engine->transport) > 0;
}

struct exchange *engine_withdraw_paced(struct engine *engine, wanted *is_wanted)
{
    struct exchange **link = &engine->paced;
    struct exchange *exchange;

    while (*link && !is_wanted(*link))
        link = &(*link)->next;
    exchange = *link;
    if (!exchange)
        return NULL;
    *link = exchange->next;
    if (!*link)
        engine->paced_end = link;
    hosts_leave(&engine->hosts, exchange);
    return exchange;
}

void flight_dispatch(struct engine *engine, struct flight *flight)
{
    struct exchange *exchange;

    if (flight->task->test->race) {
        race_dispatch(engine, flight);
        return;
    }
    exchange = engine_make_exchange(engine, flight, 0);
    if (!exchange->call)
        settle_fault(engine, exchange);
    else if (hosts_enter(&engine->hosts, exchange))
        engine_submit(engine, exchange);
}
