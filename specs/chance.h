/* Randomness that can be had again. What a call gets depends on the run's seed,
 * on whose call it is and where it stands in the spec: not on what was asked
 * before, nor on the order in which tests run. */
#pragma once

#include "specs/base/base.h"

/* Whose it is: one exchange, or a suite's variable. Texts are borrowed. */
struct chance {
    uint64_t seed;
    const char *suite; /* its path */
    const char *test;  /* its id, or the variable's name */
    size_t copy;
    size_t step;
    size_t attempt;
    size_t racer;
    size_t round;
    int64_t wall_ns; /* what time it is, for all that it fills */
};

/* Numbers one after the other. */
struct chance_stream {
    uint64_t state[4];
};

/* The stream of one place in a text. */
struct chance_stream chance_open(const struct chance *chance, const char *path,
                                 size_t offset);

uint64_t chance_next(struct chance_stream *stream);
/* Each from 0 to `bound` - 1 is as likely; 0: any 64 bits. */
uint64_t chance_below(struct chance_stream *stream, uint64_t bound);
/* From 0 up to, but not, 1. */
double chance_fraction(struct chance_stream *stream);

/* A seed for a run that was given none, from the system. */
uint64_t chance_seed(void);
