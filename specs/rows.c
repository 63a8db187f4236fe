#include "specs/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/paths.h"
#include "specs/rows_stream.h"

#define TOO_MANY_ROWS "a test has at most %zu rows"

static const char KINDS_OF_FILES[] = ".csv, .json, .ndjson or .jsonl";

static const struct ending {
    const char *text;
    enum rows_kind kind;
} endings[] = {
    {".csv", ROWS_CSV},
    {".json", ROWS_JSON},
    {".jsonl", ROWS_NDJSON},
    {".ndjson", ROWS_NDJSON},
};

/* False where the path does not tell. */
static bool kind_of_path(const char *path, enum rows_kind *kind)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t ending = strlen(endings[i].text);

        if (length > ending &&
            strcasecmp(path + length - ending, endings[i].text) == 0) {
            *kind = endings[i].kind;
            return true;
        }
    }
    return false;
}

/* The first character that is not blank tells what came through a pipe. */
static enum rows_kind kind_of_text(const struct rows *rows)
{
    struct row_stream *stream = row_stream_open(rows);
    struct fault unheard = {0};
    int first = -1;

    if (stream) {
        stream->fault = &unheard;
        if (row_begin_text(stream)) {
            row_skip_blanks(stream);
            first = row_peek(stream);
        }
        rows_close(stream);
    }
    if (first == '[')
        return ROWS_JSON;
    return first == '{' ? ROWS_NDJSON : ROWS_CSV;
}

/* Reads all of the file; the last thing before the check's end. */
static void check_all(struct row_files *files, struct row_check *check)
{
    struct row_stream *stream = check->stream;
    struct rows *rows = check->rows;
    enum row_result result = ROW_READ;
    json_t *row;

    if (!row_stream_begin(stream))
        return;
    while ((result = row_stream_next(stream, &row)) != ROW_END) {
        if (result == ROW_READ && rows->count < files->row_most)
            row_check_next(check, row);
        else if (result == ROW_READ) {
            stream->is_over =
                !row_tell(stream, (struct row_piece){stream->row, 1},
                          TOO_MANY_ROWS, files->row_most);
        }
        json_decref(row);
    }
}

static void check_file(struct row_files *files, struct rows *rows)
{
    struct row_stream *stream = row_stream_open(rows);
    struct row_check check = {
        .arena = files->arena,
        .faults = files->faults,
        .stream = stream,
        .rows = rows,
        .is_named = rows->kind == ROWS_CSV,
    };
    size_t told = files->faults->total;

    if (!stream) {
        faults_add(files->faults, (struct place){.path = rows->path}, "%s",
                   path_trouble(errno));
        rows->is_broken = true;
        return;
    }
    stream->arena = files->arena;
    stream->faults = files->faults;
    if (rows->real)
        rows->identity = row_identify(stream->file);
    check_all(files, &check);
    row_check_end(&check);
    row_tell_rest(stream);
    if (!rows->count && files->faults->total == told)
        row_tell_file(stream, "there are no rows in it");
    rows->is_broken = files->faults->total > told;
    rows_close(stream);
}

static void close_spool(void *item)
{
    const struct rows *rows = item;

    close(rows->spool);
}

/* Moves what comes out of a pipe to where it can be read again. */
static void spool_file(struct row_files *files, struct rows *rows, int file)
{
    rows->spool = row_spool(file);
    if (rows->spool < 0) {
        rows->is_broken = true;
        faults_add(files->faults, (struct place){.path = rows->path},
                   "the rows cannot be kept in a temporary file: %m");
        return;
    }
    arena_own(files->arena, rows, close_spool);
    rows->kind = kind_of_text(rows);
    check_file(files, rows);
}

static struct rows *rows_new(struct row_files *files, const char *path)
{
    struct rows *rows = arena_take(files->arena, sizeof(*rows));

    rows->path = path;
    rows->spool = -1;
    return rows;
}

static struct rows *read_stdin(struct row_files *files)
{
    struct rows *rows = rows_new(files, "-");

    if (files->is_stdin_taken) {
        rows->is_broken = true;
        faults_add(files->faults, (struct place){.path = "-"},
                   "the standard input holds a suite, and so no rows");
    } else {
        spool_file(files, rows, STDIN_FILENO);
    }
    map_set(&files->known, "-", rows);
    return rows;
}

/* A file that is a regular one. */
static struct rows *read_regular(struct row_files *files, const char *path,
                                 const char *real)
{
    struct rows *rows = rows_new(files, path);

    rows->real = real;
    map_set(&files->known, real, rows);
    if (kind_of_path(path, &rows->kind)) {
        check_file(files, rows);
    } else {
        rows->is_broken = true;
        faults_add(files->faults, (struct place){.path = path},
                   "a file of rows is named %s", KINDS_OF_FILES);
    }
    return rows;
}

static const struct rows *rows_broken(struct row_files *files)
{
    struct rows *rows = rows_new(files, NULL);

    rows->is_broken = true;
    return rows;
}

/* The path as a user of the suite would write it. */
static const char *told_path(struct row_files *files, const struct suite *suite,
                             const char *path)
{
    const char *slash = strrchr(suite->path, '/');

    if (*path == '/' || !slash)
        return path_clean(files->arena, path);
    return path_clean(files->arena, arena_print(files->arena, "%.*s/%s",
                                                (int)(slash - suite->path),
                                                suite->path, path));
}

/* What is wrong with a path is told where it is written. */
static struct rows *read_path_of(struct row_files *files,
                                 const struct suite *suite,
                                 const struct node *each)
{
    const char *path = json_string_value(each->json);
    struct fault fault = {0};
    enum rows_kind kind;
    const char *real;
    struct rows *known;

    if (strcmp(path, "-") == 0) {
        known = map_find(&files->known, "-");
        return known ? known : read_stdin(files);
    }
    if (strstr(path, "{{")) {
        node_fault(files->faults, each,
                   "rows are read before anything is filled in, so that their "
                   "path holds no templates");
        return NULL;
    }
    if (!kind_of_path(path, &kind)) {
        node_fault(
            files->faults, each,
            "a file of rows is named %s, or \"-\" for the standard input",
            KINDS_OF_FILES);
        return NULL;
    }
    real = suite_file(suite, files->arena, path, &fault);
    if (!real) {
        node_fault(files->faults, each, "%s", fault.text);
        return NULL;
    }
    known = map_find(&files->known, real);
    return known ? known
                 : read_regular(files, told_path(files, suite, path), real);
}

static void check_elements(struct row_files *files, struct row_check *check,
                           const struct node *each)
{
    struct arena scratch = {0};
    struct nodes nodes = node_elements(&scratch, each);

    for (size_t i = 0; i < nodes.count; i++) {
        const struct node *node = &nodes.list[i];

        check->node = node;
        if (!json_is_object(node->json)) {
            node_fault(check->faults, node, "a row is an object, not %s",
                       json_kind_words(node->json));
        } else if (check->rows->count < files->row_most) {
            row_check_next(check, node->json);
        } else {
            node_fault(check->faults, node, TOO_MANY_ROWS, files->row_most);
            break;
        }
    }
    arena_finish(&scratch);
}

static const struct rows *read_inline(struct row_files *files,
                                      const struct node *each)
{
    struct rows *rows = rows_new(files, NULL);
    size_t told = files->faults->total;
    struct row_check check = {
        .arena = files->arena, .faults = files->faults, .rows = rows};

    rows->kind = ROWS_INLINE;
    rows->at = each->at;
    rows->written = json_hold(files->arena, each->json);
    check_elements(files, &check, each);
    row_check_end(&check);
    if (!json_array_size(each->json))
        node_fault(files->faults, each, "there are no rows in it");
    rows->is_broken = files->faults->total > told;
    return rows;
}

const struct rows *rows_read(struct row_files *files, const struct suite *suite,
                             const struct node *each)
{
    const struct rows *known;
    struct rows *rows;

    if (json_is_array(each->json))
        return read_inline(files, each);
    known = read_path_of(files, suite, each);
    if (!known)
        return rows_broken(files);
    rows = arena_take(files->arena, sizeof(*rows));
    *rows = *known;
    rows->at = each->at;
    return rows;
}

static struct rows *read_any(struct row_files *files, const char *path,
                             int file)
{
    char *real = realpath(path, NULL);
    const char *kept = arena_copy(files->arena, real ? real : path);
    struct rows *rows = map_find(&files->known, kept);
    struct stat status;

    free(real);
    if (rows)
        return rows;
    path = arena_copy(files->arena, path);
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        return read_regular(files, path, kept);
    rows = rows_new(files, path);
    spool_file(files, rows, file);
    map_set(&files->known, kept, rows);
    return rows;
}

const struct rows *rows_read_path(struct row_files *files, const char *path)
{
    const struct rows *rows = map_find(&files->known, path);
    int file;

    if (rows)
        return rows;
    if (strcmp(path, "-") == 0)
        return read_stdin(files);
    file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        faults_add(files->faults, (struct place){.path = path}, "%s",
                   path_trouble(errno));
        return rows_broken(files);
    }
    rows = read_any(files, path, file);
    close(file);
    return rows;
}

void row_files_finish(struct row_files *files)
{
    map_finish(&files->known);
}
