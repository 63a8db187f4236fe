#include "assertions/jsonpath/lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

/* The integers that every JSON reader holds: -(2^53)+1 to 2^53-1. */
static const int64_t most_integer = (INT64_C(1) << 53) - 1;

bool lex_complain(struct lexer *lexer, size_t offset, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(lexer->trouble->text, sizeof(lexer->trouble->text), format, args);
    va_end(args);
    lexer->trouble->offset = offset;
    return false;
}

bool lex_expected(struct lexer *lexer, const char *what)
{
    const char *found = lexer->text + lexer->at;

    if (!*found)
        return lex_complain(lexer, lexer->at,
                            "%s is expected here, but the query ends", what);
    if ((unsigned char)*found < ' ' || *found == ' ')
        return lex_complain(lexer, lexer->at,
                            "%s is expected here, not a blank", what);
    return lex_complain(lexer, lexer->at, "%s is expected here, not `%.*s`",
                        what, (int)json_character_length(found, strlen(found)),
                        found);
}

char lex_peek(const struct lexer *lexer)
{
    return lexer->text[lexer->at];
}

bool lex_accept(struct lexer *lexer, const char *text)
{
    size_t length = strlen(text);

    if (strncmp(lexer->text + lexer->at, text, length) != 0)
        return false;
    lexer->at += length;
    return true;
}

void lex_skip_blanks(struct lexer *lexer)
{
    lexer->at += strspn(lexer->text + lexer->at, " \t\n\r");
}

bool lex_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool lex_begins_name(char c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static struct name copy_from(struct lexer *lexer, size_t start)
{
    size_t length = lexer->at - start;

    return (struct name){
        arena_copy_bytes(lexer->arena, lexer->text + start, length),
        length,
    };
}

struct name lex_name(struct lexer *lexer)
{
    size_t start = lexer->at;

    while (lex_begins_name(lex_peek(lexer)) || lex_is_digit(lex_peek(lexer)))
        lexer->at++;
    return copy_from(lexer, start);
}

struct name lex_word(struct lexer *lexer)
{
    size_t start = lexer->at;

    if (is_lower(lex_peek(lexer))) {
        while (is_lower(lex_peek(lexer)) || lex_is_digit(lex_peek(lexer)) ||
               lex_peek(lexer) == '_')
            lexer->at++;
    }
    return copy_from(lexer, start);
}

static int hex_value(char c)
{
    if (lex_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool read_hex4(struct lexer *lexer, uint32_t *result)
{
    *result = 0;
    for (int i = 0; i < 4; i++) {
        int value = hex_value(lex_peek(lexer));

        if (value < 0)
            return lex_expected(lexer, "one of four hexadecimal digits");
        *result = *result << 4 | (uint32_t)value;
        lexer->at++;
    }
    return true;
}

static size_t put_utf8(uint32_t scalar, char *out)
{
    if (scalar < 0x80) {
        out[0] = (char)scalar;
        return 1;
    }
    if (scalar < 0x800) {
        out[0] = (char)(0xc0 | scalar >> 6);
        out[1] = (char)(0x80 | (scalar & 0x3f));
        return 2;
    }
    if (scalar < 0x10000) {
        out[0] = (char)(0xe0 | scalar >> 12);
        out[1] = (char)(0x80 | (scalar >> 6 & 0x3f));
        out[2] = (char)(0x80 | (scalar & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | scalar >> 18);
    out[1] = (char)(0x80 | (scalar >> 12 & 0x3f));
    out[2] = (char)(0x80 | (scalar >> 6 & 0x3f));
    out[3] = (char)(0x80 | (scalar & 0x3f));
    return 4;
}

/* Behind "\u". A pair of surrogates is one character. */
static bool read_unicode(struct lexer *lexer, uint32_t *scalar)
{
    size_t start = lexer->at - strlen("\\u");
    uint32_t low;

    if (!read_hex4(lexer, scalar))
        return false;
    if (*scalar >= 0xdc00 && *scalar <= 0xdfff) {
        return lex_complain(lexer, start,
                            "this is the second half of a surrogate pair; "
                            "the first is missing");
    }
    if (*scalar < 0xd800 || *scalar > 0xdbff)
        return true;
    if (!lex_accept(lexer, "\\u")) {
        return lex_complain(lexer, start,
                            "this is the first half of a surrogate pair; the "
                            "second is missing");
    }
    if (!read_hex4(lexer, &low))
        return false;
    if (low < 0xdc00 || low > 0xdfff) {
        return lex_complain(lexer, start,
                            "this is the first half of a surrogate pair, but "
                            "what follows is not the second");
    }
    *scalar = 0x10000 + ((*scalar & 0x3ff) << 10) + (low & 0x3ff);
    return true;
}

/* Behind the backslash. */
static bool read_escape(struct lexer *lexer, char quote, uint32_t *scalar)
{
    static const char letters[] = "bfnrt/\\";
    static const char values[] = "\b\f\n\r\t/\\";
    char c = lex_peek(lexer);
    const char *letter = c ? strchr(letters, c) : NULL;

    if (!letter && c != quote && c != 'u') {
        return lex_complain(lexer, lexer->at - 1,
                            "this is no escape; known are \\b \\f \\n \\r \\t "
                            "\\/ \\\\ \\%c \\uXXXX",
                            quote);
    }
    lexer->at++;
    if (c == 'u')
        return read_unicode(lexer, scalar);
    *scalar = (uint32_t)(letter ? values[letter - letters] : quote);
    return true;
}

/* Never longer than its text, escapes and all. */
static bool read_characters(struct lexer *lexer, char quote, char *out,
                            size_t *length)
{
    size_t start = lexer->at - 1;
    uint32_t scalar = 0;

    for (char c = lex_peek(lexer); c != quote; c = lex_peek(lexer)) {
        if (!c)
            return lex_complain(lexer, start, "this string has no end");
        if ((unsigned char)c < ' ') {
            return lex_complain(lexer, lexer->at,
                                "a control character in a string must be "
                                "written as \\u%04x",
                                (unsigned)c);
        }
        lexer->at++;
        if (c != '\\') {
            out[(*length)++] = c;
            continue;
        }
        if (!read_escape(lexer, quote, &scalar))
            return false;
        *length += put_utf8(scalar, out + *length);
    }
    lexer->at++;
    return true;
}

/* Bytes up to the closing quote, or to the end where there is none. */
static size_t raw_length(const char *start, char quote)
{
    size_t length = 0;

    for (; start[length] && start[length] != quote; length++)
        if (start[length] == '\\' && start[length + 1])
            length++;
    return length;
}

bool lex_string(struct lexer *lexer, struct name *result)
{
    char quote = lexer->text[lexer->at++];
    size_t room = raw_length(lexer->text + lexer->at, quote);
    char *bytes = arena_take(lexer->arena, room + 1);

    result->bytes = bytes;
    result->length = 0;
    return read_characters(lexer, quote, bytes, &result->length);
}

bool lex_integer(struct lexer *lexer, int64_t *result)
{
    size_t start = lexer->at;
    bool negative = lex_accept(lexer, "-");
    size_t digits = lexer->at;
    int64_t value = 0;

    if (!lex_is_digit(lex_peek(lexer)))
        return lex_expected(lexer, "a digit");
    for (; lex_is_digit(lex_peek(lexer)); lexer->at++) {
        value = value * 10 + (lex_peek(lexer) - '0');
        if (value > most_integer) {
            return lex_complain(lexer, start,
                                "an index must be between -(2^53)+1 and "
                                "2^53-1");
        }
    }
    if (lexer->text[digits] == '0' && lexer->at > digits + 1)
        return lex_complain(lexer, start, "an index has no leading zeros");
    if (negative && !value)
        return lex_complain(lexer, start, "-0 is not an index");
    *result = negative ? -value : value;
    return true;
}

static bool skip_digits(struct lexer *lexer)
{
    if (!lex_is_digit(lex_peek(lexer)))
        return lex_expected(lexer, "a digit");
    while (lex_is_digit(lex_peek(lexer)))
        lexer->at++;
    return true;
}

static bool skip_number(struct lexer *lexer)
{
    size_t digits;

    (void)lex_accept(lexer, "-");
    digits = lexer->at;
    if (!skip_digits(lexer))
        return false;
    if (lexer->text[digits] == '0' && lexer->at > digits + 1)
        return lex_complain(lexer, digits, "a number has no leading zeros");
    if (lex_accept(lexer, ".") && !skip_digits(lexer))
        return false;
    if (!lex_accept(lexer, "e") && !lex_accept(lexer, "E"))
        return true;
    if (!lex_accept(lexer, "-"))
        (void)lex_accept(lexer, "+");
    return skip_digits(lexer);
}

json_t *lex_number(struct lexer *lexer)
{
    size_t start = lexer->at;
    struct json_trouble trouble;
    json_t *value;

    if (!skip_number(lexer))
        return NULL;
    value = json_read(lexer->text + start, lexer->at - start, 1, 0, &trouble);
    if (!value)
        (void)lex_complain(lexer, start, "%s", trouble.text);
    return value;
}
