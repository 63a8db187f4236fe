/* What a suite's `variables` declare, for those who ask whether anybody uses
 * it. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* One of a suite's `variables`. */
struct declared {
    const char *name;
    struct spot at; /* of its name */
    const struct suite *suite;
    struct needs needs; /* what it is made of */
    bool is_used;
    const struct declared *user; /* of no use itself; NULL: nobody */
};

struct declared_list {
    size_t count;
    struct declared *list;
    struct map names;
};

/* An empty list with room for so many, in the plan's arena. */
struct declared_list *declared_new(struct plan *plan, size_t most) NODISCARD;
/* Enters one of the suite's `variables` into its list. */
void declared_add(const struct suite *suite, const struct member *member,
                  struct needs needs);

/* What the name means in the suite, if it is a variable of it or of one that it
 * includes; NULL if it is none. */
struct declared *declared_find(const struct suite *suite, const char *name);

/* Somebody in the suite names it: whatever has the name there is of use. */
void declared_use(const struct suite *suite, const char *name);

/* Warns of those that are of no use, once all names are resolved. */
void declared_warn_of_unused(struct plan *plan);
