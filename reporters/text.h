/* Text from outside made fit for where it goes. What comes from a server or a
 * spec may be any bytes; here it becomes valid UTF-8 that an XML parser takes
 * and that cannot move a terminal's cursor. Nothing is dropped silently: what
 * may not pass is shown, a character as \u001b, a byte that is no part of UTF-8
 * as \xff.
 *
 * Adding stops at the buffer's ceiling, before the first character that does
 * not fit. */
#pragma once

#include "specs/base/buffer.h"

enum { TEXT_BROKEN = 0x110000 }; /* no character: one byte that is not UTF-8 */

/* Reads one character and returns its length; `length` must not be 0. */
size_t text_next(const char *bytes, size_t length, uint32_t *character);
bool text_is_valid(const char *bytes, size_t length);

/* Characters of XML 1.0 without the controls that are discouraged; lines stay
 * lines. Not yet escaped. */
void text_add_xml(struct buffer *out, const char *bytes, size_t length);

/* One line for a terminal or a name: line ends and tabs are shown as \n, \r and
 * \t, and so are marks that reorder what stands beside them. */
void text_add_line(struct buffer *out, const char *bytes, size_t length);
/* The same of a NUL-ended text, cut with "..." after `most` characters. */
void text_add_short(struct buffer *out, const char *text, size_t most);

/* Columns that valid text takes on a terminal: 2 for wide characters, none for
 * those that combine. */
size_t text_columns(const char *text, size_t length);

/* XML's references: `&`, `<`, `\r`, and `>` behind "]]"; an attribute also
 * `"`, tabs and line ends. */
enum text_escape { TEXT_ELEMENT, TEXT_ATTRIBUTE };
void text_add_escaped(struct buffer *out, const char *text,
                      enum text_escape escape);

/* Valid text with at most `bytes` bytes and `references` references when
 * escaped, both at least 256: of longer text head and tail, and between them a
 * line that says how much was left out. */
struct text_limit {
    size_t bytes;
    size_t references;
};
void text_add_within(struct buffer *out, const char *text, size_t length,
                     struct text_limit limit);
