/* Rows of JSON: an object on each line, or the elements of one array. These are
 * cut out by looking at quotes and brackets only, and read one by one. */
#include <stdlib.h>
#include <string.h>

#include "specs/rows_stream.h"
#include "specs/walk.h"

/* How far an element of an array was followed. */
struct cut {
    size_t depth;
    bool in_string;
    bool is_escaped; /* the next byte is part of the string */
    bool is_done;
};

static struct row_piece one_byte(const struct row_stream *stream)
{
    return (struct row_piece){row_mark(stream), 1};
}

/* A piece of the row's text, which stands in the file as it is. */
static struct row_piece piece_of(const struct row_stream *stream, size_t offset,
                                 size_t length)
{
    const char *text = buffer_text(&stream->text);
    const char *at = text;
    struct row_mark mark = stream->row;

    while ((at = memchr(at, '\n', (size_t)(text + offset - at)))) {
        at++;
        mark.line++;
        mark.line_start = stream->row.offset + (size_t)(at - text);
    }
    mark.offset += offset;
    return (struct row_piece){mark, length};
}

/* Behind the token at `offset` of the row's text, on its line at least. */
static size_t token_length(const struct row_stream *stream, size_t offset)
{
    struct arena scratch = {0};
    const struct source *source = source_new(
        &scratch, "", buffer_text(&stream->text), stream->text.length);
    size_t end = offset < source->length ? walk_value(source, offset) : offset;

    arena_finish(&scratch);
    return end - offset;
}

static bool is_cut_short(const struct row_stream *stream, size_t offset)
{
    return stream->format == &row_format_ndjson &&
           offset >= stream->text.length;
}

/* Reads the object that stream->text is. */
static enum row_result read_row(struct row_stream *stream, json_t **row)
{
    const char *text = buffer_text(&stream->text);
    struct json_trouble trouble;
    json_t *value = json_read(text, stream->text.length, LIMIT_SPEC_DEPTH,
                              JSON_READ_REJECT_DUPLICATES, &trouble);
    size_t begin = strspn(text, " \t\r\n");

    if (json_is_object(value)) {
        *row = value;
        return ROW_READ;
    }
    if (value) {
        row_tell(stream, piece_of(stream, begin, token_length(stream, begin)),
                 "a row is an object, not %s", json_kind_words(value));
    } else if (is_cut_short(stream, trouble.offset)) {
        row_tell(stream, piece_of(stream, begin, 1),
                 "this line ends before its object does; each line holds a "
                 "whole one");
    } else {
        row_tell(stream, piece_of(stream, trouble.offset, 1), "%s",
                 trouble.text);
    }
    json_decref(value);
    return ROW_WRONG;
}

static bool tell_length(struct row_stream *stream)
{
    return row_tell(stream, (struct row_piece){stream->row, 1},
                    "this row is longer than %d KiB", LIMIT_ROW_BYTES >> 10);
}

/* Up to the line feed, or to the end of the file. Of a line that is too long
 * nothing is kept; that is told. */
static bool read_line(struct row_stream *stream)
{
    bool fits = true, ended = false;

    buffer_clear(&stream->text);
    stream->row = row_mark(stream);
    while (!ended && row_peek(stream) >= 0) {
        const char *from = stream->block + stream->at;
        size_t length = stream->length - stream->at;
        const char *feed = memchr(from, '\n', length);

        if (feed)
            length = (size_t)(feed - from);
        fits = fits && buffer_add(&stream->text, from, length);
        row_skip(stream, length);
        ended = feed;
        if (ended)
            row_break_line(stream);
    }
    return fits || tell_length(stream);
}

static bool is_blank(const struct row_stream *stream)
{
    const char *text = buffer_text(&stream->text);

    return strspn(text, " \t\r") == stream->text.length;
}

static enum row_result next_line(struct row_stream *stream, json_t **row)
{
    do {
        if (row_peek(stream) < 0)
            return ROW_END;
        if (!read_line(stream))
            return ROW_WRONG;
    } while (is_blank(stream));
    if (stream->is_over)
        return ROW_END;
    return read_row(stream, row);
}

static bool begin_lines(struct row_stream *stream)
{
    if (!row_begin_text(stream))
        return false;
    row_skip_blanks(stream);
    if (row_peek(stream) != '[')
        return !stream->is_over;
    return row_tell(stream, one_byte(stream),
                    "each line holds an object here; a file that holds an "
                    "array of them is named .json");
}

static bool begin_array(struct row_stream *stream)
{
    if (!row_begin_text(stream))
        return false;
    row_skip_blanks(stream);
    if (row_peek(stream) < 0) {
        return !stream->is_over &&
               row_tell_file(stream, "the file is empty; it should hold an "
                                     "array of objects");
    }
    if (row_peek(stream) != '[') {
        return row_tell(stream, one_byte(stream),
                        "an array of objects is expected; a file with an "
                        "object on each line is named .ndjson");
    }
    row_skip(stream, 1);
    return true;
}

/* Behind the quote or before the backslash that is next, or at the end. */
static const char *cut_string(struct cut *cut, const char *at, const char *end)
{
    if (cut->is_escaped) {
        cut->is_escaped = false;
        return at + 1;
    }
    while (at < end && *at != '"' && *at != '\\')
        at++;
    if (at == end)
        return at;
    cut->is_escaped = *at == '\\';
    cut->in_string = cut->is_escaped;
    return at + 1;
}

/* How many of these bytes belong to the object or array. */
static size_t cut_nested(struct cut *cut, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;

    while (at < end && !cut->is_done) {
        if (cut->in_string) {
            at = cut_string(cut, at, end);
            continue;
        }
        switch (*at++) {
        case '"': cut->in_string = true; break;
        case '{':
        case '[': cut->depth++; break;
        case '}':
        case ']': cut->is_done = --cut->depth == 0; break;
        }
    }
    return (size_t)(at - bytes);
}

/* The same of other values; a string is one that ends with its quote. */
static size_t cut_word(struct cut *cut, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;

    while (at < end && !cut->is_done) {
        if (cut->in_string)
            at = cut_string(cut, at, end);
        else if (*at && strchr(",]} \t\r\n", *at))
            cut->is_done = true;
        else
            cut->in_string = *at++ == '"';
    }
    return (size_t)(at - bytes);
}

/* The element that begins at the next byte. */
static bool read_element(struct row_stream *stream)
{
    struct cut cut = {0};
    int first = row_peek(stream);
    bool is_nested = first == '{' || first == '[';

    buffer_clear(&stream->text);
    stream->row = row_mark(stream);
    while (!cut.is_done && row_peek(stream) >= 0) {
        const char *from = stream->block + stream->at;
        size_t length = stream->length - stream->at;

        length = is_nested ? cut_nested(&cut, from, length)
                           : cut_word(&cut, from, length);
        if (!buffer_add(&stream->text, from, length)) {
            stream->is_over = true;
            return tell_length(stream);
        }
        row_pass(stream, length);
    }
    if (cut.is_done || stream->is_over)
        return cut.is_done;
    stream->is_over = true;
    return row_tell(stream, (struct row_piece){stream->row, 1},
                    "the file ends before this row does");
}

/* Nothing more can be read. Always ROW_END. */
static enum row_result lose(struct row_stream *stream, const char *why)
{
    if (!stream->is_over)
        row_tell(stream, one_byte(stream), "%s", why);
    stream->is_over = true;
    return ROW_END;
}

/* Behind the bracket that closes the array. */
static enum row_result end_array(struct row_stream *stream)
{
    row_skip(stream, 1);
    row_skip_blanks(stream);
    if (row_peek(stream) < 0)
        return ROW_END;
    return lose(stream, "nothing may follow the end of the array");
}

/* At the next element; ROW_END where there is none. */
static enum row_result find_element(struct row_stream *stream)
{
    bool is_first = !stream->begun;

    stream->begun = true;
    row_skip_blanks(stream);
    if (row_peek(stream) == ']')
        return end_array(stream);
    if (!is_first) {
        if (row_peek(stream) != ',') {
            return lose(stream, row_peek(stream) < 0
                                    ? "the array has no closing bracket"
                                    : "\",\" or \"]\" is expected here");
        }
        row_skip(stream, 1);
        row_skip_blanks(stream);
    }
    switch (row_peek(stream)) {
    case -1: return lose(stream, "the array has no closing bracket");
    case ',': return lose(stream, "a row is expected here");
    case '}': return lose(stream, "no bracket is open that this one closes");
    case ']': return lose(stream, "no comma may stand behind the last row");
    }
    return ROW_READ;
}

static enum row_result next_element(struct row_stream *stream, json_t **row)
{
    if (stream->is_over || find_element(stream) == ROW_END ||
        !read_element(stream))
        return ROW_END;
    return read_row(stream, row);
}

/* The member is found in the row's text, which is JSON. */
static struct row_piece find(struct row_stream *stream, json_t *row,
                             const char *key, enum row_part part)
{
    struct arena scratch = {0};
    const struct source *source = source_new(
        &scratch, "", buffer_text(&stream->text), stream->text.length);
    struct node node = {row, {source, (uint32_t)source_begin(source), 0}, NULL};
    struct members members = node_members(&scratch, &node, 0);
    struct row_piece piece = {stream->row, 1};

    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        size_t at =
            part == ROW_KEY ? member->key_at.offset : member->value.at.offset;

        if (strcmp(member->key, key) == 0)
            piece = piece_of(stream, at, walk_value(source, at) - at);
    }
    arena_finish(&scratch);
    return piece;
}

const struct row_format row_format_json = {begin_array, next_element, find};
const struct row_format row_format_ndjson = {begin_lines, next_line, find};
