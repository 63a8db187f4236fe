#include "examples/api/answer.h"
#include "examples/api/limits.h"
#include "examples/api/pages.h"
#include "examples/api/service.h"
#include "examples/api/text.h"
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "specs/base/clock.h"

enum { LOWEST_STATUS = 200, HIGHEST_STATUS = 599 };

enum MHD_Result delay_page(struct call *call)
{
    int64_t wait_ns;

    if (!text_seconds(call->arguments[0], &wait_ns))
        return answer_bad_argument(call, "seconds from 0 to 60");
    if (wait_ns && !call->waited)
        return call_sleep(call, wait_ns);
    return answer_json(
        call, MHD_HTTP_OK,
        json_pack("{s:f}", "delay", (double)wait_ns / (double)NS_PER_S));
}

/* The headers without which the status would make no sense. */
static void add_manners(struct MHD_Response *response, unsigned status)
{
    if (status >= 300 && status < 400 && status != MHD_HTTP_NOT_MODIFIED)
        response_header(response, MHD_HTTP_HEADER_LOCATION, "/anything");
    if (status == MHD_HTTP_UNAUTHORIZED)
        response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                        "Basic realm=\"volley\"");
}

enum MHD_Result status_page(struct call *call)
{
    struct MHD_Response *response;
    uint64_t status;

    if (!read_count(call->arguments[0], HIGHEST_STATUS, &status) ||
        status < LOWEST_STATUS)
        return answer_bad_argument(call, "a status from 200 to 599");
    if (status == MHD_HTTP_NO_CONTENT || status == MHD_HTTP_NOT_MODIFIED)
        return answer_nothing(call, (unsigned)status);
    response =
        response_of_json(json_pack("{s:I}", "status", (json_int_t)status));
    add_manners(response, (unsigned)status);
    return answer(call, (unsigned)status, response);
}

static enum MHD_Result answer_flaky(struct call *call, uint64_t number,
                                    uint64_t failures)
{
    struct MHD_Response *response =
        response_of_json(json_pack("{s:I, s:I}", "call", (json_int_t)number,
                                   "failures", (json_int_t)failures));

    if (number > failures)
        return answer(call, MHD_HTTP_OK, response);
    response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "0");
    return answer(call, MHD_HTTP_SERVICE_UNAVAILABLE, response);
}

enum MHD_Result flaky_page(struct call *call)
{
    const char *key = call->arguments[0];
    uint64_t failures;
    uint64_t number;

    if (strlen(key) > MOST_KEY_BYTES ||
        !read_count(call->arguments[1], MOST_FAILURES, &failures))
        return answer_bad_argument(
            call, "a key of at most 64 bytes, then a number up to 1000");
    number = flaky_count(&call->service->flaky, key);
    if (!number)
        return answer_error(call, MHD_HTTP_INSUFFICIENT_STORAGE,
                            "there may be %d flaky keys", MOST_FLAKY_KEYS);
    return answer_flaky(call, number, failures);
}
