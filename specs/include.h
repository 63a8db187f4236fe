/* From the files that are named to those that they include. Private to specs/.
 */
#pragma once

#include "specs/paths.h"

enum include_state { INCLUDE_NEW, INCLUDE_OPEN, INCLUDE_DONE };

/* A suite's file that was read, to be decoded. */
struct parsed {
    const struct source *source;
    const char *real;
    struct node root; /* json NULL: it was told why it cannot be read */
    const char *folder;
    const char *file_root;
    size_t include_count;
    struct parsed **includes; /* as written, each once */
    size_t reach_count;
    struct parsed **reach; /* all that it comes to, depth first, each once */
    const struct parsed *reached_by; /* the last one whose reach was found */
    enum include_state state;
    bool is_included;
    bool is_whole;       /* no lines pick from it, or from who includes it */
    bool lacks_includes; /* one of them could not be read, which was told */
    size_t index;        /* in the order of the plan */
};

struct includer {
    struct plan *plan;
    struct faults *faults;
    struct map *files; /* real paths, to struct parsed */
    /* Reads a file that is not among them yet, and enters it. */
    struct parsed *(*read)(struct includer *includer, const char *path,
                           const char *real);
    struct parsed **order; /* what is included comes before who includes it */
    size_t count;
    size_t capacity;
    struct parsed *trail[LIMIT_INCLUDE_DEPTH];
    size_t depth;
};

/* Puts the file, and before it those that it includes, into the order, unless
 * they are there. Tells of what cannot be included. */
void include_follow(struct includer *includer, struct parsed *parsed);
/* Once all are in order: what is included by who is taken whole is that, too.
 */
void include_spread(struct includer *includer);
void includer_finish(struct includer *includer);

/* Sets what the suite includes and reaches, which are suites of the plan
 * before it. */
void include_enter(struct plan *plan, const struct parsed *parsed,
                   struct suite *suite);
