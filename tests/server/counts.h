/* How often each key was asked for; safe to use from every thread. */
#pragma once

#include <pthread.h>

#include "specs/base/base.h"

enum { COUNTS_KEYS = 256, COUNTS_KEY_BYTES = 64 };

struct counts {
    pthread_mutex_t lock;
    size_t used;
    struct {
        char key[COUNTS_KEY_BYTES];
        uint64_t count;
    } keys[COUNTS_KEYS];
};

void counts_init(struct counts *counts);

/* What the key's count is after adding; 0 when there is no room for the key,
 * which is cut to COUNTS_KEY_BYTES - 1. */
uint64_t counts_add(struct counts *counts, const char *key, size_t length,
                    uint64_t added);

void counts_finish(struct counts *counts);
