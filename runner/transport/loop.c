/*
 * One thread that carries many exchanges at once. The reactor says when libcurl
 * did something; then what is done is collected, judged at once, and queued for
 * wait().
 */
#include <stdlib.h>

#include "runner/transport/gates.h"
#include "runner/transport/race.h"
#include "runner/transport/reactor.h"

/* How long libcurl may take to end what is over. */
static const int64_t grace_ns = NS_PER_S / 10;

static const char no_handle[] = "libcurl has no handle to give";

struct loop {
    struct transport base;
    struct reactor *reactor;
    CURLM *multi; /* the reactor's */
    size_t jobs;
    bool keep_alive;
    size_t flying; /* at a gate, in libcurl, or arrived and not taken */
    struct carrier *carriers;
    size_t carrier_count; /* those that have a handle */
    struct carrier *idle;
    struct queue arrived;
    struct gates gates;
    struct lineup *lineups; /* of races that have not begun */
    int64_t look_ns;        /* for what is overdue; monotonic */
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

/* libcurl did not say so: it ends as if it had. */
static void end_carrier(struct loop *loop, struct carrier *carrier,
                        CURLcode code)
{
    struct exchange *exchange = carrier->exchange;

    curl_multi_remove_handle(loop->multi, carrier->easy);
    carrier_unload(carrier, code);
    put_carrier(loop, carrier);
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

/* Called whenever libcurl did something. */
static void collect(void *data)
{
    struct loop *loop = data;
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

static bool is_overdue(const struct exchange *exchange, int64_t now_ns)
{
    return exchange->due_ns && now_ns - exchange->due_ns > grace_ns;
}

static void end_overdue_racers(struct loop *loop, struct lineup *lineup,
                               int64_t now_ns)
{
    for (size_t i = 0; i < lineup->count; i++) {
        struct racer *racer = &lineup->racers[i];

        if (racer->easy && is_overdue(racer->exchange, now_ns))
            collect_racer(loop, racer, CURLE_OPERATION_TIMEDOUT);
    }
}

/* libcurl (7.88 at least) forgets that a transfer's time is up where that is
 * less than a millisecond after another time of the same transfer that it heeds
 * late, such as that for connecting: it would wait for the server without end.
 */
static void end_overdue(struct loop *loop)
{
    int64_t now_ns = clock_monotonic_ns();

    if (now_ns < loop->look_ns)
        return;
    loop->look_ns = now_ns + grace_ns;
    for (size_t i = 0; i < loop->carrier_count; i++) {
        struct carrier *carrier = &loop->carriers[i];
        const struct exchange *exchange = carrier->exchange;

        if (!exchange || !is_overdue(exchange, now_ns))
            continue;
        settle_gate(loop, exchange, CURLE_OPERATION_TIMEDOUT);
        end_carrier(loop, carrier, CURLE_OPERATION_TIMEDOUT);
    }
    for (struct lineup *lineup = loop->lineups; lineup; lineup = lineup->next)
        end_overdue_racers(loop, lineup, now_ns);
    pass_gates(loop);
    advance_races(loop);
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

static struct exchange *loop_wait(struct transport *base, int64_t until_ns)
{
    struct loop *loop = of(base);
    struct exchange *exchange;

    while (!loop->arrived.first) {
        if ((loop->flying == 0 && until_ns == INT64_MAX) ||
            transport_is_interrupted(base) ||
            !reactor_turn(loop->reactor, until_ns))
            return NULL;
        end_overdue(loop);
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
        end_carrier(loop, carrier, CURLE_ABORTED_BY_CALLBACK);
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

static void loop_close(struct transport *base)
{
    struct loop *loop = of(base);

    for (size_t i = 0; i < loop->carrier_count; i++)
        carrier_finish(&loop->carriers[i]);
    reactor_close(loop->reactor);
    gates_finish(&loop->gates);
    free(loop->carriers);
    free(loop);
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
    loop->reactor = reactor_open(collect, loop);
    if (!loop->reactor) {
        fault_raise(fault, (struct place){0}, "no event loop to be had");
        loop_close(&loop->base);
        return NULL;
    }
    loop->multi = reactor_multi(loop->reactor);
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, (long)loop->jobs * 2);
    loop->keep_alive = options->keep_alive;
    loop->carriers = must_alloc(most * sizeof(*loop->carriers));
    return &loop->base;
}
