/* One cheap look at JSON text before jansson reads it: how deep it nests, and
 * where numbers stand that jansson would refuse or round. It is no parser: of
 * text that is not JSON it says nothing, jansson does. Only json.c uses it. */
#pragma once

#include "specs/base/buffer.h"

struct json_trouble;

struct json_text {
    const char *bytes;
    size_t length;
};

/* False with *trouble set where the text nests beyond `depth` or an exponent
 * is beyond counting. `exact` says whether numbers must be kept as text. */
bool json_scan(struct json_text text, size_t depth, bool *exact,
               struct json_trouble *trouble) NODISCARD;

/* In rewritten text a number that must stay exact is a string that begins with
 * JSON_MARK, escaped, and the strings that begin so already have it twice. */
enum { JSON_MARK = 1 };

/* The rewritten text of `text`, whose scan went well. */
void json_rewrite(struct json_text text, struct buffer *out);

/* Where the byte `position` of the rewritten text came from. */
size_t json_rewritten_from(struct json_text text, size_t position);

/* Where the token starts that the byte at `offset` is part of. */
size_t json_token_start(struct json_text text, size_t offset);
