/* Bytes from strangers, as JSON can hold them. */
#pragma once

#include <jansson.h>

#include "specs/base/base.h"

/* UTF-8 stays as it is; anything else is read as Latin-1, so that every byte
 * can be told apart. Control characters are escaped by whoever prints it. */
json_t *text_json(const char *bytes, size_t length) NODISCARD;

/* The caller frees it. */
char *text_base64(const char *bytes, size_t length) NODISCARD;

/* Seconds with a fraction, "1.25", up to MOST_DELAY_S. */
bool text_seconds(const char *text, int64_t *wait_ns) NODISCARD;
