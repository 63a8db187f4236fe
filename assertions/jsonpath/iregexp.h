/* I-Regexp (RFC 9485): the regular expressions that mean the same everywhere.
 * Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/query.h"

/* NULL when the text is no I-Regexp; else pattern_free() is the caller's. */
struct pattern *iregexp_compile(const char *text, size_t length);
