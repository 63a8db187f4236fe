/* The steps of a capture: a subject, and what is made of it. Private to the
 * captures. */
#pragma once

#include "assertions/capture.h"

/* What a step works on. */
struct taking {
    struct answer *answer;
    struct value value; /* of the step before */
    const char *why;    /* nothing was found */
};

struct capture_kind {
    bool is_subject;   /* may stand first */
    bool is_transform; /* may follow */
    void (*compile)(struct compiling *compiling, const struct node *argument,
                    struct capture_step *step);
    /* Replaces the value; false with `why` set or the fault raised. */
    bool (*take)(struct taking *taking, const struct capture_step *step);
};

struct capture_step {
    const struct capture_kind *kind;
    struct literal literal;
    const struct jsonpath *path; /* NULL when it is made of templates */
    struct pattern *pattern;     /* likewise */
};

extern const struct capture_kind body_capture, cookie_capture, header_capture,
    json_capture, regex_capture, status_capture;
