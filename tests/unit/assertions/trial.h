/* One spec of an expectation or a capture, one answer, and what is said. */
#pragma once

#include "assertions/assertions.h"
#include "specs/base/arena.h"

struct trial {
    struct arena arena;
    struct plan plan;   /* of the suite */
    struct suite suite; /* that names matchers */
    const struct suite *reach;
    struct faults faults;
    struct node expect; /* the step's */
    struct step step;
    const struct judgement *judgement;
    struct response response;
    json_t *variables;
    struct probes *probes;
    struct judged judged;
};

/* Compiles a text like {"expect": ..., "capture": ..., "defaults": ...,
 * "matchers": ..., "folder": ...}; the defaults lie under the expectation, and
 * the folder is where paths begin, a real path. */
void trial_compile(struct trial *trial, const char *spec);
/* The same for a step of which more is known. */
void trial_compile_step(struct trial *trial, const char *spec,
                        struct step step);
/* The same of what the format makes, in which there is no mistake. */
void trial_prepare(struct trial *trial, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Compiles a spec whose mistakes are these, and forgets it. */
void trial_refuse(const char *spec, const char *told);

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
/* Those are the messages; NULL: everything holds. */
void trial_expect(struct trial *trial, const char *messages);
/* The mistakes found at load, as they are printed: "line:column: text". */
const char *trial_faults(struct trial *trial);

/* Compiles {"expect": `expect`} and judges an answer with that body. */
void trial_body(struct trial *trial, const char *expect, const char *body);
