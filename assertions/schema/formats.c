#include "assertions/schema/formats.h"

#include <string.h>

#include "assertions/schema/span.h"
#include "specs/json.h"

/* Before the draft `since` it was `older`; always the same where it has none.
 */
struct format {
    format_fn *holds, *older;
    enum schema_draft since;
};

/* Sorted; the formats are in the same order. */
static const char *const names[] = {
    "base64",        "base64url",    "date",          "date-time",
    "duration",      "email",        "hostname",      "idn-email",
    "idn-hostname",  "ipv4",         "ipv6",          "iri",
    "iri-reference", "json-pointer", "regex",         "relative-json-pointer",
    "time",          "uri",          "uri-reference", "uri-template",
    "uuid",
};

static const struct format formats[] = {
    {format_base64, NULL, 0},
    {format_base64url, NULL, 0},
    {format_date, NULL, 0},
    {format_date_time, NULL, 0},
    {format_duration, NULL, 0},
    {format_email, NULL, 0},
    {format_hostname, format_ldh_hostname, SCHEMA_DRAFT_6},
    {format_idn_email, NULL, 0},
    {format_idn_hostname, NULL, 0},
    {format_ipv4, NULL, 0},
    {format_ipv6, NULL, 0},
    {format_iri, NULL, 0},
    {format_iri_reference, NULL, 0},
    {format_json_pointer, NULL, 0},
    {format_regex, NULL, 0},
    {format_relative_pointer, format_relative_pointer_7, SCHEMA_DRAFT_2019},
    {format_time, NULL, 0},
    {format_uri, NULL, 0},
    {format_uri_reference, NULL, 0},
    {format_uri_template, NULL, 0},
    {format_uuid, NULL, 0},
};

_Static_assert(COUNT(names) == COUNT(formats), "each format has a name");

static const struct format *find_format(const char *name)
{
    size_t low = 0, high = COUNT(names);

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle]);

        if (order == 0)
            return &formats[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool format_known(const char *name)
{
    return find_format(name) != NULL;
}

const char *const *format_names(size_t *count)
{
    *count = COUNT(names);
    return names;
}

bool format_holds(const char *name, enum schema_draft draft, const char *text,
                  size_t length)
{
    const struct format *format = find_format(name);
    struct span span = {text ? text : "", (text ? text : "") + length};

    if (!format)
        return true;
    if (format->older && draft != SCHEMA_DRAFT_UNSET && draft < format->since)
        return format->older(span);
    return format->holds(span);
}

uint32_t span_point(struct span *span)
{
    size_t length = json_character_length(span->at, span_length(span));
    uint32_t point;

    if (!length)
        return SPAN_NO_POINT;
    point = (unsigned char)span->at[0] & (length == 1 ? 0x7f : 0x7f >> length);
    for (size_t i = 1; i < length; i++)
        point = point << 6 | ((unsigned char)span->at[i] & 0x3f);
    span->at += length;
    return point;
}

size_t span_digits(struct span *span)
{
    const char *start = span->at;

    while (!span_is_empty(span) && byte_is_digit(*span->at))
        span->at++;
    return (size_t)(span->at - start);
}

size_t span_hex(struct span *span, size_t most)
{
    size_t count = 0;

    for (; count < most && byte_is_hex(span_peek(span)); count++)
        span->at++;
    return count;
}

bool span_cut(struct span *span, char c, struct span *before)
{
    const char *found =
        span_is_empty(span) ? NULL : memchr(span->at, c, span_length(span));

    if (!found)
        return false;
    *before = (struct span){span->at, found};
    span->at = found + 1;
    return true;
}
