/* What libcurl and libev cost by themselves: one loop over
 * curl_multi_socket_action() that asks one URL again and again.
 *
 * "bare" throws the answers away. "work" does what any test runner must do
 * besides: it keeps headers and body, parses the body, reads one field and asks
 * for the timings. Handles are set up once and used again; watchers come from
 * a table, since one allocated per callback costs a fifth more. */
#include <curl/curl.h>
#include <ev.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "specs/base/buffer.h"

enum { JOBS_MOST = 4096, HELD_MOST = 1 << 20, COUNT_MOST = 100000000 };

struct client {
    struct ev_loop *loop;
    CURLM *multi;
    ev_timer timer;
    struct watch *watches;
    size_t watch_count;
    struct watch *idle;
    bool works;
    uint64_t unsent;
    uint64_t flying;
    uint64_t failed;
    curl_off_t time_us; /* all answers together, so that asking has a use */
};

/* One socket that libcurl wants to be told about. */
struct watch {
    ev_io io;
    struct client *client;
    struct watch *next;
};

struct request {
    struct client *client;
    CURL *easy;
    struct buffer headers;
    struct buffer body;
};

static size_t discard(char *bytes, size_t size, size_t count, void *data)
{
    (void)bytes;
    (void)data;
    return size * count;
}

static size_t keep(char *bytes, size_t size, size_t count, void *data)
{
    return buffer_add(data, bytes, size * count) ? size * count : 0;
}

static bool is_right(struct request *request)
{
    static const CURLINFO times[] = {
        CURLINFO_NAMELOOKUP_TIME_T,    CURLINFO_CONNECT_TIME_T,
        CURLINFO_APPCONNECT_TIME_T,    CURLINFO_PRETRANSFER_TIME_T,
        CURLINFO_STARTTRANSFER_TIME_T, CURLINFO_TOTAL_TIME_T,
    };
    json_auto_t *root = NULL;
    curl_off_t time_us = 0;

    root = json_loadb(request->body.bytes, request->body.length, 0, NULL);
    for (size_t i = 0; i < COUNT(times); i++)
        curl_easy_getinfo(request->easy, times[i], &time_us);
    request->client->time_us += time_us;
    return json_string_value(json_object_get(root, "name")) &&
           strstr(buffer_text(&request->headers), "application/json");
}

static void send_again(struct request *request)
{
    struct client *client = request->client;

    if (client->unsent == 0)
        return;
    client->unsent--;
    client->flying++;
    buffer_clear(&request->headers);
    buffer_clear(&request->body);
    curl_multi_add_handle(client->multi, request->easy);
}

static void collect(struct client *client)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(client->multi, &left))) {
        struct request *request = NULL;
        long status = 0;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &request);
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE,
                          &status);
        if (message->data.result != CURLE_OK || status != 200 ||
            (client->works && !is_right(request)))
            client->failed++;
        client->flying--;
        curl_multi_remove_handle(client->multi, request->easy);
        send_again(request);
    }
    if (client->flying == 0)
        ev_break(client->loop, EVBREAK_ALL);
}

static void act(struct client *client, curl_socket_t socket, int mask)
{
    int running;

    curl_multi_socket_action(client->multi, socket, mask, &running);
    collect(client);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    (void)loop;
    (void)events;
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static void on_socket(struct ev_loop *loop, ev_io *io, int events)
{
    struct watch *watch = container_of(io, struct watch, io);
    int mask = (events & EV_READ ? CURL_CSELECT_IN : 0) |
               (events & EV_WRITE ? CURL_CSELECT_OUT : 0);

    (void)loop;
    act(watch->client, io->fd, mask);
}

static int set_timer(CURLM *multi, long timeout_ms, void *data)
{
    struct client *client = data;

    (void)multi;
    ev_timer_stop(client->loop, &client->timer);
    if (timeout_ms < 0)
        return 0;
    ev_timer_set(&client->timer, (double)timeout_ms / 1000.0, 0);
    ev_timer_start(client->loop, &client->timer);
    return 0;
}

static int set_socket(CURL *easy, curl_socket_t socket, int what, void *data,
                      void *assigned)
{
    struct client *client = data;
    struct watch *watch = assigned;

    (void)easy;
    if (watch)
        ev_io_stop(client->loop, &watch->io);
    if (what == CURL_POLL_REMOVE) {
        if (watch) {
            watch->next = client->idle;
            client->idle = watch;
        }
        curl_multi_assign(client->multi, socket, NULL);
        return 0;
    }
    if (!watch) {
        watch = client->idle;
        if (!watch)
            return -1;
        client->idle = watch->next;
        curl_multi_assign(client->multi, socket, watch);
    }
    ev_io_set(&watch->io, socket,
              (what & CURL_POLL_IN ? EV_READ : 0) |
                  (what & CURL_POLL_OUT ? EV_WRITE : 0));
    ev_io_start(client->loop, &watch->io);
    return 0;
}

static void open_client(struct client *client, size_t jobs)
{
    client->loop = ev_loop_new(EVFLAG_AUTO);
    client->multi = curl_multi_init();
    ev_timer_init(&client->timer, on_timer, 0, 0);
    client->timer.data = client;
    client->watch_count = 2 * jobs + 16;
    client->watches = must_alloc(client->watch_count * sizeof(struct watch));
    for (size_t i = 0; i < client->watch_count; i++) {
        ev_io_init(&client->watches[i].io, on_socket, -1, 0);
        client->watches[i].client = client;
        client->watches[i].next = client->idle;
        client->idle = &client->watches[i];
    }
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
    curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, (long)jobs);
}

static void open_request(struct request *request, struct client *client,
                         const char *url)
{
    request->client = client;
    request->headers = buffer_with_ceiling(HELD_MOST);
    request->body = buffer_with_ceiling(HELD_MOST);
    request->easy = curl_easy_init();
    curl_easy_setopt(request->easy, CURLOPT_URL, url);
    curl_easy_setopt(request->easy, CURLOPT_PRIVATE, request);
    curl_easy_setopt(request->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(request->easy, CURLOPT_WRITEFUNCTION, discard);
    if (!client->works)
        return;
    curl_easy_setopt(request->easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(request->easy, CURLOPT_WRITEDATA, &request->body);
    curl_easy_setopt(request->easy, CURLOPT_HEADERFUNCTION, keep);
    curl_easy_setopt(request->easy, CURLOPT_HEADERDATA, &request->headers);
}

static void run(struct client *client, const char *url, size_t jobs)
{
    struct request *requests = must_alloc(jobs * sizeof(*requests));

    open_client(client, jobs);
    for (size_t i = 0; i < jobs; i++) {
        open_request(&requests[i], client, url);
        send_again(&requests[i]);
    }
    ev_run(client->loop, 0);
    for (size_t i = 0; i < jobs; i++) {
        curl_easy_cleanup(requests[i].easy);
        buffer_finish(&requests[i].headers);
        buffer_finish(&requests[i].body);
    }
    curl_multi_cleanup(client->multi);
    ev_loop_destroy(client->loop);
    free(client->watches);
    free(requests);
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct client client = {.works = argc > 1 && strcmp(argv[1], "work") == 0};
    struct rusage usage;
    uint64_t count, jobs;
    double start = now();

    if (argc != 5 || (!client.works && strcmp(argv[1], "bare") != 0) ||
        !read_count(argv[3], COUNT_MOST, &count) ||
        !read_count(argv[4], JOBS_MOST, &jobs) || count == 0 || jobs == 0) {
        fprintf(stderr, "usage: %s bare|work URL COUNT JOBS\n", argv[0]);
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    client.unsent = count;
    run(&client, argv[2], jobs);
    curl_global_cleanup();
    getrusage(RUSAGE_SELF, &usage);
    printf("%s: %.2f us wall, %.2f us user, %.2f us system a request; "
           "%ju of %ju failed\n",
           argv[1], (now() - start) * 1e6 / (double)count,
           seconds(usage.ru_utime) * 1e6 / (double)count,
           seconds(usage.ru_stime) * 1e6 / (double)count,
           (uintmax_t)client.failed, (uintmax_t)count);
    return client.failed ? 1 : 0;
}
