#include "assertions/instant.h"
#include "assertions/schema/span.h"

static bool is_instant(const char *form, struct span text)
{
    struct trouble trouble;
    struct instant instant;

    return instant_read(form, (struct text){text.at, span_length(&text)},
                        &instant, &trouble);
}

/* RFC 3339, section 5.6: full-date */
bool format_date(struct span text)
{
    return is_instant("date", text);
}

bool format_date_time(struct span text)
{
    return is_instant("iso", text);
}

/* full-time */
bool format_time(struct span text)
{
    return instant_is_time((struct text){text.at, span_length(&text)});
}

/* Numbers with these units, in this order and none left out between two. At
 * least one. */
static bool take_units(struct span *span, const char *units)
{
    bool is_first = true;

    do {
        char unit;

        if (!span_digits(span))
            return false;
        unit = span_peek(span);
        while (is_first && *units && *units != unit)
            units++;
        if (!unit || *units != unit)
            return false;
        is_first = false;
        units++;
        span->at++;
    } while (byte_is_digit(span_peek(span)));
    return true;
}

/* RFC 3339, appendix A */
bool format_duration(struct span text)
{
    struct span weeks;

    if (!span_take(&text, 'P'))
        return false;
    weeks = text;
    if (take_units(&weeks, "W") && span_is_empty(&weeks))
        return true;
    if (span_peek(&text) != 'T' && !take_units(&text, "YMD"))
        return false;
    if (span_take(&text, 'T') && !take_units(&text, "HMS"))
        return false;
    return span_is_empty(&text);
}
