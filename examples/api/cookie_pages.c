#include "examples/api/answer.h"
#include "examples/api/pages.h"
#include "examples/api/pairs.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Collects Set-Cookie headers; stops at what no cookie can hold. */
struct baker {
    struct MHD_Response *response;
    const char *format;
    bool is_spoilt;
};

enum MHD_Result cookies_page(struct call *call)
{
    return answer_json(
        call, MHD_HTTP_OK,
        json_pack("{s:o}", "cookies", pairs_of(call, MHD_COOKIE_KIND)));
}

/* RFC 6265, section 4.1.1: no blanks, quotes, commas, semicolons, backslashes,
 * and in a name no separators either. */
static bool is_clean(const char *text, const char *banned)
{
    for (; *text; text++) {
        if (*text <= ' ' || *text > '~' || strchr(banned, *text))
            return false;
    }
    return true;
}

static enum MHD_Result bake(void *data, enum MHD_ValueKind kind,
                            const char *name, const char *value)
{
    struct baker *baker = data;
    char *cookie;

    (void)kind;
    value = value ? value : "";
    if (!*name || !is_clean(name, "()<>@,;:\\\"/[]?={}") ||
        !is_clean(value, "\",;\\")) {
        baker->is_spoilt = true;
        return MHD_NO;
    }
    if (asprintf(&cookie, "%s=%s; Path=/%s", name, value, baker->format) < 0)
        return MHD_NO;
    response_header(baker->response, MHD_HTTP_HEADER_SET_COOKIE, cookie);
    free(cookie);
    return MHD_YES;
}

/* Every query key becomes a cookie, then the client is sent to look at them. */
static enum MHD_Result bake_all(struct call *call, const char *attributes)
{
    struct baker baker = {
        .response = response_of_text("text/plain", "see /cookies\n"),
        .format = attributes,
    };

    MHD_get_connection_values(call->connection, MHD_GET_ARGUMENT_KIND, bake,
                              &baker);
    if (baker.is_spoilt) {
        MHD_destroy_response(baker.response);
        return answer_bad_argument(call, "names and values without blanks, "
                                         "quotes, commas and semicolons");
    }
    response_header(baker.response, MHD_HTTP_HEADER_LOCATION, "/cookies");
    return answer(call, MHD_HTTP_FOUND, baker.response);
}

enum MHD_Result set_cookies_page(struct call *call)
{
    return bake_all(call, "");
}

enum MHD_Result delete_cookies_page(struct call *call)
{
    return bake_all(call, "; Max-Age=0");
}
