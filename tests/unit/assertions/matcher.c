/* Every word of the language: what it accepts, what it says when it does not,
 * and what is said of those who write it wrongly. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "assertions/words.h"

struct row {
    const char *matcher; /* for $.v */
    const char *value;   /* of v; NULL: there is none */
    const char *message; /* behind "json $.v"; NULL: it holds */
};

static void judge_row(const struct row *row)
{
    char expect[2048], body[2048], wanted[2048] = "";
    struct trial trial;

    snprintf(expect, sizeof(expect), "{\"json\": {\"$.v\": %s}}", row->matcher);
    snprintf(body, sizeof(body), row->value ? "{\"v\": %s}" : "{}", row->value);
    if (row->message)
        snprintf(wanted, sizeof(wanted), "json $.v%s", row->message);
    trial_body(&trial, expect, body);
    ck_assert_msg(strcmp(trial_messages(&trial), wanted) == 0,
                  "%s of %s:\n  said   %s\n  wanted %s", row->matcher,
                  row->value ? row->value : "nothing", trial_messages(&trial),
                  wanted);
    ck_assert_uint_eq(trial.judged.check_count, 2);
    trial_finish(&trial);
}

static void judge_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        judge_row(&rows[i]);
}

START_TEST(literals_match_by_deep_equality)
{
    static const struct row rows[] = {
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

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(big_numbers_are_never_rounded_together)
{
    static const struct row rows[] = {
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

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_a_document)
{
    struct trial trial;

    trial_body(&trial, "{\"json\": {\"$.v\": 1}}", "\xef\xbb\xbf{\"v\": 1}");
    ck_assert_str_eq(trial_messages(&trial), "");
    trial_finish(&trial);
}
END_TEST

START_TEST(words_compare)
{
    static const struct row rows[] = {
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

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(words_look_into_texts)
{
    static const struct row rows[] = {
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
         ": expected a sha256 of starting with \"ff\", got 1"},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(words_ask_for_shapes)
{
    static const struct row rows[] = {
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

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(words_look_into_collections)
{
    static const struct row rows[] = {
        {"{\"count\": 2}", "[1, 2]", NULL},
        {"{\"count\": {\"lte\": 1}}", "[1, 2]",
         ": expected a count of at most 1, got 2"},
        {"{\"count\": 1}", "{\"a\": 1}",
         ": expected a count of 1, got {\"a\":1}"},
        {"{\"length\": 2}", "\"\\u00e4\\u20ac\"", NULL},
        {"{\"length\": 2}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"length\": 0}", "[]", NULL},
        {"{\"length\": {\"gt\": 3}}", "\"abc\"",
         ": expected a length of greater than 3, got 3"},
        {"{\"length\": 1}", "5", ": expected a length of 1, got 5"},
        {"{\"all\": {\"type\": \"integer\"}}", "[1, 2]", NULL},
        {"{\"all\": {\"type\": \"integer\"}}", "[]", NULL},
        {"{\"all\": {\"type\": \"integer\"}}", "[1, \"a\"]",
         "[1]: expected an integer, got \"a\""},
        {"{\"all\": {\"gt\": 1}}", "[1, 2, 0, 1]",
         "[0]: expected greater than 1, got 1 (and 2 more elements)"},
        {"{\"all\": 1}", "1", ": expected every element 1, got 1"},
        {"{\"any\": 2}", "[1, 2]", NULL},
        {"{\"any\": 3}", "[1, 2]", ": expected an element 3, got [1,2]"},
        {"{\"any\": 3}", "[]", ": expected an element 3, got []"},
        {"{\"none\": 3}", "[1, 2]", NULL},
        {"{\"none\": {\"gt\": 1}}", "[1, 2, 3]",
         "[1]: expected no element greater than 1, got 2 (and 1 more "
         "element)"},
        {"{\"none\": 3}", "3", ": expected no element 3, got 3"},
        {"{\"all_of\": [{\"gt\": 1}, {\"lt\": 3}]}", "2", NULL},
        {"{\"all_of\": [{\"gt\": 1}, {\"lt\": 3}]}", "3",
         ": expected less than 3, got 3"},
        {"{\"gt\": 1, \"lt\": 3}", "2", NULL},
        {"{\"gt\": 1, \"lt\": 3}", "0", ": expected greater than 1, got 0"},
        {"{\"any_of\": [1, {\"gt\": 5}]}", "6", NULL},
        {"{\"any_of\": [1, {\"gt\": 5}]}", "2",
         ": expected 1 or greater than 5, got 2"},
        {"{\"not\": {\"gt\": 1, \"lt\": 3}}", "2",
         ": expected not greater than 1 and less than 3, got 2"},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(includes_finds_deep_subsets)
{
    static const struct row rows[] = {
        {"{\"includes\": {\"a\": 1}}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"includes\": {\"a\": {\"b\": [2]}}}",
         "{\"a\": {\"b\": [1, 2], \"c\": 3}}", NULL},
        {"{\"includes\": [3, 1]}", "[1, 2, 3]", NULL},
        {"{\"includes\": []}", "[]", NULL},
        {"{\"includes\": {\"id\": 2}}", "[{\"id\": 1}, {\"id\": 2, \"x\": 0}]",
         NULL},
        {"{\"includes\": [{\"a\": 1}, {\"a\": 1, \"b\": 2}]}",
         "[{\"a\": 1, \"b\": 2}, {\"a\": 1}]", NULL},
        {"{\"includes\": [{\"a\": 1}, {\"b\": 2}, {\"c\": 3}]}",
         "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"c\": 3}, {\"a\": 1}]", NULL},
        {"{\"includes\": [1, 1]}", "[1, 2]",
         ": expected an element of its own for each of [1,1], got [1,2]"},
        {"{\"includes\": [1, 4]}", "[1, 2]",
         ": expected an element including 4, got [1,2]"},
        {"{\"includes\": [1, 2, 3]}", "[1, 2]",
         ": expected an element including 3, got [1,2]"},
        {"{\"includes\": {\"a\": {\"b\": 1}}}", "{\"a\": {\"b\": 2}}",
         ".a.b: expected 1, got 2"},
        {"{\"includes\": {\"a\": {\"b\": 1}}}", "{\"a\": {}}",
         ".a.b: nothing there, expected 1"},
        {"{\"includes\": {\"a\": [{\"x\": 1}]}}", "{\"a\": [{\"x\": 2}]}",
         ".a: expected an element including {\"x\":1}, got [{\"x\":2}]"},
        {"{\"includes\": \"a\"}", "{}", ": expected \"a\", got {}"},
        {"{\"includes\": {\"id\": 3}}", "[{\"id\": 1}]",
         ": expected an element including {\"id\":3}, got [{\"id\":1}]"},
    };

    judge_rows(rows, COUNT(rows));
}
END_TEST

static char *list_of(size_t count, const char *element)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? "," : "[", element);
    fputc(']', out);
    fclose(out);
    return text;
}

static void judge_includes(const char *expected, const char *actual,
                           const char *message)
{
    struct trial trial;
    char *expect = NULL;

    ck_assert_int_gt(
        asprintf(&expect, "{\"json\": {\"includes\": %s}}", expected), 0);
    trial_body(&trial, expect, actual);
    ck_assert_str_eq(trial_messages(&trial), message);
    if (*message)
        ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_SPEC);
    trial_finish(&trial);
    free(expect);
}

static const char gave_up[] =
    "json: \"includes\" gave up after 1000000 comparisons";

START_TEST(includes_has_so_many_pairs_at_most)
{
    char *most = list_of(1000, "1"), *more = list_of(1001, "1");

    judge_includes(most, most, "");
    judge_includes(more, more, gave_up);
    free(most);
    free(more);
}
END_TEST

/* Each of the inner lists is searched to its end before it is refused. */
START_TEST(includes_gives_up_at_its_limit)
{
    char *ones = list_of(300, "1"), *others = list_of(299, "1,2,2");
    char *expected = list_of(1, ones), *actual = list_of(60, others);

    judge_includes(expected, actual, gave_up);
    free(ones);
    free(others);
    free(expected);
    free(actual);
}
END_TEST

START_TEST(lists_of_nodes_match_as_lists)
{
    static const struct {
        const char *path, *matcher, *message;
    } rows[] = {
        {"$.items[*].id", "[1, 2, 3]", NULL},
        {"$.items[*].id", "{\"count\": 3}", NULL},
        {"$.items[*].id", "{\"all\": {\"type\": \"integer\"}}", NULL},
        {"$.items[*].id", "{\"contains\": 2}", NULL},
        {"$.items[*].id", "{\"includes\": [3, 1]}", NULL},
        {"$.items[*].id", "{\"type\": \"array\"}", NULL},
        {"$.items[*].no", "{\"empty\": true}", NULL},
        {"$.items[*].no", "{\"length\": 0}", NULL},
        {"$.items[*].no", "{\"exists\": false}", NULL},
        {"$.items[*].no", "{\"exists\": true}",
         "json $.items[*].no: expected something there, got []"},
        {"$.items[*].id", "{\"exists\": true}", NULL},
        {"$.items[*].id", "{\"exists\": false}",
         "json $.items[*].id: expected nothing there, got [1,2,3]"},
        {"$.items[*].id", "{\"in\": [[1, 2, 3]]}", NULL},
        {"$.items[*].id", "[1, 5, 3]", "json $.items[1].id: expected 5, got 2"},
        {"$.items[*].id", "[1, 2]",
         "json $.items[2].id: expected nothing there, got 3"},
        {"$.items[*].id", "[1, 2, 3, 4]",
         "json $.items[*].id: expected 4, got nothing there"},
        {"$.items[*].id", "1", "json $.items[*].id: expected 1, got [1,2,3]"},
        {"$.items[?@.id > 1].id", "{\"all\": {\"lt\": 3}}",
         "json $.items[2].id: expected less than 3, got 3"},
        {"$.items[*]", "{\"all\": {\"equals\": {\"id\": 1}}}",
         "json $.items[1].id: expected 1, got 2 (and 1 more element)"},
        {"$.items[*].id", "{\"none\": 2}",
         "json $.items[1].id: expected no element 2, got 2"},
        {"$['a b']..*", "{\"all\": {\"type\": \"object\"}}",
         "json $['a b']['it\\'s']: expected an object, got [7] (and 1 more "
         "element)"},
    };
    static const char body[] = "{\"items\": [{\"id\": 1}, {\"id\": 2}, "
                               "{\"id\": 3}], \"a b\": {\"it's\": [7]}}";

    for (size_t i = 0; i < COUNT(rows); i++) {
        char expect[512];
        struct trial trial;

        snprintf(expect, sizeof(expect), "{\"json\": {\"%s\": %s}}",
                 rows[i].path, rows[i].matcher);
        trial_body(&trial, expect, body);
        ck_assert_str_eq(trial_messages(&trial),
                         rows[i].message ? rows[i].message : "");
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *matcher, *told;
    } rows[] = {
        {"{\"contians\": 1}",
         "1:26: unknown matcher \"contians\"; did you mean \"contains\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"contains\": \"x\", \"contians\": \"x\"}",
         "1:43: unknown matcher \"contians\"; did you mean \"contains\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"not\": {\"lower\": 1, \"contains\": \"y\"}}",
         "1:34: \"lower\" is not supported by this version"},
        {"{\"not\": {\"a\": 1, \"b\": 2}}",
         "1:34: unknown matcher \"a\"; an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"count\": -1}",
         "1:35: this can never hold: a count is a whole number from 0 on"},
        {"{\"length\": {\"in\": [1, 1.5]}}",
         "1:47: this can never hold: a count is a whole number from 0 on"},
        {"{\"id\": 1, \"title\": 2}",
         "1:26: unknown matcher \"id\"; did you mean \"in\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"owner\": 1, \"title\": 2}",
         "1:26: unknown matcher \"owner\"; an object to compare with is "
         "written {\"equals\": {...}}"},
        {"{\"gtt\": 1, \"lt\": 2}",
         "1:26: unknown matcher \"gtt\"; did you mean \"gt\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"xml\": 1}", "1:26: \"xml\" is not supported by this version"},
        {"{}", "1:25: an object without matchers expects nothing; an empty "
               "object is written {\"equals\": {}}"},
        {"{\"$comment\": \"x\"}",
         "1:25: an object without matchers expects nothing; an empty object "
         "is written {\"equals\": {}}"},
        {"{\"snapshot\": \"a.json\"}",
         "1:26: \"snapshot\" is not supported by this version"},
        {"{\"regex\": \"a\"}",
         "1:26: \"regex\" is not supported by this version"},
        {"{\"gt\": [1]}",
         "1:32: only a number or a text is more or less than another"},
        {"{\"between\": [1]}", "1:37: \"between\" takes a list of two, the "
                               "least and the most"},
        {"{\"between\": [3, 1]}", "1:37: \"between\" takes two numbers or two "
                                  "texts, the least first"},
        {"{\"between\": [\"a\", 1]}",
         "1:37: \"between\" takes two numbers or two texts, the least first"},
        {"{\"in\": 1}", "1:32: \"in\" takes a list of at least one value"},
        {"{\"in\": []}", "1:32: \"in\" takes a list of at least one value"},
        {"{\"starts_with\": 1}", "1:41: a part of a text is a text itself"},
        {"{\"ends_with\": 1}", "1:39: a part of a text is a text itself"},
        {"{\"matches\": 1}", "1:37: a regular expression is a text"},
        {"{\"matches\": \"a\\\\d(\"}",
         "1:43: bad regular expression: missing closing parenthesis"},
        {"{\"matches\": \"a[z-b]\"}",
         "1:42: bad regular expression: range out of order in character "
         "class"},
        {"{\"matches\": \"\\\\Cx\"}",
         "1:41: bad regular expression: using \\C is disabled by the "
         "application"},
        {"{\"empty\": 1}", "1:35: true or false is wanted here"},
        {"{\"exists\": \"no\"}", "1:36: true or false is wanted here"},
        {"{\"type\": \"strin\"}",
         "1:34: unknown type \"strin\"; did you mean \"string\"?"},
        {"{\"type\": \"x\"}", "1:34: a type is array, boolean, integer, null, "
                              "number, object or string"},
        {"{\"type\": []}", "1:34: a list of at least one type is wanted here"},
        {"{\"type\": 5}", "1:34: a type is array, boolean, integer, null, "
                          "number, object or string"},
        {"{\"count\": \"3\"}", "1:35: a count is compared with a number"},
        {"{\"length\": {\"contains\": 1}}",
         "1:37: \"contains\" cannot be asked of a number"},
        {"{\"any_of\": []}", "1:36: a list of at least one is wanted here"},
        {"{\"all_of\": 1}", "1:36: a list of at least one is wanted here"},
        {"{\"sha256\": \"abc\"}", "1:36: a sha256 has 64 hexadecimal digits"},
        {"{\"not\": {\"gtte\": 1}, \"lt\": [2]}",
         "1:34: unknown matcher \"gtte\"; did you mean \"gte\"? an object to "
         "compare with is written {\"equals\": {...}}\n"
         "1:52: only a number or a text is more or less than another"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char spec[512];
        struct trial trial;

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\":{\"$\":%s}}}",
                 rows[i].matcher);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), rows[i].told);
        trial_finish(&trial);
    }
}
END_TEST

static void nest(char *spec, size_t size, int depth)
{
    size_t length = (size_t)snprintf(spec, size, "{\"expect\": {\"body\": ");

    for (int i = 0; i < depth; i++)
        length += (size_t)snprintf(spec + length, size - length, "{\"not\":");
    length += (size_t)snprintf(spec + length, size - length, "\"a\"");
    for (int i = 0; i < depth; i++)
        length += (size_t)snprintf(spec + length, size - length, "}");
    snprintf(spec + length, size - length, "}}");
}

START_TEST(matchers_nest_to_a_limit)
{
    char spec[4096];
    struct trial trial;

    /* The literal inside is the last level. */
    nest(spec, sizeof(spec), LIMIT_MATCHER_DEPTH - 1);
    trial_compile(&trial, spec);
    ck_assert_str_eq(trial_faults(&trial), "");
    trial_finish(&trial);
    nest(spec, sizeof(spec), LIMIT_MATCHER_DEPTH);
    trial_compile(&trial, spec);
    ck_assert_str_eq(trial_faults(&trial),
                     "1:469: matchers are nested deeper than 64");
    trial_finish(&trial);
}
END_TEST

START_TEST(comments_are_no_matchers)
{
    struct trial trial;

    trial_body(&trial,
               "{\"$comment\": 1, \"json\": {\"$comment\": 2, \"$.v\": "
               "{\"$comment\": 3, \"gt\": 1}}}",
               "{\"v\": 2}");
    ck_assert_str_eq(trial_messages(&trial), "");
    ck_assert_uint_eq(trial.judged.check_count, 2);
    trial_finish(&trial);
}
END_TEST

START_TEST(the_tables_are_sorted)
{
    const char *const *(*const tables[])(size_t *) = {
        matcher_names, extractor_names, capture_names};

    for (size_t i = 0; i < COUNT(tables); i++) {
        size_t count = 0;
        const char *const *names = tables[i](&count);

        ck_assert_uint_gt(count, 5);
        ck_assert(words_are_sorted(names, count));
        for (size_t j = 0; j < count; j++)
            ck_assert_uint_eq(words_find(names, count, names[j]), j);
        ck_assert_uint_eq(words_find(names, count, "zzz"), NO_WORD);
    }
}
END_TEST

/* A word of the format that this version lacks is never taken for a misspelt
 * one: finding each by bisection holds their tables sorted. */
START_TEST(words_of_later_versions_are_known)
{
    static const char *const matchers[] = {
        "near",   "format", "schema",     "unique",    "sorted",
        "keys",   "first",  "lower",      "unordered", "trim",
        "number", "last",   "base64",     "hex",       "url_decode",
        "md5",    "nth",    "parse_json", "split",     "regex",
        "date",   "json",   "xml",        "snapshot",  "use",
    };

    for (size_t i = 0; i < COUNT(matchers); i++) {
        char spec[128], wanted[128];
        struct trial trial;

        snprintf(spec, sizeof(spec), "{\"expect\": {\"body\": {\"%s\": 1}}}",
                 matchers[i]);
        snprintf(wanted, sizeof(wanted),
                 "1:22: \"%s\" is not supported by this version", matchers[i]);
        trial_compile(&trial, spec);
        ck_assert_str_eq(trial_faults(&trial), wanted);
        trial_finish(&trial);
    }
}
END_TEST

UNIT("matcher", literals_match_by_deep_equality,
     big_numbers_are_never_rounded_together,
     a_byte_order_mark_is_no_part_of_a_document, words_compare,
     words_look_into_texts, words_ask_for_shapes, words_look_into_collections,
     includes_finds_deep_subsets, includes_has_so_many_pairs_at_most,
     includes_gives_up_at_its_limit, lists_of_nodes_match_as_lists,
     mistakes_are_told_at_their_place, matchers_nest_to_a_limit,
     comments_are_no_matchers, the_tables_are_sorted,
     words_of_later_versions_are_known)
