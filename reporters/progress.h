/* The one living line of a terminal: "17/22  3 in flight  58/s  0.3 s". */
#pragma once

#include "reporters/reporters.h"

struct progress {
    bool is_living; /* false: nothing is ever drawn */
    int descriptor; /* the terminal, asked for its width */
    bool is_drawn;
    int64_t drawn_ns;
    size_t test_count, done_count, in_flight;
    uint64_t exchange_count;
};

void progress_hear(struct progress *progress, const struct event *event);
/* Takes the line away, if it is there: before anything else is written. */
void progress_erase(struct progress *progress, struct buffer *out);
/* Draws it when it is gone or older than a tenth of a second. */
void progress_draw(struct progress *progress, int64_t at_ns,
                   struct buffer *out);
