#include "runner/cli/text.h"

size_t text_width(const char *text)
{
    size_t width = 0;

    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

void text_print(const char *text, size_t width, FILE *out)
{
    size_t printed = text_width(text);

    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        fputc(byte < 0x20 || byte == 0x7f ? '?' : byte, out);
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
