/* What an answer says of the encoding of its body. */
#pragma once

#include "assertions/pattern.h"
#include "specs/base/arena.h"

struct response;

/* The parameter `charset` of the content type (RFC 9110, section 8.3.2), in the
 * arena; NULL where there is none. */
const char *charset_of_type(const struct response *response,
                            struct arena *arena);

/* A byte order mark, which says more than whoever speaks of the text. */
bool charset_is_marked(struct text text);

bool charset_is_utf8(struct text text);

/* The page says its charset itself, in a `<meta>` near its beginning. */
bool charset_is_in_page(struct text text);
