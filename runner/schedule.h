/* Who is ready, who waits, who is skipped. Pure: no I/O, no clock of its own.
 */
#pragma once

#include "reporters/reporters.h"
#include "runner/exchange.h"
#include "runner/schedule_locks.h"

struct copy_jar {
    size_t copy;
    struct jar jar;
};

/* How far the rows of a test's data were read; the engine's. */
struct row_cursor {
    struct row_stream *stream; /* NULL before the first one */
    json_t *row;               /* the last one that was read */
    size_t count;              /* of those */
};

/* A test of the plan, as far as this run got with it. One that is left out of
 * the run has a task too, of which nothing is ever asked. */
struct task {
    const struct test *test;
    size_t first_ordinal; /* of its first copy, among those that run */
    struct lock_set *set; /* of its locks */
    size_t wait_count;    /* tests that it waits for */
    size_t waits_left;
    size_t copies_begun;
    size_t copies_done;
    size_t skips_out;     /* copies given out to be skipped, not settled */
    bool is_settled;      /* all copies are done, or all were skipped */
    enum outcome outcome; /* of all copies together */
    const struct task *because; /* the first one in the chain that did not
                                   pass, which skips it; or NULL */
    int64_t ready_ns;
    size_t jar_count;      /* of its copies, in the order of finishing... */
    struct copy_jar *jars; /* ...those that hold anything */
    struct jar jar;        /* what it leaves to those that waited for it */
    struct call **calls;   /* of its constant steps, made once; or NULL */
    struct row_cursor row_cursor;
    int64_t longest_ns; /* of its copies, in all rounds */
    int64_t path_ns;    /* longest chain of such times that ends here */
    const struct task *path_before;
};

struct schedule_options {
    bool shuffle; /* ready ones in random order, not the longest chain first */
    uint64_t seed;
    int64_t interval_ns; /* between two sendings; 0: none is kept */
    /* A place for each copy, by ordinal: they begin in the order of these, none
     * before schedule_reach() or schedule_release() lets it. SIZE_MAX: the copy
     * has none. NULL: no such order is kept. */
    const size_t *places;
};

/* When the next one may be sent. */
struct pace {
    int64_t next_ns;
    bool is_asked;   /* somebody wants to send, and was told to wait */
    bool is_overdue; /* somebody waited for next_ns */
};

struct schedule {
    const struct plan *plan;
    struct schedule_options options;
    struct task *tasks;  /* one a test, in the plan's order */
    size_t task_count;   /* of tests that are not left out */
    size_t copy_count;   /* of all those */
    json_t **captures;   /* one object a suite */
    struct locks locks;  /* with what is ready */
    struct heap held;    /* ready, but its next copy has no place */
    size_t reached;      /* that place; SIZE_MAX: all of them */
    struct heap parked;  /* flights, by the time that they wait for */
    uint64_t park_count; /* ever parked */
    struct pace pace;
    size_t round; /* from 0 */
    size_t settled_count;
    const char *stop_reason;  /* nothing more begins but teardown; or NULL */
    bool is_teardown_stopped; /* not even that */
    const struct task *last_of_path;
};

/* NULL for options: none of them. */
void schedule_init_with(struct schedule *schedule, const struct plan *plan,
                        const struct schedule_options *options, int64_t now_ns);
void schedule_init(struct schedule *schedule, const struct plan *plan,
                   int64_t now_ns);
void schedule_finish(struct schedule *schedule);

/* All is done and shall be done once more. Captures and cookies are forgotten;
 * the longest times and chains are those of all rounds, and a stop stays. A
 * shuffled round has an order of its own. */
void schedule_rewind(struct schedule *schedule, int64_t now_ns);

bool schedule_is_done(const struct schedule *schedule);

/* The next copy to begin, or NULL when all wait. With *skip set it is not to be
 * run: that is the reason, and schedule_settle() is due all the same. Without,
 * it holds its test's locks until then. */
struct task *schedule_next(struct schedule *schedule, size_t *copy,
                           const char **skip);

/* Copies up to this place may begin; SIZE_MAX: those without one, too. */
void schedule_reach(struct schedule *schedule, size_t place);

/* The most urgent ready copy without a place may begin, before all that have
 * one; false when there is none. */
bool schedule_release(struct schedule *schedule);

/* Because of which test this one is skipped; NULL for another reason, or none.
 */
const struct task *schedule_blocker(const struct schedule *schedule,
                                    const struct task *task);

/* One copy that was given out is done; OUTCOME_SKIPPED if it was to be skipped.
 */
void schedule_settle(struct schedule *schedule, struct task *task,
                     enum outcome outcome, int64_t duration_ns, int64_t now_ns);

/* Nothing more begins; `reason` must stay. */
void schedule_stop(struct schedule *schedule, const char *reason,
                   bool teardown_too);

/* A flight waits for that time; it keeps its locks. */
void schedule_park(struct schedule *schedule, void *flight, int64_t due_ns);

/* The flight that is due first, those of one time in the order of parking; NULL
 * when none is due. To be asked whenever time has passed. */
void *schedule_due(struct schedule *schedule, int64_t now_ns);

/* The one that would be due first, without waiting for it, and when that would
 * have been; NULL when none is parked. */
void *schedule_unpark(struct schedule *schedule, int64_t *due_ns);

/* When time alone makes something possible: a flight is due, or who was told to
 * wait may send. INT64_MAX: never. */
int64_t schedule_next_due(const struct schedule *schedule);

/* Whether one may be sent now. To be asked by who would do so: when the answer
 * is no, schedule_next_due() tells when to ask again. */
bool schedule_may_send(struct schedule *schedule, int64_t now_ns);

/* One was sent. What must go out together may, once one of it may: the others
 * count for later. */
void schedule_sent(struct schedule *schedule, int64_t now_ns);

/* The values that a step needs and its suite's constants do not have: captures
 * of other tests and, over them, `own` (those of earlier steps; may be NULL)
 * and the copy's index. A new reference, NULL where nothing is needed. */
json_t *schedule_values(const struct schedule *schedule,
                        const struct task *task, const struct step *step,
                        json_t *own, size_t copy);

/* Keeps what a test captured for the others of its suite. */
void schedule_keep(struct schedule *schedule, const struct task *task,
                   json_t *captured);

/* Keeps the cookies that one copy ended with; *jar is empty afterwards. When
 * the task settles they are merged in the order of the copies. */
void schedule_keep_jar(struct task *task, size_t copy, struct jar *jar);

/* The cookies that a test begins with (rule 7 of the format): those of all that
 * it waited for, in written order. */
void schedule_cookies(const struct schedule *schedule, const struct task *task,
                      struct jar *jar);
