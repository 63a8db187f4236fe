#include "runner/sink.h"

bool sink_write(struct sink *sink, const char *bytes, size_t length)
{
    return !sink || sink->write(sink, bytes, length);
}

void sink_restart(struct sink *sink)
{
    if (sink)
        sink->restart(sink);
}

static bool count_write(struct sink *base, const char *bytes, size_t length)
{
    struct count_sink *sink = container_of(base, struct count_sink, base);

    sink->count += length;
    return sink_write(base->next, bytes, length);
}

static void count_restart(struct sink *base)
{
    container_of(base, struct count_sink, base)->count = 0;
    sink_restart(base->next);
}

struct sink *count_sink_init(struct count_sink *sink, struct sink *next)
{
    *sink = (struct count_sink){{count_write, count_restart, next}, 0};
    return &sink->base;
}

static bool probe_write(struct sink *base, const char *bytes, size_t length)
{
    struct probe_sink *sink = container_of(base, struct probe_sink, base);

    probes_feed(sink->probes, bytes, length);
    return sink_write(base->next, bytes, length);
}

static void probe_restart(struct sink *base)
{
    probes_restart(container_of(base, struct probe_sink, base)->probes);
    sink_restart(base->next);
}

struct sink *probe_sink_init(struct probe_sink *sink, struct probes *probes,
                             struct sink *next)
{
    *sink = (struct probe_sink){{probe_write, probe_restart, next}, probes};
    return &sink->base;
}

static bool memory_write(struct sink *base, const char *bytes, size_t length)
{
    struct memory_sink *sink = container_of(base, struct memory_sink, base);

    if (!buffer_add(sink->body, bytes, length)) {
        sink->overflowed = true; /* a server must not own our memory */
        return false;
    }
    return sink_write(base->next, bytes, length);
}

static void memory_restart(struct sink *base)
{
    buffer_clear(container_of(base, struct memory_sink, base)->body);
    sink_restart(base->next);
}

struct sink *memory_sink_init(struct memory_sink *sink, struct buffer *body,
                              struct sink *next)
{
    *sink =
        (struct memory_sink){{memory_write, memory_restart, next}, body, false};
    return &sink->base;
}

static bool head_write(struct sink *base, const char *bytes, size_t length)
{
    struct head_sink *sink = container_of(base, struct head_sink, base);
    size_t room = sink->head->ceiling - sink->head->length;

    if (!buffer_add(sink->head, bytes, length < room ? length : room))
        return false;
    return sink_write(base->next, bytes, length);
}

static void head_restart(struct sink *base)
{
    buffer_clear(container_of(base, struct head_sink, base)->head);
    sink_restart(base->next);
}

struct sink *head_sink_init(struct head_sink *sink, struct buffer *head,
                            struct sink *next)
{
    *sink = (struct head_sink){{head_write, head_restart, next}, head};
    return &sink->base;
}
