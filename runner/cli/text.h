/* Text in columns. */
#pragma once

#include <stdio.h>

#include "specs/base/base.h"

/* How many columns a terminal gives the text, each character one. */
size_t text_width(const char *text);

/* The text, and blanks up to the width; control characters become "?". */
void text_print(const char *text, size_t width, FILE *out);

/* "99.0 ms", "1.25 s" */
void text_print_time(double seconds, FILE *out);
