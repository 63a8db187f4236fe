#include "tests/server/misdeeds.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "specs/base/clock.h"

enum {
    BLOCK_BYTES = 64 * 1024,
    MOST_DEPTH = 1000000,
    BOMB_PIECE_BYTES = 1 << 20,
    BOMB_PIECES = 1024, /* together 1 GiB */
    RAW_DEFLATE = -15,  /* no header and no sum: both are written here */
    DEFLATE_MEMORY = 8,
};

bool send_endless_body(struct visit *visit)
{
    int64_t end_ns = clock_monotonic_ns() + VISIT_LONGEST_MS * NS_PER_MS;
    char *block = must_alloc(BLOCK_BYTES);
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\n"
                               "Content-Type: text/plain\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n");

    memset(block, 'e', BLOCK_BYTES);
    while (is_heard && clock_monotonic_ns() < end_ns)
        is_heard = say(visit, "10000\r\n") &&
                   say_bytes(visit, block, BLOCK_BYTES) && say(visit, "\r\n");
    free(block);
    return false;
}

/* A piece that ends in a full flush stands for itself, so that one may be sent
 * again and again. The caller frees the bytes. */
static unsigned char *compress_zeros(size_t *length, uLong *sum)
{
    z_stream stream = {0};
    unsigned char *zeros = must_alloc(BOMB_PIECE_BYTES);
    unsigned char *bytes;

    *length = 0;
    *sum = crc32(0, zeros, BOMB_PIECE_BYTES);
    bytes = must_alloc(BOMB_PIECE_BYTES);
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_DEFLATE,
                     DEFLATE_MEMORY, Z_DEFAULT_STRATEGY) == Z_OK) {
        stream.next_in = zeros;
        stream.avail_in = BOMB_PIECE_BYTES;
        stream.next_out = bytes;
        stream.avail_out = BOMB_PIECE_BYTES;
        deflate(&stream, Z_FULL_FLUSH);
        *length = stream.total_out;
        deflateEnd(&stream);
    }
    free(zeros);
    return bytes;
}

/* RFC 1952, section 2.3.1: an empty last block, then the sum and the length,
 * lowest byte first. */
static bool say_gzip_end(struct visit *visit, uLong sum)
{
    unsigned long length = (unsigned long)BOMB_PIECE_BYTES * BOMB_PIECES;
    char end[10] = {3, 0};

    for (int i = 0; i < 4; i++) {
        end[2 + i] = (char)(sum >> 8 * i);
        end[6 + i] = (char)(length >> 8 * i);
    }
    return say_bytes(visit, end, sizeof(end));
}

bool send_bomb(struct visit *visit)
{
    static const char begin[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
    size_t length;
    uLong piece_sum;
    uLong sum = 0;
    unsigned char *piece = compress_zeros(&length, &piece_sum);
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\n"
                               "Content-Type: application/json\r\n"
                               "Content-Encoding: gzip\r\n"
                               "Connection: close\r\n\r\n") &&
                    say_bytes(visit, begin, sizeof(begin) - 1);

    for (int i = 0; is_heard && i < BOMB_PIECES; i++) {
        is_heard = say_bytes(visit, (const char *)piece, length);
        sum = crc32_combine(sum, piece_sum, BOMB_PIECE_BYTES);
    }
    if (is_heard)
        say_gzip_end(visit, sum);
    free(piece);
    return false;
}

bool send_gzip_garbage(struct visit *visit)
{
    return say_answer(visit, "200 OK",
                      "Content-Type: application/json\r\n"
                      "Content-Encoding: gzip\r\n",
                      "{\"compressed\":\"not at all\"}");
}

/* Clears the screen, retitles the window, rings the bell, and worse. */
bool send_control_bytes(struct visit *visit)
{
    static const char body[] =
        "\033[2J\033]0;owned\007bell\007nul\000back\010\177"
        "\23331m\001\002\033[0m end of it\n";

    return say_format(
               visit,
               "HTTP/1.1 200 OK\r\n"
               "Content-Type: text/plain\r\n"
               "X-Control: a\033[31mred\033[0m\007\010\001\177\2332Jz\r\n"
               "Content-Length: %zu\r\n\r\n",
               sizeof(body) - 1) &&
           say_bytes(visit, body, sizeof(body) - 1);
}

bool send_no_json(struct visit *visit)
{
    return say_json(visit, "<html><body>this is not JSON</body></html>");
}

bool send_deep_json(struct visit *visit)
{
    uint64_t depth = visit_number(visit, MOST_DEPTH);
    char *text = must_alloc(2 * depth + 1);
    bool is_heard = say_format(visit,
                               "HTTP/1.1 200 OK\r\n"
                               "Content-Type: application/json\r\n"
                               "Content-Length: %zu\r\n\r\n",
                               (size_t)(2 * depth));

    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    is_heard = is_heard && say_bytes(visit, text, 2 * depth);
    free(text);
    return is_heard;
}

bool send_big_numbers(struct visit *visit)
{
    return say_json(visit, "{\"unsigned\":18446744073709551615,"
                           "\"past\":18446744073709551616,"
                           "\"huge\":1e400,"
                           "\"long\":1234567890123456789012345678901234567890,"
                           "\"small\":1}");
}

bool send_byte_order_mark(struct visit *visit)
{
    return say_json(visit, "\xef\xbb\xbf{\"bom\":true}");
}

bool send_latin1(struct visit *visit)
{
    return say_answer(visit, "200 OK",
                      "Content-Type: text/plain; charset=iso-8859-1\r\n",
                      "caf\xe9 na\xefve\n");
}

bool send_invalid_utf8(struct visit *visit)
{
    return say_json(visit, "{\"text\":\"\xff\xfe \xc3( \xed\xa0\x80\"}");
}
