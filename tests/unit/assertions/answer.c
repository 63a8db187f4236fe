#include "tests/unit/assertions/answer.h"

static const struct header headers[] = {
    {"Content-Type", "application/json; charset=utf-8"},
    {"Set-Cookie", "session=old; Path=/"},
    {"set-cookie", "session=a=b; Path=/api ;Max-Age=60; Secure; SameSite=Lax"},
    {"Set-Cookie", " theme = dark ;HttpOnly; Expires=Wed, 21 Oct 2026"},
    {"X-Count", "12"},
    {"Location", "/todos/17"},
    {"X-Odd", "caf\xe9 \x1b[0m"},
    {"X-Empty", ""},
    {"Content-Length", "9007199254740993"},
};

static const char body[] =
    "{\"token\": \"abc\", \"n\": 18446744073709551615, \"items\": "
    "[{\"id\": 1, \"tag\": null}, {\"id\": 2, \"tag\": \"x\"}], \"ok\": true}";

void trial_answer_fully(struct trial *trial)
{
    trial_answer(trial, body);
    trial->response.headers = headers;
    trial->response.header_count = COUNT(headers);
    trial->response.wire_size = 50;
    trial->response.headers_size = 300;
    trial->response.body_size = 1500;
    trial->response.timings = (struct timings){
        .connect_ns = 250000,
        .first_byte_ns = 20 * NS_PER_MS,
        .total_ns = 712300000,
    };
    trial->response.url = "http://127.0.0.1:8080/todos";
    trial->response.ip = "127.0.0.1";
    trial->response.redirect_count = 1;
    trial->variables =
        json_pack("{s:s, s:i, s:s, s:[i,i], s:s, s:s, s:s, s:{}}", "type",
                  "json", "two", 2, "code", "200", "list", 200, 404, "dot",
                  "1.2", "late", "1s", "path", "items", "empty");
}
