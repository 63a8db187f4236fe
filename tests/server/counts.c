#include "tests/server/counts.h"

#include <string.h>

void counts_init(struct counts *counts)
{
    pthread_mutex_init(&counts->lock, NULL);
    counts->used = 0;
}

static uint64_t add(struct counts *counts, const char *key, uint64_t added)
{
    size_t i = 0;

    while (i < counts->used && strcmp(counts->keys[i].key, key) != 0)
        i++;
    if (i == COUNTS_KEYS)
        return 0;
    if (i == counts->used) {
        memcpy(counts->keys[i].key, key, strlen(key) + 1);
        counts->keys[i].count = 0;
        counts->used++;
    }
    return counts->keys[i].count += added;
}

uint64_t counts_add(struct counts *counts, const char *key, size_t length,
                    uint64_t added)
{
    char whole[COUNTS_KEY_BYTES] = "";
    uint64_t count;

    memcpy(whole, key,
           length < COUNTS_KEY_BYTES ? length : COUNTS_KEY_BYTES - 1);
    pthread_mutex_lock(&counts->lock);
    count = add(counts, whole, added);
    pthread_mutex_unlock(&counts->lock);
    return count;
}

void counts_finish(struct counts *counts)
{
    pthread_mutex_destroy(&counts->lock);
}
