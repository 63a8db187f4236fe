/* A walk over a text that has a format, and the formats by their families.
 * Private to assertions/schema/formats*. */
#pragma once

#include "assertions/pattern.h"
#include "assertions/schema/idn.h"

/* What is left of a text: UTF-8, and any byte may be in it. */
struct span {
    const char *at, *end;
};

static inline bool span_is_empty(const struct span *span)
{
    return span->at == span->end;
}

static inline size_t span_length(const struct span *span)
{
    return (size_t)(span->end - span->at);
}

/* The next byte, NUL behind the last one. */
static inline char span_peek(const struct span *span)
{
    return span_is_empty(span) ? '\0' : *span->at;
}

static inline bool span_take(struct span *span, char c)
{
    if (span_is_empty(span) || *span->at != c)
        return false;
    span->at++;
    return true;
}

static inline bool byte_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool byte_is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool byte_is_hex(char c)
{
    return byte_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static inline bool byte_is_in(char c, const char *set)
{
    for (; *set; set++) {
        if (*set == c)
            return true;
    }
    return false;
}

enum { SPAN_NO_POINT = 0x110000 };

/* The next character; SPAN_NO_POINT, and nothing taken, where there is none. */
uint32_t span_point(struct span *span);

/* How many of these there were. */
size_t span_digits(struct span *span);
size_t span_hex(struct span *span, size_t most);

/* What is before the byte, taken with it; false where it is nowhere. */
bool span_cut(struct span *span, char c, struct span *before);

/* The formats. Each takes the whole text. */
typedef bool format_fn(struct span text);

/* formats_mail.c */
format_fn format_email, format_idn_email;
/* formats_host.c */
format_fn format_hostname, format_ldh_hostname, format_idn_hostname;
/* formats_net.c */
format_fn format_ipv4, format_ipv6;
/* formats_time.c */
format_fn format_date, format_date_time, format_duration, format_time;
/* formats_text.c */
format_fn format_base64, format_base64url, format_json_pointer, format_regex;
format_fn format_relative_pointer, format_relative_pointer_7, format_uuid;
/* formats_uri.c */
format_fn format_iri, format_iri_reference, format_uri, format_uri_reference;
/* formats_template.c */
format_fn format_uri_template;

/* RFC 3986, section 2.1: "%41" */
bool span_percent(struct span *span);

/* RFC 3987, section 2.2: ucschar and iprivate */
bool point_is_ucs(uint32_t point);
bool point_is_private(uint32_t point);

/* A name of a host with internationalized labels. */
bool span_is_host(struct span text, enum idn_form form);
