#include "reporters/json_line.h"

#include <inttypes.h>
#include <math.h>
#include <openssl/evp.h>
#include <string.h>

#include "reporters/figures.h"
#include "reporters/text.h"
#include "specs/json.h"

enum { KEPT = 1 << 16 }; /* of a line's memory, for the next one */

void line_restart(struct json_line *line, size_t ceiling)
{
    if (line->text.capacity > KEPT)
        buffer_finish(&line->text);
    buffer_clear(&line->text);
    line->text.ceiling = ceiling;
    line->is_full = false;
    line->needs_comma = false;
}

void line_finish(struct json_line *line)
{
    buffer_finish(&line->text);
}

static void add(struct json_line *line, const char *text, size_t length)
{
    if (!buffer_add(&line->text, text, length))
        line->is_full = true;
}

static void add_text(struct json_line *line, const char *text)
{
    add(line, text, strlen(text));
}

/* Comma and key; the value follows. There are dozens of them on every line, and
 * two lines a test: printf would cost more than all else here. */
static void begin(struct json_line *line, const char *key)
{
    if (line->needs_comma)
        add(line, ",", 1);
    line->needs_comma = true;
    if (!key)
        return;
    add(line, "\"", 1);
    add_text(line, key);
    add(line, "\":", 2);
}

void line_open(struct json_line *line, const char *key, char bracket)
{
    begin(line, key);
    add(line, &bracket, 1);
    line->needs_comma = false;
}

void line_close(struct json_line *line, char bracket)
{
    add(line, bracket == '{' ? "}" : "]", 1);
    line->needs_comma = true;
}

/* JSON needs no escape for DEL and C1, but a terminal that is shown the log may
 * obey them. All text is valid UTF-8 by now, where C1 is 0xc2 and the code. */
static void escape_controls(struct json_line *line, size_t begin)
{
    const char *string = buffer_text(&line->text) + begin;
    size_t length = line->text.length - begin;
    size_t clean = 0;
    char *copy;

    if (!memchr(string, 0x7f, length) && !memchr(string, 0xc2, length))
        return;
    copy = must_copy(string);
    line->text.length = begin;
    for (size_t i = 0; i < length; i++) {
        unsigned char next = i + 1 < length ? (unsigned char)copy[i + 1] : 0;
        bool is_c1 = (unsigned char)copy[i] == 0xc2 && next < 0xa0;

        if (copy[i] != 0x7f && !is_c1)
            continue;
        add(line, copy + clean, i - clean);
        if (!buffer_print(&line->text, "\\u%04x", is_c1 ? next : 0x7f))
            line->is_full = true;
        i += is_c1;
        clean = i + 1;
    }
    add(line, copy + clean, length - clean);
    freep(&copy);
}

static void add_string(struct json_line *line, const char *text, size_t length)
{
    size_t begin = line->text.length;

    if (!json_print_string(text, length, &line->text))
        line->is_full = true;
    escape_controls(line, begin);
}

void line_text(struct json_line *line, const char *key, const char *text)
{
    begin(line, key);
    if (text)
        add_string(line, text, strlen(text));
    else
        add_text(line, "null");
}

static void add_base64(struct json_line *line, const char *bytes, size_t length)
{
    char *encoded = must_alloc((length + 2) / 3 * 4 + 1);

    EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)bytes,
                    (int)length);
    add(line, "\"", 1);
    add_text(line, encoded);
    add(line, "\"", 1);
    freep(&encoded);
}

void line_bytes(struct json_line *line, const char *key, const char *bytes,
                size_t length)
{
    char key_base64[64];

    if (!bytes) {
        line_text(line, key, NULL);
    } else if (text_is_valid(bytes, length)) {
        begin(line, key);
        add_string(line, bytes, length);
    } else if (length > LIMIT_LOG_LINE) {
        line->is_full = true;
    } else {
        snprintf(key_base64, sizeof(key_base64), "%s_base64", key);
        begin(line, key_base64);
        add_base64(line, bytes, length);
    }
}

void line_count(struct json_line *line, const char *key, uint64_t count)
{
    char digits[20]; /* of UINT64_MAX */
    size_t at = sizeof(digits);

    begin(line, key);
    do
        digits[--at] = (char)('0' + count % 10);
    while ((count /= 10) > 0);
    add(line, digits + at, sizeof(digits) - at);
}

void line_integer(struct json_line *line, const char *key, int64_t value)
{
    if (value >= 0) {
        line_count(line, key, (uint64_t)value);
        return;
    }
    begin(line, key);
    if (!buffer_print(&line->text, "%" PRId64, value))
        line->is_full = true;
}

void line_real(struct json_line *line, const char *key, double value)
{
    char text[FIGURE_ROOM];

    begin(line, key);
    if (isfinite(value)) {
        add_text(line, figure_decimal(value, 9, text));
    } else {
        add_text(line, "null");
    }
}

void line_bool(struct json_line *line, const char *key, bool value)
{
    begin(line, key);
    add_text(line, value ? "true" : "false");
}
