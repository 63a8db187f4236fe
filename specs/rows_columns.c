/* The columns of CSV, as its first record names them, and the values that they
 * make of cells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/rows_csv.h"

struct column_type {
    const char *name;
    const char *wanted;
    bool (*admits)(const json_t *value); /* NULL: the cell's text is it */
};

struct row_column {
    const char *name;
    const struct column_type *type;
    struct row_piece piece;
};

static bool is_boolean(const json_t *value)
{
    return json_is_boolean(value);
}

static bool is_number(const json_t *value)
{
    return json_kind(value) == JSON_KIND_NUMBER;
}

static bool is_integer(const json_t *value)
{
    return is_number(value) && json_is_whole(value);
}

static bool is_any(const json_t *value)
{
    (void)value;
    return true;
}

static const struct column_type types[] = {
    {"boolean", "true or false", is_boolean},
    {"integer", "an integer", is_integer},
    {"json", "JSON", is_any},
    {"number", "a number", is_number},
    {"string", "text", NULL},
};

static const struct column_type *const STRING = &types[COUNT(types) - 1];

static const char *text_of(const struct row_stream *stream,
                           const struct row_cell *cell)
{
    return buffer_text(&stream->text) + cell->start;
}

static const struct column_type *type_find(const char *name)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    return NULL;
}

/* Text for a type that there is not. */
static void tell_type(struct row_stream *stream, struct row_piece piece,
                      const char *name)
{
    const char *names[COUNT(types)];
    const char *nearest;

    for (size_t i = 0; i < COUNT(types); i++)
        names[i] = types[i].name;
    nearest = nearest_name(name, names, COUNT(types));
    if (nearest) {
        row_tell(stream, piece,
                 "no type of columns is \"%s\"; did you mean \"%s\"?", name,
                 nearest);
    } else {
        row_tell(stream, piece,
                 "no type of columns is \"%s\"; there are boolean, integer, "
                 "json, number and string",
                 name);
    }
}

static size_t find_column(const struct row_column *columns, size_t count,
                          const char *name)
{
    size_t i = 0;

    while (i < count && strcmp(columns[i].name, name) != 0)
        i++;
    return i;
}

/* Where the first byte stands that is not UTF-8, or is NUL; the length where
 * there is none. */
static size_t bad_byte(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t step = json_character_length(text + at, length - at);

        if (!step || !text[at])
            break;
        at += step;
    }
    return at;
}

static bool check_bytes(struct row_stream *stream, const struct row_cell *cell)
{
    const char *text = text_of(stream, cell);
    size_t at = bad_byte(text, cell->length);

    if (at == cell->length)
        return true;
    if (!text[at])
        return row_tell(stream, cell->piece,
                        "a NUL byte is in this cell; this is no text");
    return row_tell(stream, cell->piece,
                    "the byte 0x%02x in this cell is not UTF-8",
                    (unsigned)(unsigned char)text[at]);
}

/* `name` is all of the cell and becomes the name. */
static void check_column(struct row_stream *stream, char *name, size_t number,
                         struct row_column *columns)
{
    struct row_column *column = &columns[number];
    char *colon = strchr(name, ':');
    const char *trouble;
    size_t first;

    if (colon)
        *colon = '\0';
    column->name = name;
    column->type = colon ? type_find(colon + 1) : STRING;
    trouble = row_field_trouble(name);
    first = find_column(columns, number, name);
    if (!*name)
        row_tell(stream, column->piece, "this column has no name");
    else if (trouble) {
        row_tell(stream, column->piece, "the name of column %zu: %s%s",
                 number + 1, trouble,
                 strpbrk(name, " \t;|")
                     ? "; columns are separated by a comma alone"
                     : "");
    } else if (first < number) {
        row_tell(stream, column->piece,
                 "the columns %zu and %zu are both named \"%s\"", first + 1,
                 number + 1, name);
    }
    if (!column->type)
        tell_type(stream, column->piece, colon + 1);
    if (!column->type)
        column->type = STRING;
}

static bool take_columns(struct row_stream *stream)
{
    struct row_csv *csv = stream->csv;
    struct row_column *columns =
        arena_take(&csv->arena, csv->cell_count * sizeof(*columns));

    for (size_t i = 0; i < csv->cell_count; i++) {
        const struct row_cell *cell = &csv->cells[i];

        if (!check_bytes(stream, cell))
            return false;
        columns[i].piece = cell->piece;
        check_column(
            stream,
            arena_copy_bytes(&csv->arena, text_of(stream, cell), cell->length),
            i, columns);
    }
    csv->columns = columns;
    csv->column_count = csv->cell_count;
    return true;
}

static bool begin(struct row_stream *stream)
{
    struct row_csv *csv;

    stream->csv = csv = must_alloc(sizeof(*csv));
    if (!row_begin_text(stream))
        return false;
    if (row_peek(stream) < 0) {
        return !stream->is_over &&
               row_tell_file(stream, "the file is empty; the first line of CSV "
                                     "names its columns");
    }
    if (row_csv_record(stream) != ROW_READ)
        return false;
    if (csv->cell_count > LIMIT_ROW_FIELDS) {
        return row_tell(stream, csv->cells[LIMIT_ROW_FIELDS].piece,
                        "a row has at most %d columns, not %zu",
                        LIMIT_ROW_FIELDS, csv->cell_count);
    }
    return take_columns(stream);
}

static bool tell_cell(struct row_stream *stream, const struct row_cell *cell,
                      const struct row_column *column, const char *why)
{
    return row_tell(
        stream, cell->piece, "%s is expected in the column \"%s\"%s%s",
        column->type->wanted, column->name, why ? ": " : "", why ? why : "");
}

/* A new reference; NULL when the cell is told to be wrong. */
static json_t *cell_value(struct row_stream *stream,
                          const struct row_cell *cell,
                          const struct row_column *column)
{
    const char *text = text_of(stream, cell);
    struct json_trouble trouble = {0};
    json_t *value;

    if (memchr(text, '\0', cell->length)) {
        check_bytes(stream, cell);
        return NULL;
    }
    if (!column->type->admits) {
        value = json_stringn(text, cell->length);
        if (!value)
            check_bytes(stream, cell);
        return value;
    }
    if (!cell->length)
        return json_null();
    value = json_read(text, cell->length, LIMIT_SPEC_DEPTH,
                      JSON_READ_REJECT_DUPLICATES, &trouble);
    if (value && column->type->admits(value))
        return value;
    tell_cell(stream, cell, column,
              column->type->admits == is_any ? trouble.text : NULL);
    json_decref(value);
    return NULL;
}

/* All of its mistakes are told; NULL when there are some. */
static json_t *make_row(struct row_stream *stream)
{
    const struct row_csv *csv = stream->csv;
    json_t *row = json_object();
    bool good = true;

    for (size_t i = 0; i < csv->column_count; i++) {
        const struct row_column *column = &csv->columns[i];
        json_t *value = cell_value(stream, &csv->cells[i], column);

        good &=
            value && json_object_set_new_nocheck(row, column->name, value) == 0;
    }
    if (good)
        return row;
    json_decref(row);
    return NULL;
}

static bool tell_count(struct row_stream *stream)
{
    const struct row_csv *csv = stream->csv;
    size_t count = csv->cell_count;
    bool too_many = count > csv->column_count;
    struct row_piece piece = {stream->row, 1};

    if (too_many)
        piece = csv->cells[csv->column_count].piece;
    return row_tell(stream, piece, "%zu cell%s, but the header names %zu",
                    count, count == 1 ? "" : "s", csv->column_count);
}

static bool is_blank(const struct row_csv *csv)
{
    return csv->cell_count == 1 && !csv->cells[0].piece.length;
}

static enum row_result next(struct row_stream *stream, json_t **row)
{
    struct row_csv *csv = stream->csv;
    enum row_result result;
    json_t *made;

    if (row_peek(stream) < 0)
        return ROW_END;
    result = row_csv_record(stream);
    if (result == ROW_END || (is_blank(csv) && row_peek(stream) < 0))
        return ROW_END;
    if (is_blank(csv) && csv->column_count > 1) {
        row_tell(stream, (struct row_piece){stream->row, 1},
                 "an empty line; only the last one may be empty");
        return ROW_WRONG;
    }
    if (csv->cell_count != csv->column_count) {
        if (result == ROW_READ)
            tell_count(stream);
        return ROW_WRONG;
    }
    made = make_row(stream);
    if (made && result == ROW_READ) {
        *row = made;
        return ROW_READ;
    }
    json_decref(made);
    return ROW_WRONG;
}

static struct row_piece find(struct row_stream *stream, json_t *row,
                             const char *key, enum row_part part)
{
    const struct row_csv *csv = stream->csv;
    size_t i = find_column(csv->columns, csv->column_count, key);

    (void)row;
    if (i == csv->column_count)
        return (struct row_piece){stream->row, 1};
    return part == ROW_KEY ? csv->columns[i].piece : csv->cells[i].piece;
}

void row_csv_free(struct row_csv *csv)
{
    if (!csv)
        return;
    arena_finish(&csv->arena);
    free(csv->cells);
    free(csv);
}

const struct row_format row_format_csv = {begin, next, find};
