/*
 * Fill, wait, settle. There is room for so many exchanges; what is ready fills
 * it: exchanges that waited for their host, tests that have a next step or
 * attempt, tests that begin. Then one arrival is waited for and settled, which
 * may make others ready. The transport behind this cannot be told from any
 * other.
 */
#include <assert.h>
#include <stdlib.h>

#include "runner/engine_parts.h"

static const char interrupted_reason[] = "not run: interrupted";
static const char time_reason[] = "not run: the run's time was up";
static const char time_trouble[] = "the run's time (--run-timeout) was over";

static struct flight *take_going_on(struct engine *engine)
{
    struct flight *flight = engine->going_on;

    if (flight)
        engine->going_on = flight->next;
    return flight;
}

static struct flight *next_flight(struct engine *engine)
{
    for (;;) {
        struct flight *flight = take_going_on(engine);
        const char *skip = NULL;
        size_t copy = 0;
        struct task *task;

        if (!flight)
            flight = replaying_next(engine);
        if (flight)
            return flight;
        task = schedule_next(&engine->schedule, &copy, &skip);
        if (!task)
            return NULL;
        flight = flight_begin(engine, task, copy);
        if (skip) {
            flight_skip(engine, flight, skip);
            continue;
        }
        if (task->test->when)
            flight_judge_when(engine, flight);
        return flight;
    }
}

/* Those whose next attempt is due. */
static void wake_flights(struct engine *engine)
{
    struct flight *flight;

    while ((flight = schedule_due(&engine->schedule, clock_monotonic_ns())))
        flight_go_on(engine, flight);
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

    wake_flights(engine);
    while (engine_send_race(engine) && transport->room(transport) > 0 &&
           engine_send_paced(engine)) {
        struct exchange *exchange = hosts_next(&engine->hosts);
        struct flight *flight;

        if (exchange) {
            engine_submit(engine, exchange);
            continue;
        }
        if (engine->hosts.waiting_count >= waiting_most(engine))
            return;
        flight = next_flight(engine);
        if (!flight)
            return;
        if (flight->report.outcome != OUTCOME_PASSED)
            flight_finish(engine, flight); /* no row, or not the time */
        else
            flight_dispatch(engine, flight);
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

static bool has_not_begun(const struct exchange *exchange)
{
    return exchange->flight->attempts.count == 0;
}

static bool is_no_begun_test(const struct exchange *exchange)
{
    return !exchange->is_teardown && has_not_begun(exchange);
}

/* Tests whose first request was made, but waits for a place at its host or for
 * its time, do not begin. */
static void skip_waiting(struct engine *engine, wanted *is_wanted)
{
    struct flight *race = engine_withdraw_race(engine, is_wanted);
    struct exchange *exchange;

    if (race) {
        race_drop(engine, race);
        flight_skip(engine, race, engine->schedule.stop_reason);
    }
    while ((exchange = hosts_withdraw(&engine->hosts, is_wanted)) ||
           (exchange = engine_withdraw_paced(engine, is_wanted))) {
        struct flight *flight = exchange->flight;

        engine_put_exchange(engine, exchange);
        flight_skip(engine, flight, engine->schedule.stop_reason);
    }
}

/* What waits for a place at its host, or for its time, ends here; the first
 * time not teardown, which is sent in its turn. */
static void end_waiting(struct engine *engine, bool is_second)
{
    wanted *is_wanted = is_second ? is_any : is_no_teardown;
    struct flight *race = engine_withdraw_race(engine, is_wanted);
    struct exchange *exchange;

    if (race)
        race_refuse(engine, race, engine->transport->cancelled_by);
    while ((exchange = hosts_withdraw(&engine->hosts, is_wanted)) ||
           (exchange = engine_withdraw_paced(engine, is_wanted))) {
        exchange_refuse(exchange, ARRIVAL_INTERRUPTED,
                        engine->transport->cancelled_by);
        engine_settle(engine, exchange);
    }
}

static bool is_spared(const struct flight *flight, bool is_second)
{
    return flight->task->test->role == ROLE_TEARDOWN && !is_second;
}

/* Likewise what has steps left. */
static void end_going_on(struct engine *engine, bool is_second)
{
    struct flight *waiting = engine->going_on;

    engine->going_on = NULL;
    while (waiting) {
        struct flight *flight = waiting;

        waiting = flight->next;
        if (is_spared(flight, is_second))
            flight_go_on(engine, flight);
        else
            flight_break_off(engine, flight, VERDICT_TRANSPORT,
                             engine->transport->cancelled_by);
    }
}

/* And what waits for its next attempt; a teardown's comes now. */
static void end_parked(struct engine *engine, bool is_second)
{
    struct flight *flight;
    int64_t due_ns;

    while ((flight = schedule_unpark(&engine->schedule, &due_ns))) {
        if (is_spared(flight, is_second))
            flight_go_on(engine, flight);
        else
            flight_break_off(engine, flight, VERDICT_TRANSPORT,
                             engine->transport->cancelled_by);
    }
}

/* And what a replay holds, which holds nothing any more. */
static void end_held(struct engine *engine)
{
    struct flight *flight;

    replaying_stop(engine);
    while ((flight = replaying_next(engine)))
        flight_send_next(engine, flight);
}

static void end_all(struct engine *engine, bool is_second)
{
    skip_waiting(engine, is_second ? has_not_begun : is_no_begun_test);
    end_held(engine);
    end_parked(engine, is_second);
    end_going_on(engine, is_second);
    end_waiting(engine, is_second);
}

/* The first interrupt cancels what flies and lets teardown run, the second
 * ends that too. */
static void heed_interrupt(struct engine *engine)
{
    bool is_second;

    if (!transport_is_interrupted(engine->transport))
        return;
    engine->transport->cancelled_by = "the run was interrupted";
    is_second = transport_heed(engine->transport);
    schedule_stop(&engine->schedule, interrupted_reason, is_second);
    end_all(engine, is_second);
}

static int64_t run_until_ns(const struct engine *engine)
{
    int64_t most_ns = engine->run->limits.run_timeout_ns;

    return most_ns && !engine->is_timed_out
               ? clock_add(engine->begun_ns, most_ns)
               : INT64_MAX;
}

/* The end of the run's time is like a first interrupt. */
static void heed_time(struct engine *engine)
{
    if (clock_monotonic_ns() < run_until_ns(engine))
        return;
    engine->is_timed_out = true;
    schedule_stop(&engine->schedule, time_reason, false);
    engine->transport->cancelled_by = time_trouble;
    engine->transport->cancel(engine->transport, false);
    end_all(engine, false);
}

/* Enough tests failed. */
static void heed_bail(struct engine *engine)
{
    if (engine->schedule.stop_reason)
        skip_waiting(engine, is_no_begun_test);
}

/* Until when nothing but an arrival can change anything. */
static int64_t wait_until_ns(const struct engine *engine)
{
    int64_t due_ns = schedule_next_due(&engine->schedule);
    int64_t end_ns = run_until_ns(engine);

    return due_ns < end_ns ? due_ns : end_ns;
}

static void run_round(struct engine *engine)
{
    struct transport *transport = engine->transport;

    while (!schedule_is_done(&engine->schedule)) {
        struct exchange *exchange;

        heed_interrupt(engine);
        heed_time(engine);
        heed_bail(engine);
        fill(engine);
        if (schedule_is_done(&engine->schedule))
            return;
        if (replaying_unblock(engine))
            continue;
        exchange = transport->wait(transport, wait_until_ns(engine));
        if (!exchange)
            continue;
        engine->flying--;
        engine->narrator.in_flight = engine->flying;
        hosts_leave(&engine->hosts, exchange);
        engine_settle(engine, exchange);
    }
}

/* Whether all of it is run once more. */
static bool wants_round(const struct engine *engine)
{
    const struct rounds *rounds = &engine->run->rounds;
    size_t done = engine->schedule.round + 1;

    if (!rounds_are_many(rounds) || engine->schedule.stop_reason ||
        (rounds->most && done >= rounds->most))
        return false;
    if (rounds->until_fail && engine->bad_count)
        return false;
    return !rounds->for_ns ||
           clock_monotonic_ns() - engine->begun_ns < rounds->for_ns;
}

static void run_rounds(struct engine *engine)
{
    run_round(engine);
    while (wants_round(engine)) {
        engine->bad_count = engine->run->limits.bail ? engine->bad_count : 0;
        engine_rewind_rows(engine);
        schedule_rewind(&engine->schedule, clock_monotonic_ns());
        run_round(engine);
    }
}

static void close_engine(struct engine *engine)
{
    engine->transport->close(engine->transport);
    engine_rewind_rows(engine);
    engine_free_exchanges(engine);
    engine_free_flights(engine);
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
        .begun_ns = clock_monotonic_ns(),
    };
    const struct schedule_options options = {
        .shuffle = run->shuffle,
        .seed = run->seed,
        .interval_ns = limits->interval_ns,
        .places = run->replay ? replay_places(run->replay) : NULL,
    };
    const struct interrupt *interrupt = run->interrupt;

    engine.transport =
        transport_open(run->transport, limits->jobs, interrupt, fault);
    if (!engine.transport)
        return false;
    engine.transport->ended_by = time_trouble;
    if (limits->run_timeout_ns)
        engine.transport->end_ns = run_until_ns(&engine);
    *result = (struct run_result){0};
    schedule_init_with(&engine.schedule, run->plan, &options, engine.begun_ns);
    result->outcome_count = engine.schedule.copy_count;
    result->outcomes =
        must_alloc(result->outcome_count * sizeof(*result->outcomes));
    narrator_begin(&engine.narrator, run, &engine.schedule, result);
    run_rounds(&engine);
    result->timed_out = engine.is_timed_out;
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
