#include "examples/api/answer.h"
#include "examples/api/limits.h"
#include "examples/api/pages.h"
#include "examples/api/service.h"
#include "examples/api/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/base/clock.h"

enum {
    BLOCK_BYTES = 128 * 1024, /* that libmicrohttpd asks for at a time */
    PERIOD = 251,             /* a prime, so that no lost block goes unseen */
    LINE_BYTES = 128,         /* no line or event is longer */
};

/* Prints one line or event; what snprintf() returns. */
typedef int printer(char *line, size_t room, uint64_t number);

/* Lines or events on their way to one client. */
struct stream {
    struct call *call;
    printer *print;
    uint64_t next;
    uint64_t count;
    int64_t pause_ns; /* between two of them */
    bool has_paused;
};

/* Byte number i is i modulo 251. */
static ssize_t read_bytes(void *data, uint64_t position, char *bytes,
                          size_t room)
{
    size_t filled = room < PERIOD ? room : PERIOD;

    (void)data;
    for (size_t i = 0; i < filled; i++)
        bytes[i] = (char)((position + i) % PERIOD);
    while (filled < room) {
        size_t more = filled < room - filled ? filled : room - filled;

        memcpy(bytes + filled, bytes, more); /* a multiple of the period */
        filled += more;
    }
    return (ssize_t)room;
}

enum MHD_Result bytes_page(struct call *call)
{
    struct MHD_Response *response;
    uint64_t count;

    if (!read_count(call->arguments[0], MOST_BYTES, &count))
        return answer_bad_argument(call, "a number of bytes up to 8 GiB");
    response = MHD_create_response_from_callback(count, BLOCK_BYTES, read_bytes,
                                                 NULL, NULL);
    response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                    "application/octet-stream");
    return answer(call, MHD_HTTP_OK, response);
}

/* 0 when there is no room for the next one. */
static size_t add_line(struct stream *stream, char *bytes, size_t room)
{
    char line[LINE_BYTES];
    size_t length = (size_t)stream->print(line, sizeof(line), stream->next);

    if (length > room)
        return 0;
    memcpy(bytes, line, length);
    stream->next++;
    stream->has_paused = false;
    return length;
}

/* Whole lines only, so that a chunk is never half an event. */
static ssize_t read_lines(void *data, uint64_t position, char *bytes,
                          size_t room)
{
    struct stream *stream = data;
    size_t filled = 0;

    (void)position;
    if (stream->next == stream->count)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream->pause_ns && stream->next && !stream->has_paused) {
        stream->has_paused = true;
        timers_sleep(&stream->call->service->timers, stream->call->connection,
                     clock_monotonic_ns() + stream->pause_ns);
        return 0;
    }
    while (stream->next < stream->count) {
        size_t length = add_line(stream, bytes + filled, room - filled);

        filled += length;
        if (!length || stream->pause_ns)
            break;
    }
    return (ssize_t)filled;
}

/* ?delay=SECONDS is the pause between two lines. */
static bool read_stream(struct call *call, struct stream *stream)
{
    const char *pause = call_query(call, "delay");

    return read_count(call->arguments[0], MOST_EVENTS, &stream->count) &&
           (!pause || text_seconds(pause, &stream->pause_ns));
}

static enum MHD_Result answer_stream(struct call *call, const char *type,
                                     printer *print)
{
    struct stream stream = {.call = call, .print = print};
    struct MHD_Response *response;
    struct stream *kept;

    if (!read_stream(call, &stream))
        return answer_bad_argument(
            call, "a number up to 1000000, and a delay up to 60");
    kept = must_alloc(sizeof(*kept));
    *kept = stream;
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES,
                                                 read_lines, kept, free);
    response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    return answer(call, MHD_HTTP_OK, response);
}

static int print_json_line(char *line, size_t room, uint64_t number)
{
    return snprintf(line, room, "{\"id\":%" PRIu64 ",\"square\":%" PRIu64 "}\n",
                    number, number * number);
}

enum MHD_Result stream_page(struct call *call)
{
    return answer_stream(call, "application/x-ndjson", print_json_line);
}

static int print_event(char *line, size_t room, uint64_t number)
{
    return snprintf(line, room,
                    "id: %" PRIu64 "\nevent: tick\ndata: {\"n\":%" PRIu64
                    "}\n\n",
                    number, number);
}

enum MHD_Result sse_page(struct call *call)
{
    return answer_stream(call, "text/event-stream", print_event);
}
