#include "assertions/probe.h"

/* Bytes that continue a character begin none: whatever the borders between
 * chunks, the sum is the same. */
size_t count_characters(struct text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
    return count;
}

static void length_feed(struct probe *probe, const char *bytes, size_t length)
{
    probe->count += count_characters((struct text){bytes, length});
}

static void length_restart(struct probe *probe)
{
    probe->count = 0;
}

const struct probe_kind length_probe = {
    .feed = length_feed,
    .restart = length_restart,
};
