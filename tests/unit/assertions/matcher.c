/* The language itself: what is said of those who write it wrongly. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

#include "assertions/words.h"

static const struct {
    const char *matcher, *told;
} mistakes[] = {
    {"{\"contians\": 1}",
     "1:26: unknown matcher \"contians\"; did you mean \"contains\"? an object to "
     "compare with is written {\"equals\": {...}}"},
    {"{\"contains\": \"x\", \"contians\": \"x\"}",
     "1:43: unknown matcher \"contians\"; did you mean \"contains\"? an object to "
     "compare with is written {\"equals\": {...}}"},
    {"{\"not\": {\"snapshot\": 1, \"contains\": \"y\"}}",
     "1:34: \"snapshot\" is not supported by this version"},
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
    {"{\"colour\": 1, \"title\": 2}",
     "1:26: unknown matcher \"colour\"; an object to compare with is "
     "written {\"equals\": {...}}"},
    {"{\"gtt\": 1, \"lt\": 2}",
     "1:26: unknown matcher \"gtt\"; did you mean \"gt\"? an object to "
     "compare with is written {\"equals\": {...}}"},
    {"{}", "1:25: an object without matchers expects nothing; an empty "
           "object is written {\"equals\": {}}"},
    {"{\"$comment\": \"x\"}",
     "1:25: an object without matchers expects nothing; an empty object "
     "is written {\"equals\": {}}"},
    {"{\"snapshot\": \"a.json\"}",
     "1:26: \"snapshot\" is not supported by this version"},
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

START_TEST(mistakes_are_told_at_their_place)
{
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        char spec[512];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\":{\"$\":%s}}}",
                 mistakes[i].matcher);
        trial_refuse(spec, mistakes[i].told);
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

    /* The literal inside is the last level. */
    nest(spec, sizeof(spec), LIMIT_MATCHER_DEPTH - 1);
    trial_refuse(spec, "");
    nest(spec, sizeof(spec), LIMIT_MATCHER_DEPTH);
    trial_refuse(spec, "1:469: matchers are nested deeper than 64");
}
END_TEST

START_TEST(comments_are_no_matchers)
{
    struct trial trial;

    trial_body(&trial,
               "{\"$comment\": 1, \"json\": {\"$comment\": 2, \"$.v\": "
               "{\"$comment\": 3, \"gt\": 1}}}",
               "{\"v\": 2}");
    trial_expect(&trial, NULL);
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
    static const char *const matchers[] = {"snapshot"};

    for (size_t i = 0; i < COUNT(matchers); i++) {
        char spec[128], wanted[128];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"body\": {\"%s\": 1}}}",
                 matchers[i]);
        snprintf(wanted, sizeof(wanted),
                 "1:22: \"%s\" is not supported by this version", matchers[i]);
        trial_refuse(spec, wanted);
    }
}
END_TEST

UNIT("matcher", mistakes_are_told_at_their_place, matchers_nest_to_a_limit,
     comments_are_no_matchers, the_tables_are_sorted,
     words_of_later_versions_are_known)
