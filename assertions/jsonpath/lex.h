/* The small pieces of a query's text: blanks, names, strings, numbers (RFC
 * 9535, section 2.1 and appendix A). Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/query.h"

/* The text is UTF-8 and ends in a NUL; `at` never passes that. */
struct lexer {
    const char *text;
    size_t at;
    struct arena *arena;
    struct jsonpath_trouble *trouble;
};

/* Always false: says what is wrong, and where. */
bool lex_complain(struct lexer *lexer, size_t offset, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Always false: "`what` is expected here, not ..." */
bool lex_expected(struct lexer *lexer, const char *what);

char lex_peek(const struct lexer *lexer);
/* Goes past `text` if it is next. */
bool lex_accept(struct lexer *lexer, const char *text);
void lex_skip_blanks(struct lexer *lexer);

bool lex_is_digit(char c);
/* Whether a shorthand name (`$.name`) may begin with the byte. */
bool lex_begins_name(char c);

struct name lex_name(struct lexer *lexer);
/* The lower-case word of a function's name or a literal; may be empty. */
struct name lex_word(struct lexer *lexer);
/* With its quotes, which decide what may be escaped in it. */
bool lex_string(struct lexer *lexer, struct name *result) NODISCARD;
/* An index or part of a slice, within the range of I-JSON (RFC 7493). */
bool lex_integer(struct lexer *lexer, int64_t *result) NODISCARD;
/* A number literal of any size or precision; a new reference. */
json_t *lex_number(struct lexer *lexer) NODISCARD;
