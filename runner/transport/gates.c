#include "runner/transport/gates.h"

#include <stdlib.h>
#include <string.h>

struct gate {
    char host_key[sizeof(((struct address *)NULL)->host_key)];
    bool is_open;    /* the name is known */
    bool has_leader; /* somebody is finding out */
    struct queue waiting;
};

void queue_add(struct queue *queue, struct exchange *exchange)
{
    exchange->next = NULL;
    if (!queue->first)
        queue->end = &queue->first;
    *queue->end = exchange;
    queue->end = &exchange->next;
}

struct exchange *queue_take(struct queue *queue)
{
    struct exchange *exchange = queue->first;

    if (exchange)
        queue->first = exchange->next;
    return exchange;
}

static struct gate *gate_of(struct gates *gates, const char *host_key)
{
    struct gate *gate = map_find(&gates->map, host_key);

    if (gate)
        return gate;
    gate = must_alloc(sizeof(*gate));
    memcpy(gate->host_key, host_key, strlen(host_key) + 1);
    map_set(&gates->map, gate->host_key, gate);
    return gate;
}

bool gates_hold(struct gates *gates, struct exchange *exchange)
{
    const struct address *address = &exchange->call->address;
    struct gate *gate;
    bool must_wait;

    if (!address->has_name)
        return false;
    gate = gate_of(gates, address->host_key);
    must_wait = !gate->is_open && gate->has_leader;
    gate->has_leader = true;
    if (must_wait)
        queue_add(&gate->waiting, exchange);
    return must_wait;
}

void gates_open(struct gates *gates, const struct exchange *leader)
{
    const struct address *address = &leader->call->address;
    struct gate *gate = NULL;

    if (address->has_name)
        gate = map_find(&gates->map, address->host_key);
    if (!gate || gate->is_open)
        return;
    gate->is_open = true;
    gates->has_opened = true;
}

struct exchange *gates_fail(struct gates *gates, const struct exchange *leader)
{
    struct gate *gate = map_find(&gates->map, leader->call->address.host_key);

    if (!gate || gate->is_open)
        return NULL;
    gate->has_leader = false;
    return queue_take(&gate->waiting);
}

void gates_leave(struct gates *gates, const struct exchange *leader)
{
    const struct address *address = &leader->call->address;
    struct gate *gate = NULL;

    if (address->has_name)
        gate = map_find(&gates->map, address->host_key);
    if (gate)
        gate->has_leader = false;
}

void gates_open_all(struct gates *gates)
{
    for (size_t i = 0; i < gates->map.count; i++) {
        struct gate *gate = gates->map.entries[i].value;

        gate->is_open = true;
    }
    gates->has_opened = true;
}

struct exchange *gates_next(struct gates *gates)
{
    if (!gates->has_opened)
        return NULL;
    for (size_t i = 0; i < gates->map.count; i++) {
        struct gate *gate = gates->map.entries[i].value;
        struct exchange *exchange =
            gate->is_open ? queue_take(&gate->waiting) : NULL;

        if (exchange)
            return exchange;
    }
    gates->has_opened = false;
    return NULL;
}

void gates_finish(struct gates *gates)
{
    for (size_t i = 0; i < gates->map.count; i++)
        free(gates->map.entries[i].value);
    map_finish(&gates->map);
}
