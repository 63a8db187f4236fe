/* How often each flaky key was asked for. */
#pragma once

#include "specs/base/base.h"

/* Zeroed memory remembers nothing. */
struct flaky {
    struct flaky_key *keys;
    size_t count;
};

/* Counts the call and tells its number, from 1; 0 when there are
 * MOST_FLAKY_KEYS others already. The key has at most MOST_KEY_BYTES. */
uint64_t flaky_count(struct flaky *flaky, const char *key) NODISCARD;

void flaky_clear(struct flaky *flaky);
void flaky_finish(struct flaky *flaky);
