/* The ways to answer a call. A response is owned by whoever made it until it is
 * given to answer(). A NULL one, which means that memory ran out, may go
 * through all of them: the connection is then closed. */
#pragma once

#include "examples/api/call.h"
#include <jansson.h>

/* Takes the document. */
struct MHD_Response *response_of_json(json_t *document) NODISCARD;
struct MHD_Response *response_of_text(const char *type,
                                      const char *text) NODISCARD;

/* Says {"error": text}. */
struct MHD_Response *response_of_error(const char *format, ...)
    PRINTF_LIKE(1, 2) NODISCARD;

/* False for a value that cannot stand in a header. */
bool response_header(struct MHD_Response *response, const char *name,
                     const char *value);

/* Takes the response. */
enum MHD_Result answer(struct call *call, unsigned status,
                       struct MHD_Response *response);

/* Takes the document. */
enum MHD_Result answer_json(struct call *call, unsigned status,
                            json_t *document);
enum MHD_Result answer_error(struct call *call, unsigned status,
                             const char *format, ...) PRINTF_LIKE(3, 4);
enum MHD_Result answer_nothing(struct call *call, unsigned status);

/* 401, and the scheme that is asked for. */
enum MHD_Result answer_unauthorized(struct call *call, const char *scheme);

/* The page's own path and what it did not understand in it. */
enum MHD_Result answer_bad_argument(struct call *call, const char *wanted);
