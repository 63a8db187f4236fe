/* What a run told, kept until it is known whether somebody must hear it. */
#pragma once

#include "reporters/reporters.h"

struct recorded;

/* Zeroed memory is an empty recording. */
struct recording {
    struct arena arena;
    struct recorded *first;
    struct recorded *last;
    const struct suite_label *suites; /* of the run's start, by index */
    size_t transcript_length;         /* bytes of all bodies and headers */
};

/* Keeps a copy of any event but COMPARED and RUN_FINISHED, which come when all
 * is known. When the transcripts have passed LIMIT_RECORDED those that follow
 * are left out; verdicts are kept in any case. */
void recording_keep(struct recording *recording, const struct event *event);

/* Tells it all again, in order. */
void recording_tell(const struct recording *recording,
                    void (*tell)(void *listener, const struct event *event),
                    void *listener);

void recording_clear(struct recording *recording);
