#include "runner/cli/text.h"

#include <string.h>

#include "specs/base/glyph.h"

/* Line ends and tabs as the console shows them, all else as faults do. */
static struct glyph read_glyph(const char *text)
{
    static const char bytes[] = "\n\r\t", letters[] = "nrt";
    struct glyph glyph = glyph_read(text, strnlen(text, GLYPH_LENGTH_MOST));
    const char *found = strchr(bytes, *text);

    if (!found)
        return glyph;
    glyph.width = 2;
    glyph.text[0] = '\\';
    glyph.text[1] = letters[found - bytes];
    glyph.text[2] = '\0';
    return glyph;
}

size_t text_width(const char *text)
{
    struct glyph glyph;
    size_t width = 0;

    for (; *text; text += glyph.length) {
        glyph = read_glyph(text);
        width += glyph.width;
    }
    return width;
}

size_t text_within(const char *text, size_t width)
{
    const char *end = text;

    while (*end) {
        struct glyph glyph = read_glyph(end);

        if (glyph.width > width)
            break;
        width -= glyph.width;
        end += glyph.length;
    }
    return (size_t)(end - text);
}

void text_print(const char *text, size_t width, FILE *out)
{
    struct glyph glyph;
    size_t printed = 0;

    for (; *text; text += glyph.length) {
        glyph = read_glyph(text);
        fputs(glyph.text, out);
        printed += glyph.width;
    }
    for (; printed < width; printed++)
        fputc(' ', out);
}

void text_print_time(double seconds, FILE *out)
{
    if (seconds < 0.1)
        fprintf(out, "%.1f ms", seconds * 1000);
    else
        fprintf(out, "%.2f s", seconds);
}
