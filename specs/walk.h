/* Walking over text that jansson took, or will be asked to: these look at
 * quotes and brackets only. Each returns where it stops, never behind the
 * text's end. Private to specs/. */
#pragma once

#include "specs/source.h"

size_t walk_blanks(const struct source *source, size_t at);

/* Behind the string that starts at `at`, or at the end of the text. */
size_t walk_string(const struct source *source, size_t at);

/* Behind a number, true, false or null: a byte at least, where there is one. */
size_t walk_word(const struct source *source, size_t at);

/* Behind the value that starts at `at`. */
size_t walk_value(const struct source *source, size_t at);
