/* What `capture` takes of an answer. */
#include "tests/unit/assertions/answer.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/json.h"

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
         "capture id: regex: //x/(\\d+)/ matches nothing: \"/todos/17\""},
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
         "capture a: regex: no text: [{\"id\":1,\"tag\":null},{\"id\":2,\"tag\":\"x\"}]"},
        {"{\"a\": {\"header\": \"x-{{type}}\"}}", "",
         "capture a: the answer has no header \"x-json\""},
        {"{\"a\": {\"header\": \"x-count\", \"regex\": \"^{{two}}$\"}}", "",
         "capture a: regex: /^\\Q2\\E$/ matches nothing: \"12\""},
        {"{\"a\": {\"header\": \"location\", \"regex\": \"todos\", "
         "\"$comment\": 1}, \"b\": {\"body\": true, \"regex\": \"tok(en)\"}}",
         "a=\"todos\" b=\"en\"", ""},
        {"{\"a\": {\"status\": true}, \"b\": {\"json\": \"$.x\"}}", "",
         "capture b: nothing there: \"$.x\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_prepare(&trial, "{\"capture\": %s}", rows[i].capture);
        trial_answer_fully(&trial);
        trial_judge(&trial);
        ck_assert_msg(strcmp(told_captures(&trial), rows[i].taken) == 0,
                      "%s: %s", rows[i].capture, told_captures(&trial));
        trial_expect(&trial, rows[i].messages);
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
    trial_answer_fully(&trial);
    trial_judge(&trial);
    trial_expect(&trial, "status: expected 201, got 200");
    ck_assert_uint_eq(trial.judged.capture_count, 0);
    ck_assert_ptr_null(trial.judged.keep);
    trial_finish(&trial);
}
END_TEST

UNIT("capture", captures_are_taken, a_body_is_captured_whole,
     nothing_is_captured_of_what_failed)
