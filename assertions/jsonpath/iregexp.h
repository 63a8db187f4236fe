/* I-Regexp (RFC 9485): the regular expressions that mean the same everywhere.
 * Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/query.h"

/* The expression for PCRE2, or NULL when the text is no I-Regexp. To match
 * from start to end, anchor both when matching. */
pcre2_code *iregexp_compile(const char *text, size_t length);
