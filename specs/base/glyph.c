/* Reading UTF-8 is of this room too, since faults are told where no other room
 * may be entered. */
#include "specs/base/glyph.h"

#include <stdio.h>
#include <string.h>

enum { BROKEN = 0x110000 };

/* The least character that needs so many bytes. */
static const uint32_t leasts[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t length_by_first(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first < 0xe0)
        return 2;
    if (first >= 0xe0 && first < 0xf0)
        return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/* BROKEN where no character (RFC 3629) begins. */
static uint32_t read_character(const char *text, size_t length, size_t *taken)
{
    unsigned char first = (unsigned char)*text;
    size_t wanted = length_by_first(first);
    uint32_t character = wanted > 1 ? first & (0x7fu >> wanted) : first;

    *taken = 1;
    if (!wanted || wanted > length)
        return BROKEN;
    for (size_t i = 1; i < wanted; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return BROKEN;
        character = character << 6 | ((unsigned char)text[i] & 0x3f);
    }
    if (character < leasts[wanted] || character >= BROKEN ||
        (character >= 0xd800 && character < 0xe000))
        return BROKEN;
    *taken = wanted;
    return character;
}

/* Control characters, separators of lines and paragraphs, and what turns the
 * direction of writing. */
static bool is_hidden(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
           character == 0x061c || character == 0x200e || character == 0x200f ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* At least 12 bytes of room; returns how long it became. */
static size_t show_code(char *shown, uint32_t character, char byte)
{
    if (character == BROKEN)
        return (size_t)snprintf(shown, 12, "\\x%02x", (unsigned char)byte);
    return (size_t)snprintf(shown, 12, "\\u%04x", character);
}

struct glyph glyph_read(const char *text, size_t length)
{
    struct glyph glyph = {.width = 1};
    uint32_t character = read_character(text, length, &glyph.length);

    if (character == '\t')
        glyph.text[0] = ' ';
    else if (character == BROKEN || is_hidden(character))
        glyph.width = show_code(glyph.text, character, *text);
    else
        memcpy(glyph.text, text, glyph.length);
    return glyph;
}
