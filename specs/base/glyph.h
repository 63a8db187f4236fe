/* Text for a terminal, character by character. */
#pragma once

#include "specs/base/base.h"

/* How the character that begins a text is shown: as itself, or as its code
 * where it is none or would move those around it. */
struct glyph {
    size_t length; /* bytes of the text, at least one */
    size_t width;  /* columns that what is shown takes */
    char text[12];
};

enum { GLYPH_LENGTH_MOST = 4 };

/* Of `length` bytes, at least one. */
struct glyph glyph_read(const char *text, size_t length);
