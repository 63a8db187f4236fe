/* What a test keeps of an answer for others. */
#pragma once

#include "assertions/extract.h"

struct capture_step;

struct capture {
    const char *name;
    struct spot at;
    bool is_secret;
    size_t step_count;
    struct capture_step *steps; /* a subject, then transforms */
};

/* Adds the capture that the member of `capture` describes. */
void capture_compile(struct compiling *compiling, const struct member *member);

/* The value, kept by the matching or by the document; NULL when it found
 * nothing, with *why saying so in words, or with the matching's fault raised.
 */
json_t *capture_take(const struct capture *capture, struct answer *answer,
                     const char **why);
