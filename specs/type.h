/* What kind of value is meant, and the complaint where it is another. */
#pragma once

#include "specs/source.h"

enum type {
    TYPE_STRING = 1 << 0,
    TYPE_NUMBER = 1 << 1,
    TYPE_WHOLE = 1 << 2, /* a number without fraction */
    TYPE_BOOLEAN = 1 << 3,
    TYPE_ARRAY = 1 << 4,
    TYPE_OBJECT = 1 << 5,
    TYPE_NULL = 1 << 6,
    TYPE_ANY = (1 << 7) - 1,
};

/* "SUBJECT must be a string, not a number" unless it is one of the types. */
bool type_check(const struct node *node, const char *subject, unsigned types,
                struct faults *faults) NODISCARD;

/* A string of at least one character and without NUL, borrowed; NULL, and told
 * unless nothing is written. `subject` as above. */
const char *text_read(const struct node *node, const char *subject,
                      struct faults *faults);
