#include "tests/server/misdeeds.h"
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "specs/base/clock.h"

enum {
    HUGE_HEADER_BYTES = 1 << 20,
    MOST_HEADERS = 1000000,
    MOST_HEAD_BYTES = 1 << 20,
    MOST_HOPS = 1000,
};

static bool is_late(int64_t begun_ns)
{
    return clock_monotonic_ns() - begun_ns > VISIT_LONGEST_MS * NS_PER_MS;
}

bool send_endless_headers(struct visit *visit)
{
    int64_t begun_ns = clock_monotonic_ns();
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\n");

    for (size_t i = 0; is_heard && !is_late(begun_ns); i++)
        is_heard = say_format(visit, "X-Endless-%zu: and one more\r\n", i);
    return false;
}

bool send_huge_header(struct visit *visit)
{
    char block[4096];
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\nX-Huge: ");

    memset(block, 'a', sizeof(block));
    for (size_t sent = 0; is_heard && sent < HUGE_HEADER_BYTES;
         sent += sizeof(block))
        is_heard = say_bytes(visit, block, sizeof(block));
    return is_heard && say(visit, "\r\nContent-Length: 3\r\n\r\nok\n");
}

bool send_many_headers(struct visit *visit)
{
    uint64_t count = visit_number(visit, MOST_HEADERS);
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\n");

    for (size_t i = 0; is_heard && i < count; i++)
        is_heard = say_format(visit, "X-Many-%zu: %zu\r\n", i, i);
    return is_heard && say(visit, "Content-Length: 3\r\n\r\nok\n");
}

/* A head of so many bytes, blank line included, in lines that every
 * client takes. There is no answer to who asks for too little. */
bool send_head(struct visit *visit)
{
    static const char begin[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    enum { LINE = 1000, LEAST_LINE = sizeof("X: \r\n") };
    const size_t around = strlen(begin) + strlen("\r\n");
    size_t left = visit_number(visit, MOST_HEAD_BYTES);
    bool is_heard = say(visit, begin);

    if (left < around + LEAST_LINE)
        return false;
    for (left -= around; is_heard && left;) {
        size_t length = left >= LINE + LEAST_LINE ? LINE : left;
        char value[LINE + LEAST_LINE];

        memset(value, 'v', sizeof(value));
        is_heard = say_format(visit, "X: %.*s\r\n",
                              (int)(length - strlen("X: \r\n")), value);
        left -= length;
    }
    return is_heard && say(visit, "\r\n");
}

bool send_nul_header(struct visit *visit)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\n"
                                 "X-Nul: before\0after\r\n"
                                 "Content-Length: 3\r\n\r\nok\n";

    return say_bytes(visit, answer, sizeof(answer) - 1);
}

bool redirect_in_circle(struct visit *visit)
{
    return say_answer(visit, "302 Found", "Location: /redirect-loop\r\n", "");
}

bool redirect_to_file(struct visit *visit)
{
    return say_answer(visit, "302 Found", "Location: file:///etc/passwd\r\n",
                      "");
}

/* So many hops until there is an answer, each with 20 headers more. */
bool redirect_often(struct visit *visit)
{
    uint64_t left = visit_number(visit, MOST_HOPS);
    bool is_heard;

    if (!left)
        return say_json(visit, "{\"arrived\":true}");
    is_heard = say_format(visit,
                          "HTTP/1.1 302 Found\r\n"
                          "Location: /redirects/%" PRIu64 "\r\n",
                          left - 1);
    for (int i = 0; is_heard && i < 20; i++)
        is_heard = say_format(visit, "X-Hop-%d: %d\r\n", i, i);
    return is_heard && say(visit, "Content-Length: 0\r\n\r\n");
}

/* The other host is this server by another name. */
bool redirect_to_other_host(struct visit *visit)
{
    struct sockaddr_in self = {0};
    socklen_t length = sizeof(self);

    if (getsockname(visit->socket, (struct sockaddr *)&self, &length))
        return false;
    return say_format(visit,
                      "HTTP/1.1 302 Found\r\n"
                      "Location: http://localhost:%u/credentials\r\n"
                      "Content-Length: 0\r\n\r\n",
                      (unsigned)ntohs(self.sin_port));
}

bool tell_credentials(struct visit *visit)
{
    char body[64];

    snprintf(body, sizeof(body), "{\"authorization\":%s,\"cookie\":%s}",
             visit_has_header(visit, "Authorization") ? "true" : "false",
             visit_has_header(visit, "Cookie") ? "true" : "false");
    return say_json(visit, body);
}
