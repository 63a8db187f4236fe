#include <string.h>

#include "assertions/probe.h"

static void contains_open(struct probe *probe, struct matching *matching)
{
    probe->tail = arena_take(matching->arena, 2 * probe->wanted.length + 1);
}

static bool holds(const struct probe *probe, const char *bytes, size_t length)
{
    return memmem(bytes, length, probe->wanted.bytes, probe->wanted.length);
}

/* What lies over a border is found among the last bytes before it and the
 * first ones after it. */
static bool lies_over_border(struct probe *probe, const char *bytes,
                             size_t length)
{
    size_t lead = probe->wanted.length - 1;

    if (!probe->tail_length)
        return false;
    if (lead > length)
        lead = length;
    memcpy(probe->tail + probe->tail_length, bytes, lead);
    return holds(probe, probe->tail, probe->tail_length + lead);
}

static void contains_feed(struct probe *probe, const char *bytes, size_t length)
{
    if (probe->found)
        return;
    probe->found =
        lies_over_border(probe, bytes, length) || holds(probe, bytes, length);
    probe_keep_tail(probe, bytes, length, probe->wanted.length - 1);
}

static void contains_restart(struct probe *probe)
{
    probe->found = probe->wanted.length == 0;
    probe->tail_length = 0;
}

const struct probe_kind contains_probe = {
    .wants_text = true,
    .open = contains_open,
    .feed = contains_feed,
    .restart = contains_restart,
};
