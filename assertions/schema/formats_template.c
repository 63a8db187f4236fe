/* RFC 6570, section 2, with erratum 6937: an apostrophe is a literal. */
#include "assertions/schema/span.h"

static bool take_name_character(struct span *span)
{
    char c = span_peek(span);

    if (!byte_is_letter(c) && !byte_is_digit(c) && c != '_')
        return span_percent(span);
    span->at++;
    return true;
}

/* ":1" to ":9999", "*", or nothing */
static bool take_modifier(struct span *span)
{
    enum { DIGITS_MOST = 4 };
    size_t digits;

    if (span_take(span, '*') || !span_take(span, ':'))
        return true;
    if (span_peek(span) == '0')
        return false;
    digits = span_digits(span);
    return digits && digits <= DIGITS_MOST;
}

static bool take_variable(struct span *span)
{
    if (!take_name_character(span))
        return false;
    for (;;) {
        bool has_dot = span_take(span, '.');

        if (!take_name_character(span))
            return !has_dot && take_modifier(span);
    }
}

/* Behind its "{". */
static bool take_expression(struct span *span)
{
    if (byte_is_in(span_peek(span), "+#./;?&=,!@|"))
        span->at++;
    do {
        if (!take_variable(span))
            return false;
    } while (span_take(span, ','));
    return span_take(span, '}');
}

static bool take_literal(struct span *span)
{
    uint32_t point;

    if (span_peek(span) == '%')
        return span_percent(span);
    point = span_point(span);
    if (point > 0x7f)
        return point_is_ucs(point) || point_is_private(point);
    return point > ' ' && point != 0x7f &&
           !byte_is_in((char)point, "\"<>\\^`{|}");
}

bool format_uri_template(struct span text)
{
    while (!span_is_empty(&text)) {
        if (span_take(&text, '{') ? !take_expression(&text)
                                  : !take_literal(&text))
            return false;
    }
    return true;
}
