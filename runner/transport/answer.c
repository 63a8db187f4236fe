#include <string.h>
#include <unistd.h>

#include "runner/transport/easy.h"

static const char *copy_info(struct exchange *exchange, CURL *easy,
                             CURLINFO info)
{
    char *text = NULL;

    curl_easy_getinfo(easy, info, &text);
    return arena_copy(&exchange->arena, text ? text : "");
}

/* libcurl 7.88 leaves the line's end in a value that is empty. */
static char *copy_value(struct arena *arena, const char *value)
{
    return arena_copy_bytes(arena, value, strcspn(value, "\r\n"));
}

/* Those of the last hop; the lines that were counted are at least as many. */
static void read_headers(const struct carrier *carrier)
{
    struct exchange *exchange = carrier->exchange;
    struct response *response = &exchange->response;
    struct arena *arena = &exchange->arena;
    size_t room = carrier->header_count;
    struct header *headers = arena_take(arena, (room + 1) * sizeof(*headers));
    struct curl_header *header = NULL;

    response->headers = headers;
    while (response->header_count < room &&
           (header = curl_easy_nextheader(carrier->easy, CURLH_HEADER, -1,
                                          header))) {
        headers[response->header_count++] = (struct header){
            arena_copy(arena, header->name),
            copy_value(arena, header->value),
        };
    }
}

static int64_t read_time(CURL *easy, CURLINFO info)
{
    curl_off_t microseconds = 0;

    curl_easy_getinfo(easy, info, &microseconds);
    return microseconds * 1000;
}

static int64_t positive(int64_t ns)
{
    return ns > 0 ? ns : 0;
}

/* A racer connected before, and its request was held for the others. */
static void read_race(struct timings *timings, const struct carrier *carrier)
{
    int64_t held_ns = carrier->exchange->held_ns;

    timings->dns_ns = carrier->early.dns_ns;
    timings->connect_ns = carrier->early.connect_ns;
    timings->first_byte_ns = positive(timings->first_byte_ns - held_ns);
    timings->total_ns = positive(timings->total_ns - held_ns);
}

static void read_timings(struct timings *timings, const struct carrier *carrier)
{
    CURL *easy = carrier->easy;
    int64_t dns = read_time(easy, CURLINFO_NAMELOOKUP_TIME_T);
    int64_t connect = read_time(easy, CURLINFO_CONNECT_TIME_T);
    int64_t tls = read_time(easy, CURLINFO_APPCONNECT_TIME_T);

    timings->dns_ns = dns;
    timings->connect_ns = positive(connect - dns);
    timings->tls_ns = tls ? positive(tls - connect) : 0;
    timings->first_byte_ns = read_time(easy, CURLINFO_STARTTRANSFER_TIME_T);
    timings->total_ns = read_time(easy, CURLINFO_TOTAL_TIME_T);
    if (timings->first_byte_ns)
        timings->first_byte_ns += carrier->lost_ns;
    timings->total_ns += carrier->lost_ns;
    if (carrier->is_lone)
        read_race(timings, carrier);
}

static const char *version_name(long version)
{
    switch (version) {
    case CURL_HTTP_VERSION_1_0: return "1.0";
    case CURL_HTTP_VERSION_1_1: return "1.1";
    case CURL_HTTP_VERSION_2_0: return "2";
    case CURL_HTTP_VERSION_3: return "3";
    default: return "";
    }
}

static void read_numbers(struct carrier *carrier)
{
    struct exchange *exchange = carrier->exchange;
    struct response *response = &exchange->response;
    CURL *easy = carrier->easy;
    curl_off_t received = 0, sent = 0;
    long connections = 0, version = 0, request_size = 0;

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response->status);
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
    curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &sent);
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_size);
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_COUNT, &response->redirect_count);
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    response->wire_size = (uint64_t)received;
    response->headers_size = carrier->header_bytes;
    response->http_version = version_name(version);
    response->reused = connections == 0 && carrier->sendings > 0;
    exchange->connection_count = (size_t)connections;
    exchange->sent_size = (uint64_t)sent + (uint64_t)request_size;
}

/* libcurl 7.88 can take a cut answer for a whole one, so we count ourselves. */
static bool is_cut(const struct carrier *carrier)
{
    curl_off_t promised = -1, received = 0;
    long status = carrier->exchange->response.status;

    curl_easy_getinfo(carrier->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
                      &promised);
    curl_easy_getinfo(carrier->easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
    return promised >= 0 && received < promised && status != 304 &&
           status != 204 &&
           strcmp(carrier->exchange->call->method, "HEAD") != 0;
}

const char late_trouble[] =
    "the test took longer than its time (\"timeout\" or --test-timeout)";

static const char *describe(const struct carrier *carrier, CURLcode code)
{
    if (carrier->too_large)
        return carrier->limit;
    if (carrier->refused_resend)
        return "the kept-alive connection was closed before the answer, and "
               "this method is not sent twice";
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return carrier->transport->cancelled_by;
    if (code == CURLE_OPERATION_TIMEDOUT &&
        transport_is_over(carrier->transport, carrier->exchange))
        return carrier->transport->ended_by;
    if (carrier->exchange->response.is_cut_off)
        return late_trouble;
    return carrier->error[0] ? carrier->error : curl_easy_strerror(code);
}

static void read_jar(struct carrier *carrier)
{
    struct jar *jar = &carrier->exchange->jar;
    struct curl_slist *cookies = NULL;

    jar_finish(jar);
    curl_easy_getinfo(carrier->easy, CURLINFO_COOKIELIST, &cookies);
    for (const struct curl_slist *item = cookies; item; item = item->next)
        jar_add(jar, item->data);
    curl_slist_free_all(cookies);
    carrier->has_cookies = true;
}

static void close_file(struct carrier *carrier)
{
    if (carrier->file)
        fclose(carrier->file);
    carrier->file = NULL;
}

static void close_early(struct carrier *carrier)
{
    if (carrier->early_fd != CURL_SOCKET_BAD)
        close(carrier->early_fd);
    carrier->early_fd = CURL_SOCKET_BAD;
}

struct exchange *carrier_unload(struct carrier *carrier, CURLcode code)
{
    struct exchange *exchange = carrier->exchange;
    struct response *response = &exchange->response;
    CURL *easy = carrier->easy;

    close_file(carrier);
    close_early(carrier);
    read_numbers(carrier);
    response->arrival = arrival_of(carrier, code);
    response->is_cut_off =
        response->arrival == ARRIVAL_TIMEOUT && transport_is_late(exchange);
    if (response->arrival != ARRIVED)
        response->trouble =
            arena_copy(&exchange->arena, describe(carrier, code));
    if (response->arrival == ARRIVED && is_cut(carrier)) {
        response->arrival = ARRIVAL_TRUNCATED;
        response->trouble = "the body is shorter than its Content-Length";
    }
    read_headers(carrier);
    read_timings(&response->timings, carrier);
    response->url = copy_info(exchange, easy, CURLINFO_EFFECTIVE_URL);
    response->ip = copy_info(exchange, easy, CURLINFO_PRIMARY_IP);
    if (carrier->saw_cookie || carrier->has_cookies)
        read_jar(carrier);
    carrier->exchange = NULL;
    return exchange;
}
