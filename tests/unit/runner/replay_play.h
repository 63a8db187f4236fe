/* Runs that are played without a network: what the engine does, with answers
 * that come in any order. */
#pragma once

#include "schedule_rig.h"

#include "runner/replay.h"

enum {
    PLAY_COPIES = 3, /* of a test, at most */
    PLAY_ATTEMPTS = 3,
    PLAY_STEPS = 4,
    PLAY_EVENTS = 4096,
};

/* How a copy of a test goes. */
struct script {
    size_t attempt_count;
    size_t step_counts[PLAY_ATTEMPTS];
    bool fails;
};

extern struct script scripts[RIG_TESTS][PLAY_COPIES];

struct happening {
    enum { SENT, ANSWERED, ENDED } kind;
    char name[32];
    size_t step, attempt;
};

/* What happened, in order. */
struct story {
    size_t count;
    struct happening list[PLAY_EVENTS];
};

uint64_t dice(void); /* the same after the same roll_seed() */
void roll_seed(uint64_t seed);

/* Plays the rig with so many in flight, in random order or in that of the
 * replay. */
void play(struct replay *replay, size_t jobs, struct story *story);

/* As a log holds it, which may be cut behind so many happenings. */
void story_write(const struct story *story, size_t count, const char *path);
