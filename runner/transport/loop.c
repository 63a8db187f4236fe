/*
 * One thread, one libev loop, libcurl's multi interface on top of it.
 *
 * libcurl says which sockets it wants to hear of (on_socket) and when it wants
 * to be called at the latest (on_timer); libev tells us when that is so, and we
 * call curl_multi_socket_action(). Neither callback may call back into libcurl,
 * so a timeout of 0 is a timer of 0, which fires in the loop's next turn: that
 * way a large download does not starve small requests either. What is done is
 * collected after each action, judged at once, and queued for wait().
 */
#include <ev.h>
#include <stdlib.h>

#include "runner/transport/gates.h"
#include "runner/transport/race.h"

/* A signal that comes right before the loop sleeps is noticed after this. */
static const double tick_seconds = 0.2;

static const char no_handle[] = "libcurl has no handle to give";

struct watch {
    struct watch *next_free;
    struct loop *loop;
    ev_io io;
};

struct loop {
    struct transport base;
    struct ev_loop *ev;
    CURLM *multi;
    ev_timer timer; /* libcurl's */
    ev_timer tick;  /* ours */
    ev_timer alarm; /* of who waits */
    size_t jobs;
    bool keep_alive;
    size_t flying; /* at a gate, in libcurl, or arrived and not taken */
    struct carrier *carriers;
    size_t carrier_count; /* those that have a handle */
    struct carrier *idle;
    struct watch *free_watches;
    struct queue arrived;
    struct gates gates;
    struct lineup *lineups; /* of races that have not begun */
};

static struct loop *of(struct transport *base)
{
    return container_of(base, struct loop, base);
}

static void arrive(struct loop *loop, struct exchange *exchange)
{
    if (exchange->racer)
        racer_leave(exchange->racer);
    gates_leave(&loop->gates, exchange);
    queue_add(&loop->arrived, exchange);
}

static void refuse(struct loop *loop, struct exchange *exchange,
                   enum arrival arrival, const char *trouble)
{
    exchange_refuse(exchange, arrival, trouble);
    arrive(loop, exchange);
}

/* A lookup that failed is the answer for all that waited for it. */
static void settle_gate(struct loop *loop, const struct exchange *leader,
                        CURLcode code)
{
    struct exchange *exchange;

    if (code != CURLE_COULDNT_RESOLVE_HOST) {
        gates_open(&loop->gates, leader);
        return;
    }
    while ((exchange = gates_fail(&loop->gates, leader)))
        refuse(loop, exchange, ARRIVAL_DNS,
               arena_copy(&exchange->arena, leader->response.trouble));
}

/* Called by libcurl: nothing may be added to it here. */
static void on_connected(struct carrier *carrier)
{
    struct loop *loop = of(carrier->transport);
    struct exchange *exchange = carrier->exchange;

    gates_open(&loop->gates, exchange);
    if (exchange->racer)
        racer_hold(exchange->racer, carrier->fd);
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
        refuse(loop, exchange, ARRIVAL_REQUEST, no_handle);
        return;
    }
    if (!carrier_load(carrier, exchange)) {
        put_carrier(loop, carrier);
        arrive(loop, exchange);
        return;
    }
    curl_multi_add_handle(loop->multi, carrier->easy);
}

/* A racer only connects; it is launched with the others. One that does not even
 * connect before has no name to find out. */
static void begin(struct loop *loop, struct exchange *exchange)
{
    if (!exchange->racer)
        launch(loop, exchange);
    else if (!racer_connect(exchange->racer))
        refuse(loop, exchange, ARRIVAL_REQUEST, no_handle);
    else if (exchange->racer->state == RACER_CONNECTED)
        gates_open(&loop->gates, exchange);
}

static void pass_gates(struct loop *loop)
{
    struct exchange *exchange;

    while ((exchange = gates_next(&loop->gates)))
        begin(loop, exchange);
}

static void start_race(struct loop *loop, struct lineup *lineup)
{
    lineup_start(lineup);
    for (size_t i = 0; i < lineup->count; i++) {
        if (lineup->racers[i].exchange)
            launch(loop, lineup->racers[i].exchange);
    }
}

/* Looks whether there is one that may start, or whose racers are ready. */
static void advance_races(struct loop *loop)
{
    struct lineup **link = &loop->lineups;

    while (*link) {
        struct lineup *lineup = *link;

        if (lineup_may_start(lineup))
            start_race(loop, lineup);
        if (!lineup_may_go(lineup)) {
            link = &lineup->next;
            continue;
        }
        *link = lineup->next;
        lineup_release(lineup);
    }
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
    settle_gate(loop, exchange, code);
    exchange_arrive(exchange);
    arrive(loop, exchange);
}

static void collect_racer(struct loop *loop, struct racer *racer, CURLcode code)
{
    struct exchange *exchange = racer->exchange;
    const struct response *response = &exchange->response;
    bool is_connected = racer_settle(racer, code);

    settle_gate(loop, exchange, code);
    if (is_connected)
        return;
    refuse(loop, exchange, response->arrival, response->trouble);
}

static void collect(struct loop *loop)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(loop->multi, &left))) {
        struct carrier *carrier = NULL;
        CURLcode code = message->data.result;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &carrier);
        if (carrier)
            collect_one(loop, carrier, code);
        else
            collect_racer(
                loop, lineups_find(loop->lineups, message->easy_handle), code);
    }
    pass_gates(loop);
    advance_races(loop);
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

/* Wakes the loop, that is all. */
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

    return loop->jobs > loop->flying ? loop->jobs - loop->flying : 0;
}

static void loop_submit(struct transport *base, struct exchange *exchange)
{
    struct loop *loop = of(base);

    loop->flying++;
    if (!gates_hold(&loop->gates, exchange))
        begin(loop, exchange);
}

/* Connections that were only opened stay in libcurl's cache until they are
 * collected, and must find room there. */
static void loop_race(struct transport *base, struct exchange *const *racers,
                      size_t count)
{
    struct loop *loop = of(base);
    struct lineup *lineup = lineup_open(loop->multi, racers, count);

    lineup->next = loop->lineups;
    loop->lineups = lineup;
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS,
                      ((long)loop->jobs + LIMIT_RACE) * 2);
    for (size_t i = 0; i < count; i++)
        loop_submit(base, racers[i]);
    pass_gates(loop);
    advance_races(loop);
}

/* False when the time has come. */
static bool set_alarm(struct loop *loop, int64_t until_ns)
{
    int64_t left_ns = until_ns - clock_monotonic_ns();

    if (left_ns <= 0)
        return false;
    ev_now_update(loop->ev);
    ev_timer_set(&loop->alarm, (double)left_ns / (double)NS_PER_S, 0.);
    ev_timer_start(loop->ev, &loop->alarm);
    return true;
}

static struct exchange *loop_wait(struct transport *base, int64_t until_ns)
{
    struct loop *loop = of(base);
    bool has_alarm = until_ns != INT64_MAX;
    struct exchange *exchange;

    while (!loop->arrived.first) {
        if ((loop->flying == 0 && !has_alarm) ||
            transport_is_interrupted(base) ||
            (has_alarm && !set_alarm(loop, until_ns)))
            return NULL;
        ev_run(loop->ev, EVRUN_ONCE);
        ev_timer_stop(loop->ev, &loop->alarm);
    }
    exchange = queue_take(&loop->arrived);
    loop->flying--;
    return exchange;
}

/* Those whose race has not started have no carrier. */
static void cancel_racers(struct loop *loop, bool teardown_too)
{
    for (struct lineup *lineup = loop->lineups; lineup; lineup = lineup->next) {
        for (size_t i = 0; i < lineup->count; i++) {
            struct exchange *exchange = lineup->racers[i].exchange;

            if (exchange && (teardown_too || !exchange->is_teardown))
                refuse(loop, exchange, ARRIVAL_INTERRUPTED,
                       loop->base.cancelled_by);
        }
    }
}

/* Exchanges that are in libcurl end as if it had said so; those at a gate were
 * never sent. */
static void loop_cancel(struct transport *base, bool teardown_too)
{
    struct loop *loop = of(base);
    struct exchange *exchange;

    for (size_t i = 0; i < loop->carrier_count; i++) {
        struct carrier *carrier = &loop->carriers[i];

        exchange = carrier->exchange;
        if (!exchange || (exchange->is_teardown && !teardown_too))
            continue;
        curl_multi_remove_handle(loop->multi, carrier->easy);
        carrier_unload(carrier, CURLE_ABORTED_BY_CALLBACK);
        put_carrier(loop, carrier);
        exchange_arrive(exchange);
        arrive(loop, exchange);
    }
    gates_open_all(&loop->gates);
    while ((exchange = gates_next(&loop->gates))) {
        if (exchange->is_teardown && !teardown_too)
            begin(loop, exchange);
        else
            refuse(loop, exchange, ARRIVAL_INTERRUPTED, base->cancelled_by);
    }
    cancel_racers(loop, teardown_too);
    advance_races(loop);
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
    gates_finish(&loop->gates);
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
    /* A race of more than may fly otherwise flies alone. */
    size_t most = options->jobs > LIMIT_RACE ? options->jobs : LIMIT_RACE;

    loop->base = (struct transport){
        .interrupt = options->interrupt,
        .room = loop_room,
        .submit = loop_submit,
        .race = loop_race,
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
    ev_init(&loop->alarm, on_tick);
    loop->keep_alive = options->keep_alive;
    loop->carriers = must_alloc(most * sizeof(*loop->carriers));
    return &loop->base;
}
