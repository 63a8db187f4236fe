#include "assertions/schema/ecma.h"
#include "assertions/schema/span.h"

/* RFC 4122, section 3, of any version and variant */
bool format_uuid(struct span text)
{
    static const size_t groups[] = {8, 4, 4, 4, 12};

    for (size_t i = 0; i < COUNT(groups); i++) {
        if (i && !span_take(&text, '-'))
            return false;
        if (span_hex(&text, groups[i]) != groups[i])
            return false;
    }
    return span_is_empty(&text);
}

/* RFC 6901, section 3 */
bool format_json_pointer(struct span text)
{
    if (!span_is_empty(&text) && *text.at != '/')
        return false;
    while (!span_is_empty(&text)) {
        if (span_take(&text, '~')) {
            if (!span_take(&text, '0') && !span_take(&text, '1'))
                return false;
        } else if (span_point(&text) == SPAN_NO_POINT) {
            return false;
        }
    }
    return true;
}

/* Of digits behind a zero, nothing is taken: nothing can begin with them. */
static bool take_whole(struct span *span)
{
    return span_take(span, '0') || span_digits(span) > 0;
}

/* draft-handrews-relative-json-pointer-01, section 3 */
bool format_relative_pointer_7(struct span text)
{
    if (!take_whole(&text))
        return false;
    if (span_take(&text, '#'))
        return span_is_empty(&text);
    return format_json_pointer(text);
}

/* draft-bhutton-relative-json-pointer-00, section 3: "0-1" and "0+1" are the
 * elements before and behind. */
bool format_relative_pointer(struct span text)
{
    const char *start = text.at;

    if (!take_whole(&text))
        return false;
    if (!span_take(&text, '+') && !span_take(&text, '-'))
        return format_relative_pointer_7((struct span){start, text.end});
    return span_peek(&text) != '0' && format_relative_pointer_7(text);
}

bool format_regex(struct span text)
{
    struct pattern_trouble trouble;

    return ecma_check(text.at, span_length(&text), &trouble);
}

/* How many characters of the alphabet there are. */
static size_t take_alphabet(struct span *span, const char *beyond)
{
    const char *start = span->at;

    while (byte_is_letter(span_peek(span)) || byte_is_digit(span_peek(span)) ||
           byte_is_in(span_peek(span), beyond))
        span->at++;
    return (size_t)(span->at - start);
}

/* Four characters are three bytes; of the last four, two or one may be "=". */
static bool take_padding(struct span *span, size_t characters)
{
    if (characters % 4 == 2)
        return span_take(span, '=') && span_take(span, '=');
    return characters % 4 == 3 ? span_take(span, '=') : characters % 4 == 0;
}

/* RFC 4648, section 4 */
bool format_base64(struct span text)
{
    size_t characters = take_alphabet(&text, "+/");

    return take_padding(&text, characters) && span_is_empty(&text);
}

/* Section 5; with its padding or, as in RFC 7515, without. */
bool format_base64url(struct span text)
{
    size_t characters = take_alphabet(&text, "-_");

    if (span_is_empty(&text))
        return characters % 4 != 1;
    return take_padding(&text, characters) && span_is_empty(&text);
}
