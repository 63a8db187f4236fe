/* Addresses of mail: RFC 5321, section 4.1.2, Mailbox, and what RFC 6531,
 * section 3.3, adds to it. */
#include <strings.h>

#include "assertions/schema/span.h"

enum { LOCAL_MOST = 64 };

/* "[127.0.0.1]", "[IPv6:::1]": IANA knows no other tags. */
static bool is_address_literal(struct span domain)
{
    enum { TAG = 5 };

    if (span_length(&domain) < 2 || !span_take(&domain, '[') ||
        *--domain.end != ']')
        return false;
    if (span_length(&domain) > TAG &&
        strncasecmp(domain.at, "IPv6:", TAG) == 0) {
        domain.at += TAG;
        return format_ipv6(domain);
    }
    return format_ipv4(domain);
}

/* What is in quotes up to the closing one, which is taken. */
static bool take_quoted(struct span *span, bool is_international_too)
{
    while (!span_is_empty(span)) {
        bool is_pair;
        uint32_t point;

        if (span_take(span, '"'))
            return true;
        is_pair = span_take(span, '\\');
        point = span_point(span);
        if (point == SPAN_NO_POINT || point < ' ' || point == 0x7f ||
            (point > 0x7f && (is_pair || !is_international_too)))
            return false;
    }
    return false;
}

/* Dot-string: atoms with single dots between them. */
static bool take_atoms(struct span *span, bool is_international_too)
{
    bool is_inside = false;

    while (!span_is_empty(span) && *span->at != '@') {
        uint32_t point = span_point(span);
        char c = (char)(point > 0x7f ? 0 : point);

        if (point == '.' && is_inside) {
            is_inside = false;
            continue;
        }
        if (point > 0x7f ? point == SPAN_NO_POINT || !is_international_too
                         : !byte_is_letter(c) && !byte_is_digit(c) &&
                               !byte_is_in(c, "!#$%&'*+-/=?^_`{|}~"))
            return false;
        is_inside = true;
    }
    return is_inside;
}

/* Section 4.5.3.1.1 limits what is before the "@". */
static bool take_local(struct span *span, bool is_international_too)
{
    const char *start = span->at;

    if (span_take(span, '"') ? !take_quoted(span, is_international_too)
                             : !take_atoms(span, is_international_too))
        return false;
    return span->at - start <= LOCAL_MOST && span_take(span, '@');
}

bool format_email(struct span text)
{
    return take_local(&text, false) &&
           (is_address_literal(text) || format_ldh_hostname(text));
}

bool format_idn_email(struct span text)
{
    return take_local(&text, true) &&
           (is_address_literal(text) || span_is_host(text, IDN_NORMALIZE));
}
