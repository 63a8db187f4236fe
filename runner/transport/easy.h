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
    struct call sent; /* a shallow copy of the last call, for comparing */
    const struct call *last;
    bool has_body;
    bool has_cookies; /* its cookie engine may hold some */
    FILE *file;       /* BODY_FILE, open while it flies */

    /* about the exchange in flight */
    unsigned sendings;   /* requests handed to a connection */
    bool answered;       /* a header line of the answer came */
    bool is_second_try;  /* once more on a fresh connection */
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

/* What a CURLcode means for the one who reads the report. */
enum arrival arrival_of(const struct carrier *carrier, CURLcode code);
