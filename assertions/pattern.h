/* Regular expressions: PCRE2 behind one door, with limits on what a hostile
 * pattern or subject may cost. */
#pragma once

#include "specs/base/arena.h"

/* Bytes of any kind; not NUL-ended. */
struct text {
    const char *bytes;
    size_t length;
};

struct pattern;

/* What is wrong with a pattern, and at which byte of it. */
struct pattern_trouble {
    char text[160];
    size_t offset;
};

/* NULL with *trouble set. The pattern is UTF-8, and so is what it searches;
 * bytes of a subject that are not UTF-8 match nothing. Compiled patterns are
 * constant: any thread may search with them. */
struct pattern *pattern_compile(const char *text, size_t length,
                                struct pattern_trouble *trouble);

/* Makes machine code of it: worth it for what is used more than once. */
void pattern_optimize(struct pattern *pattern);

void pattern_free(struct pattern *pattern);
/* The pattern is the arena's from now on; returns it. */
struct pattern *pattern_hold(struct arena *arena, struct pattern *pattern);
void pattern_freep(struct pattern **pattern);

enum pattern_outcome {
    PATTERN_FOUND,
    PATTERN_MISSED,
    PATTERN_GAVE_UP, /* LIMIT_PATTERN_STEPS or LIMIT_PATTERN_HEAP_KB */
};

/* Looks for the pattern anywhere in the subject. *found (when not NULL) is the
 * text of the first group, or the whole match where the pattern has no groups.
 * A group that took no part in the match is empty. */
enum pattern_outcome pattern_search(const struct pattern *pattern,
                                    struct text subject, struct text *found);

/* What one search takes, to be used again by the next. Zeroed memory is an
 * empty room. Not for two threads at once. */
struct pattern_room {
    void *match;
};
void pattern_room_finish(struct pattern_room *room);

enum pattern_extent {
    PATTERN_ANYWHERE,
    PATTERN_WHOLE, /* the subject from start to end */
};

/* Only whether it is there, for those who ask of many subjects. */
enum pattern_outcome pattern_try(const struct pattern *pattern,
                                 struct text subject,
                                 enum pattern_extent extent,
                                 struct pattern_room *room);

/* The text in lower case, in the arena: every letter of Unicode that has one
 * counterpart, or those of ASCII alone where the text is not UTF-8. */
char *pattern_lower(struct arena *arena, struct text text, size_t *length);
