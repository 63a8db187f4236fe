/* Who is ready, who waits, who is skipped. Pure: no I/O, no clock of its own.
 */
#pragma once

#include "reporters/reporters.h"
#include "runner/exchange.h"

struct copy_jar {
    size_t copy;
    struct jar jar;
};

/* A test of the plan, as far as this run got with it. */
struct task {
    const struct test *test;
    size_t first_ordinal; /* of its first copy, in the whole plan */
    size_t waits_left;
    size_t copies_begun;
    size_t copies_done;
    bool is_settled;            /* all copies are done, or all were skipped */
    enum outcome outcome;       /* of all copies together */
    const struct task *because; /* the first one in the chain that did not
                                   pass, which skips it; or NULL */
    int64_t ready_ns;
    size_t jar_count;      /* of its copies, in the order of finishing... */
    struct copy_jar *jars; /* ...those that hold anything */
    struct jar jar;        /* what it leaves to those that waited for it */
    struct call **calls;   /* of its constant steps, made once; or NULL */
    int64_t longest_ns;    /* of its copies */
    int64_t path_ns;       /* longest chain of times that ends here */
    const struct task *path_before;
};

struct schedule {
    const struct plan *plan;
    struct task *tasks; /* one a test, in the plan's order */
    size_t copy_count;  /* of all tests */
    json_t **captures;  /* one object a suite */
    struct task **heap; /* ready ones, longest chain first */
    size_t heap_count;
    size_t settled_count;
    const char *stop_reason;  /* nothing more begins but teardown; or NULL */
    bool is_teardown_stopped; /* not even that */
    const struct task *last_of_path;
};

void schedule_init(struct schedule *schedule, const struct plan *plan,
                   int64_t now_ns);
void schedule_finish(struct schedule *schedule);

bool schedule_is_done(const struct schedule *schedule);

/* The next copy to begin, or NULL when all wait. With *skip set it is not to be
 * run: that is the reason, and schedule_settle() is due all the same. */
struct task *schedule_next(struct schedule *schedule, size_t *copy,
                           const char **skip);

/* Because of which test this one is skipped; NULL for another reason, or none.
 */
const struct task *schedule_blocker(const struct schedule *schedule,
                                    const struct task *task);

/* One copy is done. */
void schedule_settle(struct schedule *schedule, struct task *task,
                     enum outcome outcome, int64_t duration_ns, int64_t now_ns);

/* Nothing more begins; `reason` must stay. */
void schedule_stop(struct schedule *schedule, const char *reason,
                   bool teardown_too);

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
