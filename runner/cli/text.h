/* Text in columns. */
#pragma once

#include <stdio.h>

#include "specs/base/base.h"

/* How many columns text_print() fills, each character taking one. */
size_t text_width(const char *text);

/* How many bytes of the text fit into so many columns; characters stay whole.
 */
size_t text_within(const char *text, size_t width);

/* The text, and blanks up to the width. What is no character, or would move
 * others on a terminal, is shown as its code, as the console does it. */
void text_print(const char *text, size_t width, FILE *out);

/* "99.0 ms", "1.25 s" */
void text_print_time(double seconds, FILE *out);
