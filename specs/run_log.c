/* A log may be larger than memory, so no more than one line of it is held. */
#include "specs/run_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "specs/paths.h"

enum { DEPTH = 32 };

struct log_reader {
    const char *path;
    log_hear *hear;
    void *listener;
    struct fault *fault;
    struct buffer line;
    unsigned number; /* of the line */
    bool has_begun;
};

static bool refuse(struct log_reader *reader, const char *why)
{
    const struct place at = {reader->path, reader->number, 1, 0, NULL, 0};

    return fault_raise(reader->fault, at, "%s", why);
}

/* With `may_be_cut` a line that is no event is passed over. */
static bool hear_line(struct log_reader *reader, bool may_be_cut)
{
    struct json_trouble trouble;
    json_auto_t *members = json_read(buffer_text(&reader->line),
                                     reader->line.length, DEPTH, 0, &trouble);
    const struct log_event event = {
        .at = {reader->path, reader->number, 1, 0, NULL, 0},
        .kind = json_string_value(json_object_get(members, "event")),
        .members = members,
    };

    if (!event.kind)
        return may_be_cut || refuse(reader, "this is no event of a run");
    reader->has_begun |= strcmp(event.kind, "run_started") == 0;
    return reader->hear(reader->listener, &event, reader->fault);
}

/* Cuts a piece of the file into lines; the last one may go on in the next. */
static bool take(struct log_reader *reader, const char *bytes, size_t length)
{
    while (length) {
        const char *end = memchr(bytes, '\n', length);
        size_t part = end ? (size_t)(end - bytes) : length;

        if (!buffer_add(&reader->line, bytes, part))
            return refuse(reader, "the line is too long");
        if (!end)
            break;
        if (!hear_line(reader, false))
            return false;
        buffer_clear(&reader->line);
        reader->number++;
        bytes = end + 1;
        length -= part + 1;
    }
    return true;
}

static bool read_lines(struct log_reader *reader, int file)
{
    char block[1 << 14];
    ssize_t length;

    while ((length = read(file, block, sizeof(block))) > 0) {
        if (!take(reader, block, (size_t)length))
            return false;
    }
    if (length < 0)
        return refuse(reader, path_trouble(errno));
    if (reader->line.length && !hear_line(reader, reader->number > 1))
        return false;
    return reader->has_begun || refuse(reader, "no run begins in this log");
}

bool run_log_read(const char *path, log_hear *hear, void *listener,
                  struct fault *fault)
{
    struct log_reader reader = {
        .path = path,
        .hear = hear,
        .listener = listener,
        .fault = fault,
        .line = buffer_with_ceiling(LIMIT_LAST_RUN),
        .number = 1,
    };
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read;

    if (file < 0)
        return fault_raise(fault, (struct place){.path = path}, "%s",
                           path_trouble(errno));
    is_read = read_lines(&reader, file);
    buffer_finish(&reader.line);
    close(file);
    return is_read;
}
