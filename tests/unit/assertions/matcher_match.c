/* Matchers in the place of values, and values that do not count. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

START_TEST(matchers_stand_in_the_place_of_values)
{
    static const struct matcher_row rows[] = {
        {"{\"equals\": {\"id\": {\"$match\": {\"type\": \"integer\"}}, "
         "\"n\": [1, {\"$match\": {\"gt\": 1}}]}}",
         "{\"n\": [1, 2], \"id\": 7}", NULL},
        {"{\"equals\": {\"id\": {\"$match\": {\"type\": \"integer\"}}}}",
         "{\"id\": \"7\"}", ".id: expected an integer, got \"7\""},
        {"{\"equals\": {\"id\": {\"$match\": {\"gt\": 1, \"lt\": 5}}}}",
         "{\"id\": 7}", ".id: expected less than 5, got 7"},
        {"{\"equals\": {\"id\": {\"$match\": {\"gt\": 1}}}}", "{}",
         ".id: nothing there, expected greater than 1"},
        {"{\"equals\": {\"id\": {\"$match\": {\"exists\": false}}, "
         "\"a\": 1}}",
         "{\"a\": 1}", NULL},
        {"{\"equals\": {\"id\": {\"$match\": {\"exists\": false}}}}",
         "{\"id\": 1}", ".id: expected nothing there, got 1"},
        {"{\"equals\": {\"id\": {\"$match\": {\"exists\": true}}}}",
         "{\"id\": null}", NULL},
        {"{\"equals\": {\"a\": 1, \"id\": {\"$match\": {\"exists\": true}}}}",
         "{\"id\": null, \"b\": 1, \"a\": 1}",
         ".b: expected nothing there, got 1"},
        {"[{\"$match\": {\"gt\": 1}}, 2]", "[5, 2]", NULL},
        {"[{\"$match\": {\"gt\": 1}}, \"{\", \"[\"]", "[5, \"{\", \"[\"]",
         NULL},
        {"{\"equals\": {\"a\": 1, \"b\": {\"$match\": {\"exists\": true}}}}",
         "{\"b\": 1}", ".a: nothing there, expected 1"},
        {"{\"equals\": {\"a\": {\"$match\": {\"equals\": {\"b\": "
         "{\"$match\": {\"lt\": 0}}}}}}}",
         "{\"a\": {\"b\": -1}}", NULL},
        {"{\"equals\": {\"a\": {\"$match\": {\"includes\": [2]}}}}",
         "{\"a\": [1, 2]}", NULL},
        {"{\"includes\": {\"a\": [{\"x\": {\"$match\": {\"gt\": 1}}}]}}",
         "{\"a\": [{\"x\": 1}, {\"x\": 2, \"y\": 3}], \"b\": 1}", NULL},
        {"{\"includes\": {\"a\": [{\"x\": {\"$match\": {\"gt\": 5}}}]}}",
         "{\"a\": [{\"x\": 1}]}",
         ".a: expected an element including {\"x\":{\"$match\":\"greater than "
         "5\"}}, got [{\"x\":1}]"},
        {"{\"includes\": {\"a\": {\"$match\": {\"type\": \"string\"}}}}",
         "{\"a\": 5}", ".a: expected a string, got 5"},
        {"{\"includes\": {\"gone\": {\"$match\": {\"exists\": false}}}}",
         "{\"a\": 5}", NULL},
        {"{\"not\": {\"equals\": {\"a\": {\"$match\": {\"gt\": 1}}}}}",
         "{\"a\": 2}",
         ": expected not {\"a\":{\"$match\":\"greater than 1\"}}, got "
         "{\"a\":2}"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(templates_reach_into_places)
{
    struct trial trial;

    trial_prepare(&trial,
                  "{\"expect\": {\"json\": {\"equals\": {\"a\": \"{{x}}\", "
                  "\"b\": {\"$match\": {\"gt\": \"{{y}}\"}}}}}}");
    trial.variables = json_pack("{s: s, s: i}", "x", "one", "y", 5);
    trial_answer(&trial, "{\"a\": \"one\", \"b\": 6}");
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_answer(&trial, "{\"a\": \"one\", \"b\": 5}");
    trial_judge(&trial);
    trial_expect(&trial, "json $.b: expected greater than 5, got 5");
    trial_finish(&trial);
}
END_TEST

/* What a variable holds is data, whatever it looks like. */
START_TEST(only_the_spec_makes_places)
{
    struct trial trial;

    trial_prepare(&trial, "{\"expect\": {\"json\": {\"equals\": [\"{{x}}\", "
                          "{\"$match\": {\"exists\": true}}]}}}");
    trial.variables = json_pack("{s: {s: {s: b}}}", "x", "$match", "exists", 1);
    trial_answer(&trial, "[{\"$match\": {\"exists\": true}}, 1]");
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_answer(&trial, "[5, 1]");
    trial_judge(&trial);
    trial_expect(&trial, "json $[0]: expected {\"$match\":{\"exists\":true}}, "
                         "got 5");
    trial_finish(&trial);
}
END_TEST

START_TEST(what_is_ignored_does_not_count)
{
    static const struct matcher_row rows[] = {
        {"{\"equals\": {\"a\": 1}, \"ignore\": [\"$.id\", \"$..at\"]}",
         "{\"id\": 5, \"a\": 1, \"at\": 2}", NULL},
        {"{\"equals\": {\"a\": 1, \"id\": 7}, \"ignore\": [\"$.id\"]}",
         "{\"a\": 1}", NULL},
        {"{\"equals\": {\"l\": [{\"n\": 1}, {\"n\": 2}]}, "
         "\"ignore\": [\"$..at\"]}",
         "{\"l\": [{\"n\": 1, \"at\": null}, {\"at\": 2, \"n\": 3}]}",
         ".l[1].n: expected 2, got 3"},
        {"{\"equals\": {\"a\": 1}, \"ignore\": [\"$.id\"]}", "{\"a\": 2}",
         ".a: expected 1, got 2"},
        {"{\"equals\": [1, 2, 3], \"ignore\": [\"$[?@ > 5]\"]}",
         "[9, 1, 8, 2, 3, 7]", NULL},
        {"{\"equals\": [1, 2, 3], \"ignore\": [\"$[?@ > 5]\"]}",
         "[9, 1, 8, 2, 4, 7]", "[4]: expected 3, got 4"},
        {"{\"equals\": {\"it's\\n\": 1}, \"ignore\": "
         "[\"$['a\\\\'b']['\\\\\\\\\\\\u0001']\", \"$['a\\\\'b'].c\"]}",
         "{\"it's\\n\": 1, \"a'b\": {\"\\\\\\u0001\": 1, \"c\": 5}}",
         "[\'a\\\'b\']: expected nothing there, got {}"},
        {"{\"equals\": 5, \"ignore\": [\"$\"]}", "6", NULL},
        {"{\"equals\": {}, \"ignore\": [\"$['\\\\b\\\\f\\\\n\\\\r\\\\t']\"]}",
         "{\"\\b\\f\\n\\r\\t\": 1}", NULL},
        {"{\"equals\": {\"a\": {\"$match\": {\"gt\": 1}}}, "
         "\"ignore\": [\"$.b\"]}",
         "{\"a\": 2, \"b\": 1}", NULL},
        {"{\"equals\": {\"a\": 1}, \"ignore\": [\"$.b\"], "
         "\"type\": \"string\"}",
         "{\"a\": 1}", ": expected a string, got {\"a\":1}"},
        {"{\"not\": {\"equals\": {\"a\": 1}, \"ignore\": [\"$.b\"]}}",
         "{\"a\": 1, \"b\": 2}",
         ": expected not {\"a\":1} but for what is ignored, got "
         "{\"a\":1,\"b\":2}"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

/* A list that a path selected is looked at as an array. */
START_TEST(lists_of_nodes_are_documents)
{
    static const char body[] = "{\"l\": [{\"n\": 1, \"at\": 1}, {\"n\": 2}]}";
    struct trial trial;

    trial_body(&trial,
               "{\"json\": {\"$.l[*]\": {\"equals\": [{\"n\": 1}, "
               "{\"n\": {\"$match\": {\"lt\": 3}}}], "
               "\"ignore\": [\"$[*].at\"]}}}",
               body);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    trial_body(&trial,
               "{\"json\": {\"$.l[*].n\": [1, {\"$match\": {\"gt\": 3}}]}}",
               body);
    trial_expect(&trial, "json $.l[1].n: expected greater than 3, got 2");
    trial_finish(&trial);
}
END_TEST

START_TEST(mistakes_are_told)
{
    static const char *const rows[][2] = {
        {"{\"equals\": {\"a\": {\"$match\": {\"gt\": 1}, \"b\": 2}}}",
         "1:39: \"$match\" stands alone in its object: it takes the place of a "
         "value, and all that is expected of it"},
        {"{\"equals\": {\"a\": {\"$match\": 5}}}",
         "1:49: \"$match\" takes an object of matchers"},
        {"{\"equals\": [{\"$match\": {\"gtt\": 1}}]}",
         "1:45: unknown matcher \"gtt\"; did you mean \"gt\"? an object to "
         "compare with is written {\"equals\": {...}}"},
        {"{\"ignore\": [\"$.a\"]}",
         "1:22: \"ignore\" stands beside \"equals\": it names what does not "
         "count there"},
        {"{\"includes\": {}, \"ignore\": [\"$.a\"]}",
         "1:38: \"ignore\" stands beside \"equals\": it names what does not "
         "count there"},
        {"{\"equals\": 1, \"ignore\": []}",
         "1:45: \"ignore\" takes a list of at least one JSONPath"},
        {"{\"equals\": 1, \"ignore\": [\"$.a[\", 5]}",
         "1:51: bad JSONPath: a quoted name, an index, a slice, `*` or `?` "
         "with a filter is expected here, but the query ends\n1:54: what is "
         "ignored is named by a JSONPath, without templates"},
        {"{\"equals\": 1, \"ignore\": [\"$.{{a}}\"]}",
         "1:46: what is ignored is named by a JSONPath, without templates"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\": %s}}",
                 rows[i][0]);
        trial_refuse(spec, rows[i][1]);
    }
    trial_refuse("{\"expect\": {\"body\": {\"equals\": \"a\", "
                 "\"ignore\": [\"$\"]}}}",
                 "1:37: \"ignore\" cannot be asked of a text");
}
END_TEST

UNIT("matcher_match", matchers_stand_in_the_place_of_values,
     templates_reach_into_places, only_the_spec_makes_places,
     what_is_ignored_does_not_count, lists_of_nodes_are_documents,
     mistakes_are_told)
