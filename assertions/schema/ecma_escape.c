/* Escapes of one character: ECMA-262, section 22.2.1, CharacterEscape and
 * CharacterClassEscape. */
#include <stdio.h>
#include <string.h>

#include "assertions/schema/ecma_parts.h"

enum { LAST_POINT = 0x10ffff };

/* Section 22.2.2.9: WhiteSpace and LineTerminator, and all that is neither. */
#define SPACES                                                                 \
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}"         \
    "\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
#define NO_SPACES                                                              \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}"              \
    "\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"                \
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"                \
    "\\x{ff00}-\\x{10ffff}"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* So many digits, no fewer. */
static bool take_hex(struct ecma *ecma, size_t digits, uint32_t *point)
{
    uint32_t value = 0;

    if ((size_t)(ecma->end - ecma->at) < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        int digit = hex_value(ecma->at[i]);

        if (digit < 0)
            return false;
        value = value * 16 + (uint32_t)digit;
    }
    ecma->at += digits;
    *point = value;
    return true;
}

/* "\u{1F432}", behind the "{". */
static bool read_braced(struct ecma *ecma, uint32_t *point)
{
    const char *at = ecma->at;

    *point = 0;
    while (hex_value(ecma_peek(ecma)) >= 0) {
        *point = *point * 16 + (uint32_t)hex_value(*ecma->at++);
        if (*point > LAST_POINT)
            return ecma_refuse(ecma, at, "characters end with \\u{10FFFF}");
    }
    if (ecma->at == at || !ecma_take(ecma, '}'))
        return ecma_refuse(ecma, ecma->at,
                           "hexadecimal digits and \"}\" expected");
    return true;
}

/* "\uD83D\uDC32" is one character. */
static bool read_unicode(struct ecma *ecma, uint32_t *point)
{
    const char *behind;
    uint32_t low;

    if (ecma_take(ecma, '{'))
        return read_braced(ecma, point);
    if (!take_hex(ecma, 4, point))
        return ecma_refuse(ecma, ecma->at,
                           "four hexadecimal digits expected behind \\u");
    behind = ecma->at;
    if (*point < 0xd800 || *point > 0xdbff)
        return true;
    if (ecma_take_text(ecma, "\\u") && take_hex(ecma, 4, &low) &&
        low >= 0xdc00 && low <= 0xdfff)
        *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    else
        ecma->at = behind;
    return true;
}

static bool read_control(struct ecma *ecma, uint32_t *point)
{
    char c = ecma_peek(ecma);

    if ((c | 0x20) < 'a' || (c | 0x20) > 'z')
        return ecma_refuse(ecma, ecma->at, "a letter expected behind \\c");
    ecma->at++;
    *point = (uint32_t)c % 32;
    return true;
}

static bool read_nul(struct ecma *ecma, uint32_t *point)
{
    char c = ecma_peek(ecma);

    *point = 0;
    if (c >= '0' && c <= '9')
        return ecma_refuse(ecma, ecma->at,
                           "no octal escapes: a character is written \\x00");
    return true;
}

static bool read_set(struct ecma_item *item, const char *members)
{
    item->is_set = true;
    snprintf(item->set, sizeof(item->set), "%s", members);
    return true;
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* A letter that means nothing is a mistake, or a word of another language. */
static bool read_identity(struct ecma *ecma, uint32_t *point)
{
    char c = ecma_peek(ecma);

    if (!is_letter_or_digit(c))
        return ecma_read_literal(ecma, point);
    return ecma_refuse(ecma, ecma->at - 1,
                       "\"\\%c\" means nothing in a regular expression of "
                       "ECMA-262%s",
                       c,
                       c == 'A'               ? "; write ^"
                       : c == 'Z' || c == 'z' ? "; write $"
                       : c == 'a' || c == 'e' ? "; write it as \\xHH"
                       : c == 'h'             ? "; write [\\t\\p{Zs}]"
                       : c == 'Q' || c == 'E' ? "; escape each character"
                                              : "");
}

bool ecma_read_escape(struct ecma *ecma, struct ecma_item *item)
{
    static const char from[] = "tnvfr", to[] = "\t\n\v\f\r";
    char c = ecma_peek(ecma);
    const char *plain = c ? strchr(from, c) : NULL;

    item->is_set = false;
    if (ecma->at == ecma->end)
        return ecma_refuse(ecma, ecma->at - 1, "\"\\\" at the end");
    if (plain) {
        ecma->at++;
        item->point = (unsigned char)to[plain - from];
        return true;
    }
    if (!c || !strchr("cuxpPdDwWsS0", c))
        return read_identity(ecma, &item->point);
    ecma->at++;
    switch (c) {
    case 'c': return read_control(ecma, &item->point);
    case 'u': return read_unicode(ecma, &item->point);
    case 'x':
        return take_hex(ecma, 2, &item->point) ||
               ecma_refuse(ecma, ecma->at,
                           "two hexadecimal digits expected behind \\x");
    case 'p':
    case 'P': return ecma_read_property(ecma, c, item);
    case 'd': return read_set(item, "\\d");
    case 'D': return read_set(item, "\\D");
    case 'w': return read_set(item, "\\w");
    case 'W': return read_set(item, "\\W");
    case 's': return read_set(item, SPACES);
    case 'S': return read_set(item, NO_SPACES);
    default: return read_nul(ecma, &item->point);
    }
}
