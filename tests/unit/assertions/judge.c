/* What `expect` and `capture` say of a whole answer. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/json.h"

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

static void answer(struct trial *trial)
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

struct row {
    const char *expect, *messages; /* NULL: all hold */
};

static void judge_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trial trial;
        char spec[1024];

        snprintf(spec, sizeof(spec), "{\"expect\": %s}", rows[i].expect);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), "");
        answer(&trial);
        trial_judge(&trial);
        ck_assert_msg(strcmp(trial_messages(&trial),
                             rows[i].messages ? rows[i].messages : "") == 0,
                      "%s:\n  said   %s\n  wanted %s", rows[i].expect,
                      trial_messages(&trial), rows[i].messages);
        trial_finish(&trial);
    }
}

START_TEST(statuses_are_judged)
{
    static const struct {
        const char *expect, *message; /* NULL: it holds */
        long status;
    } rows[] = {
        {"{}", NULL, 204},
        {"{}", "status: expected 2xx, got 404", 404},
        {"{\"status\": 200}", NULL, 200},
        {"{\"status\": 200.0}", NULL, 200},
        {"{\"status\": 200}", "status: expected 200, got 404", 404},
        {"{\"status\": [200, 201]}", NULL, 201},
        {"{\"status\": [200, 201]}", "status: expected 200 or 201, got 202",
         202},
        {"{\"status\": [200, \"4xx\"]}", NULL, 404},
        {"{\"status\": \"3xx\"}", NULL, 304},
        {"{\"status\": \"3XX\"}", "status: expected 3XX, got 400", 400},
        {"{\"status\": \"any\"}", NULL, 599},
        {"{\"status\": {\"gte\": 200, \"lt\": 300}}", NULL, 299},
        {"{\"status\": {\"gte\": 200, \"lt\": 300}}",
         "status: expected less than 300, got 300", 300},
        {"{\"status\": {\"not\": \"5xx\"}}", NULL, 404},
        {"{\"status\": {\"not\": \"5xx\"}}",
         "status: expected not 5xx, got 503", 503},
        {"{\"status\": {\"in\": [200, \"3xx\"]}}", NULL, 301},
        {"{\"status\": {\"between\": [200, 299]}}",
         "status: expected from 200 to 299, got 300", 300},
        {"{\"status\": \"{{code}}\"}", NULL, 200},
        {"{\"status\": \"{{code}}\"}", "status: expected 200, got 201", 201},
        {"{\"status\": {\"in\": \"{{list}}\"}}", NULL, 404},
        {"{\"status\": {\"in\": \"{{list}}\"}}",
         "status: expected one of [200,404], got 201", 201},
        {"{\"status\": {\"type\": \"integer\"}}", NULL, 200},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": %s}", rows[i].expect);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), "");
        answer(&trial);
        trial.response.status = rows[i].status;
        trial_judge(&trial);
        ck_assert_str_eq(trial_messages(&trial),
                         rows[i].message ? rows[i].message : "");
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(headers_and_cookies_are_judged)
{
    static const struct row rows[] = {
        {"{\"headers\": {\"content-type\": {\"contains\": \"json\"}}}", NULL},
        {"{\"headers\": {\"CONTENT-TYPE\": {\"contains\": \"xml\"}}}",
         "header CONTENT-TYPE: expected containing \"xml\", got "
         "\"application/json; charset=utf-8\""},
        {"{\"headers\": {\"x-none\": {\"exists\": false}}}", NULL},
        {"{\"headers\": {\"x-none\": \"a\"}}",
         "header x-none: nothing there, expected \"a\""},
        {"{\"headers\": {\"x-count\": {\"exists\": false}}}",
         "header x-count: expected nothing there, got \"12\""},
        {"{\"headers\": {\"set-cookie\": {\"starts_with\": \"session=a\"}}}",
         NULL},
        {"{\"headers\": {\"set-cookie\": \"x\"}}",
         "header set-cookie: expected \"x\", got \"session=old; Path=/\" and "
         "\"session=a=b; Path=/api ;Max-Age=60; Secure; SameSite=Lax\" and "
         "\" theme = dark ;HttpOnly; Expires=Wed, 21 Oct 2026\""},
        {"{\"headers\": {\"x-count\": 12, \"x-empty\": \"\"}}", NULL},
        {"{\"headers\": {\"x-count\": {\"gt\": 9, \"lt\": 12.5}}}", NULL},
        {"{\"headers\": {\"x-count\": {\"between\": [1, 12]}}}", NULL},
        {"{\"headers\": {\"x-count\": {\"gt\": 12}}}",
         "header x-count: expected greater than 12, got \"12\""},
        {"{\"headers\": {\"location\": {\"gt\": 12}}}",
         "header location: expected greater than 12, got \"/todos/17\""},
        {"{\"headers\": {\"content-length\": 9007199254740992}}",
         "header content-length: expected 9007199254740992, got "
         "\"9007199254740993\""},
        {"{\"headers\": {\"x-empty\": {\"empty\": true}}}", NULL},
        {"{\"headers\": {\"x-odd\": \"cafe\"}}",
         "header x-odd: expected \"cafe\", got \"caf\\xe9 \\u001b[0m\""},
        {"{\"headers\": {\"location\": {\"matches\": \"^/todos/\\\\d+$\"}}}",
         NULL},
        {"{\"headers\": {\"location\": {\"matches\": \"^{{dot}}$\"}}}",
         "header location: expected matching /^\\Q1.2\\E$/, got "
         "\"/todos/17\""},
        {"{\"headers\": {\"content-type\": {\"contains\": \"{{type}}\"}}}",
         NULL},
        {"{\"cookies\": {\"session\": \"a=b\", \"theme\": \"dark\"}}", NULL},
        {"{\"cookies\": {\"session.secure\": {\"exists\": true}, "
         "\"session.httponly\": {\"exists\": false}}}",
         NULL},
        {"{\"cookies\": {\"session.httponly\": {\"exists\": true}}}",
         "cookie session.httponly: expected something there, got false"},
        {"{\"cookies\": {\"session.path\": \"/api\", \"session.max-age\": "
         "{\"lte\": 60}, \"session.secure\": true, \"session.httponly\": "
         "false, \"session.samesite\": \"Lax\", \"session.value\": \"a=b\"}}",
         NULL},
        {"{\"cookies\": {\"theme.httponly\": true, \"theme.expires\": "
         "{\"contains\": \"2026\"}, \"theme.domain\": {\"exists\": false}}}",
         NULL},
        {"{\"cookies\": {\"session\": \"x\", \"none\": \"y\", "
         "\"theme.secure\": true}}",
         "cookie session: expected \"x\", got \"a=b\"\n"
         "cookie none: nothing there, expected \"y\"\n"
         "cookie theme.secure: expected true, got false"},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(bodies_are_judged)
{
    static const struct row rows[] = {
        {"{\"json\": {\"$.token\": \"abc\", \"$.items[*].id\": [1, 2]}}", NULL},
        {"{\"json\": {\"includes\": {\"ok\": true}}}", NULL},
        {"{\"json\": {\"$\": {\"includes\": {\"ok\": false}}}}",
         "json $.ok: expected false, got true"},
        {"{\"json\": {\"includes\": {\"ok\": false}}}",
         "json $.ok: expected false, got true"},
        {"{\"json\": {\"$.none\": 1, \"$.token\": \"abd\"}}",
         "json $.none: nothing there, expected 1\n"
         "json $.token: expected \"abd\", got \"abc\""},
        {"{\"json\": {\"$.n\": 18446744073709551615}}", NULL},
        {"{\"json\": {\"$.n\": 18446744073709551614}}",
         "json $.n: expected 18446744073709551614, got 18446744073709551615"},
        {"{\"json\": {\"$.items[-1].tag\": \"y\"}}",
         "json $.items[1].tag: expected \"y\", got \"x\""},
        {"{\"json\": [1]}", "json $: expected [1], got {\"token\":\"abc\",\"n\""
                            ":18446744073709551615,\"items\":[{\"id\":1,\"tag"
                            "\":null},{\"id\":2,\"tag\":\"x\"}],\"ok\":true}"},
        {"{\"json\": {\"$.items[0].id\": \"{{two}}\"}}",
         "json $.items[0].id: expected 2, got 1"},
        {"{\"json\": {\"$.items[1].id\": \"{{two}}\"}}", NULL},
        {"{\"json\": {\"$.items[1].id\": {\"in\": [1, \"{{two}}\"]}}}", NULL},
        {"{\"json\": {\"$.items[1]\": {\"includes\": {\"id\": "
         "\"{{two}}\"}}}}",
         NULL},
        {"{\"json\": {\"$.token\": \"{{empty.x}}\"}}",
         "json: \"empty\" has no \"x\", it is empty"},
        {"{\"json\": {\"$.token\": {\"not\": \"{{empty.x}}\"}}}",
         "json: \"empty\" has no \"x\", it is empty"},
        {"{\"body\": {\"contains\": \"token\", \"matches\": \"abc\"}}", NULL},
        {"{\"body\": {\"length\": 5}}",
         "body: expected a length of 5, got 113"},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(measures_are_judged)
{
    static const struct row rows[] = {
        {"{\"time\": {\"total\": {\"lt\": \"1s\"}, \"connect\": {\"gt\": "
         "\"200us\"}, \"tls\": 0, \"dns\": {\"lte\": 0}, \"first_byte\": "
         "20}}",
         NULL},
        {"{\"time\": {\"total\": {\"lt\": \"500ms\"}}}",
         "time total: expected less than 500ms, got 712.3ms"},
        {"{\"time\": {\"total\": {\"lt\": 500}}}",
         "time total: expected less than 500ms, got 712.3ms"},
        {"{\"time\": {\"total\": {\"gt\": \"1.5s\"}}}",
         "time total: expected greater than 1.5s, got 712.3ms"},
        {"{\"time\": {\"connect\": {\"between\": [1, \"2s\"]}}}",
         "time connect: expected from 1ms to 2s, got 250us"},
        {"{\"time\": {\"total\": {\"lt\": \"{{late}}\"}}}", NULL},
        {"{\"time\": {\"total\": {\"lt\": \"{{type}}\"}}}",
         "time total: a duration is a text like \"500ms\", or a number of "
         "milliseconds"},
        {"{\"size\": {\"body\": \"1.5kB\", \"headers\": 300, \"wire\": "
         "{\"lt\": \"1KiB\"}}}",
         NULL},
        {"{\"size\": {\"body\": {\"gte\": \"10MB\"}}}",
         "size body: expected at least 10MB, got 1500 bytes"},
        {"{\"size\": {\"wire\": 1}}",
         "size wire: expected 1 byte, got 50 bytes"},
        {"{\"redirects\": 1, \"ip\": \"127.0.0.1\", \"http\": \"1.1\", "
         "\"url\": {\"ends_with\": \"/todos\"}}",
         NULL},
        {"{\"redirects\": {\"lt\": 1}, \"http\": \"2\"}",
         "redirects: expected less than 1, got 1\n"
         "http: expected \"2\", got \"1.1\""},
        {"{\"error\": \"timeout\"}",
         "error: expected timeout, got an answer with status 200"},
        {"{\"error\": {\"exists\": false}}", NULL},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(no_answer_is_judged_by_its_name)
{
    static const struct {
        const char *expect;
        enum arrival arrival;
        const char *trouble, *message; /* NULL: it holds */
        enum verdict_kind kind;
    } rows[] = {
        {"{}", ARRIVAL_CONNECT, "connection refused",
         "connect: connection refused", VERDICT_TRANSPORT},
        {"{\"status\": \"any\"}", ARRIVAL_DNS, NULL, "dns: no answer",
         VERDICT_TRANSPORT},
        {"{\"json\": {\"$.a\": 1}}", ARRIVAL_TIMEOUT,
         "no answer\nwithin 5 s \xff", "timeout: no answer\\nwithin 5 s \\xff",
         VERDICT_TIMEOUT},
        {"{\"error\": \"timeout\"}", ARRIVAL_TIMEOUT, "late", NULL, 0},
        {"{\"error\": [\"dns\", \"connect\"]}", ARRIVAL_CONNECT, "no", NULL, 0},
        {"{\"error\": {\"not\": \"tls\"}}", ARRIVAL_CONNECT, "no", NULL, 0},
        {"{\"error\": {\"starts_with\": \"t\"}}", ARRIVAL_TLS, "no", NULL, 0},
        {"{\"error\": {\"exists\": true}}", ARRIVAL_RESET, "no", NULL, 0},
        {"{\"error\": \"tls\"}", ARRIVAL_CONNECT, "no",
         "error: expected tls, got connect", VERDICT_ASSERTION},
        {"{\"error\": [\"dns\", \"tls\"]}", ARRIVAL_CONNECT, "no",
         "error: expected dns or tls, got connect", VERDICT_ASSERTION},
        {"{\"error\": \"timeout\", \"time\": {\"total\": {\"lt\": 1}}}",
         ARRIVAL_TIMEOUT, "late",
         "time total: expected less than 1ms, got 712.3ms", VERDICT_ASSERTION},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": %s}", rows[i].expect);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), "");
        answer(&trial);
        trial.response.arrival = rows[i].arrival;
        trial.response.trouble = rows[i].trouble;
        trial_judge(&trial);
        ck_assert_str_eq(trial_messages(&trial),
                         rows[i].message ? rows[i].message : "");
        if (rows[i].message)
            ck_assert_int_eq(trial.judged.verdicts[0].kind, rows[i].kind);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(arrivals_have_names)
{
    for (int i = ARRIVED; i <= ARRIVAL_INTERRUPTED; i++) {
        enum arrival arrival;

        ck_assert(arrival_find(arrival_name((enum arrival)i), &arrival));
        ck_assert_int_eq(arrival, i);
    }
}
END_TEST

START_TEST(what_is_no_json_is_told_once)
{
    static const struct {
        const char *body, *message;
    } rows[] = {
        {"", "json: the body is empty, not JSON"},
        {"<html>\n",
         "json: the body is not JSON: this is not JSON at line 1, column 1; "
         "its type is text/html; it begins \"<html>\\n\""},
        {"{\"a\":\n  \"\xc3\xa4\" x}",
         "json: the body is not JSON: \",\" or \"}\" is expected here at line 2, "
         "column 7; its type is text/html; it begins \"{\\\"a\\\":\\n  "
         "\\\"\xc3\xa4\\\" x}\""},
    };
    static const struct header type[] = {{"content-type", "text/html"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_compile(&trial, "{\"expect\": {\"json\": {\"$.a\": 1, \"$.b\": "
                              "2}, \"headers\": {\"x\": \"y\"}}}");
        trial_answer(&trial, rows[i].body);
        trial.response.headers = type;
        trial.response.header_count = 1;
        trial_judge(&trial);
        ck_assert_uint_eq(trial.judged.verdict_count, 2);
        ck_assert_uint_eq(trial.judged.check_count, 4);
        ck_assert_str_eq(trial.judged.verdicts[0].message, rows[i].message);
        ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_ASSERTION);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(documents_nest_to_a_limit)
{
    enum { MOST = LIMIT_JSON_DEPTH };
    char deep[2 * (MOST + 1) + 1] = "";

    for (int extra = 0; extra < 2; extra++) {
        struct trial trial;

        memset(deep, 0, sizeof(deep));
        memset(deep, '[', MOST + (size_t)extra);
        memset(deep + MOST + extra, ']', MOST + (size_t)extra);
        trial_body(&trial, "{\"json\": {\"type\": \"array\"}}", deep);
        ck_assert_uint_eq(trial.judged.verdict_count, (size_t)extra);
        trial_finish(&trial);
    }
}
END_TEST

static const char *told_captures(struct trial *trial)
{
    const char *all = "";

    for (size_t i = 0; i < trial->judged.capture_count; i++) {
        const struct capture_value *capture = &trial->judged.captures[i];

        all = arena_print(
            &trial->arena, "%s%s%s%s=%s", all, i ? " " : "", capture->name,
            capture->secret ? "!" : "",
            json_print_short(&trial->arena, capture->value, LIMIT_VALUE_TOLD));
    }
    return all;
}

START_TEST(captures_are_taken)
{
    static const struct {
        const char *capture, *taken, *messages;
    } rows[] = {
        {"{\"a\": {\"json\": \"$.token\"}, \"b\": {\"status\": true}}",
         "a=\"abc\" b=200", ""},
        {"{\"a\": {\"json\": \"$.n\"}}", "a=18446744073709551615", ""},
        {"{\"a\": {\"json\": \"$.items[*].id\"}}", "a=[1,2]", ""},
        {"{\"a\": {\"json\": \"$.items[0].tag\"}}", "a=null", ""},
        {"{\"a\": {\"json\": \"$.{{path}}[{{two}}]\"}}", "",
         "capture a: nothing there: \"$.items[2]\""},
        {"{\"a\": {\"json\": \"$.{{path}}[1].id\"}}", "a=2", ""},
        {"{\"a\": {\"json\": \"$.{{dot}}\"}}", "",
         "capture a: bad JSONPath: a name or `*` is expected here, not `1`"},
        {"{\"a\": {\"json\": \"$.none\"}}", "",
         "capture a: nothing there: \"$.none\""},
        {"{\"a\": {\"json\": \"$.none[*]\"}}", "",
         "capture a: nothing there: \"$.none[*]\""},
        {"{\"id\": {\"header\": \"location\", \"regex\": \"/todos/(\\\\d+)\"}}",
         "id=\"17\"", ""},
        {"{\"id\": {\"header\": \"location\", \"regex\": \"/x/(\\\\d+)\"}}", "",
         "capture id: //x/(\\d+)/ matches nothing in \"/todos/17\""},
        {"{\"a\": {\"header\": \"nope\"}}", "",
         "capture a: the answer has no header \"nope\""},
        {"{\"a\": {\"header\": \"x-odd\"}}", "",
         "capture a: what was found is not UTF-8"},
        {"{\"a\": {\"cookie\": \"session\", \"secret\": true}}", "a!=\"a=b\"",
         ""},
        {"{\"a\": {\"cookie\": \"nope\"}}", "",
         "capture a: the answer sets no cookie \"nope\""},
        {"{\"a\": {\"regex\": \"\\\"token\\\": \\\"(\\\\w+)\"}}", "a=\"abc\"",
         ""},
        {"{\"a\": {\"status\": true, \"regex\": \"^.\"}}", "a=\"2\"", ""},
        {"{\"a\": {\"json\": \"$.n\", \"regex\": \"(\\\\d{4})$\"}}",
         "a=\"1615\"", ""},
        {"{\"a\": {\"json\": \"$.items\", \"regex\": \"x\"}}", "",
         "capture a: a regular expression only looks at text"},
        {"{\"a\": {\"header\": \"x-{{type}}\"}}", "",
         "capture a: the answer has no header \"x-json\""},
        {"{\"a\": {\"header\": \"x-count\", \"regex\": \"^{{two}}$\"}}", "",
         "capture a: /^\\Q2\\E$/ matches nothing in \"12\""},
        {"{\"a\": {\"header\": \"location\", \"regex\": \"todos\", "
         "\"$comment\": 1}, \"b\": {\"body\": true, \"regex\": \"tok(en)\"}}",
         "a=\"todos\" b=\"en\"", ""},
        {"{\"a\": {\"status\": true}, \"b\": {\"json\": \"$.x\"}}", "",
         "capture b: nothing there: \"$.x\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        char spec[512];

        snprintf(spec, sizeof(spec), "{\"capture\": %s}", rows[i].capture);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), "");
        answer(&trial);
        trial_judge(&trial);
        ck_assert_msg(strcmp(told_captures(&trial), rows[i].taken) == 0,
                      "%s: %s", rows[i].capture, told_captures(&trial));
        ck_assert_str_eq(trial_messages(&trial), rows[i].messages);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_body_is_captured_whole)
{
    struct trial trial;

    trial_compile(&trial, "{\"capture\": {\"a\": {\"body\": true}}}");
    trial_answer(&trial, "pong\n");
    trial_judge(&trial);
    ck_assert_str_eq(told_captures(&trial), "a=\"pong\\n\"");
    trial_finish(&trial);
}
END_TEST

START_TEST(nothing_is_captured_of_what_failed)
{
    struct trial trial;

    trial_compile(&trial, "{\"expect\": {\"status\": 201}, \"capture\": "
                          "{\"a\": {\"json\": \"$.none\"}}}");
    answer(&trial);
    trial_judge(&trial);
    ck_assert_str_eq(trial_messages(&trial), "status: expected 201, got 200");
    ck_assert_uint_eq(trial.judged.capture_count, 0);
    ck_assert_ptr_null(trial.judged.keep);
    trial_finish(&trial);
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *spec, *told;
    } rows[] = {
        {"{\"expect\": []}", "1:12: \"expect\" takes an object"},
        {"{\"expect\": {\"staus\": 200}}",
         "1:13: unknown key \"staus\"; did you mean \"status\"?"},
        {"{\"expect\": {\"wibble\": 200}}", "1:13: unknown key \"wibble\""},
        {"{\"expect\": {\"openapi\": \"a\"}}",
         "1:13: \"openapi\" is not supported by this version"},
        {"{\"expect\": {\"status\": 99}}",
         "1:23: a status is a number from 100 to 999, or a text like "
         "\"2xx\""},
        {"{\"expect\": {\"status\": [200, \"ok\"]}}",
         "1:29: a status is a number from 100 to 999, or a text like "
         "\"2xx\""},
        {"{\"expect\": {\"status\": {\"gt\": \"4xx\"}}}",
         "1:30: only a number or a text is more or less than another"},
        {"{\"expect\": {\"status\": {\"contains\": 4}}}",
         "1:24: \"contains\" cannot be asked of a status"},
        {"{\"expect\": {\"headers\": \"a\"}}",
         "1:24: \"headers\" takes an object: names, and what is expected of "
         "each"},
        {"{\"expect\": {\"headers\": {\"a\": [\"b\"]}}}",
         "1:30: a text is never an array; one of several is written "
         "{\"in\": [...]}"},
        {"{\"expect\": {\"headers\": {\"a\": true}}}",
         "1:30: a text is never a boolean"},
        {"{\"expect\": {\"headers\": {\"a\": {\"equals\": {}}}}}",
         "1:41: a text is never an object"},
        {"{\"expect\": {\"headers\": {\"a\": {\"count\": 1}}}}",
         "1:31: \"count\" cannot be asked of a text"},
        {"{\"expect\": {\"body\": {\"contains\": 1}}}",
         "1:34: a part of a text is a text itself"},
        {"{\"expect\": {\"json\": {\"$.a\": 1, \"gt\": 2}}}",
         "1:21: \"json\" mixes JSONPaths with matchers: every key begins with "
         "$, or none"},
        {"{\"expect\": {\"json\": {}}}",
         "1:21: an object without matchers expects nothing; an empty object "
         "is written {\"equals\": {}}"},
        {"{\"expect\": {\"time\": {\"totl\": 1}}}",
         "1:22: unknown phase \"totl\"; did you mean \"total\"?"},
        {"{\"expect\": {\"time\": {\"total\": \"5 parsecs\"}}}",
         "1:31: a duration is a text like \"500ms\", or a number of "
         "milliseconds"},
        {"{\"expect\": {\"time\": {\"total\": {\"in\": [1, true]}}}}",
         "1:42: a duration is a text like \"500ms\", or a number of "
         "milliseconds"},
        {"{\"expect\": {\"time\": {\"total\": -1}}}",
         "1:31: a duration is a text like \"500ms\", or a number of "
         "milliseconds"},
        {"{\"expect\": {\"size\": {\"bdy\": 1}}}",
         "1:22: unknown part \"bdy\"; did you mean \"body\"?"},
        {"{\"expect\": {\"size\": {\"body\": {\"lt\": \"10 furlongs\"}}}}",
         "1:37: a size is a text like \"10MB\", or a number of bytes"},
        {"{\"expect\": {\"redirects\": \"one\"}}",
         "1:26: a count is compared with a number"},
        {"{\"expect\": {\"error\": \"timout\"}}",
         "1:22: no error \"timout\"; did you mean \"timeout\"?"},
        {"{\"expect\": {\"error\": [\"dns\", \"wibble\"]}}",
         "1:30: no error \"wibble\""},
        {"{\"expect\": {\"error\": \"arrived\"}}",
         "1:22: no error \"arrived\""},
        {"{\"expect\": {\"error\": true}}",
         "1:22: an error is named by a text, as \"timeout\""},
        {"{\"expect\": {\"error\": \"dns\", \"json\": {\"$.a\": 1}}}",
         "1:29: \"json\" cannot stand beside \"error\": without an answer "
         "there is nothing to look at"},
        {"{\"expect\": {\"error\": \"dns\"}, \"capture\": {\"a\": {\"status\": "
         "true}}}",
         "1:41: \"capture\" cannot stand beside \"error\": without an answer "
         "there is nothing to keep"},
        {"{\"expect\": {\"json\": null}}",
         "1:21: null removes what the defaults expect, and "
         "they expect nothing here; to compare with null write {\"equals\": "
         "null}"},
        {"{\"expect\": {\"headers\": {\"x\": null}}}",
         "1:30: null removes what the defaults expect, and "
         "they expect nothing here; to compare with null write {\"equals\": "
         "null}"},
        {"{\"expect\": {\"cookies\": {\"x\": null}}}",
         "1:30: null removes what the defaults expect, and "
         "they expect nothing here; to compare with null write {\"equals\": "
         "null}"},
        {"{\"expect\": {\"time\": {\"total\": null}}}",
         "1:31: null removes what the defaults expect, and "
         "they expect nothing here; to compare with null write {\"equals\": "
         "null}"},
        {"{\"expect\": {\"headers\": {\"x y\": \"1\"}}}",
         "1:25: no header can be named \"x y\""},
        {"{\"expect\": {\"headers\": {\"x-y\": \"1\", \"X-Y\": \"2\"}}}",
         "1:37: the header \"X-Y\" is already in line 1; several matchers are "
         "written {\"all_of\": [...]}"},
        {"{\"expect\": {\"redirects\": -1, \"size\": {\"body\": 1.5}}}",
         "1:26: this can never hold: a count is a whole number from 0 on\n"
         "1:47: this can never hold: a size is a whole number from 0 on"},
        {"{\"expect\": {\"status\": 200.5}}",
         "1:23: a status is a number from 100 to 999, or a text like "
         "\"2xx\""},
        {"{\"capture\": {\"a\": {\"header\": \"x y\"}}}",
         "1:30: no header can be named \"x y\""},
        {"{\"capture\": {\"a\": {\"status\": {}}}}",
         "1:30: true is wanted here"},
        {"{\"capture\": 1}", "1:13: \"capture\" takes an object: names, and "
                             "where the value of each is found"},
        {"{\"capture\": {\"a\": \"$.id\"}}",
         "1:19: a capture is an object, as {\"json\": \"$.id\"}"},
        {"{\"capture\": {\"a\": {}}}",
         "1:19: a capture needs a subject: body, cookie, header, json, regex "
         "or status"},
        {"{\"capture\": {\"a\": {\"secret\": 1, \"json\": \"$\"}}}",
         "1:30: true or false is wanted here"},
        {"{\"capture\": {\"a\": {\"jsn\": \"$\"}}}",
         "1:20: unknown capture \"jsn\"; did you mean \"json\"?"},
        {"{\"capture\": {\"a\": {\"xml\": \"/a\"}}}",
         "1:20: \"xml\" is not supported by this version"},
        {"{\"capture\": {\"a\": {\"json\": \"$\", \"lower\": true}}}",
         "1:33: \"lower\" is not supported by this version"},
        {"{\"capture\": {\"a\": {\"json\": \"$\", \"header\": \"x\"}}}",
         "1:33: a capture has one subject, and \"header\" is a second one"},
        {"{\"capture\": {\"a\": {\"header\": 1}}}",
         "1:30: a text is wanted here"},
        {"{\"capture\": {\"a\": {\"status\": false}}}",
         "1:30: true is wanted here"},
        {"{\"capture\": {\"a\": {\"regex\": \"(\"}}}",
         "1:31: bad regular expression: missing closing parenthesis"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_compile(&trial, rows[i].spec);
        ck_assert_str_eq(trial_faults(&trial), rows[i].told);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(bad_paths_are_told_inside_of_their_keys)
{
    struct trial trial;

    trial_compile(&trial, "{\"expect\": {\"json\": {\"$.\\u00e4[\": 1}}, "
                          "\"capture\": {\"a\": {\"json\": \"$[\"}}}");
    ck_assert_uint_eq(trial.faults.count, 2);
    ck_assert_uint_eq(trial.faults.faults[0].at.line, 1);
    ck_assert_uint_ge(trial.faults.faults[0].at.column, 30);
    ck_assert_int_eq(strncmp(trial.faults.faults[0].text, "bad JSONPath: ", 14),
                     0);
    ck_assert_int_eq(strncmp(trial.faults.faults[1].text, "bad JSONPath: ", 14),
                     0);
    trial_finish(&trial);
}
END_TEST

START_TEST(defaults_lie_under_an_expectation)
{
    static const struct {
        const char *defaults, *expect, *messages;
        size_t checks;
    } rows[] = {
        {"{\"headers\": {\"X-A\": \"1\", \"X-B\": \"2\"}}",
         "{\"headers\": {\"x-a\": {\"exists\": false}, \"x-b\": null}}", "", 2},
        {"{\"json\": {\"$.ok\": false, \"$.token\": \"abc\"}}",
         "{\"json\": {\"$.ok\": true}}", "", 3},
        {"{\"json\": {\"$.ok\": {\"type\": \"string\"}}}",
         "{\"json\": {\"$.ok\": {\"exists\": true}}}", "", 2},
        {"{\"json\": {\"$.ok\": false}}", "{\"json\": null}", "", 1},
        {"{\"json\": {\"$.ok\": false}}",
         "{\"json\": {\"includes\": {\"ok\": true}}}", "", 2},
        {"{\"json\": {\"includes\": {\"ok\": false}}}",
         "{\"json\": {\"$.ok\": true}}", "", 2},
        {"{\"status\": 404}", "{}", "status: expected 404, got 200", 1},
        {"{\"status\": 404}", "{\"status\": 200}", "", 1},
        {"{\"status\": 404}", "{\"status\": null}", "", 1},
        {"{\"time\": {\"total\": 1}}",
         "{\"time\": {\"tls\": 0, \"total\": "
         "null}}",
         "", 2},
        {"{\"json\": {\"$.ok\": 1}, \"status\": 200}",
         "{\"error\": {\"exists\": false}}", "", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        char spec[512];

        snprintf(spec, sizeof(spec), "{\"defaults\": %s, \"expect\": %s}",
                 rows[i].defaults, rows[i].expect);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), "");
        answer(&trial);
        trial_judge(&trial);
        ck_assert_str_eq(trial_messages(&trial), rows[i].messages);
        ck_assert_uint_eq(trial.judged.check_count, rows[i].checks);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_mistake_in_defaults_is_told_once)
{
    json_auto_t *empty = json_object();
    const struct judgement *again;
    struct trial trial;

    trial_compile(&trial, "{\"defaults\": {\"staus\": 1}, \"expect\": {}}");
    trial.step.expect.json = empty;
    again = judgement_compile(&trial.arena, &trial.step, &trial.faults);
    ck_assert_uint_eq(trial.faults.count, 1);
    ck_assert_uint_eq(trial.faults.total, 1);
    judgement_release(again);
    trial_finish(&trial);
}
END_TEST

START_TEST(the_needs_of_all_templates_are_known)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct needs needs;
    struct trial trial;

    trial_compile(
        &trial,
        "{\"expect\": {\"status\": \"{{a}}\", \"json\": {\"$.x\": {\"in\": "
        "[1, \"{{b}}\"]}, \"$.y\": {\"not\": {\"matches\": \"{{c}}\"}}}, "
        "\"body\": {\"contains\": \"{{d}} {{e}}\"}}, \"capture\": {\"k\": "
        "{\"json\": \"$.{{f}}\", \"regex\": \"{{g}}\"}}}");
    ck_assert_str_eq(trial_faults(&trial), "");
    needs = judgement_needs(trial.judgement);
    ck_assert_uint_eq(needs.count, COUNT(names));
    for (size_t i = 0; i < needs.count; i++)
        ck_assert_str_eq(needs.list[i].name, names[i]);
    trial_finish(&trial);
}
END_TEST

START_TEST(four_braces_are_two)
{
    struct trial trial;

    trial_body(&trial, "{\"body\": {\"equals\": \"a {{{{b}}\"}}", "a {{b}}");
    ck_assert_str_eq(trial_messages(&trial), "");
    trial_finish(&trial);
}
END_TEST

START_TEST(an_implied_status_is_an_expectation)
{
    static const struct {
        const char *spec;
        bool checks;
    } rows[] = {
        {"{}", true},
        {"{\"expect\": {\"status\": \"any\"}}", false},
        {"{\"expect\": {\"status\": \"any\", \"body\": \"a\"}}", true},
        {"{\"expect\": {\"error\": \"dns\"}}", true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_compile(&trial, rows[i].spec);
        ck_assert(judgement_checks_anything(trial.judgement) == rows[i].checks);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(verdict_kinds_have_names)
{
    ck_assert_str_eq(verdict_kind_name(VERDICT_ASSERTION), "volley.assertion");
    ck_assert_str_eq(verdict_kind_name(VERDICT_CAPTURE), "volley.capture");
    ck_assert_str_eq(verdict_kind_name(VERDICT_TRANSPORT), "volley.transport");
    ck_assert_str_eq(verdict_kind_name(VERDICT_TIMEOUT), "volley.timeout");
    ck_assert_str_eq(verdict_kind_name(VERDICT_SPEC), "volley.spec");
}
END_TEST

UNIT("judge", statuses_are_judged, headers_and_cookies_are_judged,
     bodies_are_judged, measures_are_judged, no_answer_is_judged_by_its_name,
     arrivals_have_names, what_is_no_json_is_told_once,
     documents_nest_to_a_limit, captures_are_taken, a_body_is_captured_whole,
     nothing_is_captured_of_what_failed, mistakes_are_told_at_their_place,
     bad_paths_are_told_inside_of_their_keys, defaults_lie_under_an_expectation,
     a_mistake_in_defaults_is_told_once, the_needs_of_all_templates_are_known,
     four_braces_are_two, an_implied_status_is_an_expectation,
     verdict_kinds_have_names)
