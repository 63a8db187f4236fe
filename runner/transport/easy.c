#include "runner/transport/easy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* "See other": whatever was sent, the next request is a GET (RFC 9110, section
 * 15.4.4). libcurl does that with the methods that it knows; the name of
 * another one it would keep. */
static void heed_see_other(struct carrier *carrier, const char *line,
                           size_t length)
{
    const char *blank = memchr(line, ' ', length);

    if (length < 5 || memcmp(line, "HTTP/", 5) != 0 || !blank ||
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
    carrier->header_count++;
    carrier->saw_cookie |= is_set_cookie(line, length);
    if (carrier->exchange->call->follow_most)
        heed_see_other(carrier, line, length);
    if (carrier->header_bytes <= LIMIT_HEADER_BYTES &&
        carrier->header_count <= LIMIT_HEADER_COUNT)
        return length;
    carrier->too_large = true;
    carrier->limit = carrier->header_count > LIMIT_HEADER_COUNT
                         ? "the answer has too many header lines"
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
static int on_socket(void *data, curl_socket_t fd, curlsocktype purpose)
{
    (void)data;
    (void)purpose;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    return CURL_SOCKOPT_OK;
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
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_socket);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, carrier);
    if (carrier->fresh_only) {
        set_number(easy, CURLOPT_FRESH_CONNECT, 1);
        set_number(easy, CURLOPT_FORBID_REUSE, 1);
    }
}

/* Debian's certificates lie in a directory and in a bundle. Given the directory
 * too, libcurl reads it anew for every connection (27 ms); the bundle alone is
 * read once. */
static void set_trust(CURL *easy, const char *ca_path)
{
    static const char bundle[] = "/etc/ssl/certs/ca-certificates.crt";

    const curl_version_info_data *about = curl_version_info(CURLVERSION_NOW);
    const char *folder = NULL;

    if (!ca_path && access(bundle, R_OK) == 0)
        ca_path = bundle;
    if (!ca_path) {
        ca_path = about->cainfo;
        folder = about->capath;
    }
    set_text(easy, CURLOPT_CAPATH, folder);
    set_text(easy, CURLOPT_CAINFO, ca_path);
}

bool carrier_init(struct carrier *carrier, struct transport *transport,
                  bool fresh_only, struct fault *fault)
{
    *carrier = (struct carrier){
        .easy = curl_easy_init(),
        .transport = transport,
        .fresh_only = fresh_only,
        .sent.verify = true,
    };
    if (!carrier->easy)
        return fault_raise(fault, (struct place){0},
                           "libcurl has no handle to give");
    set_fixed(carrier);
    set_trust(carrier->easy, NULL);
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
        set_trust(easy, call->ca_path);
    if (call->user || carrier->sent.user) {
        set_number(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        set_text(easy, CURLOPT_USERNAME, call->user);
        set_text(easy, CURLOPT_PASSWORD, call->password);
    }
}

/* Rounded up: to libcurl 0 is no limit at all. */
static long whole_ms(int64_t ns)
{
    return (long)((ns + NS_PER_MS - 1) / NS_PER_MS);
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

bool carrier_load(struct carrier *carrier, struct exchange *exchange)
{
    const struct call *call = exchange->call;

    if (!open_file(carrier, exchange))
        return false;
    carrier->exchange = exchange;
    forget_flight(carrier);
    if (carrier->is_second_try && !carrier->fresh_only)
        set_number(carrier->easy, CURLOPT_FRESH_CONNECT, 0);
    carrier->is_second_try = false;
    set_call(carrier, call);
    set_cookies(carrier, &exchange->jar);
    /* A call that belongs to the exchange dies with it, and another one may
     * be born at its address. */
    carrier->last = call == &exchange->own_call ? NULL : call;
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
