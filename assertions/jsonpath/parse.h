/* Text to a compiled query: parse.c reads queries, segments and selectors,
 * filter_parse.c what stands in a filter. Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/lex.h"

struct parser {
    struct lexer lexer;
    size_t depth; /* of filters, parentheses and calls */
    struct owned *owned;
};

/* Goes one level down, unless that is one too many. */
bool parse_deeper(struct parser *parser) NODISCARD;

/* What the query must give back; new with nothing in it. */
struct owned *parse_own(struct parser *parser);

/* Behind its "$" or "@". */
bool parse_segments(struct parser *parser, struct query *query) NODISCARD;

/* Behind a filter's "?". */
bool parse_filter(struct parser *parser, const struct test **result) NODISCARD;
