/* Rows of CSV: RFC 4180, with LF alone ending a line too. A record is cut into
 * cells, whose text stands unquoted in stream->text; what it breaks is told and
 * the record read on, so that one quote too many is one mistake. */
#include "specs/rows_csv.h"

#include <string.h>

#include "specs/rows_stream.h"

/* What may end a cell that is not quoted, or may not be in it. */
static const bool is_special[UINT8_MAX + 1] = {
    [','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};

enum cell_end { CELL_ENDED, RECORD_ENDED, RECORD_LOST };

static struct row_piece one_byte(const struct row_stream *stream)
{
    return (struct row_piece){row_mark(stream), 1};
}

/* Tells that the row is too long, of which `cell` is a part. */
static enum cell_end lose_record(struct row_stream *stream,
                                 const struct row_cell *cell)
{
    struct row_piece row = {stream->row, 1};

    stream->is_over = true;
    if (cell->is_quoted) {
        row_tell(stream, (struct row_piece){cell->piece.at, 1},
                 "behind this quote, the row is longer than %d KiB; is the "
                 "quote never closed?",
                 LIMIT_ROW_BYTES >> 10);
    } else {
        row_tell(stream, row, "this row is longer than %d KiB",
                 LIMIT_ROW_BYTES >> 10);
    }
    return RECORD_LOST;
}

/* Adds the next bytes to the cell, up to one that `stops`; false when that is
 * more than a row can hold. */
static bool add_plain(struct row_stream *stream)
{
    const char *from = stream->block + stream->at;
    const char *end = stream->block + stream->length;
    const char *at = from;

    while (at < end && !is_special[(unsigned char)*at])
        at++;
    row_skip(stream, (size_t)(at - from));
    return buffer_add(&stream->text, from, (size_t)(at - from));
}

/* The same inside of quotes, where only a quote is special. */
static bool add_quoted(struct row_stream *stream)
{
    const char *from = stream->block + stream->at;
    const char *end = stream->block + stream->length;
    const char *quote = memchr(from, '"', (size_t)(end - from));
    size_t length = (size_t)((quote ? quote : end) - from);

    row_pass(stream, length);
    return buffer_add(&stream->text, from, length);
}

static bool add_byte(struct row_stream *stream, char byte)
{
    row_skip(stream, 1);
    return buffer_add(&stream->text, &byte, 1);
}

/* At a carriage return: true where it is part of a line's end, which is passed
 * then up to the line feed; else it is told, and part of the cell. */
static bool ends_line(struct row_stream *stream)
{
    struct row_piece piece = one_byte(stream);

    row_skip(stream, 1);
    if (row_peek(stream) == '\n')
        return true;
    row_tell(stream, piece,
             "a carriage return without a line feed; in quotes it may stand");
    stream->csv->is_wrong = true;
    return false;
}

/* At what ends a cell, which is passed. */
static enum cell_end pass_end(struct row_stream *stream)
{
    int byte = row_peek(stream);

    if (byte == '\n')
        row_break_line(stream);
    if (byte != ',')
        return RECORD_ENDED;
    row_skip(stream, 1);
    return CELL_ENDED;
}

static enum cell_end read_plain(struct row_stream *stream,
                                struct row_cell *cell)
{
    bool fits = true;
    int byte;

    while (fits && (byte = row_peek(stream)) >= 0) {
        cell->piece.length = row_since(stream, cell->piece.at).length;
        if (byte == ',' || byte == '\n')
            return pass_end(stream);
        if (byte == '\r') {
            if (ends_line(stream))
                return pass_end(stream);
            fits = buffer_add(&stream->text, "\r", 1);
        } else if (byte == '"') {
            row_tell(stream, one_byte(stream),
                     "a quote in a cell that does not begin with one; write "
                     "\"say \"\"hi\"\"\"");
            stream->csv->is_wrong = true;
            fits = add_byte(stream, '"');
        } else {
            fits = add_plain(stream);
        }
    }
    if (!fits)
        return lose_record(stream, cell);
    cell->piece.length = row_since(stream, cell->piece.at).length;
    return RECORD_ENDED;
}

/* Behind the quote that closes a cell: nothing may stand there. */
static enum cell_end pass_rest(struct row_stream *stream)
{
    bool told = false;
    int byte;

    while ((byte = row_peek(stream)) >= 0 && byte != ',' && byte != '\n') {
        struct row_piece piece = one_byte(stream);

        row_skip(stream, 1);
        if (byte == '\r' && row_peek(stream) == '\n')
            break;
        if (!told) {
            row_tell(stream, piece,
                     "text behind the closing quote; a quote inside of a cell "
                     "is written twice");
        }
        told = stream->csv->is_wrong = true;
    }
    return pass_end(stream);
}

/* At its opening quote. */
static enum cell_end read_quoted(struct row_stream *stream,
                                 struct row_cell *cell)
{
    int byte;

    cell->is_quoted = true;
    row_skip(stream, 1);
    while ((byte = row_peek(stream)) >= 0) {
        if (byte != '"') {
            if (!add_quoted(stream))
                return lose_record(stream, cell);
            continue;
        }
        row_skip(stream, 1);
        if (row_peek(stream) != '"') {
            cell->piece.length = row_since(stream, cell->piece.at).length;
            return pass_rest(stream);
        }
        if (!add_byte(stream, '"'))
            return lose_record(stream, cell);
    }
    if (!stream->is_over)
        row_tell(stream, (struct row_piece){cell->piece.at, 1},
                 "this quote is never closed");
    stream->is_over = true;
    return RECORD_LOST;
}

/* The cells beyond the most that columns can have share one. */
static struct row_cell *next_cell(struct row_csv *csv)
{
    size_t number = csv->cell_count++;

    if (number >= LIMIT_ROW_FIELDS)
        number = LIMIT_ROW_FIELDS;
    if (number >= csv->cell_capacity) {
        csv->cell_capacity = csv->cell_capacity ? csv->cell_capacity * 2 : 8;
        csv->cells =
            must_resize(csv->cells, csv->cell_capacity * sizeof(*csv->cells));
    }
    return &csv->cells[number];
}

enum row_result row_csv_record(struct row_stream *stream)
{
    struct row_csv *csv = stream->csv;
    enum cell_end end = CELL_ENDED;

    csv->cell_count = 0;
    csv->is_wrong = false;
    buffer_clear(&stream->text);
    stream->row = row_mark(stream);
    while (end == CELL_ENDED) {
        struct row_cell *cell = next_cell(csv);

        *cell = (struct row_cell){{row_mark(stream), 0}, 0, 0, false};
        cell->start = stream->text.length;
        end = row_peek(stream) == '"' ? read_quoted(stream, cell)
                                      : read_plain(stream, cell);
        cell->length = stream->text.length - cell->start;
    }
    if (end == RECORD_LOST || stream->is_over)
        return ROW_END;
    return csv->is_wrong ? ROW_WRONG : ROW_READ;
}
