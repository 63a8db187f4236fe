#include "examples/api/answer.h"
#include "examples/api/pages.h"
#include "examples/api/pairs.h"
#include "examples/api/text.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum MHD_Result headers_page(struct call *call)
{
    return answer_json(
        call, MHD_HTTP_OK,
        json_pack("{s:o}", "headers", pairs_of(call, MHD_HEADER_KIND)));
}

/* The body as text, or as a data URL (RFC 2397) when it is not UTF-8. */
static json_t *data_json(const struct call *call)
{
    const char *bytes = buffer_text(&call->body);
    json_t *text = json_stringn(bytes, call->body.length);
    char *encoded;

    if (text)
        return text;
    encoded = text_base64(bytes, call->body.length);
    text = json_sprintf("data:application/octet-stream;base64,%s", encoded);
    free(encoded);
    return text;
}

/* The body as JSON, null when it is not. */
static json_t *body_json(const struct call *call)
{
    json_t *document = json_loadb(buffer_text(&call->body), call->body.length,
                                  JSON_DECODE_ANY, NULL);

    return document ? document : json_null();
}

/* What the client asked for, as far as it told. */
static json_t *url_json(const struct call *call)
{
    const char *host = call_header(call, MHD_HTTP_HEADER_HOST);
    json_t *result;
    char *url;

    if (asprintf(&url, "http://%s%s", host ? host : "", call->target) < 0)
        return NULL;
    result = text_json(url, strlen(url));
    free(url);
    return result;
}

enum MHD_Result anything_page(struct call *call)
{
    json_t *form = json_object();
    json_t *files = json_object();
    bool is_form = pairs_of_form(call, form, files);

    return answer_json(
        call, MHD_HTTP_OK,
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "method",
                  call->method, "url", url_json(call), "args",
                  pairs_of(call, MHD_GET_ARGUMENT_KIND), "headers",
                  pairs_of(call, MHD_HEADER_KIND), "form", form, "files", files,
                  "data", is_form ? json_string("") : data_json(call), "json",
                  is_form ? json_null() : body_json(call)));
}
