/* One line of JSON being made, compact. A key is our own word; NULL inside of
 * an array. What is NULL or no number becomes null. */
#pragma once

#include "specs/base/buffer.h"

struct json_line {
    struct buffer text;
    bool is_full; /* something did not fit: the line is of no use */
    bool needs_comma;
};

/* Zeroed memory is a line to be begun by this; its memory is used again. */
void line_restart(struct json_line *line, size_t ceiling);
void line_finish(struct json_line *line);

/* `bracket` is '{' or '['. */
void line_open(struct json_line *line, const char *key, char bracket);
void line_close(struct json_line *line, char bracket);

void line_text(struct json_line *line, const char *key, const char *text);
/* Bytes that are not UTF-8 go under key "<key>_base64" instead. */
void line_bytes(struct json_line *line, const char *key, const char *bytes,
                size_t length);
void line_count(struct json_line *line, const char *key, uint64_t count);
void line_integer(struct json_line *line, const char *key, int64_t value);
void line_real(struct json_line *line, const char *key, double value);
void line_bool(struct json_line *line, const char *key, bool value);
