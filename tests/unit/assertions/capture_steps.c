/* What the steps behind a subject make of what a capture takes. */
#include "tests/unit/assertions/answer.h"
#include "tests/unit/unit.h"
#include <stdio.h>

#include "specs/json.h"

static const struct header headers[] = {
    {"X-Token", "a.eyJzdWIiOiAxN30.b"},
    {"X-List", "a , B,c"},
    {"X-Blank", " A B "},
    {"X-Big", "18446744073709551616"},
    {"X-Escaped", "a%20b"},
    {"X-Hex", "6f4B"},
    {"X-Bytes", "ff"},
    {"Expires", "Sat, 21 Nov 2026 09:30:00 GMT"},
    {"X-Day", "21.11.2026"},
};

static const char body[] = "{\"list\": [[1, 2], {\"a\": 1}, \"x\"], \"text\": "
                           "\"{\\\"b\\\": [3]}\", \"exp\": 1795253400, "
                           "\"none\": []}";

static const struct {
    const char *capture, *taken; /* or what is said */
} rows[] = {
    {"\"header\": \"x-token\", \"split\": \".\", \"nth\": 1, \"base64\": true, "
     "\"json\": \"$.sub\"",
     "17"},
    {"\"header\": \"x-token\", \"split\": \".\", \"count\": true", "3"},
    {"\"header\": \"x-token\", \"split\": \".\"",
     "[\"a\",\"eyJzdWIiOiAxN30\",\"b\"]"},
    {"\"header\": \"x-list\", \"split\": \",\", \"first\": true, \"trim\": true, "
     "\"length\": true",
     "1"},
    {"\"header\": \"x-list\", \"split\": \",\", \"nth\": 1, \"lower\": true",
     "\" b\""},
    {"\"header\": \"x-list\", \"lower\": true, \"split\": \",\", \"nth\": 1",
     "\" b\""},
    {"\"header\": \"x-blank\", \"lower\": true, \"trim\": true", "\"a b\""},
    {"\"header\": \"x-big\", \"number\": true", "18446744073709551616"},
    {"\"header\": \"x-escaped\", \"url_decode\": true", "\"a b\""},
    {"\"header\": \"x-hex\", \"hex\": true", "\"oK\""},
    {"\"header\": \"x-bytes\", \"hex\": true, \"length\": true", "1"},
    {"\"header\": \"x-bytes\", \"hex\": true", "what was found is not UTF-8"},
    {"\"header\": \"x-hex\", \"md5\": true",
     "\"2a78c8738ed38a2907b83f1a7e88bfea\""},
    {"\"header\": \"x-bytes\", \"hex\": true, \"sha256\": true",
     "\"a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89\""},
    {"\"header\": \"expires\", \"date\": true", "\"2026-11-21T09:30:00Z\""},
    {"\"header\": \"x-day\", \"date\": \"%d.%m.%Y\"",
     "\"2026-11-21T00:00:00Z\""},
    {"\"json\": \"$.exp\", \"date\": \"unix\"", "\"2026-11-21T09:30:00Z\""},
    {"\"json\": \"$.list\", \"last\": true", "\"x\""},
    {"\"json\": \"$.list[*]\", \"first\": true", "[1,2]"},
    {"\"json\": \"$.list[0]\", \"nth\": 1", "2"},
    {"\"json\": \"$.list\", \"nth\": 1, \"length\": true", "1"},
    {"\"json\": \"$.text\", \"parse_json\": true, \"first\": true",
     "first: no list: {\"b\":[3]}"},
    {"\"json\": \"$.text\", \"parse_json\": true", "{\"b\":[3]}"},
    {"\"body\": true, \"json\": \"$.text\"", "\"{\\\"b\\\": [3]}\""},
    {"\"body\": true, \"json\": \"$.nope\"", "nothing there: \"$.nope\""},
    {"\"body\": true, \"json\": \"$.none[*]\"", "nothing there: \"$.none[*]\""},
    {"\"body\": true, \"json\": \"$.{{path}}[0]\"", "nothing there: "
                                                    "\"$.items[0]\""},
    {"\"status\": true, \"json\": \"$.a\"", "json: not JSON: 200"},
    {"\"status\": true, \"number\": true", "200"},
    {"\"header\": \"x-list\", \"number\": true",
     "number: no number: \"a , B,c\""},
    {"\"header\": \"x-list\", \"json\": \"$.a\"",
     "json: this is not JSON, at character 1: \"a , B,c\""},
    {"\"json\": \"$.none\", \"first\": true", "first: there is no element: []"},
    {"\"json\": \"$.list\", \"nth\": \"{{two}}\"", "\"x\""},
    {"\"json\": \"$.list\", \"nth\": \"{{path}}\"",
     "an index is a whole number from 0 on"},
    {"\"header\": \"x-day\", \"date\": \"http\"",
     "date: expected a day of the week from \"Mon\" to \"Sun\", found \"21.\" "
     "at character 1: \"21.11.2026\""},
};

START_TEST(steps_work_in_the_order_written)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        const char *told;

        trial_prepare(&trial, "{\"capture\": {\"a\": {%s}}}", rows[i].capture);
        trial_answer_fully(&trial);
        trial.response.headers = headers;
        trial.response.header_count = COUNT(headers);
        trial.response.body = body;
        trial.response.body_length = sizeof(body) - 1;
        trial_judge(&trial);
        if (trial.judged.capture_count) {
            told = json_print_short(
                &trial.arena, trial.judged.captures[0].value, LIMIT_VALUE_TOLD);
        } else {
            told = trial_messages(&trial) + sizeof("capture a:");
        }
        ck_assert_str_eq(told, rows[i].taken);
        trial_finish(&trial);
    }
}
END_TEST

/* Of what the fault is, not of the capture, whose kind it has. */
START_TEST(what_cannot_be_made_is_an_error)
{
    struct trial trial;

    trial_compile(&trial, "{\"capture\": {\"a\": {\"status\": true, "
                          "\"first\": true}}}");
    trial_answer_fully(&trial);
    trial_judge(&trial);
    trial_expect(&trial, "capture a: first: no list: 200");
    ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_CAPTURE);
    trial_finish(&trial);
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *steps, *told;
    } mistakes[] = {
        {"\"lower\": true",
         "1:20: \"lower\" has nothing to work on: a subject comes first: body, "
         "cookie, header, html, json, regex, status or xml"},
        {"\"status\": true, \"lower\": false", "1:45: true is wanted here"},
        {"\"status\": true, \"number\": {\"gt\": 1}",
         "1:46: true is wanted here"},
        {"\"status\": true, \"nth\": true",
         "1:43: an index is a whole number from 0 on"},
        {"\"status\": true, \"split\": \"\"",
         "1:45: a separator is a text that is not empty"},
        {"\"status\": true, \"date\": 1",
         "1:44: the format of a date is a text, as \"%d.%m.%Y\""},
        {"\"status\": true, \"json\": \"$.[\"",
         "1:47: bad JSONPath: a name or `*` is expected here, not `[`"},
        {"\"status\": true, \"json\": 1", "1:44: a text is wanted here"},
        {"\"status\": true, \"body\": true",
         "1:36: a capture has one subject, and \"body\" is a second one"},
        {"\"status\": true, \"bas64\": true",
         "1:36: unknown capture \"bas64\"; did you mean \"base64\"?"},
        {"\"header\": \"a\", \"url\": true",
         "1:35: \"url\" is not supported by this version"},
    };

    for (size_t i = 0; i < COUNT(mistakes); i++) {
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"capture\": {\"a\": {%s}}}",
                 mistakes[i].steps);
        trial_refuse(spec, mistakes[i].told);
    }
}
END_TEST

UNIT("capture_steps", steps_work_in_the_order_written,
     what_cannot_be_made_is_an_error, mistakes_are_told_at_their_place)
