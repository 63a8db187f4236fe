#include "reporters/json_line.h"

#include <inttypes.h>
#include <math.h>
#include <openssl/evp.h>
#include <string.h>

#include "reporters/figures.h"
#include "reporters/text.h"
#include "specs/json.h"

struct json_line json_line_open(size_t ceiling)
{
    return (struct json_line){.text = buffer_with_ceiling(ceiling)};
}

void json_line_finish(struct json_line *line)
{
    buffer_finish(&line->text);
}

static void check(struct json_line *line, bool is_added)
{
    if (!is_added)
        line->is_full = true;
}

/* Comma and key; the value follows. */
static void begin(struct json_line *line, const char *key)
{
    if (line->needs_comma)
        check(line, buffer_add(&line->text, ",", 1));
    if (key)
        check(line, buffer_print(&line->text, "\"%s\":", key));
    line->needs_comma = true;
}

void line_open(struct json_line *line, const char *key, char bracket)
{
    begin(line, key);
    check(line, buffer_add(&line->text, &bracket, 1));
    line->needs_comma = false;
}

void line_close(struct json_line *line, char bracket)
{
    check(line, buffer_add(&line->text, bracket == '{' ? "}" : "]", 1));
    line->needs_comma = true;
}

static void add_null(struct json_line *line)
{
    check(line, buffer_add_text(&line->text, "null"));
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
        check(line, buffer_add(&line->text, copy + clean, i - clean));
        check(line, buffer_print(&line->text, "\\u%04x", is_c1 ? next : 0x7f));
        i += is_c1;
        clean = i + 1;
    }
    check(line, buffer_add(&line->text, copy + clean, length - clean));
    freep(&copy);
}

static void add_string(struct json_line *line, const char *text, size_t length)
{
    size_t begin = line->text.length;

    check(line, json_print_string(text, length, &line->text));
    escape_controls(line, begin);
}

void line_text(struct json_line *line, const char *key, const char *text)
{
    begin(line, key);
    if (text)
        add_string(line, text, strlen(text));
    else
        add_null(line);
}

static void add_base64(struct json_line *line, const char *bytes, size_t length)
{
    char *encoded = must_alloc((length + 2) / 3 * 4 + 1);

    EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)bytes,
                    (int)length);
    check(line, buffer_print(&line->text, "\"%s\"", encoded));
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
    begin(line, key);
    check(line, buffer_print(&line->text, "%" PRIu64, count));
}

void line_integer(struct json_line *line, const char *key, int64_t value)
{
    begin(line, key);
    check(line, buffer_print(&line->text, "%" PRId64, value));
}

void line_real(struct json_line *line, const char *key, double value)
{
    char text[FIGURE_ROOM];

    begin(line, key);
    if (isfinite(value))
        check(line,
              buffer_add_text(&line->text, figure_decimal(value, 9, text)));
    else
        add_null(line);
}

void line_bool(struct json_line *line, const char *key, bool value)
{
    begin(line, key);
    check(line, buffer_add_text(&line->text, value ? "true" : "false"));
}
