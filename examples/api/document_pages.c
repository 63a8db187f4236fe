#include "examples/api/answer.h"
#include "examples/api/pages.h"
#include "examples/api/pairs.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8 };

/* Something of every kind that JSON has, nested. */
static const char json_text[] =
    "{\"title\":\"The stores of the world\","
    "\"open\":true,\"closed\":false,\"owner\":null,"
    "\"rating\":4.75,\"founded\":1865,\"debt\":-12.5e3,"
    "\"greeting\":\"Grüße, 世界 🎈\","
    "\"tags\":[\"books\",\"maps\",\"ink\"],"
    "\"empty\":{\"list\":[],\"object\":{},\"text\":\"\"},"
    "\"matrix\":[[1,2,3],[4,5,6],[7,8,9]],"
    "\"books\":["
    "{\"id\":1,\"title\":\"Alice\",\"price\":8.95,\"stock\":3},"
    "{\"id\":2,\"title\":\"Snark\",\"price\":12.99,\"stock\":0},"
    "{\"id\":3,\"title\":\"Jabberwocky\",\"price\":5,\"stock\":null}]}";

static const char xml_text[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<shelf xmlns:p=\"urn:example:price\">\n"
    "  <book id=\"1\"><title>Alice</title><p:price>8.95</p:price></book>\n"
    "  <book id=\"2\"><title>Snark</title><p:price>12.99</p:price></book>\n"
    "</shelf>\n";

static const char html_text[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head><meta charset=\"utf-8\"><title>The shelf</title></head>\n"
    "<body><h1>The shelf</h1>\n"
    "<ul id=\"books\"><li class=\"book\">Alice</li>"
    "<li class=\"book\">Snark</li></ul>\n"
    "</body>\n"
    "</html>\n";

enum MHD_Result json_page(struct call *call)
{
    return answer(call, MHD_HTTP_OK,
                  response_of_text("application/json", json_text));
}

enum MHD_Result xml_page(struct call *call)
{
    return answer(call, MHD_HTTP_OK,
                  response_of_text("application/xml", xml_text));
}

enum MHD_Result html_page(struct call *call)
{
    return answer(call, MHD_HTTP_OK,
                  response_of_text("text/html; charset=utf-8", html_text));
}

/* RFC 9562, version 4: all random but six bits. */
enum MHD_Result uuid_page(struct call *call)
{
    unsigned char bytes[16];
    char text[37] = "";
    size_t length = 0;

    if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
        return answer_error(call, MHD_HTTP_INTERNAL_SERVER_ERROR,
                            "no random numbers");
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bool is_group_end = i == 3 || i == 5 || i == 7 || i == 9;

        length += (size_t)snprintf(text + length, sizeof(text) - length,
                                   is_group_end ? "%02x-" : "%02x", bytes[i]);
    }
    return answer_json(call, MHD_HTTP_OK, json_pack("{s:s}", "uuid", text));
}

/* NULL when zlib has no memory. The caller frees the bytes. */
static unsigned char *compress_text(char *text, size_t *length)
{
    z_stream stream = {0};
    unsigned char *bytes;

    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                     GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    *length = deflateBound(&stream, strlen(text));
    bytes = must_alloc(*length);
    stream.next_in = (unsigned char *)text; /* it is only read */
    stream.avail_in = (unsigned)strlen(text);
    stream.next_out = bytes;
    stream.avail_out = (unsigned)*length;
    deflate(&stream, Z_FINISH);
    *length = stream.total_out;
    deflateEnd(&stream);
    return bytes;
}

enum MHD_Result gzip_page(struct call *call)
{
    json_auto_t *document =
        json_pack("{s:b, s:s, s:o}", "gzipped", 1, "method", call->method,
                  "headers", pairs_of(call, MHD_HEADER_KIND));
    struct MHD_Response *response;
    unsigned char *bytes = NULL;
    char *text = json_dumps(document, JSON_COMPACT);
    size_t length;

    if (text)
        bytes = compress_text(text, &length);
    freep(&text);
    if (!bytes)
        return MHD_NO;
    response =
        MHD_create_response_from_buffer(length, bytes, MHD_RESPMEM_MUST_FREE);
    response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return answer(call, MHD_HTTP_OK, response);
}
