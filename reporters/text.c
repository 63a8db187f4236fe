#include "reporters/text.h"

#include <stdio.h>
#include <string.h>

#include "specs/specs.h"

size_t text_next(const char *bytes, size_t length, uint32_t *character)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const unsigned char *at = (const unsigned char *)bytes;
    size_t wanted = json_character_length(bytes, length);

    *character = TEXT_BROKEN;
    if (wanted == 0)
        return 1;
    *character = at[0] & masks[wanted];
    for (size_t i = 1; i < wanted; i++)
        *character = *character << 6 | (at[i] & 0x3f);
    return wanted;
}

bool text_is_valid(const char *bytes, size_t length)
{
    uint32_t character;

    for (size_t at = 0; at < length;) {
        at += text_next(bytes + at, length - at, &character);
        if (character == TEXT_BROKEN)
            return false;
    }
    return true;
}

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

static bool is_xml(uint32_t character)
{
    if (character == '\t' || character == '\n' || character == '\r')
        return true;
    return !is_control(character) && character < TEXT_BROKEN &&
           character != 0xfffe && character != 0xffff;
}

/* Line and paragraph separators, marks that turn the writing direction. */
static bool is_reordering(uint32_t character)
{
    return character == 0x061c || character == 0x200e || character == 0x200f ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

static bool is_line(uint32_t character)
{
    return !is_control(character) && is_xml(character) &&
           !is_reordering(character);
}

/* At least 12 bytes of room. */
static void show(char *shown, uint32_t character, char byte)
{
    if (character == TEXT_BROKEN)
        snprintf(shown, 12, "\\x%02x", (unsigned char)byte);
    else
        snprintf(shown, 12, "\\u%04x", character);
}

static const char *show_in_line(char *shown, uint32_t character, char byte)
{
    switch (character) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: show(shown, character, byte); return shown;
    }
}

void text_add_xml(struct buffer *out, const char *bytes, size_t length)
{
    size_t clean = 0; /* begin of what can pass as it is */
    uint32_t character;
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        char shown[12];

        step = text_next(bytes + at, length - at, &character);
        if (is_xml(character))
            continue;
        show(shown, character, bytes[at]);
        if (!buffer_add(out, bytes + clean, at - clean) ||
            !buffer_add_text(out, shown))
            return;
        clean = at + step;
    }
    (void)!buffer_add(out, bytes + clean, length - clean);
}

/* False when the ceiling is reached. */
static bool add_in_line(struct buffer *out, const char *bytes, size_t length,
                        uint32_t character)
{
    char shown[12];

    if (is_line(character))
        return buffer_add(out, bytes, length);
    return buffer_add_text(out, show_in_line(shown, character, bytes[0]));
}

void text_add_line(struct buffer *out, const char *bytes, size_t length)
{
    uint32_t character;
    size_t step;

    for (size_t at = 0; at < length; at += step) {
        step = text_next(bytes + at, length - at, &character);
        if (!add_in_line(out, bytes + at, step, character))
            return;
    }
}

void text_add_short(struct buffer *out, const char *text, size_t most)
{
    size_t length = strlen(text);
    size_t at = 0;
    uint32_t character;

    for (size_t i = 0; i < most && at < length; i++)
        at += text_next(text + at, length - at, &character);
    text_add_line(out, text, at);
    if (at < length)
        (void)!buffer_add_text(out, "...");
}

void text_add_escaped(struct buffer *out, const char *text,
                      enum text_escape escape)
{
    const char *special = escape == TEXT_ATTRIBUTE ? "&<>\r\"\n\t" : "&<>\r";
    const char *begin = text;

    for (; *text; text++) {
        size_t plain = strcspn(text, special);
        const char *reference;

        if (!buffer_add(out, text, plain))
            return;
        text += plain;
        switch (*text) {
        case '\0': return;
        case '&': reference = "&amp;"; break;
        case '<': reference = "&lt;"; break;
        case '"': reference = "&quot;"; break;
        case '\r': reference = "&#13;"; break;
        case '\n': reference = "&#10;"; break;
        case '\t': reference = "&#9;"; break;
        default:
            reference = text - begin >= 2 && text[-1] == ']' && text[-2] == ']'
                            ? "&gt;"
                            : ">";
        }
        if (!buffer_add_text(out, reference))
            return;
    }
}

/* What a piece of text costs in an XML element. */
static bool is_reference(const char *text, size_t at)
{
    if (text[at] == '&' || text[at] == '<' || text[at] == '\r')
        return true;
    return text[at] == '>' && at >= 2 && text[at - 1] == ']' &&
           text[at - 2] == ']';
}

static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* How many bytes from the start fit, whole characters. */
static size_t head_within(const char *text, size_t length,
                          struct text_limit limit)
{
    size_t at;

    for (at = 0; at < length && at < limit.bytes; at++) {
        if (!is_reference(text, at))
            continue;
        if (limit.references == 0)
            return at;
        limit.references--;
    }
    while (at < length && at > 0 && !starts_character(text[at]))
        at--;
    return at;
}

/* Where the last bytes that fit begin. */
static size_t tail_within(const char *text, size_t length,
                          struct text_limit limit)
{
    size_t at = length;

    while (at > 0 && length - at < limit.bytes) {
        if (is_reference(text, at - 1)) {
            if (limit.references == 0)
                break;
            limit.references--;
        }
        at--;
    }
    while (at < length && !starts_character(text[at]))
        at++;
    return at;
}

void text_add_within(struct buffer *out, const char *text, size_t length,
                     struct text_limit limit)
{
    enum { NOTE_ROOM = 64 };
    struct text_limit part;
    size_t head, tail;

    if (head_within(text, length, limit) == length) {
        (void)!buffer_add(out, text, length);
        return;
    }
    part.bytes = (limit.bytes - NOTE_ROOM) / 4;
    part.references = limit.references / 4;
    tail = tail_within(text, length, part);
    part.bytes *= 3;
    part.references *= 3;
    head = head_within(text, length, part);
    if (!buffer_add(out, text, head) ||
        !buffer_print(out, "\n[… %zu bytes left out …]\n", tail - head))
        return;
    (void)!buffer_add(out, text + tail, length - tail);
}
