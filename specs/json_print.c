#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/json_decimal.h"

size_t json_character_length(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned char least = 0x80;
    unsigned char most = 0xbf;
    size_t wanted;

    if (!length || bytes[0] < 0x80)
        return length > 0;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4)
        return 0;
    wanted = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (bytes[0] == 0xe0)
        least = 0xa0;
    if (bytes[0] == 0xed)
        most = 0x9f;
    if (bytes[0] == 0xf0)
        least = 0x90;
    if (bytes[0] == 0xf4)
        most = 0x8f;
    if (length < wanted || bytes[1] < least || bytes[1] > most)
        return 0;
    for (size_t i = 2; i < wanted; i++)
        if (bytes[i] < 0x80 || bytes[i] > 0xbf)
            return 0;
    return wanted;
}

/* What does not fit fills the buffer to its ceiling. */
static bool put(struct buffer *out, const char *bytes, size_t length)
{
    if (buffer_add(out, bytes, length))
        return true;
    (void)!buffer_add(out, bytes, out->ceiling - out->length);
    return false;
}

static bool put_text(struct buffer *out, const char *text)
{
    return put(out, text, strlen(text));
}

static bool put_escape(struct buffer *out, unsigned char byte)
{
    static const char *const short_ones[0x80] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f",
        ['\n'] = "\\n", ['\r'] = "\\r",  ['\t'] = "\\t",
    };
    char escape[8];

    if (byte >= 0x80)
        return put_text(out, "\xef\xbf\xbd"); /* U+FFFD */
    if (short_ones[byte])
        return put_text(out, short_ones[byte]);
    snprintf(escape, sizeof(escape), "\\u%04x", byte);
    return put_text(out, escape);
}

static bool is_plain(unsigned char byte)
{
    return byte >= ' ' && byte != '"' && byte != '\\';
}

bool json_print_string(const char *text, size_t length, struct buffer *out)
{
    size_t at = 0;
    size_t sent = 0;

    if (!put_text(out, "\""))
        return false;
    while (at < length) {
        size_t step = json_character_length(text + at, length - at);

        if (step && is_plain((unsigned char)text[at])) {
            at += step;
            continue;
        }
        if (!put(out, text + sent, at - sent) ||
            !put_escape(out, (unsigned char)text[at]))
            return false;
        sent = ++at;
    }
    return put(out, text + sent, at - sent) && put_text(out, "\"");
}

static bool print_scalar(const json_t *value, struct buffer *out)
{
    const char *exact = json_exact_number(value);
    char number[JSON_REAL_TEXT];

    if (exact)
        return put_text(out, exact);
    if (json_is_string(value))
        return json_print_string(json_string_value(value),
                                 json_string_length(value), out);
    if (json_is_null(value))
        return put_text(out, "null");
    if (json_is_boolean(value))
        return put_text(out, json_is_true(value) ? "true" : "false");
    if (json_is_real(value))
        decimal_print_real(json_real_value(value), number);
    else
        snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
    return put_text(out, number);
}

/* The containers that are open; no recursion, for values may nest as they
 * like. */
struct open {
    json_t *container;
    size_t index;   /* of an array's next element */
    void *iterator; /* at an object's next member */
};

struct printer {
    struct buffer *out;
    struct open *open;
    size_t depth;
    size_t capacity;
};

static bool begin(struct printer *printer, json_t *value)
{
    if (!json_is_array(value) && !json_is_object(value))
        return print_scalar(value, printer->out);
    if (printer->depth == printer->capacity) {
        printer->capacity = printer->capacity ? printer->capacity * 2 : 16;
        printer->open =
            must_resize(printer->open, printer->capacity * sizeof(struct open));
    }
    printer->open[printer->depth++] = (struct open){
        .container = value,
        .iterator = json_object_iter(value),
    };
    return put_text(printer->out, json_is_array(value) ? "[" : "{");
}

/* The next value of the innermost container, or NULL at its end. */
static json_t *next_value(struct open *open)
{
    if (json_is_array(open->container))
        return json_array_get(open->container, open->index);
    return json_object_iter_value(open->iterator);
}

static bool print_key(struct open *open, struct buffer *out)
{
    const char *key = json_object_iter_key(open->iterator);

    open->iterator = json_object_iter_next(open->container, open->iterator);
    return json_print_string(key, strlen(key), out) && put_text(out, ":");
}

static bool go_on(struct printer *printer)
{
    struct open *open = &printer->open[printer->depth - 1];
    bool is_array = json_is_array(open->container);
    json_t *value = next_value(open);

    if (!value) {
        printer->depth--;
        return put_text(printer->out, is_array ? "]" : "}");
    }
    if (open->index++ && !put_text(printer->out, ","))
        return false;
    return (is_array || print_key(open, printer->out)) && begin(printer, value);
}

bool json_print(const json_t *value, struct buffer *out)
{
    struct printer printer = {.out = out};
    /* jansson's iterators ask for a value that may be changed. */
    bool well = begin(&printer, (json_t *)(uintptr_t)value);

    while (well && printer.depth)
        well = go_on(&printer);
    free(printer.open);
    return well;
}

char *json_print_short(struct arena *arena, const json_t *value, size_t most)
{
    static const char cut_mark[] = "...";
    struct buffer text = buffer_with_ceiling(most);
    size_t kept;
    char *copy;

    if (json_print(value, &text)) {
        copy = arena_copy_bytes(arena, buffer_text(&text), text.length);
        buffer_finish(&text);
        return copy;
    }
    kept = most > strlen(cut_mark) ? most - strlen(cut_mark) : 0;
    while (kept && ((unsigned char)text.bytes[kept] & 0xc0) == 0x80)
        kept--;
    copy = arena_print(arena, "%.*s%.*s", (int)kept, buffer_text(&text),
                       (int)most, cut_mark);
    buffer_finish(&text);
    return copy;
}

bool json_print_bare(const json_t *value, struct buffer *out)
{
    if (json_kind(value) == JSON_KIND_STRING)
        return put(out, json_string_value(value), json_string_length(value));
    return json_print(value, out);
}
