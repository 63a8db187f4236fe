#include "assertions/probe.h"

#include <string.h>

#include "assertions/judgement.h"
#include "specs/json.h"

enum { HEAD = 256 }; /* bytes of the body's beginning that are kept to show */

struct probes {
    size_t count;
    struct probe *list;
    uint64_t size;
    size_t head_length;
    char head[HEAD];
};

/* The text that the probe looks for is copied: what filled it in is gone when
 * the body comes. */
static void fill_wanted(struct probe *probe, struct matching *matching)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&probe->matcher->literal, matching, &room);

    if (!literal) {
        probe->trouble = arena_copy(matching->arena, matching->fault.text);
    } else {
        probe->wanted.length = json_string_length(literal->json);
        probe->wanted.bytes =
            arena_copy_bytes(matching->arena, json_string_value(literal->json),
                             probe->wanted.length);
    }
    matching->fault = (struct fault){0};
}

static void open_probe(struct probe *probe, const struct matcher *matcher,
                       struct matching *matching)
{
    probe->matcher = matcher;
    probe->kind = matcher_probe(matcher);
    if (probe->kind->wants_text)
        fill_wanted(probe, matching);
    if (probe->trouble)
        return;
    if (probe->kind->open)
        probe->kind->open(probe, matching);
    probe->kind->restart(probe);
}

struct probes *probes_open(const struct judgement *judgement,
                           const struct scope *scope, struct arena *arena)
{
    struct matching matching = {
        .scope = scope,
        .arena = arena,
        .digests = judgement->more->digests,
    };
    struct probes *probes;

    if (!judgement->streams_body)
        return NULL;
    probes = arena_take(arena, sizeof(*probes));
    probes->count = judgement->more->watchers.count;
    probes->list = arena_take(arena, probes->count * sizeof(*probes->list));
    for (size_t i = 0; i < probes->count; i++)
        open_probe(&probes->list[i], judgement->more->watchers.items[i],
                   &matching);
    json_decref(matching.keep);
    return probes;
}

static void keep_head(struct probes *probes, const char *bytes, size_t length)
{
    size_t left = HEAD - probes->head_length;

    if (length > left)
        length = left;
    if (length)
        memcpy(probes->head + probes->head_length, bytes, length);
    probes->head_length += length;
}

void probes_feed(struct probes *probes, const char *bytes, size_t length)
{
    if (!probes || !length)
        return;
    probes->size += length;
    keep_head(probes, bytes, length);
    for (size_t i = 0; i < probes->count; i++) {
        struct probe *probe = &probes->list[i];

        if (!probe->trouble)
            probe->kind->feed(probe, bytes, length);
    }
}

void probes_restart(struct probes *probes)
{
    if (!probes)
        return;
    probes->size = 0;
    probes->head_length = 0;
    for (size_t i = 0; i < probes->count; i++) {
        if (!probes->list[i].trouble)
            probes->list[i].kind->restart(&probes->list[i]);
    }
}

void probes_close(struct probes *probes)
{
    for (size_t i = 0; probes && i < probes->count; i++) {
        struct probe *probe = &probes->list[i];

        if (!probe->trouble && probe->kind->close)
            probe->kind->close(probe);
    }
}

void probe_keep_tail(struct probe *probe, const char *bytes, size_t length,
                     size_t most)
{
    size_t extra;

    if (length >= most) {
        if (most)
            memcpy(probe->tail, bytes + length - most, most);
        probe->tail_length = most;
        return;
    }
    memcpy(probe->tail + probe->tail_length, bytes, length);
    probe->tail_length += length;
    if (probe->tail_length <= most)
        return;
    extra = probe->tail_length - most;
    memmove(probe->tail, probe->tail + extra, most);
    probe->tail_length = most;
}

const struct probe *probe_of(struct matching *matching,
                             const struct matcher *matcher,
                             const struct value *value)
{
    const struct probe *probe = &value->probes->list[matcher->probe];

    if (!probe->trouble)
        return probe;
    matching_fault(matching, matcher->literal.at, "%s", probe->trouble);
    return NULL;
}

uint64_t probes_size(const struct probes *probes)
{
    return probes->size;
}

void probes_tell(const struct probes *probes, struct teller *teller)
{
    tell_quoted(teller, (struct text){probes->head, probes->head_length});
    if (probes->size > probes->head_length) {
        tell(teller, "... of ");
        tell_size(teller, (int64_t)probes->size);
    }
}
