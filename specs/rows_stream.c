/* Rows one after the other: of a file, or of a suite. */
#include "specs/rows_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "specs/paths.h"
#include "specs/rows_csv.h"

static const struct row_format *const formats[] = {
    [ROWS_CSV] = &row_format_csv,
    [ROWS_JSON] = &row_format_json,
    [ROWS_NDJSON] = &row_format_ndjson,
};

struct row_stream *row_stream_open(const struct rows *rows)
{
    bool is_inline = !rows->path;
    int file = rows->spool;
    struct row_stream *stream;

    if (rows->real)
        file = open(rows->real, O_RDONLY | O_CLOEXEC);
    if (!is_inline && file < 0)
        return NULL;
    stream = must_alloc(sizeof(*stream));
    stream->rows = rows;
    stream->format = is_inline ? NULL : formats[rows->kind];
    stream->file = file;
    stream->line = 1;
    stream->text = buffer_with_ceiling(LIMIT_ROW_BYTES);
    return stream;
}

bool row_stream_begin(struct row_stream *stream)
{
    if (!stream->format->begin(stream))
        stream->is_over = true;
    return !stream->is_over;
}

enum row_result row_stream_next(struct row_stream *stream, json_t **row)
{
    *row = NULL;
    return stream->is_over ? ROW_END : stream->format->next(stream, row);
}

struct row_stream *rows_open(const struct rows *rows, struct fault *fault)
{
    struct row_stream *stream = row_stream_open(rows);

    if (!stream) {
        fault_raise(fault, (struct place){.path = rows->path}, "%s",
                    path_trouble(errno));
        return NULL;
    }
    stream->must_be_same = true;
    stream->fault = fault;
    if (!stream->format || row_stream_begin(stream))
        return stream;
    rows_close(stream);
    return NULL;
}

/* The load counted the rows; any other number is told. */
static json_t *check_number(struct row_stream *stream, json_t *row)
{
    size_t count = stream->rows->count;

    stream->number += row != NULL;
    if (row ? stream->number <= count : stream->number == count)
        return row;
    json_decref(row);
    stream->is_over = true;
    row_tell_file(stream,
                  "it has changed since its rows were checked: there were %zu",
                  count);
    return NULL;
}

json_t *rows_next(struct row_stream *stream, struct fault *fault)
{
    json_t *row;

    if (!stream->format)
        return json_incref(
            json_array_get(stream->rows->written, stream->number++));
    if (stream->is_over)
        return NULL;
    stream->fault = fault;
    if (row_stream_next(stream, &row) == ROW_READ)
        return check_number(stream, row);
    stream->is_over = true;
    return fault->raised ? NULL : check_number(stream, NULL);
}

void rows_close(struct row_stream *stream)
{
    if (!stream)
        return;
    if (stream->rows->real)
        close(stream->file);
    row_csv_free(stream->csv);
    buffer_finish(&stream->text);
    free(stream);
}
