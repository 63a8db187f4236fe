#include "examples/api/call.h"

#include "examples/api/limits.h"
#include "examples/api/service.h"
#include <stdlib.h>

#include "specs/base/clock.h"

struct call *call_open(struct service *service, const char *target)
{
    struct call *call = must_alloc(sizeof(*call));

    call->service = service;
    call->target = must_copy(target);
    call->body = buffer_with_ceiling(MOST_REQUEST_BYTES);
    return call;
}

void call_begin(struct call *call, struct MHD_Connection *connection,
                const char *method, const char *path)
{
    call->connection = connection;
    call->method = method;
    call->path = must_copy(path);
}

/* A body that is too large is read to its end nevertheless: a client that is
 * still sending would not hear a refusal. */
bool call_receive(struct call *call, const char *bytes, size_t length)
{
    if (!call->drained && buffer_add(&call->body, bytes, length))
        return true;
    buffer_clear(&call->body);
    call->drained += length;
    return call->drained <= MOST_DRAINED_BYTES;
}

enum MHD_Result call_sleep(struct call *call, int64_t wait_ns)
{
    call->waited = true;
    timers_sleep(&call->service->timers, call->connection,
                 clock_monotonic_ns() + wait_ns);
    return MHD_YES;
}

bool call_is_too_large(const struct call *call)
{
    return call->drained > 0;
}

const char *call_header(const struct call *call, const char *name)
{
    return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

const char *call_query(const struct call *call, const char *name)
{
    return MHD_lookup_connection_value(call->connection, MHD_GET_ARGUMENT_KIND,
                                       name);
}

bool call_count(const struct call *call, const char *name, uint64_t most,
                uint64_t *number)
{
    const char *text = call_query(call, name);

    return !text || read_count(text, most, number);
}

void call_free(struct call *call)
{
    if (!call)
        return;
    buffer_finish(&call->body);
    free(call->target);
    free(call->path);
    free(call);
}
