/* Any bytes as a file of rows: of CSV, or of JSON where they begin with a
 * bracket. Besides not crashing: mistakes have a place in the text; what has
 * none is read the second time as often as it was counted, and text cells that
 * are written as CSV again are read the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "specs/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PRINTED_MOST = 64 << 20 };

static void must(bool holds)
{
    if (!holds)
        abort();
}

static const char *ending_of(const uint8_t *data, size_t size)
{
    if (size && data[0] == '[')
        return ".json";
    return size && data[0] == '{' ? ".ndjson" : ".csv";
}

/* Every mistake is in a line of its own text, at a column of it. */
static void look_at_places(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct place *at = &faults->faults[i].at;

        must(faults->faults[i].text[0]);
        if (!at->line)
            continue;
        must(at->column >= 1 && at->width >= 1);
        must(!at->excerpt || at->column <= at->excerpt_length + 1);
    }
}

static void add_cell(struct buffer *csv, const char *text, size_t length)
{
    must(buffer_add_text(csv, "\""));
    for (size_t i = 0; i < length; i++)
        must(buffer_add(csv, &text[i], 1) &&
             (text[i] != '"' || buffer_add_text(csv, "\"")));
    must(buffer_add_text(csv, "\""));
}

/* False where a value is no text. */
static bool add_row(struct buffer *csv, json_t *row, bool is_header)
{
    bool is_text = true, is_first = true;
    const char *key;
    json_t *value;

    json_object_foreach (row, key, value) {
        if (!is_first)
            must(buffer_add_text(csv, ","));
        is_first = false;
        is_text &= json_is_string(value);
        if (is_header)
            add_cell(csv, key, strlen(key));
        else
            add_cell(csv, json_string_value(value), json_string_length(value));
    }
    must(buffer_add_text(csv, "\r\n"));
    return is_text;
}

/* Prints the rows, and writes them as CSV. */
static bool read_again(const struct rows *rows, struct buffer *printed,
                       struct buffer *csv)
{
    struct fault fault = {0};
    struct row_stream *stream = rows_open(rows, &fault);
    bool is_text = rows->kind == ROWS_CSV;
    size_t count = 0;
    json_t *row;

    must(stream);
    while ((row = rows_next(stream, &fault))) {
        must(json_print(row, printed) && buffer_add_text(printed, "\n"));
        if (is_text && !count)
            is_text = add_row(csv, row, true);
        is_text = is_text && add_row(csv, row, false);
        json_decref(row);
        count++;
    }
    must(!fault.raised && count == rows->count);
    rows_close(stream);
    return is_text;
}

/* True where all is text; then the rows and their CSV are given. */
static bool read_rows(const char *ending, const char *bytes, size_t length,
                      struct buffer *outputs)
{
    struct arena arena = {0};
    struct faults faults = {0};
    struct row_files files = {
        .arena = &arena, .faults = &faults, .row_most = LIMIT_ROWS};
    char path[64];
    const struct rows *rows;
    bool is_text = false;
    int file;

    snprintf(path, sizeof(path), "/tmp/volley-fuzz-XXXXXX%s", ending);
    file = mkstemps(path, (int)strlen(ending));
    must(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    close(file);
    rows = rows_read_path(&files, path);
    must(rows->is_broken == (faults.total > 0));
    must(rows->is_broken || rows->count);
    look_at_places(&faults);
    if (!rows->is_broken)
        is_text = read_again(rows, &outputs[0], &outputs[1]);
    unlink(path);
    row_files_finish(&files);
    faults_finish(&faults);
    arena_finish(&arena);
    return is_text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer outputs[4];

    for (size_t i = 0; i < COUNT(outputs); i++)
        outputs[i] = buffer_with_ceiling(PRINTED_MOST);
    if (read_rows(ending_of(data, size), (const char *)data, size, outputs)) {
        must(read_rows(".csv", outputs[1].bytes, outputs[1].length,
                       outputs + 2));
        must(strcmp(outputs[0].bytes, outputs[2].bytes) == 0);
    }
    for (size_t i = 0; i < COUNT(outputs); i++)
        buffer_finish(&outputs[i]);
    return 0;
}
