/* Where each variable comes from, for those who ask. Private to variables*.c.
 *
 * Origins are an object of texts, or NULL where nobody asked: then nothing is
 * noted. What is noted later of the same name stands. */
#pragma once

#include "specs/source.h"

void origin_note(json_t *origins, const char *name, const char *origin);

/* "WHAT PATH:LINE:COLUMN" */
void origin_note_spot(json_t *origins, const char *name, const char *what,
                      struct spot spot);

/* The members of an object that have no value among the constants yet. */
void origin_note_new(json_t *origins, json_t *constants,
                     const struct node *written, const char *what);
