#include "examples/api/text.h"

#include "examples/api/limits.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/base/clock.h"

static json_t *latin1_json(const char *bytes, size_t length)
{
    unsigned char *text = must_alloc(2 * length);
    size_t filled = 0;
    json_t *result;

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        if (byte < 0x80) {
            text[filled++] = byte;
        } else {
            text[filled++] = (unsigned char)(0xc0 | byte >> 6);
            text[filled++] = (unsigned char)(0x80 | (byte & 0x3f));
        }
    }
    result = json_stringn((const char *)text, filled);
    free(text);
    return result;
}

json_t *text_json(const char *bytes, size_t length)
{
    json_t *text = json_stringn(bytes, length);

    return text ? text : latin1_json(bytes, length);
}

static void encode_group(const unsigned char *group, size_t length, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/=";
    enum { PADDING = 64 };
    unsigned bits = (unsigned)group[0] << 16;

    if (length > 1)
        bits |= (unsigned)group[1] << 8;
    if (length > 2)
        bits |= group[2];
    out[0] = digits[bits >> 18];
    out[1] = digits[bits >> 12 & 63];
    out[2] = digits[length > 1 ? bits >> 6 & 63 : PADDING];
    out[3] = digits[length > 2 ? bits & 63 : PADDING];
}

char *text_base64(const char *bytes, size_t length)
{
    const unsigned char *group = (const unsigned char *)bytes;
    char *text = must_alloc((length + 2) / 3 * 4 + 1);
    char *out = text;

    for (size_t i = 0; i < length; i += 3, out += 4)
        encode_group(group + i, length - i, out);
    return text;
}

/* "25" after the point is 250 million nanoseconds. */
static bool read_fraction(const char *digits, int64_t *fraction_ns)
{
    size_t length = strlen(digits);
    uint64_t value;

    if (length > 9 || !read_count(digits, 999999999, &value))
        return false;
    for (; length < 9; length++)
        value *= 10;
    *fraction_ns = (int64_t)value;
    return true;
}

bool text_seconds(const char *text, int64_t *wait_ns)
{
    const char *point = strchr(text, '.');
    int64_t fraction_ns = 0;
    char whole[16];
    uint64_t seconds;
    size_t length = point ? (size_t)(point - text) : strlen(text);

    if (length >= sizeof(whole))
        return false;
    snprintf(whole, sizeof(whole), "%.*s", (int)length, text);
    if (!read_count(whole, MOST_DELAY_S, &seconds))
        return false;
    if (point && !read_fraction(point + 1, &fraction_ns))
        return false;
    *wait_ns = (int64_t)seconds * NS_PER_S + fraction_ns;
    return *wait_ns <= MOST_DELAY_S * NS_PER_S;
}
