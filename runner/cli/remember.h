/* Hears a run and keeps how each test ended, for --last-failed. */
#pragma once

#include "runner/cli/settings.h"
#include "specs/last_run.h"

struct memory {
    const struct plan *plan;
    void (*tell)(void *listener, const struct event *event); /* hears it all */
    void *listener;
    size_t *ordinals;       /* of each test's first copy, by its index */
    size_t copy_count;      /* of all tests that are not left out */
    struct ending *endings; /* by test->index */
};

/* The plan, `tell` and `listener` are set; what was there before is lost. */
void memory_open(struct memory *memory);

/* Passes the event on and notes it; `memory` is a struct memory. */
void memory_tell(void *memory, const struct event *event);

/* Writes it down; where that cannot be, it is told on stderr when -v is
 * given. */
void memory_save(const struct memory *memory, const struct settings *settings);
void memory_close(struct memory *memory);
