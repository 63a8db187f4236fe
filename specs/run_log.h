/* The log of any run (reporters/README.md), read an event at a time. */
#pragma once

#include "specs/json.h"
#include "specs/source.h"

struct log_event {
    struct place at;
    const char *kind; /* "dispatched" */
    const json_t *members;
};

/* Borrowed for the call. False, with the fault raised, ends the reading. */
typedef bool log_hear(void *listener, const struct log_event *event,
                      struct fault *fault);

/* The last line may be cut short. False, with the fault raised, when the file
 * cannot be read, is no log or holds no run. */
bool run_log_read(const char *path, log_hear *hear, void *listener,
                  struct fault *fault) NODISCARD;
