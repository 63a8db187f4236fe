#include <string.h>

#include "runner/transport/easy.h"

/* What libcurl's codes mean here; what is not listed is a broken connection. */
static const struct {
    CURLcode code;
    enum arrival arrival;
} arrivals[] = {
    {CURLE_OK, ARRIVED},
    {CURLE_URL_MALFORMAT, ARRIVAL_REQUEST},
    {CURLE_READ_ERROR, ARRIVAL_REQUEST},
    {CURLE_ABORTED_BY_CALLBACK, ARRIVAL_INTERRUPTED},
    {CURLE_COULDNT_RESOLVE_PROXY, ARRIVAL_DNS},
    {CURLE_COULDNT_RESOLVE_HOST, ARRIVAL_DNS},
    {CURLE_COULDNT_CONNECT, ARRIVAL_CONNECT},
    {CURLE_INTERFACE_FAILED, ARRIVAL_CONNECT},
    {CURLE_PROXY, ARRIVAL_CONNECT},
    {CURLE_SSL_CONNECT_ERROR, ARRIVAL_TLS},
    {CURLE_SSL_ENGINE_NOTFOUND, ARRIVAL_TLS},
    {CURLE_SSL_CERTPROBLEM, ARRIVAL_TLS},
    {CURLE_SSL_CIPHER, ARRIVAL_TLS},
    {CURLE_PEER_FAILED_VERIFICATION, ARRIVAL_TLS},
    {CURLE_SSL_CACERT_BADFILE, ARRIVAL_TLS},
    {CURLE_SSL_ISSUER_ERROR, ARRIVAL_TLS},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, ARRIVAL_TLS},
    {CURLE_SSL_INVALIDCERTSTATUS, ARRIVAL_TLS},
    {CURLE_OPERATION_TIMEDOUT, ARRIVAL_TIMEOUT},
    {CURLE_PARTIAL_FILE, ARRIVAL_TRUNCATED},
    {CURLE_WEIRD_SERVER_REPLY, ARRIVAL_MALFORMED},
    {CURLE_UNSUPPORTED_PROTOCOL, ARRIVAL_MALFORMED}, /* HTTP/0.9, garbage */
    {CURLE_BAD_CONTENT_ENCODING, ARRIVAL_MALFORMED},
    {CURLE_OUT_OF_MEMORY, ARRIVAL_TOO_LARGE}, /* one endless header line */
    {CURLE_FILESIZE_EXCEEDED, ARRIVAL_TOO_LARGE},
    {CURLE_TOO_MANY_REDIRECTS, ARRIVAL_REDIRECTS},
};

/* libcurl says "receive error" for a chunk that is none, too. */
static bool is_bad_chunk(const struct carrier *carrier)
{
    return strstr(carrier->error, "chunk") != NULL;
}

static bool left_http(const struct carrier *carrier, CURLcode code)
{
    return code == CURLE_UNSUPPORTED_PROTOCOL &&
           carrier->exchange->call->follow_most > 0 &&
           strstr(carrier->error, "rotocol \"") != NULL;
}

enum arrival arrival_of_code(CURLcode code)
{
    for (size_t i = 0; i < COUNT(arrivals); i++) {
        if (arrivals[i].code == code)
            return arrivals[i].arrival;
    }
    return ARRIVAL_RESET;
}

enum arrival arrival_of(const struct carrier *carrier, CURLcode code)
{
    if (carrier->too_large)
        return ARRIVAL_TOO_LARGE;
    if (carrier->refused_resend)
        return ARRIVAL_RESET;
    if (code == CURLE_OPERATION_TIMEDOUT &&
        transport_is_over(carrier->transport, carrier->exchange))
        return ARRIVAL_INTERRUPTED;
    if (code == CURLE_RECV_ERROR && is_bad_chunk(carrier))
        return ARRIVAL_MALFORMED;
    if (left_http(carrier, code))
        return ARRIVAL_REDIRECTS;
    return arrival_of_code(code);
}
