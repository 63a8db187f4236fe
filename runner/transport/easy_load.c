/* What a handle is told of its next exchange. */
#include <errno.h>
#include <string.h>

#include "runner/transport/race.h"

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

/* Of the request's own time `own_ns` is left; until then may be less. Whether
 * either is less than the whole of it. */
static bool set_deadline(struct carrier *carrier, struct exchange *exchange,
                         int64_t own_ns)
{
    int64_t until_ns = deadline_of(carrier, exchange);
    int64_t now_ns = clock_monotonic_ns();
    int64_t left_ns = until_ns - now_ns;

    if (!until_ns || left_ns > own_ns)
        left_ns = own_ns;
    exchange->due_ns = clock_add(now_ns, left_ns);
    if (left_ns >= exchange->call->timeout_ns)
        return false;
    set_number(carrier->easy, CURLOPT_TIMEOUT_MS, deadline_ms(left_ns));
    carrier->sent.timeout_ns = left_ns;
    return true;
}

static bool is_too_late(struct exchange *exchange)
{
    if (!transport_is_late(exchange))
        return false;
    exchange->response.is_cut_off = true;
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
    carrier->lost_ns = 0;
    set_lone(carrier, exchange->racer);
    set_call(carrier, call);
    has_deadline = set_deadline(carrier, exchange, call->timeout_ns);
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

/* For libcurl it is a transfer like any other, with all the time of one; but
 * the first try took some of it. */
static void try_again(struct carrier *carrier)
{
    struct exchange *exchange = carrier->exchange;

    forget_flight(carrier);
    carrier->is_second_try = true;
    exchange->resent = true;
    set_number(carrier->easy, CURLOPT_FRESH_CONNECT, 1);
    carrier->lost_ns = clock_monotonic_ns() - exchange->sent_ns;
    if (set_deadline(carrier, exchange,
                     exchange->call->timeout_ns - carrier->lost_ns))
        carrier->last = NULL;
    if (carrier->file)
        rewind(carrier->file);
    sink_restart(exchange->sinks.first);
}

bool carrier_wants_retry(struct carrier *carrier, CURLcode code)
{
    const struct exchange *exchange = carrier->exchange;
    long connections = 0;

    curl_easy_getinfo(carrier->easy, CURLINFO_NUM_CONNECTS, &connections);
    if (carrier->is_second_try || carrier->answered || connections > 0 ||
        !is_broken_connection(code) || !exchange->call->is_idempotent)
        return false;
    try_again(carrier);
    return true;
}
