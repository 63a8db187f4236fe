/* Words that look inside: what they make of a value, and what is said where
 * nothing can be made of it. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

START_TEST(texts_become_other_texts)
{
    static const struct matcher_row rows[] = {
        {"{\"lower\": \"abc\"}", "\"aBC\"", NULL},
        {"{\"lower\": \"äöü ß żółć ⱥ\"}", "\"ÄÖÜ ß ŻÓŁĆ Ⱥ\"", NULL},
        {"{\"lower\": \"\"}", "\"\"", NULL},
        {"{\"lower\": \"a\\nb\"}", "\"A\\nB\"", NULL},
        {"{\"lower\": {\"contains\": \"b\"}}", "\"ABC\"", NULL},
        {"{\"lower\": \"ABC\"}", "\"ABC\"",
         ": expected in lower case \"ABC\", got \"abc\""},
        {"{\"lower\": \"1\"}", "1",
         ": expected in lower case \"1\", got lower: no text: 1"},
        {"{\"trim\": \"a b\"}", "\" \\t\\r\\n\\f\\u000ba b  \"", NULL},
        {"{\"trim\": \"\"}", "\"  \"", NULL},
        {"{\"trim\": \"\"}", "\"\"", NULL},
        {"{\"trim\": {\"length\": 1}}", "\" a \"", NULL},
        {"{\"trim\": \"a \"}", "\"a \"",
         ": expected trimmed \"a \", got \"a\""},
        {"{\"trim\": \"a\"}", "[\"a\"]",
         ": expected trimmed \"a\", got trim: no text: [\"a\"]"},
        {"{\"trim\": \"a\"}", NULL, ": nothing there, expected trimmed \"a\""},
        {"{\"not\": {\"trim\": \"a\"}}", "\" b\"", NULL},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(texts_are_decoded)
{
    static const struct matcher_row rows[] = {
        {"{\"base64\": \"\"}", "\"\"", NULL},
        {"{\"base64\": \"f\"}", "\"Zg==\"", NULL},
        {"{\"base64\": \"fo\"}", "\"Zm8=\"", NULL},
        {"{\"base64\": \"foo\"}", "\"Zm9v\"", NULL},
        {"{\"base64\": \"foob\"}", "\"Zm9vYg\"", NULL},
        {"{\"base64\": \"foobar\"}", "\"Zm9vYmFy\"", NULL},
        {"{\"base64\": {\"hex\": \"x\"}}", "\"Nzg=\"", NULL},
        {"{\"base64\": \"ý¿ÿ\"}", "\"w73Cv8O_\"", NULL},
        {"{\"base64\": \"ý¿ÿ\"}", "\"w73Cv8O/\"", NULL},
        {"{\"base64\": {\"length\": 1}}", "\"+A==\"", NULL},
        {"{\"base64\": {\"length\": 1}}", "\"-A==\"", NULL},
        {"{\"base64\": \"foo\"}", "\"Zm9w\"",
         ": expected base64 of \"foo\", got \"fop\""},
        {"{\"base64\": \"foo\"}", "\"äm9v\"",
         ": expected base64 of \"foo\", got base64: not base64 at character 1: "
         "\"äm9v\""},
        {"{\"base64\": \"foo\"}", "\"Zm9v\\n\"",
         ": expected base64 of \"foo\", got base64: not base64 at character 5: "
         "\"Zm9v\\n\""},
        {"{\"base64\": \"foo\"}", "\"Zm=9\"",
         ": expected base64 of \"foo\", got base64: not base64 at character 3: "
         "\"Zm=9\""},
        {"{\"base64\": \"foo\"}", "\"Zm9vY\"",
         ": expected base64 of \"foo\", got base64: not base64: a letter is "
         "missing at the end: \"Zm9vY\""},
        {"{\"base64\": \"foo\"}", "\"Zm9v=\"",
         ": expected base64 of \"foo\", got base64: not base64: the padding is "
         "wrong: \"Zm9v=\""},
        {"{\"base64\": \"foo\"}", "\"Zm9v====\"",
         ": expected base64 of \"foo\", got base64: not base64: the padding is "
         "wrong: \"Zm9v====\""},
        {"{\"base64\": \"\"}", "\"==\"",
         ": expected base64 of \"\", got base64: not base64: the padding is "
         "wrong: \"==\""},
        {"{\"hex\": \"\"}", "\"\"", NULL},
        {"{\"hex\": \"Jo\"}", "\"4a6F\"", NULL},
        {"{\"hex\": \"J\"}", "\"4\"",
         ": expected hexadecimal digits of \"J\", got hex: an odd number of "
         "digits: \"4\""},
        {"{\"hex\": \"J\"}", "\"4ö\"",
         ": expected hexadecimal digits of \"J\", got hex: no hexadecimal digit "
         "at character 2: \"4ö\""},
        {"{\"url_decode\": \"a b+ä\"}", "\"a%20b+%C3%a4\"", NULL},
        {"{\"url_decode\": \"%\"}", "\"ä%2\"",
         ": expected the URL encoding of \"%\", got url_decode: no two "
         "hexadecimal digits behind % at character 2: \"ä%2\""},
        {"{\"url_decode\": \"%\"}", "\"%\"",
         ": expected the URL encoding of \"%\", got url_decode: no two "
         "hexadecimal digits behind % at character 1: \"%\""},
        {"{\"url_decode\": \"%\"}", "\"%2g\"",
         ": expected the URL encoding of \"%\", got url_decode: no two "
         "hexadecimal digits behind % at character 1: \"%2g\""},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(texts_become_numbers)
{
    static const struct matcher_row rows[] = {
        {"{\"number\": 12.5}", "\"12.50\"", NULL},
        {"{\"number\": {\"gt\": 18446744073709551615}}",
         "\"18446744073709551616\"", NULL},
        {"{\"number\": {\"type\": \"integer\"}}", "\"-1e3\"", NULL},
        {"{\"number\": 3}", "3.0", NULL},
        {"{\"trim\": {\"number\": 3}}", "\" 3\"", NULL},
        {"{\"trim\": 3}", "\" 3\"", NULL},
        {"{\"number\": 3}", "\"4\"", ": expected the number 3, got 4"},
        {"{\"number\": 3}", "\" 3\"",
         ": expected the number 3, got number: no number: \" 3\""},
        {"{\"number\": 3}", "\"0x3\"",
         ": expected the number 3, got number: no number: \"0x3\""},
        {"{\"number\": 3}", "true",
         ": expected the number 3, got number: no number: true"},
        {"{\"md5\": \"900150983cd24fb0d6963f7d28e17f72\"}", "\"abc\"", NULL},
        {"{\"md5\": \"900150983CD24FB0D6963F7D28E17F72\"}", "\"abc\"", NULL},
        {"{\"md5\": \"d41d8cd98f00b204e9800998ecf8427e\"}", "\"abc\"",
         ": expected an md5 of \"d41d8cd98f00b204e9800998ecf8427e\", got "
         "\"900150983cd24fb0d6963f7d28e17f72\""},
        {"{\"md5\": {\"length\": 32}, \"sha256\": {\"length\": 64}}", "\"\"",
         NULL},
        {"{\"md5\": {\"length\": 32}}", "1",
         ": expected an md5 of a length of 32, got md5: no text: 1"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(lists_have_elements)
{
    static const struct matcher_row rows[] = {
        {"{\"first\": 1, \"last\": 3, \"nth\": [1, 2]}", "[1, 2, 3]", NULL},
        {"{\"first\": {\"last\": 2}}", "[[1, 2], 3]", NULL},
        {"{\"nth\": [0.0, 1]}", "[1]", NULL},
        {"{\"nth\": [1, {\"equals\": {\"a\": 1}}]}", "[1, {\"a\": 2}]",
         "[1].a: expected element 1 1, got 2"},
        {"{\"first\": 1}", "[2]", "[0]: expected the first element 1, got 2"},
        {"{\"last\": 1}", "[1, 2]", "[1]: expected the last element 1, got 2"},
        {"{\"first\": 1}", "[]",
         ": expected the first element 1, got first: there is no element: []"},
        {"{\"last\": 1}", "[]",
         ": expected the last element 1, got last: there is no element: []"},
        {"{\"last\": 1}", "{\"a\": 1}",
         ": expected the last element 1, got last: no list: {\"a\":1}"},
        {"{\"nth\": [2, 1]}", "[1, 2]",
         ": expected element 2 1, got nth: the last element is 1: [1,2]"},
        {"{\"nth\": [1e300, 1]}", "[1]",
         ": expected element 1e+300 1, got nth: the last element is 0: [1]"},
        {"{\"count\": 1}", "\"a\"",
         ": expected a count of 1, got count: no list: \"a\""},
        {"{\"length\": 1}", "7",
         ": expected a length of 1, got length: no text, list or object: 7"},
        {"{\"length\": 2}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"split\": [\", \", [\"a\", \"\", \"b\"]]}", "\"a, , b\"", NULL},
        {"{\"split\": [\",\", [\"\", \"\"]]}", "\",\"", NULL},
        {"{\"split\": [\",\", [\"\"]]}", "\"\"", NULL},
        {"{\"split\": [\"aa\", [\"\", \"a\"]]}", "\"aaa\"", NULL},
        {"{\"split\": [\".\", {\"nth\": [1, {\"base64\": {\"json\": "
         "{\"$.sub\": \"17\"}}}]}]}",
         "\"x.eyJzdWIiOiIxNyJ9.z\"", NULL},
        {"{\"split\": [\",\", {\"count\": 3}]}", "\"a,b\"",
         ": expected split at \",\", a count of 3, got 2"},
        {"{\"split\": [\",\", {\"count\": 3}]}", "3",
         ": expected split at \",\", a count of 3, got split: no text: 3"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(patterns_cut_a_part_out)
{
    static const struct matcher_row rows[] = {
        {"{\"regex\": [\"id=(\\\\d+)\", \"17\"]}", "\"id=17;\"", NULL},
        {"{\"regex\": [\"\\\\d+\", {\"number\": {\"gt\": 16}}]}", "\"id=17;\"",
         NULL},
        {"{\"regex\": [\"^.\", \"1\"]}", "17", NULL},
        {"{\"regex\": [\"r\", \"r\"]}", "true", NULL},
        {"{\"regex\": [\"id=(\\\\d+)\", \"18\"]}", "\"id=17;\"",
         ": expected /id=(\\d+)/ finding \"18\", got \"17\""},
        {"{\"regex\": [\"^x\", \"x\"]}", "\"id=17;\"",
         ": expected /^x/ finding \"x\", got regex: /^x/ matches nothing: "
         "\"id=17;\""},
        {"{\"regex\": [\"x\", \"x\"]}", "null",
         ": expected /x/ finding \"x\", got regex: no text: null"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(texts_may_be_documents)
{
    static const struct matcher_row rows[] = {
        {"{\"parse_json\": {\"equals\": {\"a\": [1.0]}}}",
         "\"{\\\"a\\\":[1]}\"", NULL},
        {"{\"parse_json\": {\"gt\": 18446744073709551615}}",
         "\"18446744073709551616\"", NULL},
        {"{\"parse_json\": {\"equals\": {\"a\": 1}}}", "\"{\\\"a\\\":2}\"",
         ".a: expected as JSON 1, got 2"},
        {"{\"parse_json\": 1}", "\"ä{\"",
         ": expected as JSON 1, got parse_json: this is not JSON, at "
         "character 1: \"ä{\""},
        {"{\"parse_json\": {\"exists\": true}}", "{}",
         ": expected as JSON something there, got parse_json: no text: {}"},
        {"{\"json\": {\"$.a\": 1, \"$.b[*]\": [2, 3]}}",
         "\"{\\\"a\\\": 1, \\\"b\\\": [2, 3]}\"", NULL},
        {"{\"json\": {\"$.a\": 1, \"$.c\": {\"exists\": false}}}", "{\"a\": 1}",
         NULL},
        {"{\"json\": {\"$.c\": {\"exists\": true}}}", "{\"a\": 1}",
         ": nothing there, expected JSON with $.c something there"},
        {"{\"json\": {\"$\": \"[]\"}}", "\"\\\"[]\\\"\"", NULL},
        {"{\"json\": {\"$[0].a\": {\"equals\": {\"b\": 1}}}}",
         "[{\"a\": {\"b\": 2}}]",
         "[0].a.b: expected JSON with $[0].a 1, got 2"},
        {"{\"json\": {\"$.a\": {\"json\": {\"$.b\": 1}}, \"$comment\": 1}}",
         "\"{\\\"a\\\": \\\"{\\\\\\\"b\\\\\\\": 2}\\\"}\"",
         ".a.b: expected JSON with $.a JSON with $.b 1, got 2"},
        {"{\"json\": {\"$.a\": 1}}", "\"no\"",
         ": expected JSON with $.a 1, got json: this is not JSON, at "
         "character 1: \"no\""},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(headers_are_looked_into)
{
    static const struct {
        const char *matcher, *value, *message;
    } rows[] = {
        {"{\"json\": {\"$.a\": 1}}", "{\"a\": 2}",
         "header x $.a: expected JSON with $.a 1, got 2"},
        {"{\"parse_json\": {\"equals\": {\"a\": 1}}}", "{\"a\": 2}",
         "header x $.a: expected as JSON 1, got 2"},
        {"{\"lower\": {\"ends_with\": \"c\"}}",
         "\xff"
         "ABC",
         ""},
        {"{\"split\": [\",\", {\"count\": 2}]}", "a,\xff",
         "header x: expected split at \",\", a count of 2, got split: not "
         "UTF-8: \"a,\\xff\""},
        {"{\"split\": [\";\", {\"any\": {\"trim\": {\"regex\": "
         "[\"max-age=(.*)\", {\"number\": {\"gte\": 60}}]}}}]}",
         "private; max-age=60", ""},
        {"{\"hex\": {\"length\": 1, \"sha256\": "
         "\"a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89\"}}",
         "ff", ""},
        {"{\"lower\": 12}", "12", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct header header = {"X", rows[i].value};
        struct trial trial;

        trial_prepare(&trial, "{\"expect\": {\"headers\": {\"x\": %s}}}",
                      rows[i].matcher);
        trial_answer(&trial, "");
        trial.response.header_count = 1;
        trial.response.headers = &header;
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
        trial_finish(&trial);
    }
}
END_TEST

/* A template is filled before the transform is used, and judged as what is
 * written there would be. */
START_TEST(arguments_may_be_templates)
{
    struct trial trial;

    trial_compile(&trial,
                  "{\"expect\": {\"json\": {"
                  "\"$.a\": {\"split\": [\"{{cut}}\", [\"1\", \"2\"]]}, "
                  "\"$.b\": {\"nth\": [\"{{one}}\", \"{{cut}}\"]}, "
                  "\"$.c\": {\"regex\": [\"x{{cut}}(.)\", \"y\"]}, "
                  "\"$.d\": {\"nth\": [\"{{cut}}\", 1]}}}}");
    trial_answer(&trial, "{\"a\": \"1.2\", \"b\": [0, \".\"], \"c\": \"x.y\", "
                         "\"d\": [1]}");
    trial.variables = json_pack("{s:s, s:i}", "cut", ".", "one", 1);
    trial_judge(&trial);
    trial_expect(&trial, "json: an index is a whole number from 0 on");
    trial_finish(&trial);
}
END_TEST

/* Only what its probe sees of a body need not be held. */
START_TEST(bodies_are_held_to_be_looked_into)
{
    static const struct {
        const char *body;
        bool is_held;
    } rows[] = {
        {"{\"length\": 3}", false},
        {"{\"sha256\": {\"starts_with\": \"ba78\"}}", false},
        {"{\"md5\": {\"starts_with\": \"9001\"}}", true},
        {"{\"lower\": \"abc\"}", true},
        {"{\"not\": {\"regex\": [\"b\", \"x\"]}}", true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_prepare(&trial, "{\"expect\": {\"body\": %s}}", rows[i].body);
        ck_assert_int_eq(judgement_holds_body(trial.judgement),
                         rows[i].is_held);
        if (rows[i].is_held)
            trial_answer(&trial, "abc");
        else
            trial_stream(&trial, "abc", 3, 1);
        trial_judge(&trial);
        trial_expect(&trial, NULL);
        trial_finish(&trial);
    }
}
END_TEST

/* Columns count from the one where the matcher stands, which is 25. */
START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *matcher, *told;
    } mistakes[] = {
        {"{\"nth\": 1}",
         "1:33: \"nth\" takes a list of two, an index from 0 and a matcher"},
        {"{\"nth\": [1]}",
         "1:33: \"nth\" takes a list of two, an index from 0 and a matcher"},
        {"{\"nth\": [-1, 2]}", "1:34: an index is a whole number from 0 on"},
        {"{\"nth\": [1.5, 2]}", "1:34: an index is a whole number from 0 on"},
        {"{\"nth\": [18446744073709551616, 2]}",
         "1:34: an index is a whole number from 0 on"},
        {"{\"nth\": [\"1\", 2]}", "1:34: an index is a whole number from 0 on"},
        {"{\"nth\": [1, {\"cont\": 1}]}",
         "1:38: unknown matcher \"cont\"; did you mean \"count\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"split\": \",\"}",
         "1:35: \"split\" takes a list of two, a separator and a matcher"},
        {"{\"split\": [\"\", 1]}",
         "1:36: a separator is a text that is not empty"},
        {"{\"regex\": \"x\"}",
         "1:35: \"regex\" takes a list of two, a regular expression and a "
         "matcher; where only a match is wanted, write {\"matches\": "
         "\"...\"}"},
        {"{\"regex\": [\"a(\", 1]}",
         "1:39: bad regular expression: missing closing parenthesis"},
        {"{\"regex\": [\"a\", {\"count\": 1}]}",
         "1:42: \"count\" cannot be asked of a text"},
        {"{\"json\": 1}",
         "1:34: \"json\" takes an object of JSONPaths, and what is expected at "
         "each; for the whole document write {\"parse_json\": ...}"},
        {"{\"json\": {\"a\": 1}}",
         "1:34: \"json\" takes an object of JSONPaths, and what is expected at "
         "each; for the whole document write {\"parse_json\": ...}"},
        {"{\"json\": {\"$.[\": 1}}",
         "1:38: bad JSONPath: a name or `*` is expected here, not `[`"},
        {"{\"number\": \"12\"}", "1:36: a number is compared with a number"},
        {"{\"number\": {\"contains\": \"1\"}}",
         "1:37: \"contains\" cannot be asked of a number"},
        {"{\"length\": {\"number\": 1}}",
         "1:37: \"number\" cannot be asked of a number"},
        {"{\"lower\": [\"a\"]}",
         "1:35: a text is never an array; one of several is written {\"in\": "
         "[...]}"},
        {"{\"base64\": {\"first\": 1}}",
         "1:37: \"first\" cannot be asked of a text"},
        {"{\"md5\": \"ff\"}", "1:33: an md5 has 32 hexadecimal digits"},
        {"{\"sha256\": \"ff\"}", "1:36: a sha256 has 64 hexadecimal digits"},
    };

    for (size_t i = 0; i < COUNT(mistakes); i++) {
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\":{\"$\":%s}}}",
                 mistakes[i].matcher);
        trial_refuse(spec, mistakes[i].told);
    }
}
END_TEST

static void split_many(size_t pieces, const char *told)
{
    struct trial trial;
    char *body = must_alloc(pieces);

    memset(body, ',', pieces - 1);
    trial_prepare(&trial,
                  "{\"expect\": {\"body\": {\"split\": [\",\", {\"count\": "
                  "%zu}]}}}",
                  pieces);
    trial_answer(&trial, body);
    trial_judge(&trial);
    trial_expect(&trial, told);
    trial_finish(&trial);
    free(body);
}

START_TEST(pieces_are_counted)
{
    split_many(LIMIT_PIECES, NULL);
    split_many(LIMIT_PIECES + 1,
               "body: \"split\" makes more than 100000 pieces");
}
END_TEST

UNIT("matcher_inside", texts_become_other_texts, texts_are_decoded,
     texts_become_numbers, lists_have_elements, patterns_cut_a_part_out,
     texts_may_be_documents, headers_are_looked_into,
     arguments_may_be_templates, bodies_are_held_to_be_looked_into,
     mistakes_are_told_at_their_place, pieces_are_counted)
