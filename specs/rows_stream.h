/* Inside of rows: bytes of a file with their places, the formats that cut them
 * into rows, and the check of each row. Private to rows*.c. */
#pragma once

#include "specs/base/map.h"
#include "specs/rows.h"

/* A byte of a file, and where its line starts. */
struct row_mark {
    uint64_t offset;
    uint64_t line_start;
    unsigned line;
};

/* A piece of the file: bytes from a mark on. */
struct row_piece {
    struct row_mark at;
    uint64_t length;
};

enum row_result {
    ROW_READ,
    ROW_WRONG, /* told; there may be more */
    ROW_END,   /* the file's end, or nothing can be read behind this mistake */
};

enum row_part { ROW_KEY, ROW_VALUE };

/* One way to write rows. */
struct row_format {
    /* What stands before the first row; false when that was wrong and nothing
     * behind it can be read. */
    bool (*begin)(struct row_stream *stream);
    /* *row is NULL, and a new reference where it is ROW_READ. */
    enum row_result (*next)(struct row_stream *stream, json_t **row);
    /* Where a member of the row that was read last is written. */
    struct row_piece (*find)(struct row_stream *stream, json_t *row,
                             const char *key, enum row_part part);
};

extern const struct row_format row_format_csv, row_format_json,
    row_format_ndjson;

enum { ROW_BLOCK = 64 * 1024 };

struct row_csv;

struct row_stream {
    const struct rows *rows;
    const struct row_format *format; /* NULL: inline */
    size_t number;                   /* rows read so far */
    bool is_over;
    struct row_mark row; /* where the row begins that was read last */
    struct buffer text;  /* of that row: JSON, or the cells of CSV */
    bool begun;          /* JSON: the array's first element was read */
    struct row_csv *csv; /* NULL: another format */

    /* Mistakes are told to one of these. */
    struct arena *arena; /* for their excerpts; NULL: `fault` hears them */
    struct faults *faults;
    struct fault *fault;
    bool must_be_same;       /* as it was during the load */
    size_t told;             /* mistakes that have a place in the file */
    struct row_piece untold; /* the first one beyond LIMIT_ROW_FAULTS */

    int file;       /* -1: none */
    uint64_t start; /* of the block, in the file */
    size_t at, length;
    unsigned line;
    uint64_t line_start;
    /* The last place that was asked for: its column is not counted anew. */
    struct row_mark counted;
    unsigned counted_column;
    char block[ROW_BLOCK];
};

/* Makes the stream's next byte one of the block. False at the end of the file,
 * or, told, when that cannot be read or has changed. */
bool row_refill(struct row_stream *stream) NODISCARD;

/* The next byte, which stays the next one; -1 at the end. */
static inline int row_peek(struct row_stream *stream)
{
    if (stream->at == stream->length && !row_refill(stream))
        return -1;
    return (unsigned char)stream->block[stream->at];
}

/* Passes over the next `length` bytes of the block, among them no line feed. */
static inline void row_skip(struct row_stream *stream, size_t length)
{
    stream->at += length;
}

/* Passes over the next byte of the block, which is a line feed. */
static inline void row_break_line(struct row_stream *stream)
{
    stream->at++;
    stream->line++;
    stream->line_start = stream->start + stream->at;
}

/* Passes over that many bytes of the block, whatever they are. */
void row_pass(struct row_stream *stream, size_t length);

struct row_mark row_mark(const struct row_stream *stream);

/* From the mark up to the next byte. */
struct row_piece row_since(const struct row_stream *stream,
                           struct row_mark mark);

/* A byte order mark and the blanks behind it; false and told for UTF-16. */
bool row_begin_text(struct row_stream *stream) NODISCARD;
void row_skip_blanks(struct row_stream *stream);

/* Tells of a mistake. Always false. */
bool row_tell(struct row_stream *stream, struct row_piece piece,
              const char *format, ...) PRINTF_LIKE(3, 4);
/* Tells of the file as a whole. */
bool row_tell_file(struct row_stream *stream, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Tells how many mistakes were not told, if any. */
void row_tell_rest(struct row_stream *stream);

/* Where the mark is, without an excerpt. */
struct place row_place(struct row_stream *stream, struct row_mark mark);

/* Opens the file of these rows, not yet at its first row: row_stream_begin()
 * goes there. Needs rows_close(). NULL with errno set. */
struct row_stream *row_stream_open(const struct rows *rows);
bool row_stream_begin(struct row_stream *stream);
enum row_result row_stream_next(struct row_stream *stream, json_t **row);

/* Copies all that can be read from a file into one without a name, which is
 * returned; -1 with errno set. */
int row_spool(int file);

struct row_identity row_identify(int file);

/* What the rows of one test have in common, found row by row. Zeroed memory
 * with the first four set; a stream or an array's spot says where the rows come
 * from. */
struct row_check {
    struct arena *arena;
    struct faults *faults;
    struct row_stream *stream; /* NULL: inline */
    struct rows *rows;
    bool is_named; /* the names of fields were checked */

    const struct node *node; /* the row, where it is inline */
    struct arena scratch;    /* for one row */
    struct map known;        /* names of fields, to struct row_found */
    struct row_found **found;
    size_t found_count;
    size_t found_capacity;
    struct place first; /* of the first row */
    struct buffer name;
    uint64_t *hashes; /* of names so far; 0: free */
    size_t hash_count;
    size_t slot_count;
    struct row_twin *twins; /* rows whose name may be that of another one */
    size_t twin_count;
    size_t twins_untold;
    bool has_too_many;
};

/* Looks at the row that was read last, whose number is rows->count. */
void row_check_next(struct row_check *check, json_t *row);
/* After the last one: sets what is known of the rows. */
void row_check_end(struct row_check *check);

/* The part of rows_check.c that rows_name.c is. */
void row_check_name(struct row_check *check, json_t *row);
void row_check_twins(struct row_check *check);
/* Where a member of an inline row stands. */
struct spot row_check_spot(struct row_check *check, const char *key,
                           enum row_part part);
/* Tells of a member of the row that was read last. */
void row_check_tell(struct row_check *check, json_t *row, const char *key,
                    enum row_part part, const char *text);
