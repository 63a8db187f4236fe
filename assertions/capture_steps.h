/* The steps of a capture: a subject, and what is made of it. Private to the
 * captures. */
#pragma once

#include "assertions/capture.h"
#include "assertions/transform.h"

/* What a step works on. */
struct taking {
    struct answer *answer;
    struct value value; /* of the step before */
    const char *why;    /* nothing was found */
};

/* A word of captures: it may stand first, or follow, or both. */
struct capture_kind {
    /* As a subject; NULL: it is none, */
    void (*compile)(struct compiling *compiling, const struct node *argument,
                    struct capture_step *step);
    /* False with `why` set or the fault raised. */
    bool (*take)(struct taking *taking, const struct capture_step *step);
    bool is_of_body; /* but where it stands first it looks at the body */
    const struct transform_kind *transform; /* as what follows; NULL */
};

struct capture_step {
    const struct capture_kind *subject; /* NULL: it is a transform */
    struct transform transform;         /* or what the subject is told */
};

extern const struct capture_kind base64_capture, body_capture, cookie_capture,
    count_capture, date_capture, first_capture, header_capture, hex_capture,
    json_capture, last_capture, length_capture, lower_capture, md5_capture,
    nth_capture, number_capture, parse_json_capture, regex_capture,
    sha256_capture, split_capture, status_capture, trim_capture,
    url_decode_capture, html_capture, xml_capture;

/* Reads what a transform is told: its argument, or true. */
void compile_transform(struct compiling *compiling,
                       const struct transform_kind *kind,
                       const struct node *argument, struct capture_step *step);

/* Replaces the value by what the step makes of it; false with `why` set or the
 * fault raised. */
bool take_step(struct taking *taking, const struct capture_step *step);
