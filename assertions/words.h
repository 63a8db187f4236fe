/* Tables of words: what is known, what is known but not to this version, and
 * what was probably meant. */
#pragma once

#include "specs/source.h"

/* A sorted list of names. */
struct words {
    const char *noun; /* "matcher", "key" */
    const char *const *names;
    size_t count;
    const char *const *later; /* of the format, but not of this version */
    size_t later_count;
    const char *hint; /* to those who name none of them; NULL: no more to say */
};

enum { NO_WORD = SIZE_MAX };

/* The index of the name; NO_WORD. Bisects. */
size_t words_find(const char *const *names, size_t count, const char *name);

bool words_are_sorted(const char *const *names, size_t count);

/* Tells that the key is unknown: that it is not supported yet, or what was
 * meant. False, and nothing told, when nothing like it is known. */
bool words_explain(const struct words *words, const struct member *member,
                   struct faults *faults);

/* The same, and says so at last when nothing like it is known. */
void words_refuse(const struct words *words, const struct member *member,
                  struct faults *faults);
