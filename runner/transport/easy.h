/* One libcurl easy handle that carries one exchange after the other. The only
 * place that sets options and reads results. */
#pragma once

#include <curl/curl.h>

#include "runner/transport/transport.h"

/* Options stay set from one exchange to the next; what is remembered here is
 * what need not be set again. */
struct carrier {
    struct carrier *next; /* in its owner's list of idle ones */
    CURL *easy;
    struct exchange *exchange; /* NULL: idle */
    struct transport *transport;
    bool fresh_only;  /* never reuses nor keeps a connection */
    bool is_lone;     /* so is this exchange's, which races */
    struct call sent; /* a shallow copy of the last call, for comparing */
    const struct call *last;
    bool has_body;
    bool has_cookies; /* its cookie engine may hold some */
    FILE *file;       /* BODY_FILE, open while it flies */

    /* A socket that is connected already, for its next connection. */
    curl_socket_t early_fd; /* CURL_SOCKET_BAD: there is none */
    bool took_early;        /* libcurl was given it right now */
    curl_socket_t fd;       /* the last one that libcurl was given, its own */
    struct timings early;   /* how long that took; zeroed: nothing did */

    /* about the exchange in flight */
    unsigned sendings;   /* requests handed to a connection */
    bool answered;       /* a header line of the answer came */
    bool is_second_try;  /* once more on a fresh connection */
    int64_t lost_ns;     /* by the first try; 0: there was no other */
    bool refused_resend; /* libcurl wanted to, and must not */
    bool saw_cookie;
    bool too_large; /* which of our limits was passed: see `limit` */
    const char *limit;
    uint64_t header_bytes;
    size_t header_count;
    char error[CURL_ERROR_SIZE];
    void (*connected)(struct carrier *carrier); /* or NULL */
};

/* False with the fault raised when libcurl has no handle to give. */
bool carrier_init(struct carrier *carrier, struct transport *transport,
                  bool fresh_only, struct fault *fault) NODISCARD;
void carrier_finish(struct carrier *carrier);

/* Trusts the authorities of that file; NULL: those of the system. */
void trust_set(CURL *easy, const char *ca_path);

/* Of an exchange whose test has no time left. */
extern const char late_trouble[];

/* Makes the handle ready for the exchange. False when that cannot be sent (its
 * file cannot be read): then it has arrived already, and the carrier is idle.
 */
bool carrier_load(struct carrier *carrier, struct exchange *exchange) NODISCARD;

/* Whether this end asks for the one second try: an idempotent request that died
 * on a reused connection before any answer. If so the handle is ready to be
 * performed again. */
bool carrier_wants_retry(struct carrier *carrier, CURLcode code);

/* Fills exchange->response from the handle and gives the exchange back. */
struct exchange *carrier_unload(struct carrier *carrier, CURLcode code);

/* libcurl's milliseconds; rounded up, since 0 is no limit at all there. */
static inline long whole_ms(int64_t ns)
{
    return (long)((ns + NS_PER_MS - 1) / NS_PER_MS);
}

/* The same for what must end at a deadline and not before: libcurl compares
 * whole milliseconds and may be one early. */
static inline long deadline_ms(int64_t left_ns)
{
    return left_ns > 0 ? whole_ms(left_ns) + 1 : 1;
}

static inline void set_text(CURL *easy, CURLoption option, const char *text)
{
    curl_easy_setopt(easy, option, text);
}

static inline void set_number(CURL *easy, CURLoption option, long number)
{
    curl_easy_setopt(easy, option, number);
}

/* What a CURLcode means for the one who reads the report. */
enum arrival arrival_of_code(CURLcode code);
enum arrival arrival_of(const struct carrier *carrier, CURLcode code);
