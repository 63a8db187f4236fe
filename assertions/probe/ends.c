/* How a body begins and how it ends. */
#include <string.h>

#include "assertions/probe.h"

static void starts_feed(struct probe *probe, const char *bytes, size_t length)
{
    size_t left = probe->wanted.length - probe->count;

    if (left > length)
        left = length;
    if (!left || probe->missed)
        return;
    probe->missed =
        memcmp(bytes, probe->wanted.bytes + probe->count, left) != 0;
    if (!probe->missed)
        probe->count += left;
}

static void starts_restart(struct probe *probe)
{
    probe->count = 0;
    probe->missed = false;
}

static void ends_open(struct probe *probe, struct matching *matching)
{
    probe->tail = arena_take(matching->arena, 2 * probe->wanted.length + 1);
}

static void ends_feed(struct probe *probe, const char *bytes, size_t length)
{
    probe_keep_tail(probe, bytes, length, probe->wanted.length);
}

static void ends_restart(struct probe *probe)
{
    probe->tail_length = 0;
}

const struct probe_kind starts_with_probe = {
    .wants_text = true,
    .feed = starts_feed,
    .restart = starts_restart,
};

const struct probe_kind ends_with_probe = {
    .wants_text = true,
    .open = ends_open,
    .feed = ends_feed,
    .restart = ends_restart,
};
