/* Which elements of two arrays answer each other: those that are equal stay
 * together, however many came or went between them. Only looked for when
 * something is to be explained. */
#pragma once

#include "assertions/matcher/expected.h"

enum fate {
    FATE_NONE,  /* nothing equal answers it */
    FATE_MET,   /* the partner is equal, in the same order as others */
    FATE_MOVED, /* the partner is equal, and stands somewhere else */
};

struct aligned {
    size_t index; /* in its array */
    json_t *value;
    uint64_t hash;
    bool is_plain; /* its hash tells whether it may be equal to another */
    enum fate fate;
    size_t partner; /* where the partner stands in the other list */
};

struct alignment {
    const struct comparing *comparing;
    size_t expected_count, actual_count; /* without gaps */
    struct aligned *expected, *actual;
};

struct alignment alignment_make(const struct comparing *comparing,
                                const json_t *expected, const json_t *actual);
void alignment_finish(struct alignment *alignment);
