/* What `expect` says of each part of an answer. */
#include "tests/unit/assertions/answer.h"
#include "tests/unit/unit.h"

struct row {
    const char *expect, *messages; /* NULL: all hold */
};

static void judge_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trial trial;

        trial_prepare(&trial, "{\"expect\": %s}", rows[i].expect);
        trial_answer_fully(&trial);
        trial_judge(&trial);
        trial_expect(&trial, rows[i].messages);
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

        trial_prepare(&trial, "{\"expect\": %s}", rows[i].expect);
        trial_answer_fully(&trial);
        trial.response.status = rows[i].status;
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
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

UNIT("extract", statuses_are_judged, headers_and_cookies_are_judged,
     bodies_are_judged, measures_are_judged)
