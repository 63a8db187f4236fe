/* Texts of the command line become values, or it is said what they are not.
 * `label` is what the user calls the option: "--jobs", "VOLLEY_JOBS". */
#pragma once

#include "specs/specs.h"

struct words {
    size_t count;
    const char *const *list;
};

/* From bounds[0] to bounds[1], both included. */
bool value_number(const char *label, const char *value, const size_t bounds[2],
                  size_t *result, struct fault *fault) NODISCARD;
/* Above zero. */
bool value_time(const char *label, const char *value, int64_t *ns,
                struct fault *fault) NODISCARD;
bool value_size(const char *label, const char *value, uint64_t *bytes,
                struct fault *fault) NODISCARD;

/* Which of the words it is. */
bool value_choice(const char *label, const char *value, struct words words,
                  size_t *index, struct fault *fault) NODISCARD;

/* Splits "NAME=REST" at the first "=": the name in the arena, or NULL where it
 * is empty; *rest is NULL where there is no "=". */
const char *value_split(struct arena *arena, const char *value,
                        const char **rest);
