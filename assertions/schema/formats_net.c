#include "assertions/schema/span.h"

/* A dotted quad: RFC 2673, section 3.2, without leading zeros, which some read
 * as octal (RFC 6943, section 3.1.1). */
static bool take_ipv4(struct span *span)
{
    enum { PARTS = 4, MOST = 255 };

    for (int part = 0; part < PARTS; part++) {
        const char *at;
        size_t digits;
        int value = 0;

        if (part && !span_take(span, '.'))
            return false;
        at = span->at;
        digits = span_digits(span);
        if (!digits || digits > 3 || (digits > 1 && *at == '0'))
            return false;
        for (size_t i = 0; i < digits; i++)
            value = value * 10 + (at[i] - '0');
        if (value > MOST)
            return false;
    }
    return true;
}

bool format_ipv4(struct span text)
{
    return take_ipv4(&text) && span_is_empty(&text);
}

/* RFC 4291, section 2.2: eight pieces, of which one "::" stands for one or more
 * and a dotted quad at the end for two. */
bool format_ipv6(struct span text)
{
    enum { PIECES = 8, DIGITS = 4 };
    bool is_short =
        text.end - text.at > 1 && text.at[0] == ':' && text.at[1] == ':';
    size_t pieces = 0;

    if (is_short)
        text.at += 2;
    while (!span_is_empty(&text)) {
        struct span quad = text;

        if (take_ipv4(&quad) && span_is_empty(&quad)) {
            pieces += 2;
            text = quad;
            break;
        }
        if (!span_hex(&text, DIGITS))
            return false;
        pieces++;
        if (span_is_empty(&text))
            break;
        if (!span_take(&text, ':') || span_is_empty(&text))
            return false;
        if (span_peek(&text) == ':') {
            if (is_short)
                return false;
            is_short = true;
            text.at++;
        }
    }
    return is_short ? pieces < PIECES : pieces == PIECES;
}
