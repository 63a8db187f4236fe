#include "examples/api/answer.h"
#include "examples/api/limits.h"
#include "examples/api/pages.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum MHD_Result answer_moved(struct call *call, unsigned status,
                                    const char *location)
{
    struct MHD_Response *response = response_of_text("text/plain", "moved\n");

    if (!response_header(response, MHD_HTTP_HEADER_LOCATION, location)) {
        MHD_destroy_response(response);
        return answer_bad_argument(call, "a url that fits in a header");
    }
    return answer(call, status, response);
}

enum MHD_Result redirect_page(struct call *call)
{
    char location[64];
    uint64_t hops;

    if (!read_count(call->arguments[0], MOST_REDIRECTS, &hops) || !hops)
        return answer_bad_argument(call, "a number from 1 to 100");
    if (hops == 1)
        return answer_moved(call, MHD_HTTP_FOUND, "/anything");
    snprintf(location, sizeof(location), "/redirect/%" PRIu64, hops - 1);
    return answer_moved(call, MHD_HTTP_FOUND, location);
}

static bool is_redirect(uint64_t status)
{
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

enum MHD_Result redirect_to_page(struct call *call)
{
    const char *url = call_query(call, "url");
    uint64_t status = MHD_HTTP_FOUND;

    if (!url || !*url || strlen(url) > MOST_URL_BYTES)
        return answer_bad_argument(call, "?url= of at most 8192 bytes");
    if (!call_count(call, "status", 308, &status) || !is_redirect(status))
        return answer_bad_argument(call,
                                   "a status of 301, 302, 303, 307 or 308");
    return answer_moved(call, (unsigned)status, url);
}
