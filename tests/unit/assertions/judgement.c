/* What a step's `expect` and `capture` are made into: mistakes, defaults,
 * needs. */
#include "assertions/judgement.h"

#include "tests/unit/assertions/answer.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <stdlib.h>
#include <string.h>

#include "assertions/sharing.h"

static const struct {
    const char *spec, *told;
} mistakes[] = {
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
    {"{\"expect\": {\"error\": \"arrived\"}}", "1:22: no error \"arrived\""},
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
    {"{\"capture\": {\"a\": {\"status\": {}}}}", "1:30: true is wanted here"},
    {"{\"capture\": 1}", "1:13: \"capture\" takes an object: names, and "
                         "where the value of each is found"},
    {"{\"capture\": {\"a\": \"$.id\"}}",
     "1:19: a capture is an object, as {\"json\": \"$.id\"}"},
    {"{\"capture\": {\"a\": {}}}",
     "1:19: a capture needs a subject: body, cookie, header, html, "
     "json, regex, status or xml"},
    {"{\"capture\": {\"a\": {\"secret\": 1, \"json\": \"$\"}}}",
     "1:30: true or false is wanted here"},
    {"{\"capture\": {\"a\": {\"jsn\": \"$\"}}}",
     "1:20: unknown capture \"jsn\"; did you mean \"json\"?"},
    {"{\"capture\": {\"a\": {\"tls\": true}}}",
     "1:20: \"tls\" is not supported by this version"},
    {"{\"capture\": {\"a\": {\"json\": \"$\", \"url\": true}}}",
     "1:33: \"url\" is not supported by this version"},
    {"{\"capture\": {\"a\": {\"json\": \"$\", \"header\": \"x\"}}}",
     "1:33: a capture has one subject, and \"header\" is a second one"},
    {"{\"capture\": {\"a\": {\"header\": 1}}}", "1:30: a text is wanted here"},
    {"{\"capture\": {\"a\": {\"status\": false}}}",
     "1:30: true is wanted here"},
    {"{\"capture\": {\"a\": {\"regex\": \"(\"}}}",
     "1:31: bad regular expression: missing closing parenthesis"},
};

START_TEST(mistakes_are_told_at_their_place)
{
    for (size_t i = 0; i < COUNT(mistakes); i++)
        trial_refuse(mistakes[i].spec, mistakes[i].told);
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

        trial_prepare(&trial, "{\"defaults\": %s, \"expect\": %s}",
                      rows[i].defaults, rows[i].expect);
        trial_answer_fully(&trial);
        trial_judge(&trial);
        trial_expect(&trial, rows[i].messages);
        ck_assert_uint_eq(trial.judged.check_count, rows[i].checks);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_mistake_in_defaults_is_told_once)
{
    json_auto_t *empty = json_object();
    struct trial trial;

    trial_compile(&trial, "{\"defaults\": {\"staus\": 1}, \"expect\": {}}");
    trial.expect.json = empty;
    (void)judgement_compile(&trial.arena, &trial.step, NULL, NULL,
                            &trial.faults);
    ck_assert_uint_eq(trial.faults.count, 1);
    ck_assert_uint_eq(trial.faults.total, 1);
    trial_finish(&trial);
}
END_TEST

START_TEST(the_needs_of_all_templates_are_known)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct needs needs;
    struct trial trial;

    trial_prepare(
        &trial, "%s",
        "{\"expect\": {\"status\": \"{{a}}\", \"json\": {\"$.x\": {\"in\": "
        "[1, \"{{b}}\"]}, \"$.y\": {\"not\": {\"matches\": \"{{c}}\"}}}, "
        "\"body\": {\"contains\": \"{{d}} {{e}}\"}}, \"capture\": {\"k\": "
        "{\"json\": \"$.{{f}}\", \"regex\": \"{{g}}\"}}}");
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
    trial_expect(&trial, NULL);
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

START_TEST(one_path_is_compiled_once)
{
    struct sharing *sharing = must_alloc(sizeof(*sharing));
    struct node expect = {0};
    struct trial trial;
    const struct judgement *first, *second;
    const struct check *check, *other;

    trial_compile(&trial, "{\"expect\": {}}");
    expect.json = value_read("{\"json\": {\"$.a\": 1, \"$.b\": 2}}");
    trial.step.expect = &expect;
    first = judgement_compile(&trial.arena, &trial.step, NULL, sharing,
                              &trial.faults);
    second = judgement_compile(&trial.arena, &trial.step, NULL, sharing,
                               &trial.faults);
    ck_assert_uint_eq(trial.faults.total, 0);
    for (size_t i = 1; i < first->check_count; i++) {
        check = first->checks[i].check;
        other = second->checks[i].check;
        ck_assert_ptr_nonnull(check->path);
        ck_assert_ptr_eq(check->path, other->path);
    }
    json_decref(expect.json);
    free(sharing);
    trial_finish(&trial);
}
END_TEST

UNIT("judgement", mistakes_are_told_at_their_place,
     bad_paths_are_told_inside_of_their_keys, defaults_lie_under_an_expectation,
     a_mistake_in_defaults_is_told_once, the_needs_of_all_templates_are_known,
     four_braces_are_two, an_implied_status_is_an_expectation,
     one_path_is_compiled_once)
