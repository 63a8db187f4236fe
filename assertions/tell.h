/* Texts for people: one line, valid UTF-8, no control characters, never longer
 * than was allowed. Only made when something is wrong. */
#pragma once

#include <jansson.h>

#include "assertions/pattern.h"
#include "specs/base/arena.h"
#include "specs/base/buffer.h"

struct teller {
    struct arena *arena;
    struct buffer text;
    bool is_cut;    /* the ceiling was reached: nothing more is added */
    bool is_quoted; /* a quote is open */
};

/* At most `most` bytes, the dots of a cut included. */
struct teller teller_open(struct arena *arena, size_t most);

void tell(struct teller *teller, const char *words);
void tell_format(struct teller *teller, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Escaped as in JSON; bytes that are not UTF-8 as \xNN. */
void tell_visibly(struct teller *teller, struct text text);
void tell_quoted(struct teller *teller, struct text text);
void tell_json(struct teller *teller, json_t *value);
void tell_duration(struct teller *teller, int64_t ns);
void tell_size(struct teller *teller, int64_t bytes);

/* What is already fit to be told, cut where it is longer than `most` bytes. */
const char *tell_short(struct arena *arena, const char *words, size_t most);

/* The text, in the arena. */
const char *teller_finish(struct teller *teller);

struct text text_of(const char *words);
