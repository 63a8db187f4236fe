/* Who answers whom: each expected element gets an actual element of its own.
 * Private to the matchers. */
#pragma once

#include "specs/base/base.h"

struct pairing {
    /* Whether that actual element will do; asked once of each pair. */
    bool (*fits)(void *asker, size_t expected, size_t actual);
    /* Before each look at a pair; false: enough. */
    bool (*goes_on)(void *asker);
    void *asker;
    size_t expected_count, actual_count;
};

/* Whether each expected element finds one; false also when it was enough. */
bool pairing_is_complete(const struct pairing *pairing);
