#include <stdlib.h>
#include <time.h>

#include "runner/transport/easy.h"
#include "runner/transport/gates.h"

/* One exchange at a time, by curl_easy_perform(). Only a race, which is nothing
 * but exchanges at the same time, runs in a loop. */
struct blocking {
    struct transport base;
    struct carrier carrier;
    struct transport *loop; /* NULL before the first race */
    size_t racing_count;    /* in there */
    struct queue refused;   /* racers, when there is no loop to be had */
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

    return blocking->waiting || blocking->racing_count ||
                   blocking->refused.first
               ? 0
               : 1;
}

static void blocking_submit(struct transport *base, struct exchange *exchange)
{
    of(base)->waiting = exchange;
}

static void refuse_racers(struct blocking *blocking,
                          struct exchange *const *racers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        exchange_refuse(racers[i], ARRIVAL_REQUEST, "no event loop to be had");
        queue_add(&blocking->refused, racers[i]);
    }
}

static void blocking_race(struct transport *base,
                          struct exchange *const *racers, size_t count)
{
    const struct transport_options options = {.jobs = 1,
                                              .interrupt = base->interrupt};
    struct blocking *blocking = of(base);
    struct fault fault = {0};

    if (!blocking->loop)
        blocking->loop = loop_open(&options, &fault);
    if (!blocking->loop) {
        refuse_racers(blocking, racers, count);
        return;
    }
    blocking->racing_count = count;
    blocking->loop->race(blocking->loop, racers, count);
}

/* The loop heeds what this transport does. */
static struct exchange *wait_for_racer(struct blocking *blocking,
                                       int64_t until_ns)
{
    struct transport *loop = blocking->loop;
    struct exchange *exchange;

    loop->heeded = blocking->base.heeded;
    exchange = loop->wait(loop, until_ns);
    if (exchange)
        blocking->racing_count--;
    return exchange;
}

/* Nothing flies, and something is due later. A signal ends the sleep, or one
 * that came right before it is noticed soon. */
static void sleep_until(int64_t until_ns)
{
    const int64_t longest_ns = NS_PER_S / 5;
    int64_t left_ns = until_ns - clock_monotonic_ns();
    struct timespec pause;

    if (left_ns <= 0)
        return;
    if (left_ns > longest_ns)
        left_ns = longest_ns;
    pause = (struct timespec){left_ns / NS_PER_S, left_ns % NS_PER_S};
    nanosleep(&pause, NULL);
}

static struct exchange *blocking_wait(struct transport *base, int64_t until_ns)
{
    struct blocking *blocking = of(base);
    struct carrier *carrier = &blocking->carrier;
    struct exchange *exchange = blocking->waiting;
    CURLcode code;

    if (transport_is_interrupted(base))
        return NULL;
    if (blocking->refused.first)
        return queue_take(&blocking->refused);
    if (blocking->racing_count)
        return wait_for_racer(blocking, until_ns);
    if (!exchange) {
        if (until_ns != INT64_MAX)
            sleep_until(until_ns);
        return NULL;
    }
    blocking->waiting = NULL;
    if (blocking->is_cancelled) {
        blocking->is_cancelled = false;
        exchange_refuse(exchange, ARRIVAL_INTERRUPTED, base->cancelled_by);
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

/* Between two waits nothing flies but a race; something may wait to be sent. */
static void blocking_cancel(struct transport *base, bool teardown_too)
{
    struct blocking *blocking = of(base);
    const struct exchange *waiting = blocking->waiting;

    blocking->is_cancelled = waiting && (teardown_too || !waiting->is_teardown);
    if (!blocking->racing_count)
        return;
    blocking->loop->cancelled_by = base->cancelled_by;
    blocking->loop->cancel(blocking->loop, teardown_too);
}

static void blocking_close(struct transport *base)
{
    struct blocking *blocking = of(base);

    carrier_finish(&blocking->carrier);
    if (blocking->loop)
        blocking->loop->close(blocking->loop);
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
        .race = blocking_race,
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
