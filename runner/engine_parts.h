/* What the files of the engine ask of each other. */
#pragma once

#include "runner/engine.h"
#include "runner/hosts.h"
#include "runner/narrator.h"
#include "runner/request.h"

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
    struct exchange *paced; /* may go, but for --rate */
    struct exchange **paced_end;
    struct flight *race_waiting; /* for room: nothing else begins until then */
    size_t flying;               /* in the transport */
    size_t bad_count;            /* tests that failed or erred, in this round */
    int64_t begun_ns;            /* monotonic */
    bool is_timed_out;
};

/* engine_flights.c: tests on their way */

/* One copy of a test begins, with its row and its cookies. */
struct flight *flight_begin(struct engine *engine, struct task *task,
                            size_t copy);

/* Where random values of its present step come from. */
struct chance flight_chance(const struct engine *engine,
                            const struct flight *flight);

/* Whether the test's `when` holds for this copy: its outcome says so. */
void flight_judge_when(struct engine *engine, struct flight *flight);

/* The next step, or attempt, may be sent; by a replay perhaps later. */
void flight_go_on(struct engine *engine, struct flight *flight);

/* The same, at once. */
void flight_send_next(struct engine *engine, struct flight *flight);

/* The attempt is over: another one follows, now or later, or the test is
 * finished. */
void flight_end_attempt(struct engine *engine, struct flight *flight);

/* The copy is done, with the outcome in its report: told and let go. */
void flight_finish(struct engine *engine, struct flight *flight);

/* It ends here, for a reason that is nobody's answer. */
void flight_break_off(struct engine *engine, struct flight *flight,
                      enum verdict_kind kind, const char *text);

/* Not to be run after all. */
void flight_skip(struct engine *engine, struct flight *flight,
                 const char *reason);

/* Rows are read from the first one on again. */
void engine_rewind_rows(struct engine *engine);

void engine_free_flights(struct engine *engine);

/* engine_replay.c: an earlier run's order; without one nothing of it does
 * anything */

/* Whether it may go on now; else it is held until it may. */
bool replaying_may_go_on(struct engine *engine, struct flight *flight);

/* One that was held and may go on now, or NULL; tells the schedule who may
 * begin. */
struct flight *replaying_next(struct engine *engine);

void replaying_sent(struct engine *engine, const struct flight *flight);
void replaying_answered(struct engine *engine, const struct flight *flight);
void replaying_finished(struct engine *engine, const struct flight *flight);

/* Whether nothing could go on and now something may. */
bool replaying_unblock(struct engine *engine);

/* The run is cut short: nothing is held from now on. */
void replaying_stop(struct engine *engine);

/* engine_sending.c: their exchanges */

/* Sends the next step, or lets it wait for its host, or settles what cannot be
 * sent. */
void flight_dispatch(struct engine *engine, struct flight *flight);

void engine_submit(struct engine *engine, struct exchange *exchange);

/* An exchange came back, or will never be sent: what it says becomes part of
 * its test. */
void engine_settle(struct engine *engine, struct exchange *exchange);

/* Sends what had to wait for its time; false when some of it still must. */
bool engine_send_paced(struct engine *engine);

/* One of those that is wanted; it will not be sent. NULL: there is none. */
struct exchange *engine_withdraw_paced(struct engine *engine,
                                       wanted *is_wanted);

/* The flight's next request, or that racer's; without a call where the fault
 * says why. */
struct exchange *engine_make_exchange(struct engine *engine,
                                      struct flight *flight, size_t racer);

/* One exchange goes out: it is counted. */
void engine_count_out(struct engine *engine);

/* A step goes out: its attempt begins, perhaps, and with it the test's time. */
void flight_depart(struct engine *engine, struct flight *flight);

/* For the steps that follow. */
void flight_keep_captures(struct engine *engine, struct flight *flight,
                          const struct judged *judged);

/* Given back without having been anything. */
void engine_put_exchange(struct engine *engine, struct exchange *exchange);

void engine_free_exchanges(struct engine *engine);

/* engine_race.c: several exchanges of one step */

/* Makes them all; they are sent when there is room. */
void race_dispatch(struct engine *engine, struct flight *flight);

/* Sends the race that waits, if there is one. False when it still must. */
bool engine_send_race(struct engine *engine);

/* A racer came back, or will never be sent. */
void race_settle(struct engine *engine, struct exchange *exchange);

/* The race that waits, if it is wanted; it will not be sent. NULL: there is
 * none. */
struct flight *engine_withdraw_race(struct engine *engine, wanted *is_wanted);

/* None of its racers is sent: they are refused, or given back. */
void race_refuse(struct engine *engine, struct flight *flight,
                 const char *trouble);
void race_drop(struct engine *engine, struct flight *flight);
