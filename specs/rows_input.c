/* The bytes of a file of rows, and the places of mistakes in it. A line is read
 * again when somebody must be told of it: that is rare, and so a stream need
 * not keep what it has passed. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/rows_stream.h"

enum {
    EXCERPT_REACH = 16 * 1024, /* no excerpt of what is further in its line */
    EXCERPT_BEHIND = 1024,     /* bytes that are shown behind a mistake */
};

/* Reads at that offset; 0 at the end, -1 with errno set. */
static ssize_t read_at(int file, char *bytes, size_t length, uint64_t offset)
{
    ssize_t count;

    do {
        count = pread(file, bytes, length, (off_t)offset);
    } while (count < 0 && errno == EINTR);
    return count;
}

struct row_identity row_identify(int file)
{
    struct stat status;

    if (fstat(file, &status) != 0)
        return (struct row_identity){0};
    return (struct row_identity){
        .device = status.st_dev,
        .node = status.st_ino,
        .size = status.st_size,
        .changed = status.st_mtim,
    };
}

static bool is_same_file(struct row_identity a, struct row_identity b)
{
    return a.device == b.device && a.node == b.node && a.size == b.size &&
           a.changed.tv_sec == b.changed.tv_sec &&
           a.changed.tv_nsec == b.changed.tv_nsec;
}

/* The load remembers what the run must find. */
static bool has_changed(const struct row_stream *stream)
{
    return stream->must_be_same && stream->rows->real &&
           !is_same_file(row_identify(stream->file), stream->rows->identity);
}

bool row_refill(struct row_stream *stream)
{
    ssize_t count;

    if (stream->is_over)
        return false;
    stream->start += stream->length;
    stream->at = stream->length = 0;
    if (has_changed(stream)) {
        stream->is_over = true;
        return row_tell_file(stream, "it has changed since its rows were "
                                     "checked");
    }
    count = read_at(stream->file, stream->block, ROW_BLOCK, stream->start);
    if (count < 0) {
        stream->is_over = true;
        return row_tell_file(stream, "the rows cannot be read: %m");
    }
    stream->length = (size_t)count;
    return count > 0;
}

void row_pass(struct row_stream *stream, size_t length)
{
    const char *at = stream->block + stream->at;
    const char *end = at + length;

    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        at++;
        stream->line++;
        stream->line_start = stream->start + (size_t)(at - stream->block);
    }
    stream->at += length;
}

struct row_mark row_mark(const struct row_stream *stream)
{
    return (struct row_mark){stream->start + stream->at, stream->line_start,
                             stream->line};
}

struct row_piece row_since(const struct row_stream *stream,
                           struct row_mark mark)
{
    return (struct row_piece){mark, stream->start + stream->at - mark.offset};
}

void row_skip_blanks(struct row_stream *stream)
{
    int byte;

    while ((byte = row_peek(stream)) >= 0 && strchr(" \t\r\n", byte) && byte)
        row_pass(stream, 1);
}

bool row_begin_text(struct row_stream *stream)
{
    (void)row_peek(stream);
    if (stream->length >= 2 && (memcmp(stream->block, "\xff\xfe", 2) == 0 ||
                                memcmp(stream->block, "\xfe\xff", 2) == 0))
        return row_tell_file(stream,
                             "the text is UTF-16; rows are written in UTF-8");
    if (stream->length >= 3 && memcmp(stream->block, "\xef\xbb\xbf", 3) == 0)
        stream->line_start = stream->at = 3;
    return !stream->is_over;
}

static unsigned count_characters(const char *text, size_t length)
{
    unsigned count = 0;

    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* Of all places of a line, each begins to count where the last one stopped. */
static unsigned column_of(struct row_stream *stream, struct row_mark mark)
{
    uint64_t from = mark.line_start;
    unsigned column = 1;
    char text[4096];

    if (stream->counted.line == mark.line &&
        stream->counted.offset <= mark.offset) {
        from = stream->counted.offset;
        column = stream->counted_column;
    }
    while (from < mark.offset) {
        size_t wanted = mark.offset - from;
        ssize_t count;

        wanted = wanted < sizeof(text) ? wanted : sizeof(text);
        count = read_at(stream->file, text, wanted, from);
        if (count <= 0)
            break;
        column += count_characters(text, (size_t)count);
        from += (size_t)count;
    }
    stream->counted = mark;
    stream->counted_column = column;
    return column;
}

struct place row_place(struct row_stream *stream, struct row_mark mark)
{
    return (struct place){
        .path = stream->rows->path,
        .line = mark.line,
        .column = column_of(stream, mark),
        .width = 1,
    };
}

/* The piece's line, as far as it is shown. */
static void add_excerpt(struct row_stream *stream, struct row_piece piece,
                        struct place *place)
{
    size_t before = piece.at.offset - piece.at.line_start;
    size_t most = before + EXCERPT_BEHIND, meant;
    char *text, *end;
    ssize_t count;

    if (before > EXCERPT_REACH)
        return;
    text = arena_take(stream->arena, most + 1);
    count = read_at(stream->file, text, most, piece.at.line_start);
    if (count < 0 || (size_t)count < before)
        return;
    end = memchr(text, '\n', (size_t)count);
    place->excerpt = text;
    place->excerpt_length = end ? (size_t)(end - text) : (size_t)count;
    if (end && end > text && end[-1] == '\r')
        place->excerpt_length--;
    if (place->excerpt_length <= before)
        return;
    meant = place->excerpt_length - before;
    meant = piece.length < meant ? piece.length : meant;
    place->width = count_characters(text + before, meant);
    if (!place->width) /* inside of a character */
        place->width = 1;
}

static bool tell(struct row_stream *stream, struct place place,
                 const char *text)
{
    if (stream->faults)
        return faults_add(stream->faults, place, "%s", text);
    return fault_raise(stream->fault, place, "%s", text);
}

bool row_tell(struct row_stream *stream, struct row_piece piece,
              const char *format, ...)
{
    char text[sizeof(((struct fault *)NULL)->text)];
    struct place place;
    va_list args;

    stream->told++;
    if (stream->told == LIMIT_ROW_FAULTS + 1)
        stream->untold = piece;
    if (stream->told > LIMIT_ROW_FAULTS)
        return false;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    place = row_place(stream, piece.at);
    if (stream->arena)
        add_excerpt(stream, piece, &place);
    return tell(stream, place, text);
}

bool row_tell_file(struct row_stream *stream, const char *format, ...)
{
    char text[sizeof(((struct fault *)NULL)->text)];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return tell(stream, (struct place){.path = stream->rows->path}, text);
}

void row_tell_rest(struct row_stream *stream)
{
    size_t rest;
    struct place place;

    if (!stream->untold.at.line)
        return;
    rest = stream->told - LIMIT_ROW_FAULTS;
    place = row_place(stream, stream->untold.at);
    faults_add(stream->faults, place,
               "here and behind, this file has %zu more mistake%s", rest,
               rest == 1 ? "" : "s");
}

static void finish_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

static bool copy_all(int from, FILE *to)
{
    CLEANUP(freep) char *block = must_alloc(ROW_BLOCK);
    ssize_t count;

    while ((count = read(from, block, ROW_BLOCK)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 || fwrite(block, 1, (size_t)count, to) < (size_t)count)
            return false;
    }
    return fflush(to) == 0;
}

int row_spool(int file)
{
    CLEANUP(finish_file) FILE *spool = tmpfile();

    if (!spool || !copy_all(file, spool))
        return -1;
    return fcntl(fileno(spool), F_DUPFD_CLOEXEC, 0);
}
