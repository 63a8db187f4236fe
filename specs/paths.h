/* From what the command line names to files, and from what a suite names to
 * files below its root. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* A file that may be a suite. */
struct candidate {
    const char *path;        /* as the user reached it; "-" is stdin */
    const char *real;        /* absolute, no symbolic links; "-" is stdin */
    bool certain;            /* a suite whatever is in it */
    bool is_suite;           /* once it was read */
    const char *passed_over; /* why it is none; NULL: it is one */
    bool is_whole;           /* named without a line */
    size_t line_count;
    struct suite_line *lines; /* in the arena */
};

/* What one argument led to. */
struct mention {
    size_t argument;
    const struct candidate *candidate;
};

struct paths {
    struct arena *arena;
    struct faults *faults;
    struct map known; /* real paths, to candidates */
    struct candidate **candidates;
    size_t count;
    size_t capacity;
    struct mention *mentions;
    size_t mention_count;
    size_t mention_capacity;
    bool missing; /* something was told that is not there */
};

/* Texts go into the arena. Tells of what is missing or cannot be read, and is
 * false then. */
bool paths_find(struct paths *paths, size_t argument, const char *path);
void paths_finish(struct paths *paths);

/* Words for an errno of opening or reading. */
const char *path_trouble(int error);

/* "./a//b" is "a/b". */
const char *path_clean(struct arena *arena, const char *path);

/* Whether `path` is `folder` or lies in it; both are real paths. */
bool path_is_below(const char *path, const char *folder);

/* The folder of a real path. */
const char *path_folder(struct arena *arena, const char *real);

/* The nearest folder, from this one up, that holds volley.json or .git; else
 * the folder itself (rule 3 of the format). */
const char *path_root(struct arena *arena, const char *folder);
