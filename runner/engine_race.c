/*
 * A race is one step that is sent several times at once. Its exchanges are made
 * together, wait together until the transport has room for all of them, and are
 * settled together when the last one is back, in the order in which they are
 * written: whoever was the fastest must not be seen in a report.
 */
#include "runner/engine_parts.h"

static size_t racer_count(const struct flight *flight)
{
    return flight->task->test->race->count;
}

/* One that could not be made is the test's error. */
static void settle_fault(struct engine *engine, struct flight *flight,
                         const struct fault *fault)
{
    note_trouble(&engine->narrator, flight, VERDICT_SPEC, fault->at,
                 fault->text);
    for (size_t i = 0; i < racer_count(flight); i++)
        engine_put_exchange(engine, flight->racers[i]);
    flight_finish(engine, flight);
}

void race_dispatch(struct engine *engine, struct flight *flight)
{
    size_t count = racer_count(flight);
    struct exchange **racers =
        arena_take(flight_arena(flight), count * sizeof(struct exchange *));

    for (size_t i = 0; i < count; i++)
        racers[i] = engine_make_exchange(engine, flight, i);
    flight->racers = racers;
    flight->racers_out = count;
    for (size_t i = 0; i < count; i++) {
        if (racers[i]->call)
            continue;
        settle_fault(engine, flight, &racers[i]->fault);
        return;
    }
    for (size_t i = 0; i < count; i++)
        hosts_add(&engine->hosts, racers[i]);
    engine->race_waiting = flight;
}

/* More than may fly at once fly alone. */
static bool has_room(const struct engine *engine, size_t count)
{
    return engine->flying == 0 ||
           engine->transport->room(engine->transport) >= count;
}

bool engine_send_race(struct engine *engine)
{
    struct flight *flight = engine->race_waiting;
    size_t count;

    if (!flight)
        return true;
    count = racer_count(flight);
    if (!has_room(engine, count) ||
        (engine->run->limits.interval_ns &&
         !schedule_may_send(&engine->schedule, clock_monotonic_ns())))
        return false;
    engine->race_waiting = NULL;
    for (size_t i = 0; i < count; i++)
        engine_count_out(engine);
    flight_depart(engine, flight);
    for (size_t i = 0; i < count; i++)
        flight->racers[i]->until_ns = flight->attempts.test_until_ns;
    engine->transport->race(engine->transport, flight->racers, count);
    return true;
}

struct flight *engine_withdraw_race(struct engine *engine, wanted *is_wanted)
{
    struct flight *flight = engine->race_waiting;

    if (!flight || !is_wanted(flight->racers[0]))
        return NULL;
    engine->race_waiting = NULL;
    for (size_t i = 0; i < racer_count(flight); i++)
        hosts_leave(&engine->hosts, flight->racers[i]);
    return flight;
}

void race_refuse(struct engine *engine, struct flight *flight,
                 const char *trouble)
{
    struct exchange *const *racers = flight->racers;

    /* The last one settles the flight, whose arena holds the list. */
    for (size_t i = 0, count = racer_count(flight); i < count; i++) {
        exchange_refuse(racers[i], ARRIVAL_INTERRUPTED, trouble);
        race_settle(engine, racers[i]);
    }
}

void race_drop(struct engine *engine, struct flight *flight)
{
    for (size_t i = 0; i < racer_count(flight); i++)
        engine_put_exchange(engine, flight->racers[i]);
}

/* The one whose captures count: the first in written order of which nothing is
 * wrong; NULL: there is none. */
static const struct exchange *winner_of(const struct flight *flight)
{
    for (size_t i = 0; i < racer_count(flight); i++) {
        const struct exchange *racer = flight->racers[i];

        if (!racer->judged.verdict_count && racer->response.arrival == ARRIVED)
            return racer;
    }
    return NULL;
}

/* Beside one that captured everything, others need not have had it. */
static void forgive_captures(struct judged *judged)
{
    for (size_t i = 0; i < judged->verdict_count; i++) {
        if (judged->verdicts[i].kind != VERDICT_CAPTURE)
            return;
    }
    judged->verdict_count = 0;
}

static void note_wait(struct flight *flight, const struct response *answer)
{
    int64_t wait_ns = retry_after_ns(answer, clock_wall_ns());

    if (wait_ns > flight->end.retry_after_ns)
        flight->end.retry_after_ns = wait_ns;
}

static void note_racer(struct engine *engine, struct flight *flight,
                       struct exchange *racer)
{
    const struct judged *judged = &racer->judged;

    note_exchange(&engine->narrator, flight, racer);
    for (size_t i = 0; i < judged->verdict_count; i++)
        attempt_end_add(&flight->end, &judged->verdicts[i], &racer->response);
    if (judged->verdict_count)
        note_wait(flight, &racer->response);
}

/* By an interrupt or the end of the test's time; NULL: nothing did. */
static const struct response *find_broken_off(const struct flight *flight)
{
    for (size_t i = 0; i < racer_count(flight); i++) {
        const struct response *answer = &flight->racers[i]->response;

        if (answer->arrival == ARRIVAL_INTERRUPTED || answer->is_cut_off)
            return answer;
    }
    return NULL;
}

/* Where the counts are wrong, any of the answers may be why. */
static void note_counts(struct engine *engine, struct flight *flight,
                        const struct judged *judged)
{
    static const struct verdict unanswered = {.kind = VERDICT_TRANSPORT};
    long worst = 0;

    note_outcomes(&engine->narrator, flight, judged);
    for (size_t i = 0; i < judged->verdict_count; i++) {
        for (size_t j = 0; j < racer_count(flight); j++) {
            const struct response *answer = &flight->racers[j]->response;

            attempt_end_add(&flight->end, &judged->verdicts[i], answer);
            if (answer->arrival != ARRIVED)
                attempt_end_add(&flight->end, &unanswered, answer);
            else if (answer->status > worst)
                worst = answer->status;
            note_wait(flight, answer);
        }
    }
    if (judged->verdict_count)
        flight->end.status = worst;
}

/* What came back is counted; of a race that was broken off nothing can be said.
 */
static void judge_all(struct engine *engine, struct flight *flight)
{
    struct exchange *first = flight->racers[0];
    const struct response *answers[LIMIT_RACE];
    const struct response *broken_off = find_broken_off(flight);
    struct judged judged;

    if (broken_off) {
        flight->end.is_broken = true;
        if (flight->report.outcome != OUTCOME_ERRED) {
            note_trouble(&engine->narrator, flight,
                         broken_off->is_cut_off ? VERDICT_TIMEOUT
                                                : VERDICT_TRANSPORT,
                         (struct place){0}, broken_off->trouble);
        }
        return;
    }
    for (size_t i = 0; i < racer_count(flight); i++)
        answers[i] = &flight->racers[i]->response;
    judged =
        judge_outcomes(first->step->judgement, answers, racer_count(flight),
                       &first->copy_scope, &first->arena);
    note_counts(engine, flight, &judged);
    judged_finish(&judged);
}

/* Each began with the same cookies; what they were given comes together in
 * written order. */
static void merge_jars(struct flight *flight)
{
    struct jar before = flight->jar;

    flight->jar = (struct jar){0};
    jar_merge(&flight->jar, &before);
    for (size_t i = 0; i < racer_count(flight); i++)
        jar_follow(&flight->jar, &before, &flight->racers[i]->jar);
    jar_finish(&before);
}

void race_settle(struct engine *engine, struct exchange *exchange)
{
    struct flight *flight = exchange->flight;
    const struct exchange *winner;

    if (--flight->racers_out > 0)
        return;
    winner = winner_of(flight);
    for (size_t i = 0; i < racer_count(flight); i++) {
        if (winner)
            forgive_captures(&flight->racers[i]->judged);
        note_racer(engine, flight, flight->racers[i]);
    }
    judge_all(engine, flight);
    if (winner)
        flight_keep_captures(engine, flight, &winner->judged);
    merge_jars(flight);
    race_drop(engine, flight);
    flight->racers = NULL;
    flight_end_attempt(engine, flight);
}
