/* Text for people's eyes: colour that only underlines what the words say, and
 * columns that stay columns whatever a name holds. */
#pragma once

#include "reporters/reporters.h"

enum ink {
    INK_PLAIN,
    INK_STRONG,
    INK_FAINT,
    INK_GOOD,
    INK_BAD,
    INK_CARE, /* neither good nor bad: skipped, insecure */
};

/* What the place that is written to can show. */
struct paint {
    bool is_colored;
    bool is_living; /* a terminal where a line may be written over */
};

/* NO_COLOR and CLICOLOR_FORCE count where `options->color` is COLOR_AUTO. */
struct paint paint_choose(const struct report_options *options, int descriptor);

/* Lines being made. What does not fit under the ceiling is left out. */
struct canvas {
    struct buffer text;
    bool is_colored;
    size_t column; /* where the next character goes, from 0 */
};

struct canvas canvas_open(bool is_colored);
void canvas_finish(struct canvas *canvas);

/* Our own words and numbers: everything in them must be known to be safe. */
void canvas_print(struct canvas *canvas, enum ink ink, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Text from outside, on one line, cut after `most` characters. */
void canvas_show(struct canvas *canvas, enum ink ink, const char *text,
                 size_t most);
/* Spaces up to the column, `least` at least. */
void canvas_advance(struct canvas *canvas, size_t column, size_t least);
void canvas_line(struct canvas *canvas);
