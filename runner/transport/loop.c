/*
 * One thread, one libev loop, libcurl's multi interface on top of it.
 *
 * libcurl says which sockets it wants to hear of (on_socket) and when it wants
 * to be called at the latest (on_timer); libev tells us when that is so, and we
 * call curl_multi_socket_action(). Neither callback may call back into libcurl,
 * so a timeout of 0 is a timer of 0, which fires in the loop's next turn: that
 * way a large download does not starve small requests either. What is done is
 * collected after each action, judged at once, and queued for wait().
 *
 * libcurl resolves a name on a thread of its own, one for each transfer: 200
 * transfers to an unknown host start 200 threads. So the first exchange to a
 * named host goes alone, and the others wait at a *gate* until it has connected
 * or ended; by then the name is in libcurl's cache.
 */
#include <ev.h>
#include <stdlib.h>
#include <string.h>

#include "runner/transport/easy.h"

/* A signal that comes right before the loop sleeps is noticed after this. */
static const double tick_seconds = 0.2;

struct watch {
    struct watch *next_free;
    struct loop *loop;
    ev_io io;
};

struct queue {
    struct exchange *first;
    struct exchange **end;
};

struct gate {
    char host_key[sizeof(((struct address *)NULL)->host_key)];
    bool is_open;    /* the name is known */
    bool has_leader; /* somebody is finding out */
    struct queue waiting;
};

struct loop {
    struct transport base;
    struct ev_loop *ev;
    CURLM *multi;
    ev_timer timer; /* libcurl's */
    ev_timer tick;  /* ours */
    size_t jobs;
    bool keep_alive;
    size_t flying; /* at a gate, in libcurl, or arrived and not taken */
    struct carrier *carriers;
    size_t carrier_count; /* those that have a handle */
    struct carrier *idle;
    struct watch *free_watches;
    struct queue arrived;
    struct map gates;
    bool has_opened; /* a gate that is open has waiting exchanges */
};

static struct loop *of(struct transport *base)
{
    return container_of(base, struct loop, base);
}

static void queue_add(struct queue *queue, struct exchange *exchange)
{
    exchange->next = NULL;
    if (!queue->first)
        queue->end = &queue->first;
    *queue->end = exchange;
    queue->end = &exchange->next;
}

static struct exchange *queue_take(struct queue *queue)
{
    struct exchange *exchange = queue->first;

    if (exchange)
        queue->first = exchange->next;
    return exchange;
}

static void arrive(struct loop *loop, struct exchange *exchange)
{
    exchange_arrive(exchange);
    queue_add(&loop->arrived, exchange);
}

static void open_gate(struct loop *loop, const char *host_key)
{
    struct gate *gate = map_find(&loop->gates, host_key);

    if (!gate || gate->is_open)
        return;
    gate->is_open = true;
    loop->has_opened = true;
}

/* A lookup that failed is the answer for all that waited for it. */
static void fail_gate(struct loop *loop, const struct exchange *leader)
{
    struct gate *gate = map_find(&loop->gates, leader->call->address.host_key);
    struct exchange *exchange;

    if (!gate || gate->is_open)
        return;
    gate->has_leader = false;
    while ((exchange = queue_take(&gate->waiting))) {
        exchange_refuse(exchange, ARRIVAL_DNS,
                        arena_copy(&exchange->arena, leader->response.trouble));
        queue_add(&loop->arrived, exchange);
    }
}

/* Called by libcurl: nothing may be added to it here. */
static void on_connected(struct carrier *carrier)
{
    struct loop *loop = of(carrier->transport);

    if (carrier->exchange->call->address.has_name)
        open_gate(loop, carrier->exchange->call->address.host_key);
}

/* The carriers' memory is taken at once, since libcurl keeps pointers to them;
 * their handles are made when they are needed first. */
static struct carrier *take_carrier(struct loop *loop)
{
    struct carrier *carrier = loop->idle;
    struct fault fault = {0};

    if (carrier) {
        loop->idle = carrier->next;
        return carrier;
    }
    carrier = &loop->carriers[loop->carrier_count];
    if (!carrier_init(carrier, &loop->base, !loop->keep_alive, &fault))
        return NULL;
    loop->carrier_count++;
    carrier->connected = on_connected;
    return carrier;
}

static void put_carrier(struct loop *loop, struct carrier *carrier)
{
    carrier->next = loop->idle;
    loop->idle = carrier;
}

static void launch(struct loop *loop, struct exchange *exchange)
{
    struct carrier *carrier = take_carrier(loop);

    if (!carrier) {
        exchange_refuse(exchange, ARRIVAL_REQUEST,
                        "libcurl has no handle to give");
        queue_add(&loop->arrived, exchange);
        return;
    }
    if (!carrier_load(carrier, exchange)) {
        put_carrier(loop, carrier);
        queue_add(&loop->arrived, exchange);
        return;
    }
    curl_multi_add_handle(loop->multi, carrier->easy);
}

static void collect_one(struct loop *loop, struct carrier *carrier,
                        CURLcode code)
{
    struct exchange *exchange = carrier->exchange;

    curl_multi_remove_handle(loop->multi, carrier->easy);
    if (carrier_wants_retry(carrier, code)) {
        curl_multi_add_handle(loop->multi, carrier->easy);
        return;
    }
    carrier_unload(carrier, code);
    put_carrier(loop, carrier);
    if (code == CURLE_COULDNT_RESOLVE_HOST)
        fail_gate(loop, exchange);
    else if (exchange->call->address.has_name)
        open_gate(loop, exchange->call->address.host_key);
    arrive(loop, exchange);
}

static void pass_gates(struct loop *loop)
{
    if (!loop->has_opened)
        return;
    loop->has_opened = false;
    for (size_t i = 0; i < loop->gates.count; i++) {
        struct gate *gate = loop->gates.entries[i].value;
        struct exchange *exchange;

        while (gate->is_open && (exchange = queue_take(&gate->waiting)))
            launch(loop, exchange);
    }
}

static void collect(struct loop *loop)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(loop->multi, &left))) {
        struct carrier *carrier = NULL;
        CURLcode code = message->data.result;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &carrier);
        collect_one(loop, carrier, code);
    }
    pass_gates(loop);
}

static void act(struct loop *loop, curl_socket_t fd, int flags)
{
    int running;

    curl_multi_socket_action(loop->multi, fd, flags, &running);
    collect(loop);
}

static void on_ready(struct ev_loop *ev, ev_io *io, int events)
{
    struct watch *watch = container_of(io, struct watch, io);

    (void)ev;
    act(watch->loop, io->fd,
        (events & EV_READ ? CURL_CSELECT_IN : 0) |
            (events & EV_WRITE ? CURL_CSELECT_OUT : 0));
}

static void on_due(struct ev_loop *ev, ev_timer *timer, int events)
{
    (void)ev;
    (void)events;
    act(container_of(timer, struct loop, timer), CURL_SOCKET_TIMEOUT, 0);
}

static void on_tick(struct ev_loop *ev, ev_timer *timer, int events)
{
    (void)ev;
    (void)timer;
    (void)events;
}

static int on_timer(CURLM *multi, long timeout_ms, void *data)
{
    struct loop *loop = data;

    (void)multi;
    ev_timer_stop(loop->ev, &loop->timer);
    if (timeout_ms < 0)
        return 0;
    if (timeout_ms > 0)
        ev_now_update(loop->ev);
    ev_timer_set(&loop->timer, (double)timeout_ms / 1000.0, 0.);
    ev_timer_start(loop->ev, &loop->timer);
    return 0;
}

static struct watch *take_watch(struct loop *loop)
{
    struct watch *watch = loop->free_watches;

    if (watch)
        loop->free_watches = watch->next_free;
    else
        watch = must_alloc(sizeof(*watch));
    watch->loop = loop;
    ev_init(&watch->io, on_ready);
    return watch;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *data,
                     void *socket_data)
{
    struct loop *loop = data;
    struct watch *watch = socket_data;

    (void)easy;
    if (watch)
        ev_io_stop(loop->ev, &watch->io);
    if (what == CURL_POLL_REMOVE) {
        curl_multi_assign(loop->multi, fd, NULL);
        if (watch) {
            watch->next_free = loop->free_watches;
            loop->free_watches = watch;
        }
        return 0;
    }
    if (!watch) {
        watch = take_watch(loop);
        curl_multi_assign(loop->multi, fd, watch);
    }
    ev_io_set(&watch->io, fd,
              (what & CURL_POLL_IN ? EV_READ : 0) |
                  (what & CURL_POLL_OUT ? EV_WRITE : 0));
    ev_io_start(loop->ev, &watch->io);
    return 0;
}

static size_t loop_room(const struct transport *base)
{
    const struct loop *loop = (const struct loop *)base;

    return loop->jobs - loop->flying;
}

static struct gate *gate_of(struct loop *loop, const char *host_key)
{
    struct gate *gate = map_find(&loop->gates, host_key);

    if (gate)
        return gate;
    gate = must_alloc(sizeof(*gate));
    memcpy(gate->host_key, host_key, strlen(host_key) + 1);
    map_set(&loop->gates, gate->host_key, gate);
    return gate;
}

/* Whether it must wait; if not, and the gate is closed, it goes to see. */
static bool waits_at(struct gate *gate)
{
    bool must_wait = !gate->is_open && gate->has_leader;

    gate->has_leader = true;
    return must_wait;
}

static void loop_submit(struct transport *base, struct exchange *exchange)
{
    struct loop *loop = of(base);
    const struct address *address = &exchange->call->address;
    struct gate *gate =
        address->has_name ? gate_of(loop, address->host_key) : NULL;

    loop->flying++;
    if (gate && waits_at(gate))
        queue_add(&gate->waiting, exchange);
    else
        launch(loop, exchange);
}

static struct exchange *loop_wait(struct transport *base)
{
    struct loop *loop = of(base);
    struct exchange *exchange;

    while (!loop->arrived.first) {
        if (loop->flying == 0 || transport_is_interrupted(base))
            return NULL;
        ev_run(loop->ev, EVRUN_ONCE);
    }
    exchange = queue_take(&loop->arrived);
    loop->flying--;
    return exchange;
}

/* Exchanges that are in libcurl end as if it had said so; those at a gate were
 * never sent. */
static void loop_cancel(struct transport *base, bool teardown_too)
{
    struct loop *loop = of(base);

    for (size_t i = 0; i < loop->carrier_count; i++) {
        struct carrier *carrier = &loop->carriers[i];
        struct exchange *exchange = carrier->exchange;

        if (!exchange || (exchange->is_teardown && !teardown_too))
            continue;
        curl_multi_remove_handle(loop->multi, carrier->easy);
        carrier_unload(carrier, CURLE_ABORTED_BY_CALLBACK);
        put_carrier(loop, carrier);
        arrive(loop, exchange);
    }
    for (size_t i = 0; i < loop->gates.count; i++) {
        struct gate *gate = loop->gates.entries[i].value;
        struct exchange *exchange;

        gate->is_open = true;
        while ((exchange = queue_take(&gate->waiting))) {
            if (exchange->is_teardown && !teardown_too) {
                launch(loop, exchange);
                continue;
            }
            exchange_refuse(exchange, ARRIVAL_INTERRUPTED,
                            "the run was interrupted before it was sent");
            queue_add(&loop->arrived, exchange);
        }
    }
}

static void free_watches(struct loop *loop)
{
    while (loop->free_watches) {
        struct watch *watch = loop->free_watches;

        loop->free_watches = watch->next_free;
        free(watch);
    }
}

static void loop_close(struct transport *base)
{
    struct loop *loop = of(base);

    for (size_t i = 0; i < loop->carrier_count; i++)
        carrier_finish(&loop->carriers[i]);
    if (loop->multi)
        curl_multi_cleanup(loop->multi);
    for (size_t i = 0; i < loop->gates.count; i++)
        free(loop->gates.entries[i].value);
    map_finish(&loop->gates);
    free_watches(loop);
    if (loop->ev)
        ev_loop_destroy(loop->ev);
    free(loop->carriers);
    free(loop);
}

static void set_multi(struct loop *loop)
{
    CURLM *multi = loop->multi;

    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, loop);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)loop->jobs * 2);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
}

struct transport *loop_open(const struct transport_options *options,
                            struct fault *fault)
{
    struct loop *loop = must_alloc(sizeof(*loop));

    loop->base = (struct transport){
        .interrupt = options->interrupt,
        .room = loop_room,
        .submit = loop_submit,
        .wait = loop_wait,
        .cancel = loop_cancel,
        .close = loop_close,
    };
    loop->jobs = options->jobs;
    loop->ev = ev_loop_new(EVFLAG_AUTO | EVFLAG_NOENV);
    loop->multi = curl_multi_init();
    if (!loop->ev || !loop->multi) {
        fault_raise(fault, (struct place){0}, "no event loop to be had");
        loop_close(&loop->base);
        return NULL;
    }
    set_multi(loop);
    ev_init(&loop->timer, on_due);
    ev_timer_init(&loop->tick, on_tick, tick_seconds, tick_seconds);
    ev_timer_start(loop->ev, &loop->tick);
    loop->keep_alive = options->keep_alive;
    loop->carriers = must_alloc(loop->jobs * sizeof(*loop->carriers));
    return &loop->base;
}
