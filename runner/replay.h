/* The order of an earlier run, and who may send when it is to be that again.
 * Pure, but for reading the log. */
#pragma once

#include "specs/specs.h"

struct replay;

/* Reads what a log says of sendings and answers; of a log with several rounds
 * the last one counts. The path must outlive it. NULL, with the fault raised,
 * where the file is no log. */
struct replay *replay_open(const char *path, struct fault *fault) NODISCARD;
void replay_closep(struct replay **replay_at);

/* What that run was given. */
size_t replay_jobs(const struct replay *replay);
uint64_t replay_seed(const struct replay *replay);
size_t replay_round(const struct replay *replay); /* from 0 */

/* Finds the log's tests in the plan, by suite and name. False, with the fault
 * raised, where they have none in common. */
bool replay_match(struct replay *replay, const struct plan *plan,
                  struct fault *fault) NODISCARD;

/* Where in the log each test of the plan begins, by its ordinal; SIZE_MAX: it
 * does not. Who begins at a place up to replay_place() may begin. */
const size_t *replay_places(const struct replay *replay);

/* The first sending or answer that has not come yet; SIZE_MAX: all came. */
size_t replay_place(const struct replay *replay);

/* A step of a test, by what tells it apart in the log. */
struct replay_key {
    size_t ordinal;
    size_t step;
    size_t attempt; /* from 0 */
};

/* Whether a test that has begun may go on with this step now. If not,
 * replay_next() gives the waiter when it may. */
bool replay_may_send(struct replay *replay, struct replay_key key,
                     void *waiter) NODISCARD;
void *replay_next(struct replay *replay);

/* The step was sent; it was answered and its test goes on. */
void replay_sent(struct replay *replay, struct replay_key key);
void replay_answered(struct replay *replay, struct replay_key key);

/* The test will send nothing more. */
void replay_drop(struct replay *replay, size_t ordinal);

/* Nothing flies and nobody may send. One of those that wait for a step which
 * the log does not know; NULL: there is none. */
void *replay_next_stray(struct replay *replay);

/* Then the log is wrong for this run: goes on as if that had happened which
 * nobody can do now. False when it has come to its end. */
bool replay_skip(struct replay *replay);

/* The run is cut short: from now on everybody may send, and what is left of
 * the log was not missed. */
void replay_stop(struct replay *replay);

/* How well it was followed. */
struct replay_account {
    size_t send_count;   /* of the log, of tests that this run might have */
    size_t missed_count; /* of those: not sent, or not in their turn */
    size_t stray_count;  /* sent, but not in the log */
};

struct replay_account replay_account(const struct replay *replay);

/* The next missed one at or after *place, which is moved behind it. */
struct replay_missed {
    const char *suite;
    const char *test;
    size_t step, attempt; /* from 0 */
};

bool replay_next_missed(const struct replay *replay, size_t *place,
                        struct replay_missed *missed);
