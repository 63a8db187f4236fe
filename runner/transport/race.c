/*
 * libcurl cannot be told to connect and to hold its request back, so a race
 * takes three steps.
 *
 * First each racer connects on a handle of its own that does nothing else. From
 * a connected one the socket is taken, and the handle thrown away.
 *
 * When all have a socket, or none to hope for, they are given to libcurl in one
 * turn of the loop, which takes the sockets for new ones that are connected
 * already. Where TLS is spoken the handshakes are made now, side by side.
 *
 * Still libcurl handles one after the other. So each of them, about to write
 * its request, gets a cork (TCP_CORK): the kernel keeps the last segment of it.
 * When all requests are written the corks are pulled in one go, which takes the
 * time of a system call each. The kernel does not wait longer than 200 ms, so
 * whoever's handshake takes longer than that comes later.
 */
#include "runner/transport/race.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t longest_hold_ns = NS_PER_S / 5; /* by the kernel */

struct lineup *lineup_open(CURLM *multi, struct exchange *const *racers,
                           size_t count)
{
    struct lineup *lineup = must_alloc(sizeof(*lineup));

    lineup->multi = multi;
    lineup->begun_ns = clock_monotonic_ns();
    lineup->count = count;
    for (size_t i = 0; i < count; i++) {
        struct racer *racer = &lineup->racers[i];

        racer->lineup = lineup;
        racer->exchange = racers[i];
        racer->fd = CURL_SOCKET_BAD;
        racers[i]->racer = racer;
    }
    return lineup;
}

static bool is_https(const struct call *call)
{
    return strncmp(call->address.host_key, "https:", 6) == 0;
}

/* Whether libcurl may go by a proxy, which it asks for the way. There is no
 * such socket to be had before. */
static bool may_use_proxy(const struct call *call)
{
    static const char *const names[] = {"all_proxy", "ALL_PROXY", "https_proxy",
                                        "HTTPS_PROXY"};
    size_t count = is_https(call) ? COUNT(names) : 2;
    bool found = !is_https(call) && getenv("http_proxy");

    for (size_t i = 0; i < count && !found; i++)
        found = getenv(names[i]);
    return found;
}

static curl_socket_t on_open(void *data, curlsocktype purpose,
                             struct curl_sockaddr *address)
{
    (void)data;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

/* The racer's own one outlives the handle. */
static int on_close(void *data, curl_socket_t fd)
{
    const struct racer *racer = data;

    return fd == racer->fd ? 0 : close(fd);
}

static void set_limits(CURL *easy, struct exchange *exchange)
{
    const struct call *call = exchange->call;
    int64_t now_ns = clock_monotonic_ns();
    int64_t left_ns = exchange->until_ns - now_ns;
    bool is_short = exchange->until_ns && left_ns < call->timeout_ns;

    exchange->due_ns = clock_add(now_ns, is_short ? left_ns : call->timeout_ns);

    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     is_short ? deadline_ms(left_ns)
                              : whole_ms(call->timeout_ns));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     whole_ms(call->connect_timeout_ns));
}

/* The scheme is always http: a handshake belongs to the one who reads and
 * writes later. */
static void set_target(CURL *easy, const struct call *call)
{
    char url[sizeof(call->address.host_key)];
    const char *rest = strchr(call->address.host_key, ':');

    snprintf(url, sizeof(url), "http%s", rest);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
}

bool racer_connect(struct racer *racer)
{
    const struct call *call = racer->exchange->call;
    CURL *easy;

    if (may_use_proxy(call)) {
        racer->state = RACER_CONNECTED;
        return true;
    }
    easy = racer->easy = curl_easy_init();
    if (!easy)
        return false;
    set_target(easy, call);
    set_limits(easy, racer->exchange);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, racer->error);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, racer);
    curl_multi_add_handle(racer->lineup->multi, easy);
    return true;
}

struct racer *lineups_find(struct lineup *first, const CURL *easy)
{
    for (struct lineup *lineup = first; lineup; lineup = lineup->next) {
        for (size_t i = 0; i < lineup->count; i++) {
            if (lineup->racers[i].easy == easy)
                return &lineup->racers[i];
        }
    }
    return NULL;
}

/* Once removed, the handle closes its connection. */
static void drop_handle(struct racer *racer)
{
    if (!racer->easy)
        return;
    curl_multi_remove_handle(racer->lineup->multi, racer->easy);
    curl_easy_cleanup(racer->easy);
    racer->easy = NULL;
}

/* Connecting is over: it is neither queueing nor response time. */
static void read_timings(struct racer *racer)
{
    int64_t took_ns = clock_monotonic_ns() - racer->lineup->begun_ns;
    curl_off_t lookup = 0;

    curl_easy_getinfo(racer->easy, CURLINFO_NAMELOOKUP_TIME_T, &lookup);
    racer->early.dns_ns = lookup * 1000;
    racer->early.connect_ns = took_ns - racer->early.dns_ns;
    racer->early.total_ns = took_ns;
}

static const char *describe(const struct racer *racer, CURLcode code)
{
    if (racer->exchange->response.is_cut_off)
        return late_trouble;
    return racer->error[0] ? racer->error : curl_easy_strerror(code);
}

bool racer_settle(struct racer *racer, CURLcode code)
{
    struct exchange *exchange = racer->exchange;
    struct response *response = &exchange->response;

    read_timings(racer);
    if (code == CURLE_OK)
        curl_easy_getinfo(racer->easy, CURLINFO_ACTIVESOCKET, &racer->fd);
    drop_handle(racer);
    if (racer->fd != CURL_SOCKET_BAD) {
        racer->state = RACER_CONNECTED;
        return true;
    }
    exchange->ready_ns += racer->early.total_ns;
    response->timings = racer->early;
    response->arrival =
        code == CURLE_OK ? ARRIVAL_RESET : arrival_of_code(code);
    response->is_cut_off =
        response->arrival == ARRIVAL_TIMEOUT && transport_is_late(exchange);
    response->trouble = arena_copy(&exchange->arena, describe(racer, code));
    return false;
}

void racer_hold(struct racer *racer, curl_socket_t fd)
{
    const int on = 1;

    if (racer->state != RACER_SENDS)
        return;
    racer->state = RACER_IS_READY;
    racer->ready_ns = clock_monotonic_ns();
    racer->fd = fd;
    setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof(on));
}

void racer_leave(struct racer *racer)
{
    drop_handle(racer);
    if (racer->state == RACER_CONNECTED && racer->fd != CURL_SOCKET_BAD)
        close(racer->fd);
    racer->exchange->racer = NULL;
    racer->exchange = NULL;
    racer->state = RACER_IS_OUT;
}

static size_t count_state(const struct lineup *lineup, enum racer_state state)
{
    size_t count = 0;

    for (size_t i = 0; i < lineup->count; i++)
        count += lineup->racers[i].state == state;
    return count;
}

bool lineup_may_start(const struct lineup *lineup)
{
    return !lineup->has_started && count_state(lineup, RACER_CONNECTS) == 0;
}

void lineup_start(struct lineup *lineup)
{
    int64_t took_ns = clock_monotonic_ns() - lineup->begun_ns;

    lineup->has_started = true;
    for (size_t i = 0; i < lineup->count; i++) {
        if (lineup->racers[i].exchange)
            lineup->racers[i].exchange->ready_ns += took_ns;
    }
}

bool lineup_may_go(const struct lineup *lineup)
{
    return count_state(lineup, RACER_IS_READY) +
               count_state(lineup, RACER_IS_OUT) ==
           lineup->count;
}

/* How long each was held is no response time. */
static void tell_hold(struct racer *racer, int64_t now_ns)
{
    int64_t held_ns = now_ns - racer->ready_ns;

    racer->exchange->held_ns =
        held_ns < longest_hold_ns ? held_ns : longest_hold_ns;
    racer->exchange->racer = NULL;
}

void lineup_release(struct lineup *lineup)
{
    const int off = 0;
    int64_t now_ns = clock_monotonic_ns();

    for (size_t i = 0; i < lineup->count; i++) {
        const struct racer *racer = &lineup->racers[i];

        if (racer->state == RACER_IS_READY)
            setsockopt(racer->fd, IPPROTO_TCP, TCP_CORK, &off, sizeof(off));
    }
    for (size_t i = 0; i < lineup->count; i++) {
        if (lineup->racers[i].state == RACER_IS_READY)
            tell_hold(&lineup->racers[i], now_ns);
    }
    free(lineup);
}
