/* Words that look at one value: what each accepts, and what it says of the
 * rest. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"

START_TEST(literals_match_by_deep_equality)
{
    static const struct matcher_row rows[] = {
        {"1", "1", NULL},
        {"1", "1.0", NULL},
        {"1.0", "1", NULL},
        {"null", "null", NULL},
        {"[1, {\"a\": [2]}]", "[1.0, {\"a\": [2]}]", NULL},
        {"{\"equals\": {\"a\": 1, \"b\": 2}}", "{\"b\": 2, \"a\": 1}", NULL},
        {"{\"equals\": {}}", "{}", NULL},
        {"1", "2", ": expected 1, got 2"},
        {"1", "\"1\"", ": expected 1 (a number), got \"1\" (a text)"},
        {"\"true\"", "true",
         ": expected \"true\" (a text), got true (a boolean)"},
        {"{\"equals\": [null]}", "[\"null\"]",
         "[0]: expected null (no text), got \"null\" (a text)"},
        {"\"a\"", "null", ": expected \"a\", got null"},
        {"null", NULL, ": nothing there, expected null"},
        {"true", "false", ": expected true, got false"},
        {"{\"equals\": {\"a\": {\"b\": 1}}}", "{\"a\": {\"b\": 2}}",
         ".a.b: expected 1, got 2"},
        {"[]", "{}", ": expected [], got {}"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(big_numbers_are_never_rounded_together)
{
    static const struct matcher_row rows[] = {
        {"18446744073709551615", "18446744073709551615", NULL},
        {"18446744073709551615", "18446744073709551616",
         ": expected 18446744073709551615, got 18446744073709551616"},
        {"9007199254740993", "9007199254740992.0",
         ": expected 9007199254740993, got 9007199254740992.0"},
        {"1e400", "1e400", NULL},
        {"1e400", "10e399", NULL},
        {"1e400", "1e401", ": expected 1e400, got 1e401"},
        {"{\"gt\": 18446744073709551615}", "18446744073709551616", NULL},
        {"{\"lt\": 1e400}", "1e399", NULL},
        {"{\"type\": \"integer\"}", "18446744073709551616", NULL},
        {"{\"type\": \"integer\"}", "1e400", NULL},
        {"{\"in\": [18446744073709551615]}", "18446744073709551615", NULL},
        {"{\"contains\": 18446744073709551615}", "[18446744073709551616]",
         ": expected containing 18446744073709551615, got "
         "[18446744073709551616]"},
        {"0.1", "0.1000000000000000055511151231257827",
         ": expected 0.1, got 0.1000000000000000055511151231257827"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_a_document)
{
    struct trial trial;

    trial_body(&trial, "{\"json\": {\"$.v\": 1}}", "\xef\xbb\xbf{\"v\": 1}");
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(words_compare)
{
    static const struct matcher_row rows[] = {
        {"{\"gt\": 1}", "2", NULL},
        {"{\"gt\": 1}", "1", ": expected greater than 1, got 1"},
        {"{\"gt\": 1}", "\"2\"", ": expected greater than 1, got \"2\""},
        {"{\"gte\": 1}", "1.0", NULL},
        {"{\"gte\": 1}", "0", ": expected at least 1, got 0"},
        {"{\"lt\": \"b\"}", "\"a\"", NULL},
        {"{\"lt\": \"b\"}", "\"b\"", ": expected less than \"b\", got \"b\""},
        {"{\"lt\": \"2024-05-01\"}", "\"2024-04-30\"", NULL},
        {"{\"lte\": 1.5}", "1.5", NULL},
        {"{\"lte\": 1.5}", "2", ": expected at most 1.5, got 2"},
        {"{\"lte\": 1}", NULL, ": nothing there, expected at most 1"},
        {"{\"between\": [1, 3]}", "3", NULL},
        {"{\"between\": [1, 3]}", "1", NULL},
        {"{\"between\": [1, 3]}", "4", ": expected from 1 to 3, got 4"},
        {"{\"between\": [\"a\", \"c\"]}", "\"b\"", NULL},
        {"{\"between\": [\"a\", \"c\"]}", "2",
         ": expected from \"a\" to \"c\", got 2"},
        {"{\"in\": [1, \"a\", {\"b\": 2}]}", "{\"b\": 2}", NULL},
        {"{\"in\": [1, \"a\"]}", "2", ": expected one of [1,\"a\"], got 2"},
        {"{\"equals\": \"a\"}", "\"a\"", NULL},
        {"{\"not\": \"a\"}", "\"b\"", NULL},
        {"{\"not\": \"a\"}", "\"a\"", ": expected not \"a\", got \"a\""},
        {"{\"not\": {\"gt\": 1}}", "2", ": expected not greater than 1, got 2"},
        {"{\"not\": \"a\"}", NULL, ": nothing there, expected not \"a\""},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(words_look_into_texts)
{
    static const struct matcher_row rows[] = {
        {"{\"contains\": \"b\"}", "\"abc\"", NULL},
        {"{\"contains\": \"x\"}", "\"abc\"",
         ": expected containing \"x\", got \"abc\""},
        {"{\"contains\": \"x\"}", "{\"x\": 1}",
         ": expected containing \"x\", got {\"x\":1}"},
        {"{\"contains\": {\"a\": 1}}", "[0, {\"a\": 1.0}]", NULL},
        {"{\"contains\": 2}", "[0, 1]", ": expected containing 2, got [0,1]"},
        {"{\"starts_with\": \"ab\"}", "\"abc\"", NULL},
        {"{\"starts_with\": \"bc\"}", "\"abc\"",
         ": expected starting with \"bc\", got \"abc\""},
        {"{\"starts_with\": \"abcd\"}", "\"abc\"",
         ": expected starting with \"abcd\", got \"abc\""},
        {"{\"ends_with\": \"bc\"}", "\"abc\"", NULL},
        {"{\"ends_with\": \"ab\"}", "\"abc\"",
         ": expected ending with \"ab\", got \"abc\""},
        {"{\"ends_with\": \"ab\"}", "7",
         ": expected ending with \"ab\", got 7"},
        {"{\"matches\": \"^\\\\d+$\"}", "\"123\"", NULL},
        {"{\"matches\": \"(?i)B\"}", "\"abc\"", NULL},
        {"{\"matches\": \"^\\\\d+$\"}", "\"a1\"",
         ": expected matching /^\\d+$/, got \"a1\""},
        {"{\"matches\": \"1\"}", "1", ": expected matching /1/, got 1"},
        {"{\"empty\": true}", "\"\"", NULL},
        {"{\"empty\": true}", "[]", NULL},
        {"{\"empty\": true}", "{}", NULL},
        {"{\"empty\": false}", "\"a\"", NULL},
        {"{\"empty\": true}", "\"a\"", ": expected empty, got \"a\""},
        {"{\"empty\": false}", "[]", ": expected something not empty, got []"},
        {"{\"empty\": false}", "5", ": expected something not empty, got 5"},
        {"{\"empty\": true}", "null", ": expected empty, got null"},
        {"{\"sha256\": \"BA7816BF8F01CFEA414140DE5DAE2223"
         "B00361A396177A9CB410FF61F20015AD\"}",
         "\"abc\"", NULL},
        {"{\"sha256\": {\"starts_with\": \"ba7816bf\"}}", "\"abc\"", NULL},
        {"{\"sha256\": {\"starts_with\": \"ff\"}}", "\"abc\"",
         ": expected a sha256 of starting with \"ff\", got \"ba7816bf8f01cfea"
         "414140de5dae2223b00361a396177a9cb410ff61f20015ad\""},
        {"{\"sha256\": {\"starts_with\": \"ff\"}}", "1",
         ": expected a sha256 of starting with \"ff\", got sha256: no text: "
         "1"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(words_ask_for_shapes)
{
    static const struct matcher_row rows[] = {
        {"{\"type\": \"string\"}", "\"\"", NULL},
        {"{\"type\": \"integer\"}", "1.0", NULL},
        {"{\"type\": \"number\"}", "1", NULL},
        {"{\"type\": \"integer\"}", "1.5", ": expected an integer, got 1.5"},
        {"{\"type\": [\"string\", \"null\"]}", "null", NULL},
        {"{\"type\": [\"string\", \"null\"]}", "1",
         ": expected null or a string, got 1"},
        {"{\"type\": \"object\"}", "[]", ": expected an object, got []"},
        {"{\"type\": \"array\"}", NULL, ": nothing there, expected an array"},
        {"{\"type\": \"boolean\"}", "true", NULL},
        {"{\"exists\": true}", "null", NULL},
        {"{\"exists\": false}", NULL, NULL},
        {"{\"exists\": true}", NULL,
         ": nothing there, expected something there"},
        {"{\"exists\": false}", "0", ": expected nothing there, got 0"},
        {"{\"not\": {\"exists\": true}}", NULL, NULL},
        {"{\"any_of\": [{\"exists\": false}, \"a\"]}", NULL, NULL},
        {"{\"any_of\": [{\"exists\": false}, \"a\"]}", "\"a\"", NULL},
        {"{\"any_of\": [{\"exists\": false}, \"a\"]}", "\"b\"",
         ": expected nothing there or \"a\", got \"b\""},
        {"{\"exists\": true, \"type\": \"string\"}", NULL,
         ": nothing there, expected something there and a string"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

UNIT("matcher_words", literals_match_by_deep_equality,
     big_numbers_are_never_rounded_together,
     a_byte_order_mark_is_no_part_of_a_document, words_compare,
     words_look_into_texts, words_ask_for_shapes)
