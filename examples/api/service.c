#include "examples/api/service.h"

#include "examples/api/call.h"
#include "examples/api/limits.h"
#include "examples/api/router.h"
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>

#include "specs/base/clock.h"

enum {
    IDLE_TIMEOUT_S = 120, /* longer than any nap that a page may take */
    BACKLOG = 4096,
    FEWEST_FILES = 64,
    SPARE_FILES = 32, /* our own, beside the connections */
};

/* The request line is in; what is returned is the call from now on. */
static void *hear_request_line(void *data, const char *target,
                               struct MHD_Connection *connection)
{
    (void)connection;
    return call_open(data, target);
}

static void begin(struct service *service)
{
    struct metrics *metrics = &service->metrics;

    metrics->requests++;
    metrics->in_flight++;
    if (metrics->in_flight > metrics->in_flight_peak)
        metrics->in_flight_peak = metrics->in_flight;
}

/* Called when the headers are in, for each piece of the body, after the last
 * piece, and when a call that slept has woken. */
/* NOLINTNEXTLINE(readability-function-size): libmicrohttpd wants all of them */
static enum MHD_Result hear_request(void *data,
                                    struct MHD_Connection *connection,
                                    const char *path, const char *method,
                                    const char *version, const char *bytes,
                                    size_t *length, void **context)
{
    struct call *call = *context;

    (void)version;
    if (!call->connection) {
        call_begin(call, connection, method, path);
        begin(data);
        return MHD_YES;
    }
    if (*length) {
        bool is_welcome = call_receive(call, bytes, *length);

        *length = 0;
        return is_welcome ? MHD_YES : MHD_NO;
    }
    return router_answer(call);
}

static void hear_end(void *data, struct MHD_Connection *connection,
                     void **context, enum MHD_RequestTerminationCode code)
{
    struct service *service = data;
    struct call *call = *context;

    (void)connection;
    (void)code;
    if (call && call->connection)
        service->metrics.in_flight--;
    call_free(call);
    *context = NULL;
}

static void hear_connection(void *data, struct MHD_Connection *connection,
                            void **context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct metrics *metrics = &((struct service *)data)->metrics;

    (void)connection;
    (void)context;
    switch (code) {
    case MHD_CONNECTION_NOTIFY_STARTED:
        metrics->connections++;
        metrics->open++;
        break;
    case MHD_CONNECTION_NOTIFY_CLOSED: metrics->open--; break;
    }
}

/* As many connections as we may have files. */
static unsigned raise_connections(void)
{
    struct rlimit files = {.rlim_cur = FEWEST_FILES};

    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
        getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur < FEWEST_FILES)
        files.rlim_cur = FEWEST_FILES;
    if (files.rlim_cur > MOST_CONNECTIONS + SPARE_FILES)
        return MOST_CONNECTIONS;
    return (unsigned)files.rlim_cur - SPARE_FILES;
}

static bool make_token(char token[2 * TOKEN_BYTES + 1])
{
    unsigned char random[TOKEN_BYTES];

    if (getrandom(random, sizeof(random), 0) != sizeof(random))
        return false;
    for (size_t i = 0; i < TOKEN_BYTES; i++)
        snprintf(token + 2 * i, 3, "%02x", random[i]);
    return true;
}

static struct MHD_Daemon *listen_on(uint16_t port, struct service *service)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };

    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL,
        hear_request, service, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_URI_LOG_CALLBACK, hear_request_line, service,
        MHD_OPTION_NOTIFY_COMPLETED, hear_end, service,
        MHD_OPTION_NOTIFY_CONNECTION, hear_connection, service,
        MHD_OPTION_CONNECTION_LIMIT, raise_connections(),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG, MHD_OPTION_END);
}

struct service *service_open(uint16_t port)
{
    struct service *service = must_alloc(sizeof(*service));

    if (!make_token(service->token)) {
        free(service);
        return NULL;
    }
    service->daemon = listen_on(port, service);
    if (!service->daemon) {
        free(service);
        return NULL;
    }
    return service;
}

uint16_t service_port(const struct service *service)
{
    return MHD_get_daemon_info(service->daemon, MHD_DAEMON_INFO_BIND_PORT)
        ->port;
}

/* How long there is nothing to do unless somebody sends something. */
static struct timespec time_to_wait(const struct service *service)
{
    const int64_t longest_ns = MOST_DELAY_S * NS_PER_S;
    int64_t next_ns = timers_next(&service->timers);
    int64_t wait_ns = longest_ns;
    MHD_UNSIGNED_LONG_LONG daemon_ms;

    if (next_ns != INT64_MAX)
        wait_ns = next_ns - clock_monotonic_ns();
    if (MHD_get_timeout(service->daemon, &daemon_ms) == MHD_YES &&
        daemon_ms < (uint64_t)(longest_ns / NS_PER_MS) &&
        (int64_t)daemon_ms * NS_PER_MS < wait_ns)
        wait_ns = (int64_t)daemon_ms * NS_PER_MS;
    if (wait_ns < 0)
        wait_ns = 0;
    return (struct timespec){wait_ns / NS_PER_S, wait_ns % NS_PER_S};
}

void service_run(struct service *service, int stop)
{
    struct pollfd awaited[] = {
        {.fd = stop, .events = POLLIN},
        {.fd = MHD_get_daemon_info(service->daemon, MHD_DAEMON_INFO_EPOLL_FD)
                   ->epoll_fd,
         .events = POLLIN},
    };

    while (!awaited[0].revents) {
        struct timespec wait = time_to_wait(service);

        ppoll(awaited, COUNT(awaited), &wait, NULL);
        timers_wake(&service->timers, clock_monotonic_ns());
        MHD_run(service->daemon);
    }
}

/* The daemon may not be stopped while anybody sleeps. */
void service_close(struct service *service)
{
    if (!service)
        return;
    timers_wake(&service->timers, INT64_MAX);
    MHD_stop_daemon(service->daemon);
    timers_finish(&service->timers);
    todos_finish(&service->todos);
    flaky_finish(&service->flaky);
    free(service);
}
