/* A plan of one text, compiled without the room of assertions: expectations are
 * values with templates, and nothing else is known of them. */
#pragma once

#include "specs/specs.h"

#define REQUEST(path)    "\"request\": {\"url\": \"http://h/" path "\"}"
#define TEST(name, path) "{\"name\": \"" name "\", " REQUEST(path) "}"
#define CAPTURES(name, path, key)                                              \
    "{\"name\": \"" name "\", " REQUEST(path) ", \"capture\": {\"" key         \
                                              "\": {\"json\": \"$.x\"}}}"
#define AFTER(name, id)                                                        \
    "{\"name\": \"" name "\", \"after\": [\"" id "\"], " REQUEST("") "}"

struct sketch {
    struct plan *plan;
    struct faults faults;
    struct buffer told; /* faults, then warnings: "line:column text\n" */
};

/* Compiles any plan as a sketch is. */
void sketch_compile(struct plan *plan, struct faults *faults);

/* Ends the test if the text is no suite. */
void sketch_load(struct sketch *sketch, const char *text);
void sketch_finish(struct sketch *sketch);

/* "name flow/height: on reason variable!, ...\n" for each test; the "!" says
 * that it requires the other one. */
void sketch_expect(const struct sketch *sketch, const char *wanted);
/* The same of a text in which there is no mistake. */
void sketch_draw(const char *text, const char *wanted);
/* What is told of a text. */
void sketch_tell(const char *text, const char *wanted);
