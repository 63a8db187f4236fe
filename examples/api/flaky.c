#include "examples/api/flaky.h"

#include "examples/api/limits.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct flaky_key {
    char name[MOST_KEY_BYTES + 1];
    uint64_t calls;
};

static struct flaky_key *find(struct flaky *flaky, const char *key)
{
    for (size_t i = 0; i < flaky->count; i++) {
        if (!strcmp(flaky->keys[i].name, key))
            return &flaky->keys[i];
    }
    return NULL;
}

static struct flaky_key *add(struct flaky *flaky, const char *key)
{
    struct flaky_key *added;

    if (flaky->count == MOST_FLAKY_KEYS)
        return NULL;
    if (!flaky->keys)
        flaky->keys = must_alloc(MOST_FLAKY_KEYS * sizeof(*flaky->keys));
    added = &flaky->keys[flaky->count++];
    memcpy(added->name, key, strlen(key) + 1);
    added->calls = 0;
    return added;
}

uint64_t flaky_count(struct flaky *flaky, const char *key)
{
    struct flaky_key *known = find(flaky, key);

    assert(strlen(key) <= MOST_KEY_BYTES);
    if (!known)
        known = add(flaky, key);
    return known ? ++known->calls : 0;
}

void flaky_clear(struct flaky *flaky)
{
    flaky->count = 0;
}

void flaky_finish(struct flaky *flaky)
{
    free(flaky->keys);
    *flaky = (struct flaky){0};
}
