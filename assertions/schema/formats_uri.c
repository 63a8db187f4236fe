/* RFC 3986, appendix A, and what RFC 3987, section 2.2, adds to it. */
#include "assertions/schema/span.h"

/* Kinds of characters; a set is a sum of them. Percent-encoding and unreserved
 * characters are in every set. */
enum kind {
    KIND_SUB_DELIMITER = 1 << 0,
    KIND_COLON = 1 << 1,
    KIND_AT = 1 << 2,
    KIND_SLASH = 1 << 3,
    KIND_QUESTION = 1 << 4,
    KIND_UCS = 1 << 5, /* of an IRI */
    KIND_PRIVATE = 1 << 6,
    SET_PATH = KIND_SUB_DELIMITER | KIND_COLON | KIND_AT | KIND_SLASH,
};

bool span_percent(struct span *span)
{
    struct span rest = *span;

    if (!span_take(&rest, '%') || span_hex(&rest, 2) != 2)
        return false;
    *span = rest;
    return true;
}

bool point_is_ucs(uint32_t point)
{
    if (point > 0xffff)
        return point < 0xf0000 && (point & 0xffff) < 0xfffe &&
               (point < 0xe0000 || point > 0xe0fff);
    return (point >= 0xa0 && point < 0xd800) ||
           (point >= 0xf900 && point < 0xfdd0) ||
           (point >= 0xfdf0 && point < 0xfff0);
}

bool point_is_private(uint32_t point)
{
    return (point >= 0xe000 && point < 0xf900) ||
           (point >= 0xf0000 && point < 0x110000 && (point & 0xffff) < 0xfffe);
}

static bool is_in_set(uint32_t point, int set)
{
    char c = (char)point;

    if (point > 0x7f)
        return (set & KIND_UCS && point_is_ucs(point)) ||
               (set & KIND_PRIVATE && point_is_private(point));
    if (byte_is_letter(c) || byte_is_digit(c) || byte_is_in(c, "-._~"))
        return true;
    return (set & KIND_SUB_DELIMITER && byte_is_in(c, "!$&'()*+,;=")) ||
           (set & KIND_COLON && c == ':') || (set & KIND_AT && c == '@') ||
           (set & KIND_SLASH && c == '/') || (set & KIND_QUESTION && c == '?');
}

static void take_set(struct span *span, int set)
{
    while (!span_is_empty(span)) {
        struct span rest = *span;

        if (!span_percent(&rest) && !is_in_set(span_point(&rest), set))
            return;
        *span = rest;
    }
}

/* The rest of it is of the set. */
static bool is_all(struct span span, int set)
{
    take_set(&span, set);
    return span_is_empty(&span);
}

static bool take_scheme(struct span *span)
{
    struct span scheme;

    if (!span_cut(span, ':', &scheme) || !byte_is_letter(span_peek(&scheme)))
        return false;
    while (byte_is_letter(span_peek(&scheme)) ||
           byte_is_digit(span_peek(&scheme)) ||
           byte_is_in(span_peek(&scheme), "+-."))
        scheme.at++;
    return span_is_empty(&scheme);
}

/* IPvFuture: "v1.fe" */
static bool is_future_address(struct span span)
{
    if (!span_take(&span, 'v') && !span_take(&span, 'V'))
        return false;
    if (!span_hex(&span, SIZE_MAX) || !span_take(&span, '.') ||
        span_is_empty(&span) || span_peek(&span) == '%')
        return false;
    while (!span_is_empty(&span) && *span.at != '%' &&
           is_in_set((unsigned char)*span.at, KIND_SUB_DELIMITER | KIND_COLON))
        span.at++;
    return span_is_empty(&span);
}

static bool is_authority(struct span span, int ucs)
{
    struct span part;

    if (span_cut(&span, '@', &part) &&
        !is_all(part, KIND_SUB_DELIMITER | KIND_COLON | ucs))
        return false;
    if (span_take(&span, '[')) {
        if (!span_cut(&span, ']', &part) ||
            !(format_ipv6(part) || is_future_address(part)))
            return false;
    } else {
        take_set(&span, KIND_SUB_DELIMITER | ucs);
    }
    if (span_take(&span, ':'))
        (void)span_digits(&span);
    return span_is_empty(&span);
}

/* Up to one of the bytes, which is not taken. */
static struct span take_until(struct span *span, const char *ends)
{
    struct span part = {span->at, span->at};

    while (!span_is_empty(span) && !byte_is_in(*span->at, ends))
        span->at++;
    part.end = span->at;
    return part;
}

/* A colon in the first segment would make a scheme of what is before it. */
static bool is_path_without_scheme(struct span path)
{
    struct span first = path;

    first = take_until(&first, "/");
    return is_all(first, KIND_SUB_DELIMITER | KIND_AT | KIND_UCS);
}

/* `ucs` is KIND_UCS for an IRI, and 0 for a URI. */
static bool is_reference(struct span text, int ucs, bool needs_scheme)
{
    struct span rest = text, path;
    bool has_scheme = take_scheme(&rest);

    if (needs_scheme && !has_scheme)
        return false;
    if (!has_scheme)
        rest = text;
    if (span_length(&rest) > 1 && rest.at[0] == '/' && rest.at[1] == '/') {
        rest.at += 2;
        if (!is_authority(take_until(&rest, "/?#"), ucs))
            return false;
        path = take_until(&rest, "?#");
    } else {
        path = take_until(&rest, "?#");
        if (!has_scheme && !is_path_without_scheme(path))
            return false;
    }
    if (!is_all(path, SET_PATH | ucs))
        return false;
    if (span_take(&rest, '?') &&
        !is_all(take_until(&rest, "#"),
                SET_PATH | KIND_QUESTION | ucs | (ucs ? KIND_PRIVATE : 0)))
        return false;
    return !span_take(&rest, '#')
               ? span_is_empty(&rest)
               : is_all(rest, SET_PATH | KIND_QUESTION | ucs);
}

bool format_uri(struct span text)
{
    return is_reference(text, 0, true);
}

bool format_uri_reference(struct span text)
{
    return is_reference(text, 0, false);
}

bool format_iri(struct span text)
{
    return is_reference(text, KIND_UCS, true);
}

bool format_iri_reference(struct span text)
{
    return is_reference(text, KIND_UCS, false);
}
