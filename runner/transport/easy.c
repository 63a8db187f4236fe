#include "runner/transport/easy.h"

#include <string.h>
#include <sys/socket.h>

enum { IDLE_SECONDS_MOST = 60 }; /* an older connection is not reused */

static size_t on_body(char *bytes, size_t size, size_t count, void *data)
{
    struct carrier *carrier = data;
    struct sinks *sinks = &carrier->exchange->sinks;

    if (sink_write(sinks->first, bytes, size * count))
        return size * count;
    carrier->too_large = true;
    carrier->limit = "the body is larger than --max-body allows";
    return CURL_WRITEFUNC_ERROR;
}

static bool is_set_cookie(const char *line, size_t length)
{
    return length > 11 && strncasecmp(line, "set-cookie:", 11) == 0;
}

static bool is_status_line(const char *line, size_t length)
{
    return length >= 5 && memcmp(line, "HTTP/", 5) == 0;
}

static bool is_header(const char *line, size_t length)
{
    return !is_status_line(line, length) && *line != '\r' && *line != '\n';
}

/* "See other": whatever was sent, the next request is a GET (RFC 9110, section
 * 15.4.4). libcurl does that with the methods that it knows; the name of
 * another one it would keep. */
static void heed_see_other(struct carrier *carrier, const char *line,
                           size_t length)
{
    const char *blank = memchr(line, ' ', length);

    if (!is_status_line(line, length) || !blank ||
        strncmp(blank, " 303", 4) != 0)
        return;
    curl_easy_setopt(carrier->easy, CURLOPT_CUSTOMREQUEST, NULL);
    carrier->last = NULL; /* the method is to be set anew */
}

/* libcurl keeps the headers; here they are only counted, so that a server
 * cannot make it keep them without end. */
static size_t on_header(char *line, size_t size, size_t count, void *data)
{
    struct carrier *carrier = data;
    size_t length = size * count;

    carrier->answered = true;
    carrier->header_bytes += length;
    carrier->header_count += is_header(line, length);
    carrier->saw_cookie |= is_set_cookie(line, length);
    if (carrier->exchange->call->follow_most)
        heed_see_other(carrier, line, length);
    if (carrier->header_bytes <= LIMIT_HEADER_BYTES &&
        carrier->header_count <= LIMIT_HEADER_COUNT)
        return length;
    carrier->too_large = true;
    carrier->limit = carrier->header_count > LIMIT_HEADER_COUNT
                         ? "the answer has too many headers"
                         : "the answer's headers are too long";
    return CURL_WRITEFUNC_ERROR;
}

/* Called each time a request is about to be written. libcurl sends again by
 * itself when a reused connection turns out dead; what is not idempotent must
 * not reach the server twice (RFC 9110, section 9.2.2). */
static int on_sending(void *data, char *ip, char *local, int port,
                      int local_port)
{
    struct carrier *carrier = data;
    long redirects = 0;

    (void)ip;
    (void)local;
    (void)port;
    (void)local_port;
    if (carrier->connected)
        carrier->connected(carrier);
    carrier->sendings++;
    carrier->exchange->was_sent = true;
    carrier->header_bytes = 0; /* each hop has an answer of its own */
    carrier->header_count = 0;
    curl_easy_getinfo(carrier->easy, CURLINFO_REDIRECT_COUNT, &redirects);
    if (carrier->sendings <= (unsigned)redirects + 1)
        return CURL_PREREQFUNC_OK;
    if (!carrier->exchange->call->is_idempotent) {
        carrier->refused_resend = true;
        return CURL_PREREQFUNC_ABORT;
    }
    carrier->exchange->resent = true;
    return CURL_PREREQFUNC_OK;
}

static int on_progress(void *data, curl_off_t total, curl_off_t now,
                       curl_off_t up_total, curl_off_t up_now)
{
    const struct carrier *carrier = data;

    (void)total;
    (void)now;
    (void)up_total;
    (void)up_now;
    return transport_cuts_off(carrier->transport, carrier->exchange);
}

static size_t on_read(char *bytes, size_t size, size_t count, void *data)
{
    struct carrier *carrier = data;
    size_t read = fread(bytes, 1, size * count, carrier->file);

    return read == 0 && ferror(carrier->file) ? CURL_READFUNC_ABORT : read;
}

static int on_seek(void *data, curl_off_t offset, int origin)
{
    struct carrier *carrier = data;

    return fseeko(carrier->file, offset, origin) == 0 ? CURL_SEEKFUNC_OK
                                                      : CURL_SEEKFUNC_FAIL;
}

/* Our connections are nobody else's business: not those of a child. */
static curl_socket_t on_open(void *data, curlsocktype purpose,
                             struct curl_sockaddr *address)
{
    struct carrier *carrier = data;
    curl_socket_t early_fd = carrier->early_fd;

    (void)purpose;
    carrier->early_fd = CURL_SOCKET_BAD;
    carrier->took_early = early_fd != CURL_SOCKET_BAD;
    carrier->fd = early_fd;
    if (!carrier->took_early)
        carrier->fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
                             address->protocol);
    return carrier->fd;
}

static int on_socket(void *data, curl_socket_t fd, curlsocktype purpose)
{
    const struct carrier *carrier = data;

    (void)fd;
    (void)purpose;
    return carrier->took_early ? CURL_SOCKOPT_ALREADY_CONNECTED
                               : CURL_SOCKOPT_OK;
}

static void set_fixed(struct carrier *carrier)
{
    CURL *easy = carrier->easy;

    set_number(easy, CURLOPT_NOSIGNAL, 1);
    set_number(easy, CURLOPT_QUICK_EXIT, 1);
    set_number(easy, CURLOPT_NOPROGRESS, 1);
    set_number(easy, CURLOPT_TCP_NODELAY, 1);
    set_number(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1);
    set_number(easy, CURLOPT_MAXAGE_CONN, IDLE_SECONDS_MOST);
    set_number(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set_text(easy, CURLOPT_COOKIEFILE, ""); /* no file: the engine is on */
    set_text(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, carrier->error);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, carrier);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_sending);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_socket);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, carrier);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, carrier);
    if (carrier->fresh_only) {
        set_number(easy, CURLOPT_FRESH_CONNECT, 1);
        set_number(easy, CURLOPT_FORBID_REUSE, 1);
    }
}

bool carrier_init(struct carrier *carrier, struct transport *transport,
                  bool fresh_only, struct fault *fault)
{
    *carrier = (struct carrier){
        .easy = curl_easy_init(),
        .transport = transport,
        .fresh_only = fresh_only,
        .sent.verify = true,
        .early_fd = CURL_SOCKET_BAD,
    };
    if (!carrier->easy)
        return fault_raise(fault, (struct place){0},
                           "libcurl has no handle to give");
    set_fixed(carrier);
    trust_set(carrier->easy, NULL);
    return true;
}

void carrier_finish(struct carrier *carrier)
{
    curl_easy_cleanup(carrier->easy);
    *carrier = (struct carrier){0};
}
