/* One spec of an expectation or a capture, one answer, and what is said. */
#pragma once

#include "assertions/assertions.h"
#include "specs/base/arena.h"

struct trial {
    struct arena arena;
    struct faults faults;
    struct step step;
    const struct judgement *judgement;
    struct response response;
    json_t *variables;
    struct probes *probes;
    struct judged judged;
};

/* Compiles a text like {"expect": ..., "capture": ..., "defaults": ...}; the
 * last one lies under the expectation. */
void trial_compile(struct trial *trial, const char *spec);

/* An answer with status 200 and this body, held. */
void trial_answer(struct trial *trial, const char *body);
/* Lets the body stream through the judgement's probes, `step` bytes at once. */
void trial_stream(struct trial *trial, const char *body, size_t length,
                  size_t step);

void trial_judge(struct trial *trial);
void trial_finish(struct trial *trial);

/* The messages of all verdicts, a line each; "" when there are none. Borrowed
 * from the arena. */
const char *trial_messages(struct trial *trial);
/* The mistakes found at load, as they are printed: "line:column: text". */
const char *trial_faults(struct trial *trial);

/* Compiles {"expect": `expect`} and judges an answer with that body. */
void trial_body(struct trial *trial, const char *expect, const char *body);
