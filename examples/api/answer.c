#include "examples/api/answer.h"

#include "examples/api/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ERROR_BYTES = 512 };

/* Takes the text, which was allocated with malloc(). */
static struct MHD_Response *response_of(char *text, const char *type)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), text, MHD_RESPMEM_MUST_FREE);

    response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    return response;
}

struct MHD_Response *response_of_json(json_t *document)
{
    char *text = json_dumps(document, JSON_COMPACT | JSON_ENCODE_ANY);

    json_decref(document);
    return text ? response_of(text, "application/json") : NULL;
}

struct MHD_Response *response_of_text(const char *type, const char *text)
{
    return response_of(must_copy(text), type);
}

PRINTF_LIKE(1, 0)
static struct MHD_Response *response_of_complaint(const char *format,
                                                  va_list args)
{
    char text[ERROR_BYTES];

    vsnprintf(text, sizeof(text), format, args);
    return response_of_json(
        json_pack("{s:o}", "error", text_json(text, strlen(text))));
}

struct MHD_Response *response_of_error(const char *format, ...)
{
    struct MHD_Response *response;
    va_list args;

    va_start(args, format);
    response = response_of_complaint(format, args);
    va_end(args);
    return response;
}

bool response_header(struct MHD_Response *response, const char *name,
                     const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

enum MHD_Result answer(struct call *call, unsigned status,
                       struct MHD_Response *response)
{
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    result = MHD_queue_response(call->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result answer_json(struct call *call, unsigned status,
                            json_t *document)
{
    return answer(call, status, response_of_json(document));
}

enum MHD_Result answer_error(struct call *call, unsigned status,
                             const char *format, ...)
{
    struct MHD_Response *response;
    va_list args;

    va_start(args, format);
    response = response_of_complaint(format, args);
    va_end(args);
    return answer(call, status, response);
}

enum MHD_Result answer_nothing(struct call *call, unsigned status)
{
    return answer(
        call, status,
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT));
}

enum MHD_Result answer_unauthorized(struct call *call, const char *scheme)
{
    struct MHD_Response *response =
        response_of_error("%s authentication is needed", scheme);
    char challenge[64];

    snprintf(challenge, sizeof(challenge), "%s realm=\"volley\"", scheme);
    response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, challenge);
    return answer(call, MHD_HTTP_UNAUTHORIZED, response);
}

enum MHD_Result answer_bad_argument(struct call *call, const char *wanted)
{
    return answer_error(call, MHD_HTTP_BAD_REQUEST, "%s: wanted %s",
                        call->target, wanted);
}
