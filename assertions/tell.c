#include "assertions/tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

static const char dots[] = "...";
enum { ENDING = sizeof("\"...") - 1 }; /* room that is kept for a cut */

struct teller teller_open(struct arena *arena, size_t most)
{
    return (struct teller){
        .arena = arena,
        .text = buffer_with_ceiling(most - ENDING),
    };
}

static void add(struct teller *teller, const char *bytes, size_t length)
{
    if (!teller->is_cut && !buffer_add(&teller->text, bytes, length))
        teller->is_cut = true;
}

/* Fills what room there is, with whole characters. */
static void add_or_cut(struct teller *teller, const char *bytes, size_t length)
{
    size_t left = teller->text.ceiling - teller->text.length;

    if (length > left) {
        length = left;
        while (length && ((unsigned char)bytes[length] & 0xc0) == 0x80)
            length--;
        add(teller, bytes, length);
        teller->is_cut = true;
    }
    add(teller, bytes, length);
}

void tell(struct teller *teller, const char *words)
{
    add_or_cut(teller, words, strlen(words));
}

void tell_format(struct teller *teller, const char *format, ...)
{
    char words[160];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof(words), format, args);
    va_end(args);
    tell(teller, words);
}

/* What stands for a control character; NULL for any other character. DEL and
 * the C1 controls are no controls to JSON, but they are to terminals. */
static const char *escape(const char *bytes, size_t length, char room[8])
{
    unsigned char byte = (unsigned char)bytes[0];

    switch (byte) {
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    }
    if (length == 2 && byte == 0xc2 && (unsigned char)bytes[1] < 0xa0)
        byte = (unsigned char)bytes[1];
    else if (length != 1 || (byte >= 0x20 && byte != 0x7f))
        return NULL;
    snprintf(room, 8, "\\u%04x", byte);
    return room;
}

static void tell_character(struct teller *teller, const char *bytes,
                           size_t length)
{
    bool escaped = teller->is_quoted && (*bytes == '"' || *bytes == '\\');
    char room[8];
    const char *words = escape(bytes, length, room);

    if (words) {
        add(teller, words, strlen(words));
    } else {
        char both[] = {'\\', *bytes};

        if (escaped)
            add(teller, both, sizeof(both));
        else
            add(teller, bytes, length);
    }
}

void tell_visibly(struct teller *teller, struct text text)
{
    size_t i = 0;

    while (i < text.length && !teller->is_cut) {
        size_t length = json_character_length(text.bytes + i, text.length - i);
        char wrong[8];

        if (length) {
            tell_character(teller, text.bytes + i, length);
        } else {
            snprintf(wrong, sizeof(wrong), "\\x%02x",
                     (unsigned char)text.bytes[i]);
            add(teller, wrong, strlen(wrong));
            length = 1;
        }
        i += length;
    }
}

/* A quote that is cut is closed before the dots: teller_finish(). */
void tell_quoted(struct teller *teller, struct text text)
{
    add(teller, "\"", 1);
    teller->is_quoted = !teller->is_cut;
    tell_visibly(teller, text);
    if (teller->is_cut)
        return;
    teller->is_quoted = false;
    if (teller->text.length < teller->text.ceiling)
        add(teller, "\"", 1);
    else
        teller->is_quoted = teller->is_cut = true;
}

void tell_json(struct teller *teller, json_t *value)
{
    size_t left = teller->text.ceiling - teller->text.length;

    if (json_kind(value) == JSON_KIND_STRING) {
        tell_quoted(teller, (struct text){json_string_value(value),
                                          json_string_length(value)});
        return;
    }
    /* One byte more than there is room for, so that a cut is noticed here. */
    tell(teller, json_print_short(teller->arena, value, left + ENDING));
}

/* Thousandths behind the point, without the zeros at their end. */
static void tell_fraction(struct teller *teller, int64_t thousandths)
{
    int digits = 3;

    if (!thousandths)
        return;
    for (; thousandths % 10 == 0; digits--)
        thousandths /= 10;
    tell_format(teller, ".%0*d", digits, (int)thousandths);
}

void tell_duration(struct teller *teller, int64_t ns)
{
    static const struct {
        int64_t ns;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "us"}};
    size_t i = 0;

    while (i + 1 < COUNT(units) && ns < units[i].ns)
        i++;
    tell_format(teller, "%lld", (long long)(ns / units[i].ns));
    tell_fraction(teller, ns % units[i].ns / (units[i].ns / 1000));
    tell(teller, units[i].name);
}

void tell_size(struct teller *teller, int64_t bytes)
{
    tell_format(teller, "%lld %s", (long long)bytes,
                bytes == 1 ? "byte" : "bytes");
}

const char *tell_short(struct arena *arena, const char *words, size_t most)
{
    size_t length = strlen(words);

    if (length <= most)
        return words;
    length = most;
    while (((unsigned char)words[length] & 0xc0) == 0x80)
        length--;
    return arena_print(arena, "%.*s...", (int)length, words);
}

const char *teller_finish(struct teller *teller)
{
    size_t length = teller->text.length;
    char *text = arena_take(teller->arena, length + ENDING + 1);

    memcpy(text, buffer_text(&teller->text), length);
    if (teller->is_cut)
        snprintf(text + length, ENDING + 1, "%s%s",
                 teller->is_quoted ? "\"" : "", dots);
    buffer_finish(&teller->text);
    return text;
}

struct text text_of(const char *words)
{
    return (struct text){words, strlen(words)};
}
