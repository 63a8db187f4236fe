/* The rows of data that a test is made for: `each` of a test, and --data.
 *
 * A file of rows is read twice, both times as a stream: once while the suites
 * are loaded, when every row is checked and let go, and once during the run,
 * when each row is read as its turn comes. So memory does not grow with the
 * number of rows, but for eight bytes of each row that has a `name`, and those
 * only during the load.
 *
 * A row is an object. Its members are variables of its copies of the test; the
 * member `name`, if there is one, also names these copies. What is read is what
 * is written: nothing fills the templates that stand in rows.
 *
 * Formats, by the ending of the file's name, or by the first character of what
 * comes from a pipe:
 *
 *   .csv             RFC 4180, and LF alone ends a line too. The first record
 *                    names the columns: `name`, or `name:type` with one of
 *                    boolean, integer, json, number, string. A cell without
 *                    text is "", and null in a column with another type.
 *   .json            an array of objects
 *   .ndjson, .jsonl  an object on each line; blank lines do not count */
#pragma once

#include <sys/types.h>

#include "specs/base/map.h"
#include "specs/json.h"
#include "specs/source.h"

/* Bytes of " [x] [0] [round 1]" behind the name of a test that has copies: the
 * name of a row and two numbers. */
enum { COPY_WORDS_MOST = 4 * LIMIT_ROW_NAME + 64 };

struct suite;

enum rows_kind {
    ROWS_INLINE, /* written in the suite */
    ROWS_CSV,
    ROWS_JSON,
    ROWS_NDJSON,
};

/* A name that rows have. */
struct row_field {
    const char *name;
    size_t row_count; /* rows that have it; rows->count: all of them */
    /* Where that is less: the first row without it, from 0, and its place
     * (without an excerpt). */
    size_t lacking;
    struct place lacking_at;
};

/* By what a file is known again. */
struct row_identity {
    dev_t device;
    ino_t node;
    off_t size;
    struct timespec changed;
};

/* What is kept of a test's rows. Lives in the plan's arena, frozen. */
struct rows {
    enum rows_kind kind;
    struct spot at;   /* of `each`; nowhere for --data */
    const char *path; /* as it is told, "-" for stdin; NULL: inline */
    size_t count;
    size_t field_count;
    const struct row_field *const *fields; /* in the order of first mention */
    /* Mistakes were told: rows and fields may be missing above, and nothing
     * should be told because of that. */
    bool is_broken;

    /* The rest is for rows*.c. */
    json_t *written;  /* inline rows: an array, the arena's */
    const char *real; /* what is opened; NULL: spool is read */
    int spool;        /* what came through a pipe, in a file without a name */
    struct row_identity identity;
};

/* What the tests of one load share: a file that several of them name is read
 * and checked once, and stdin can be read only once. Zeroed memory with the
 * arena, the faults and row_most (LIMIT_ROWS) set. */
struct row_files {
    struct arena *arena;
    struct faults *faults;
    size_t row_most;     /* rows that a test may have */
    bool is_stdin_taken; /* a suite is read from there */
    struct map known;    /* real paths, to struct rows */
};

/* The rows of `each` as written: an array, whose elements should be objects, or
 * a text: the path of a file below the suite's file root, or "-" for stdin; it
 * is known to be one of these two. Every mistake in them is told,
 * at most LIMIT_ROW_FAULTS of a file one by one. Never NULL; see is_broken. */
const struct rows *rows_read(struct row_files *files, const struct suite *suite,
                             const struct node *each) NODISCARD;

/* The same of a path on the command line, relative to the working folder and
 * anywhere; it may lead to a pipe. */
const struct rows *rows_read_path(struct row_files *files,
                                  const char *path) NODISCARD;

/* What was read stays. */
void row_files_finish(struct row_files *files);

/* NULL where no row has such a field. */
const struct row_field *rows_field(const struct rows *rows, const char *name);

/* What is wrong with the name of a field, in words; NULL when nothing is. */
const char *row_field_trouble(const char *name);

struct row_stream;

/* From the first row on. Streams of the same rows know nothing of each other.
 * NULL with the fault raised when the file is gone or has changed since the
 * load. Close it either way. */
struct row_stream *rows_open(const struct rows *rows,
                             struct fault *fault) NODISCARD;

/* The next row, a new reference. NULL at the end, or with the fault raised:
 * the file changed since the load, or cannot be read; no row comes after. */
json_t *rows_next(struct row_stream *stream, struct fault *fault) NODISCARD;

/* NULL is closed already. */
void rows_close(struct row_stream *stream);

/* What is told between the brackets of "name [row 1]": the row's `name`, or its
 * number, which counts from 0 here and from 1 there. In the arena. */
const char *rows_copy_name(struct arena *arena, size_t number,
                           const json_t *row);
