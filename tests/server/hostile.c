/*
 * hostile-server: a server for clients that must survive one. It listens on
 * 127.0.0.1, on a port that the kernel chooses and the one line on stdout
 * tells, until SIGINT or SIGTERM. The path chooses the misdeed; every other
 * path has a small JSON answer. A request to any path with ?key=NAME is counted
 * under that name, and /count/NAME tells how often that was.
 */
#include "tests/server/counts.h"
#include "tests/server/crowd.h"
#include "tests/server/misdeeds.h"
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    BACKLOG = 512,
    CROWDED_MS = 20, /* until we look again whether somebody left */
};

static misdeed tell_count;

/* A path that ends in a slash takes an argument after it. */
static const struct {
    const char *path;
    misdeed *commit;
} rows[] = {
    {"/100", answer_after_continue},
    {"/bad-chunk", answer_bad_chunk},
    {"/bignumber", send_big_numbers},
    {"/bom", send_byte_order_mark},
    {"/bomb", send_bomb},
    {"/close-after", part_at_next_request},
    {"/control", send_control_bytes},
    {"/count/", tell_count},
    {"/credentials", tell_credentials},
    {"/cut", answer_cut},
    {"/cut-chunked", answer_cut_chunked},
    {"/deep/", send_deep_json},
    {"/early-hints", answer_after_hints},
    {"/empty", part_without_answer},
    {"/endless", send_endless_body},
    {"/endless-headers", send_endless_headers},
    {"/garbage", answer_garbage},
    {"/gzip-garbage", send_gzip_garbage},
    {"/head/", send_head},
    {"/huge-header", send_huge_header},
    {"/invalid-utf8", send_invalid_utf8},
    {"/late/", answer_late},
    {"/latin1", send_latin1},
    {"/lengths", answer_two_lengths},
    {"/many-headers/", send_many_headers},
    {"/no-length", answer_without_length},
    {"/notjson", send_no_json},
    {"/nul-header", send_nul_header},
    {"/redirect-file", redirect_to_file},
    {"/redirect-loop", redirect_in_circle},
    {"/redirect-other", redirect_to_other_host},
    {"/redirects/", redirect_often},
    {"/reset", part_by_reset},
    {"/reset-early", part_by_early_reset},
    {"/rst-after", part_by_late_reset},
    {"/silent", answer_never},
    {"/slow/", answer_slowly},
    {"/stall", answer_stalled},
};

static bool tell_count(struct visit *visit)
{
    uint64_t count = counts_add(visit->counts, visit->argument,
                                strcspn(visit->argument, "?"), 0);
    char body[64];

    snprintf(body, sizeof(body), "{\"count\":%" PRIu64 "}", count);
    return say_json(visit, body);
}

static void count(struct visit *visit)
{
    const char *key = strstr(visit->target, "?key=");

    if (key)
        counts_add(visit->counts, key + 5, strcspn(key + 5, "&"), 1);
}

static bool fits(const char *path, const char *target)
{
    size_t length = strlen(path);

    if (strncmp(target, path, length) != 0)
        return false;
    return path[length - 1] == '/' || !target[length] || target[length] == '?';
}

static bool commit(struct visit *visit)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (fits(rows[i].path, visit->target)) {
            visit->argument = visit->target + strlen(rows[i].path);
            return rows[i].commit(visit);
        }
    }
    return say_json(visit, "{\"ok\":true}");
}

static void attend(int socket, void *data)
{
    struct visit *visit = must_alloc(sizeof(*visit));
    const struct timeval patience = {.tv_sec = VISIT_LONGEST_MS / 1000};
    const int on = 1;

    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    visit->socket = socket;
    visit->counts = data;
    while (visit_read(visit)) {
        count(visit);
        if (!commit(visit))
            break;
    }
    free(visit);
}

/* -1 when that is not possible. */
static int listen_somewhere(unsigned *port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (bind(listener, (struct sockaddr *)&address, length) ||
        listen(listener, BACKLOG) ||
        getsockname(listener, (struct sockaddr *)&address, &length))
        return -1;
    *port = ntohs(address.sin_port);
    return listener;
}

static int hear_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

static void serve(int listener, int stop, struct crowd *crowd)
{
    struct pollfd awaited[] = {
        {.fd = stop, .events = POLLIN},
        {.fd = listener, .events = POLLIN},
    };

    while (!awaited[0].revents) {
        bool is_full = crowd_is_full(crowd);
        int socket;

        awaited[1].fd = is_full ? -1 : listener;
        awaited[1].revents = 0;
        poll(awaited, COUNT(awaited), is_full ? CROWDED_MS : -1);
        if (!awaited[1].revents)
            continue;
        socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (socket >= 0)
            crowd_enter(crowd, socket);
    }
}

int main(void)
{
    struct counts counts = {0};
    struct crowd crowd;
    unsigned port;
    int stop = hear_signals();
    int listener = listen_somewhere(&port);

    if (stop < 0 || listener < 0) {
        perror("hostile-server");
        return EXIT_FAILURE;
    }
    counts_init(&counts);
    crowd_init(&crowd, attend, &counts);
    printf("listening on http://127.0.0.1:%u\n", port);
    fflush(stdout);
    serve(listener, stop, &crowd);
    close(listener);
    crowd_finish(&crowd);
    counts_finish(&counts);
    close(stop);
    return EXIT_SUCCESS;
}
