#include "runner/hosts.h"

#include <stdlib.h>
#include <string.h>

struct host {
    size_t flying;
    struct exchange *first;
    struct exchange **end;
    char key[sizeof(((struct address *)NULL)->host_key)];
};

static struct host *host_of(struct hosts *hosts,
                            const struct exchange *exchange)
{
    const char *key = exchange->call->address.host_key;
    struct host *host = map_find(&hosts->map, key);

    if (host)
        return host;
    host = must_alloc(sizeof(*host));
    memcpy(host->key, key, strlen(key) + 1);
    map_set(&hosts->map, host->key, host);
    return host;
}

static void append(struct exchange **first, struct exchange ***end,
                   struct exchange *exchange)
{
    exchange->next = NULL;
    if (!*first)
        *end = first;
    **end = exchange;
    *end = &exchange->next;
}

bool hosts_enter(struct hosts *hosts, struct exchange *exchange)
{
    struct host *host = host_of(hosts, exchange);

    if (host->flying < hosts->most) {
        host->flying++;
        return true;
    }
    append(&host->first, &host->end, exchange);
    hosts->waiting_count++;
    return false;
}

void hosts_add(struct hosts *hosts, const struct exchange *exchange)
{
    host_of(hosts, exchange)->flying++;
}

void hosts_leave(struct hosts *hosts, const struct exchange *exchange)
{
    struct host *host = host_of(hosts, exchange);
    struct exchange *waiting = host->first;

    if (!waiting || host->flying > hosts->most) {
        host->flying--;
        return;
    }
    host->first = waiting->next;
    append(&hosts->freed, &hosts->freed_end, waiting);
}

struct exchange *hosts_next(struct hosts *hosts)
{
    struct exchange *exchange = hosts->freed;

    if (!exchange)
        return NULL;
    hosts->freed = exchange->next;
    hosts->waiting_count--;
    return exchange;
}

/* Takes the first wanted one out of a queue. */
static struct exchange *unlink_wanted(struct exchange **first,
                                      struct exchange ***end, wanted *is_wanted)
{
    for (struct exchange **link = first; *link; link = &(*link)->next) {
        struct exchange *exchange = *link;

        if (!is_wanted(exchange))
            continue;
        *link = exchange->next;
        if (!exchange->next)
            *end = link;
        return exchange;
    }
    return NULL;
}

struct exchange *hosts_withdraw(struct hosts *hosts, wanted *is_wanted)
{
    struct exchange *exchange =
        unlink_wanted(&hosts->freed, &hosts->freed_end, is_wanted);

    if (exchange) /* its place is free again */
        hosts_leave(hosts, exchange);
    for (size_t i = 0; i < hosts->map.count && !exchange; i++) {
        struct host *host = hosts->map.entries[i].value;

        exchange = unlink_wanted(&host->first, &host->end, is_wanted);
    }
    if (exchange)
        hosts->waiting_count--;
    return exchange;
}

void hosts_finish(struct hosts *hosts)
{
    for (size_t i = 0; i < hosts->map.count; i++)
        free(hosts->map.entries[i].value);
    map_finish(&hosts->map);
}
