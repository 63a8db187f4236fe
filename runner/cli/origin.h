/* `check --origin`: what is set, and where that comes from. */
#pragma once

#include "runner/cli/settings.h"

/* One option, as it stands in the end. */
struct option_story {
    const char *name;
    const char *value; /* secrets hidden; NULL: it has none */
    const char *from;  /* "built-in" where nobody set it */
};

/* Those that somebody set, each value of those that repeat; with -v those that
 * nobody set too. In the arena, in the order of --help. */
struct option_story *origin_options(const struct settings *settings,
                                    const struct plan *plan,
                                    struct arena *arena, size_t *count);

/* One variable of a suite. */
struct variable_story {
    const char *name;
    const char *value;  /* JSON, secrets hidden */
    const char *bare;   /* the same of a text without quotes; NULL: is none */
    const json_t *json; /* the value itself; NULL where something is hidden */
    const char *from;
};

/* Every variable of the suite but the environment. In the arena. */
struct variable_story *origin_variables(const struct plan *plan,
                                        const struct suite *suite,
                                        struct arena *arena, size_t *count);

/* A table of the options, and one of each suite's variables. */
void origin_print(const struct settings *settings, const struct plan *plan,
                  FILE *out);

/* What `check` found as one JSON document, with what origin_print() tells where
 * that is wanted. */
void check_print_json(const struct settings *settings, const struct plan *plan,
                      FILE *out);
/* The same where there are mistakes, which are sorted. */
void check_print_mistakes(struct faults *faults, FILE *out);
