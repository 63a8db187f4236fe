/* What the files of a replay ask of each other. */
#pragma once

#include "runner/replay.h"
#include "specs/base/map.h"

enum replay_kind {
    REPLAY_SEND,
    REPLAY_ANSWER,
    REPLAY_END, /* the last answer of its test, which may have had none */
};

struct replay_story;

/* A line of the log that counts. */
struct replay_event {
    enum replay_kind kind;
    bool is_over; /* it happened, or will not */
    bool is_missed;
    struct replay_story *story;
    size_t step, attempt;
    size_t next; /* of the same test; SIZE_MAX: none */
};

/* What the log tells of one test. */
struct replay_story {
    size_t suite;   /* among those of the log */
    size_t ordinal; /* in the log */
    const char *name;
    size_t first, last;        /* its events */
    size_t at;                 /* the first one that is not over */
    struct replay_story *same; /* next one of that name */
    bool is_found;             /* in the plan */
    bool is_out;               /* but it is not to be run, or not now */
    void *waiter;              /* may not send yet; or NULL */
    /* among those that wait with a step that the log does not know */
    struct replay_story *before, *after;
    bool is_stray;
};

struct replay {
    const char *path;
    struct arena arena; /* of names */
    size_t jobs;
    uint64_t seed;
    size_t round;
    size_t suite_count;
    const char **suites;
    size_t event_count, event_capacity;
    struct replay_event *events;
    size_t story_count, story_capacity;
    struct replay_story **stories;
    struct map by_number; /* while the log is read: by ordinal as text */
    size_t copy_count;
    struct replay_story **of_copy; /* by ordinal in the plan; may be NULL */
    size_t *places;
    size_t place; /* the first event that is not over */
    struct replay_story *first_stray, *last_stray;
    size_t stray_count;
};

/* The event is over, and *at of its test moves on. */
void replay_pass(struct replay *replay, struct replay_story *story,
                 bool is_missed);
