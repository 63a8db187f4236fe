/* Answers that never came, and bodies that are not what they should be. */
#include "tests/unit/assertions/answer.h"
#include "tests/unit/unit.h"
#include <string.h>

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

        trial_prepare(&trial, "{\"expect\": %s}", rows[i].expect);
        trial_answer_fully(&trial);
        trial.response.arrival = rows[i].arrival;
        trial.response.trouble = rows[i].trouble;
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
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

START_TEST(verdict_kinds_have_names)
{
    ck_assert_str_eq(verdict_kind_name(VERDICT_ASSERTION), "volley.assertion");
    ck_assert_str_eq(verdict_kind_name(VERDICT_CAPTURE), "volley.capture");
    ck_assert_str_eq(verdict_kind_name(VERDICT_TRANSPORT), "volley.transport");
    ck_assert_str_eq(verdict_kind_name(VERDICT_TIMEOUT), "volley.timeout");
    ck_assert_str_eq(verdict_kind_name(VERDICT_SPEC), "volley.spec");
}
END_TEST

UNIT("judge", no_answer_is_judged_by_its_name, arrivals_have_names,
     what_is_no_json_is_told_once, documents_nest_to_a_limit,
     verdict_kinds_have_names)
