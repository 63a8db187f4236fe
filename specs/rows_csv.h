/* CSV: records of cells (rows_csv.c), and what columns make of them
 * (rows_columns.c). Private to rows*.c. */
#pragma once

#include "specs/rows_stream.h"

struct row_cell {
    struct row_piece piece; /* as written, with its quotes */
    size_t start, length;   /* of its text, in stream->text */
    bool is_quoted;
};

struct row_column;

struct row_csv {
    size_t cell_count; /* of the last record, perhaps more than are kept */
    size_t cell_capacity;
    struct row_cell *cells; /* LIMIT_ROW_FIELDS and one at most */
    bool is_wrong;          /* a mistake of the last record was told */
    size_t column_count;
    const struct row_column *columns;
    struct arena arena; /* for the columns */
};

/* Reads the next record, which begins at the next byte. At the end of the file
 * that is a record with one empty cell. */
enum row_result row_csv_record(struct row_stream *stream);

void row_csv_free(struct row_csv *csv);
