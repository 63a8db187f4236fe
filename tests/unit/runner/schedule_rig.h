/* A plan of one suite, put together by hand. */
#pragma once

#include "runner/schedule.h"

enum { RIG_TESTS = 8 };

struct rig {
    struct plan plan;
    struct suite suite;
    struct test tests[RIG_TESTS];
    struct wait waits[RIG_TESTS][RIG_TESTS];
    const struct test *waiters[RIG_TESTS][RIG_TESTS];
    struct schedule schedule;
};

extern struct rig rig;

/* So many tests that wait for nothing. */
void rig_build(size_t count);

void rig_wait_for(size_t test, size_t on, bool requires);

/* Names without an end of their own: COUNT them. */
void rig_lock(size_t test, size_t count, const char *const *names);

struct task *rig_next(const char **skip);

/* The next one is this test, which begins. */
struct task *rig_begin(size_t test);

void rig_expect_none(void);

/* It settles so, after 10 ns. */
void rig_settle(struct task *task, enum outcome outcome);

/* The next one is this test; it settles so. */
void rig_expect(size_t test, const char *skip, enum outcome outcome);
