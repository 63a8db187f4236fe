#include "tests/server/visit.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum { TEXT_BYTES = 4096 };

static bool receive(struct visit *visit)
{
    ssize_t length;

    if (visit->filled == VISIT_BYTES)
        return false;
    length = recv(visit->socket, visit->request + visit->filled,
                  VISIT_BYTES - visit->filled, 0);
    if (length <= 0)
        return false;
    visit->filled += (size_t)length;
    visit->request[visit->filled] = '\0';
    return true;
}

/* Forgets the request before this one. */
static void forget(struct visit *visit)
{
    visit->filled -= visit->length;
    memmove(visit->request, visit->request + visit->length, visit->filled);
    visit->request[visit->filled] = '\0';
    visit->length = 0;
}

static const char *find_header(const struct visit *visit, const char *name)
{
    size_t length = strlen(name);
    const char *line = visit->headers;

    for (; line; line = strstr(line, "\r\n")) {
        line += 2;
        if (!strncasecmp(line, name, length) && line[length] == ':')
            return line + length + 1;
    }
    return NULL;
}

bool visit_has_header(const struct visit *visit, const char *name)
{
    return find_header(visit, name) != NULL;
}

/* Reads the body away. A chunked one is left where it is: what follows it will
 * not be understood, and nothing here needs it. */
static bool skip_body(struct visit *visit)
{
    const char *value = find_header(visit, "Content-Length");
    char digits[21] = "";
    uint64_t left;
    size_t here = visit->filled - visit->length;

    if (!value)
        return true;
    value += strspn(value, " ");
    snprintf(digits, sizeof(digits), "%.*s", (int)strspn(value, "0123456789"),
             value);
    if (!read_count(digits, INT64_MAX, &left))
        return false;
    if (left <= here) {
        visit->length += left;
        return true;
    }
    visit->filled = visit->length;
    for (left -= here; left;) {
        char dropped[TEXT_BYTES];
        ssize_t length =
            recv(visit->socket, dropped,
                 left < sizeof(dropped) ? left : sizeof(dropped), 0);

        if (length <= 0)
            return false;
        left -= (uint64_t)length;
    }
    return true;
}

bool visit_read(struct visit *visit)
{
    char *end;
    char *line_end;
    char *target;

    forget(visit);
    while (!(end = strstr(visit->request, "\r\n\r\n"))) {
        if (!receive(visit))
            return false;
    }
    visit->length = (size_t)(end - visit->request) + 4;
    end[2] = '\0'; /* so that no search goes beyond the headers */
    line_end = strstr(visit->request, "\r\n");
    visit->headers = line_end;
    if (!skip_body(visit))
        return false;
    target = memchr(visit->request, ' ', (size_t)(line_end - visit->request));
    if (!target)
        return false;
    visit->is_head = !strncmp(visit->request, "HEAD ", 5);
    visit->target = ++target;
    target[strcspn(target, " \r")] = '\0';
    return true;
}

uint64_t visit_number(const struct visit *visit, uint64_t most)
{
    char digits[21];
    uint64_t number;

    snprintf(digits, sizeof(digits), "%.*s", (int)strcspn(visit->argument, "?"),
             visit->argument);
    return read_count(digits, most, &number) ? number : 0;
}

bool say_bytes(struct visit *visit, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(visit->socket, bytes, length, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool say(struct visit *visit, const char *text)
{
    return say_bytes(visit, text, strlen(text));
}

bool say_format(struct visit *visit, const char *format, ...)
{
    char text[TEXT_BYTES];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return length < (int)sizeof(text) && say(visit, text);
}

bool say_answer(struct visit *visit, const char *status, const char *headers,
                const char *body)
{
    return say_format(visit, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                      status, headers, strlen(body),
                      visit->is_head ? "" : body);
}

bool say_json(struct visit *visit, const char *body)
{
    return say_answer(visit, "200 OK", "Content-Type: application/json\r\n",
                      body);
}

bool visit_wait(struct visit *visit, uint64_t wait_ms)
{
    struct pollfd hang_up = {.fd = visit->socket, .events = POLLRDHUP};

    if (wait_ms > VISIT_LONGEST_MS)
        wait_ms = VISIT_LONGEST_MS;
    return poll(&hang_up, 1, (int)wait_ms) == 0;
}

void visit_reset(struct visit *visit)
{
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};

    setsockopt(visit->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}
