#include <stdlib.h>

#include "runner/transport/easy.h"

/* One exchange at a time, by curl_easy_perform(). */
struct blocking {
    struct transport base;
    struct carrier carrier;
    struct exchange *waiting;
    bool is_cancelled; /* what waits is not to be sent any more */
};

static struct blocking *of(struct transport *base)
{
    return container_of(base, struct blocking, base);
}

static size_t blocking_room(const struct transport *base)
{
    const struct blocking *blocking = (const struct blocking *)base;

    return blocking->waiting ? 0 : 1;
}

static void blocking_submit(struct transport *base, struct exchange *exchange)
{
    of(base)->waiting = exchange;
}

static struct exchange *blocking_wait(struct transport *base)
{
    struct blocking *blocking = of(base);
    struct carrier *carrier = &blocking->carrier;
    struct exchange *exchange = blocking->waiting;
    CURLcode code;

    if (!exchange || transport_is_interrupted(base))
        return NULL;
    blocking->waiting = NULL;
    if (blocking->is_cancelled) {
        blocking->is_cancelled = false;
        exchange_refuse(exchange, ARRIVAL_INTERRUPTED,
                        "the run was interrupted before it was sent");
        return exchange;
    }
    if (!carrier_load(carrier, exchange))
        return exchange;
    do {
        code = curl_easy_perform(carrier->easy);
    } while (carrier_wants_retry(carrier, code));
    carrier_unload(carrier, code);
    exchange_arrive(exchange);
    return exchange;
}

/* Between two waits nothing flies, but something may wait to be sent. */
static void blocking_cancel(struct transport *base, bool teardown_too)
{
    const struct exchange *waiting = of(base)->waiting;

    of(base)->is_cancelled = waiting && (teardown_too || !waiting->is_teardown);
}

static void blocking_close(struct transport *base)
{
    struct blocking *blocking = of(base);

    carrier_finish(&blocking->carrier);
    free(blocking);
}

struct transport *blocking_open(const struct transport_options *options,
                                struct fault *fault)
{
    struct blocking *blocking = must_alloc(sizeof(*blocking));

    blocking->base = (struct transport){
        .interrupt = options->interrupt,
        .room = blocking_room,
        .submit = blocking_submit,
        .wait = blocking_wait,
        .cancel = blocking_cancel,
        .close = blocking_close,
    };
    if (!carrier_init(&blocking->carrier, &blocking->base, !options->keep_alive,
                      fault)) {
        free(blocking);
        return NULL;
    }
    curl_easy_setopt(blocking->carrier.easy, CURLOPT_NOPROGRESS, 0L);
    return &blocking->base;
}
