/*
 * libcurl says which sockets it wants to hear of (on_socket) and when it wants
 * to be called at the latest (on_timer); libev tells us when that is so, and we
 * call curl_multi_socket_action(). Neither callback may call back into libcurl,
 * so a timeout of 0 is a timer of 0, which fires in the loop's next turn: that
 * way a large download does not starve small requests either.
 */
#include "runner/transport/reactor.h"

#include <ev.h>
#include <stdlib.h>

/* A signal that comes right before the loop sleeps is noticed after this. */
static const double tick_seconds = 0.2;

struct watch {
    struct watch *next_free;
    struct reactor *reactor;
    ev_io io;
};

struct reactor {
    struct ev_loop *ev;
    CURLM *multi;
    void (*acted)(void *data);
    void *data;
    ev_timer timer; /* libcurl's */
    ev_timer tick;  /* ours */
    ev_timer alarm; /* of who waits */
    struct watch *free_watches;
};

static void act(const struct reactor *reactor, curl_socket_t fd, int flags)
{
    int running;

    curl_multi_socket_action(reactor->multi, fd, flags, &running);
    reactor->acted(reactor->data);
}

static void on_ready(struct ev_loop *ev, ev_io *io, int events)
{
    const struct watch *watch = container_of(io, struct watch, io);

    (void)ev;
    act(watch->reactor, io->fd,
        (events & EV_READ ? CURL_CSELECT_IN : 0) |
            (events & EV_WRITE ? CURL_CSELECT_OUT : 0));
}

static void on_due(struct ev_loop *ev, ev_timer *timer, int events)
{
    (void)ev;
    (void)events;
    act(container_of(timer, struct reactor, timer), CURL_SOCKET_TIMEOUT, 0);
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
    struct reactor *reactor = data;

    (void)multi;
    ev_timer_stop(reactor->ev, &reactor->timer);
    if (timeout_ms < 0)
        return 0;
    if (timeout_ms > 0)
        ev_now_update(reactor->ev);
    ev_timer_set(&reactor->timer, (double)timeout_ms / 1000.0, 0.);
    ev_timer_start(reactor->ev, &reactor->timer);
    return 0;
}

static struct watch *take_watch(struct reactor *reactor)
{
    struct watch *watch = reactor->free_watches;

    if (watch)
        reactor->free_watches = watch->next_free;
    else
        watch = must_alloc(sizeof(*watch));
    watch->reactor = reactor;
    ev_init(&watch->io, on_ready);
    return watch;
}

static void put_watch(struct reactor *reactor, struct watch *watch)
{
    watch->next_free = reactor->free_watches;
    reactor->free_watches = watch;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *data,
                     void *socket_data)
{
    struct reactor *reactor = data;
    struct watch *watch = socket_data;

    (void)easy;
    if (watch)
        ev_io_stop(reactor->ev, &watch->io);
    if (what == CURL_POLL_REMOVE) {
        curl_multi_assign(reactor->multi, fd, NULL);
        if (watch)
            put_watch(reactor, watch);
        return 0;
    }
    if (!watch) {
        watch = take_watch(reactor);
        curl_multi_assign(reactor->multi, fd, watch);
    }
    ev_io_set(&watch->io, fd,
              (what & CURL_POLL_IN ? EV_READ : 0) |
                  (what & CURL_POLL_OUT ? EV_WRITE : 0));
    ev_io_start(reactor->ev, &watch->io);
    return 0;
}

static void set_multi(struct reactor *reactor)
{
    CURLM *multi = reactor->multi;

    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, reactor);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, reactor);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
}

struct reactor *reactor_open(void (*acted)(void *data), void *data)
{
    struct reactor *reactor = must_alloc(sizeof(*reactor));

    reactor->acted = acted;
    reactor->data = data;
    reactor->ev = ev_loop_new(EVFLAG_AUTO | EVFLAG_NOENV);
    reactor->multi = curl_multi_init();
    if (!reactor->ev || !reactor->multi) {
        reactor_close(reactor);
        return NULL;
    }
    set_multi(reactor);
    ev_init(&reactor->timer, on_due);
    ev_timer_init(&reactor->tick, on_tick, tick_seconds, tick_seconds);
    ev_timer_start(reactor->ev, &reactor->tick);
    ev_init(&reactor->alarm, on_tick);
    return reactor;
}

CURLM *reactor_multi(const struct reactor *reactor)
{
    return reactor->multi;
}

/* False when the time has come. */
static bool set_alarm(struct reactor *reactor, int64_t until_ns)
{
    int64_t left_ns = until_ns - clock_monotonic_ns();

    if (left_ns <= 0)
        return false;
    ev_now_update(reactor->ev);
    ev_timer_set(&reactor->alarm, (double)left_ns / (double)NS_PER_S, 0.);
    ev_timer_start(reactor->ev, &reactor->alarm);
    return true;
}

bool reactor_turn(struct reactor *reactor, int64_t until_ns)
{
    if (until_ns != INT64_MAX && !set_alarm(reactor, until_ns))
        return false;
    ev_run(reactor->ev, EVRUN_ONCE);
    ev_timer_stop(reactor->ev, &reactor->alarm);
    return true;
}

void reactor_close(struct reactor *reactor)
{
    if (!reactor)
        return;
    if (reactor->multi)
        curl_multi_cleanup(reactor->multi);
    while (reactor->free_watches) {
        struct watch *watch = reactor->free_watches;

        reactor->free_watches = watch->next_free;
        free(watch);
    }
    if (reactor->ev)
        ev_loop_destroy(reactor->ev);
    free(reactor);
}
