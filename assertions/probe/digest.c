#include "assertions/digest.h"

#include "assertions/probe.h"

static void digest_probe_open(struct probe *probe, struct matching *matching)
{
    probe->digest = digest_open(matching->digests, DIGEST_SHA256);
    probe->hex = arena_take(matching->arena, DIGEST_HEX_MOST + 1);
}

static void digest_probe_feed(struct probe *probe, const char *bytes,
                              size_t length)
{
    digest_feed(probe->digest, bytes, length);
}

static void digest_probe_restart(struct probe *probe)
{
    digest_restart(probe->digest);
    probe->hex[0] = '\0';
}

static void digest_probe_close(struct probe *probe)
{
    digest_close(probe->digest);
}

const char *probe_digest(const struct probe *probe)
{
    if (!probe->hex[0])
        digest_finish(probe->digest, probe->hex);
    return probe->hex;
}

const struct probe_kind digest_probe = {
    .open = digest_probe_open,
    .feed = digest_probe_feed,
    .restart = digest_probe_restart,
    .close = digest_probe_close,
};
