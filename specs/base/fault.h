/* Why we could not do our work, and where in the user's text. A wrong answer
 * of a server is never a fault: that is a verdict. */
#pragma once

#include <stdio.h>

#include "specs/base/base.h"

/* Lines and columns count from 1; columns count characters, not bytes. Line 0:
 * the whole file; path NULL: no file at all. `excerpt` is the line as written
 * (borrowed, not NUL-ended, `excerpt_length` bytes), or NULL; `width` columns
 * of it are meant. */
struct place {
    const char *path;
    unsigned line;
    unsigned column;
    unsigned width;
    const char *excerpt;
    size_t excerpt_length;
};

/* The same place, of whose line is said that it holds a secret. */
struct place place_hide(struct place place);

/* The same character of the same file. */
bool place_equals(struct place a, struct place b);

/* These bytes of a line that stands in no file; one column at least. */
struct place place_in_line(const char *line, size_t at, size_t length);

/* Zeroed memory is no fault. */
struct fault {
    bool raised;
    struct place at;
    char text[512];
};

/* Always false, so that a caller can write `return fault_raise(...)`. The
 * first writer wins: whoever stood closest to the trouble knows most. */
bool fault_raise(struct fault *fault, struct place at, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The mistakes of one load, in the order of finding; all of them are told. At
 * most LIMIT_FAULTS are kept, the rest is counted. Zeroed memory is an empty
 * list. */
struct faults {
    struct fault *faults;
    size_t count;
    size_t total;
};

/* Always false. The place's texts must outlive the list. */
bool faults_add(struct faults *faults, struct place at, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Whether the next one will only be counted: no words need be found for it. */
bool faults_are_full(const struct faults *faults);

/* Adds all of them, whose lines are not shown. */
void faults_add_hidden(struct faults *faults, const struct faults *found);

/* Adds those that were not told yet: a mistake in what many share is met by
 * each of them. */
void faults_add_new(struct faults *faults, const struct faults *found);

/* By file in order of first mention, then line and column. */
void faults_sort(struct faults *faults);

/* "path:line:column: text", then the source line and a caret below it. What is
 * no character or moves others about is shown as its code, never sent. */
void fault_print(const struct fault *fault, FILE *out);

/* Every fault, and how many more there are. */
void faults_print(const struct faults *faults, FILE *out);

/* How many different files the faults are in. */
size_t faults_file_count(const struct faults *faults);

void faults_finish(struct faults *faults);

/* What is wrong with a value, said by those who know no place. */
struct trouble {
    char text[320];    /* may show the value */
    const char *blind; /* shows nothing of it; NULL: neither does the text */
    size_t at, length; /* the bytes of a text that are meant; 0: all of it */
    size_t element;    /* of a list, counted from 1; 0: all of it */
};

/* Zeroes the rest. Always false. */
bool trouble_tell(struct trouble *trouble, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* The name in `names` that `wrong` was most likely meant to be, or NULL: at
 * most two edits away (Damerau-Levenshtein), one for short names. */
const char *nearest_name(const char *wrong, const char *const *names,
                         size_t count);
