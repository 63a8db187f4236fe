#include "runner/transport/easy.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/transport/race.h"

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

static void set_text(CURL *easy, CURLoption option, const char *text)
{
    curl_easy_setopt(easy, option, text);
}

static void set_number(CURL *easy, CURLoption option, long number)
{
    curl_easy_setopt(easy, option, number);
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

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool has_body(const struct call *call)
{
    return call->body || call->body_path;
}

/* POST, GET and HEAD are said in libcurl's own way, so that it changes POST to
 * GET on a redirect as RFC 9110, section 15.4 allows. What is another method
 * with a body is a POST to libcurl, but keeps its body on a 301 and a 302. */
static void set_method(struct carrier *carrier, const struct call *call)
{
    CURL *easy = carrier->easy;
    const char *custom = call->method;

    if (strcmp(call->method, "HEAD") == 0 && !has_body(call)) {
        set_number(easy, CURLOPT_NOBODY, 1);
        custom = NULL;
    } else if (has_body(call)) {
        set_number(easy, CURLOPT_NOBODY, 0);
        set_number(easy, CURLOPT_POST, 1);
        if (strcmp(call->method, "POST") == 0)
            custom = NULL;
    } else {
        set_number(easy, CURLOPT_NOBODY, 0);
        set_number(easy, CURLOPT_HTTPGET, 1);
        if (strcmp(call->method, "GET") == 0)
            custom = NULL;
    }
    set_text(easy, CURLOPT_CUSTOMREQUEST, custom);
    if (call->follow_most)
        set_number(easy, CURLOPT_POSTREDIR,
                   custom ? CURL_REDIR_POST_301 | CURL_REDIR_POST_302 : 0L);
}

static void set_body(struct carrier *carrier, const struct call *call)
{
    CURL *easy = carrier->easy;

    if (call->body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)call->body_length);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body);
    } else if (call->body_path) {
        set_text(easy, CURLOPT_POSTFIELDS, NULL);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)call->file_size);
    } else if (carrier->has_body) {
        set_text(easy, CURLOPT_POSTFIELDS, NULL);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)-1);
    }
    carrier->has_body = has_body(call);
}

static void set_security(struct carrier *carrier, const struct call *call)
{
    CURL *easy = carrier->easy;

    if (call->verify != carrier->sent.verify) {
        set_number(easy, CURLOPT_SSL_VERIFYPEER, call->verify);
        set_number(easy, CURLOPT_SSL_VERIFYHOST, call->verify ? 2 : 0);
    }
    if (!is_same_text(call->ca_path, carrier->sent.ca_path))
        trust_set(easy, call->ca_path);
    if (call->user || carrier->sent.user) {
        set_number(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        set_text(easy, CURLOPT_USERNAME, call->user);
        set_text(easy, CURLOPT_PASSWORD, call->password);
    }
}

static void set_limits(struct carrier *carrier, const struct call *call)
{
    CURL *easy = carrier->easy;
    const struct call *sent = &carrier->sent;

    if (call->timeout_ns != sent->timeout_ns)
        set_number(easy, CURLOPT_TIMEOUT_MS, whole_ms(call->timeout_ns));
    if (call->connect_timeout_ns != sent->connect_timeout_ns)
        set_number(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   whole_ms(call->connect_timeout_ns));
    if (call->follow_most != sent->follow_most) {
        set_number(easy, CURLOPT_FOLLOWLOCATION, call->follow_most > 0);
        set_number(easy, CURLOPT_MAXREDIRS, (long)call->follow_most);
    }
    if (call->compressed != sent->compressed)
        set_text(easy, CURLOPT_ACCEPT_ENCODING, call->compressed ? "" : NULL);
}

/* Everything of a call that the handle does not say already. The handle
 * borrows header list and body from the call. */
static void set_call(struct carrier *carrier, const struct call *call)
{
    CURL *easy = carrier->easy;

    if (carrier->last == call)
        return;
    set_body(carrier, call);
    set_method(carrier, call);
    set_security(carrier, call);
    set_limits(carrier, call);
    curl_easy_setopt(easy, CURLOPT_CURLU, call->address.handle);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->header_list);
    if (call->cookie || carrier->sent.cookie)
        set_text(easy, CURLOPT_COOKIE, call->cookie);
    carrier->sent = *call;
}

/* The jar travels with the exchange; the handle's own one is emptied first. */
static void set_cookies(struct carrier *carrier, const struct jar *jar)
{
    CURL *easy = carrier->easy;

    if (carrier->has_cookies)
        set_text(easy, CURLOPT_COOKIELIST, "ALL");
    for (size_t i = 0; i < jar->count; i++)
        set_text(easy, CURLOPT_COOKIELIST, jar->lines[i]);
    carrier->has_cookies = jar->count > 0;
}

static void forget_flight(struct carrier *carrier)
{
    carrier->sendings = 0;
    carrier->answered = false;
    carrier->refused_resend = false;
    carrier->saw_cookie = false;
    carrier->too_large = false;
    carrier->limit = NULL;
    carrier->header_bytes = 0;
    carrier->header_count = 0;
    carrier->error[0] = '\0';
}

/* The end of its test's time or of the run's; 0: there is none. */
static int64_t deadline_of(const struct carrier *carrier,
                           const struct exchange *exchange)
{
    int64_t end_ns = exchange->is_teardown ? 0 : carrier->transport->end_ns;

    if (!end_ns || (exchange->until_ns && exchange->until_ns < end_ns))
        return exchange->until_ns;
    return end_ns;
}

/* What is left until then may be less than the request's own time; whether it
 * is. */
static bool set_deadline(struct carrier *carrier,
                         const struct exchange *exchange)
{
    int64_t until_ns = deadline_of(carrier, exchange);
    int64_t left_ns = until_ns - clock_monotonic_ns();

    if (!until_ns || left_ns >= exchange->call->timeout_ns)
        return false;
    set_number(carrier->easy, CURLOPT_TIMEOUT_MS, deadline_ms(left_ns));
    carrier->sent.timeout_ns = left_ns;
    return true;
}

static bool is_too_late(struct exchange *exchange)
{
    if (!exchange->until_ns || clock_monotonic_ns() < exchange->until_ns)
        return false;
    exchange_refuse(exchange, ARRIVAL_TIMEOUT, late_trouble);
    return true;
}

static bool open_file(struct carrier *carrier, struct exchange *exchange)
{
    const char *path = exchange->call->body_path;
    char reason[128];

    if (!path)
        return true;
    carrier->file = fopen(path, "re");
    if (carrier->file)
        return true;
    exchange_refuse(exchange, ARRIVAL_REQUEST,
                    arena_print(&exchange->arena, "%s: %s", path,
                                strerror_r(errno, reason, sizeof(reason))));
    return false;
}

/* A racer is on a connection of its own, which nobody gets after it. */
static void set_lone(struct carrier *carrier, struct racer *racer)
{
    bool is_lone = racer != NULL;

    if (racer) {
        carrier->early_fd = racer->fd;
        carrier->early = racer->early;
        racer->fd = CURL_SOCKET_BAD;
        racer->state = RACER_SENDS;
    }
    if (is_lone == carrier->is_lone)
        return;
    carrier->is_lone = is_lone;
    if (carrier->fresh_only)
        return;
    set_number(carrier->easy, CURLOPT_FRESH_CONNECT, is_lone);
    set_number(carrier->easy, CURLOPT_FORBID_REUSE, is_lone);
}

bool carrier_load(struct carrier *carrier, struct exchange *exchange)
{
    const struct call *call = exchange->call;
    bool has_deadline;

    if (is_too_late(exchange) || !open_file(carrier, exchange))
        return false;
    carrier->exchange = exchange;
    forget_flight(carrier);
    if (carrier->is_second_try && !carrier->fresh_only)
        set_number(carrier->easy, CURLOPT_FRESH_CONNECT, 0);
    carrier->is_second_try = false;
    set_lone(carrier, exchange->racer);
    set_call(carrier, call);
    has_deadline = set_deadline(carrier, exchange);
    set_cookies(carrier, &exchange->jar);
    /* A call that belongs to the exchange dies with it, and another one may
     * be born at its address. */
    carrier->last = call == &exchange->own_call || has_deadline ? NULL : call;
    exchange_begin(exchange);
    exchange->sent_ns = clock_monotonic_ns();
    return true;
}

static bool is_broken_connection(CURLcode code)
{
    return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
           code == CURLE_GOT_NOTHING;
}

bool carrier_wants_retry(struct carrier *carrier, CURLcode code)
{
    struct exchange *exchange = carrier->exchange;
    long connections = 0;

    curl_easy_getinfo(carrier->easy, CURLINFO_NUM_CONNECTS, &connections);
    if (carrier->is_second_try || carrier->answered || connections > 0 ||
        !is_broken_connection(code) || !exchange->call->is_idempotent)
        return false;
    forget_flight(carrier);
    carrier->is_second_try = true;
    exchange->resent = true;
    set_number(carrier->easy, CURLOPT_FRESH_CONNECT, 1);
    if (carrier->file)
        rewind(carrier->file);
    sink_restart(exchange->sinks.first);
    return true;
}
