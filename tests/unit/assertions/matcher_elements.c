/* Words that look at elements, and lists that a JSONPath found. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

START_TEST(words_look_into_collections)
{
    static const struct matcher_row rows[] = {
        {"{\"count\": 2}", "[1, 2]", NULL},
        {"{\"count\": {\"lte\": 1}}", "[1, 2]",
         ": expected a count of at most 1, got 2"},
        {"{\"count\": 1}", "{\"a\": 1}",
         ": expected a count of 1, got count: no list: {\"a\":1}"},
        {"{\"length\": 2}", "\"\\u00e4\\u20ac\"", NULL},
        {"{\"length\": 2}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"length\": 0}", "[]", NULL},
        {"{\"length\": {\"gt\": 3}}", "\"abc\"",
         ": expected a length of greater than 3, got 3"},
        {"{\"length\": 1}", "5",
         ": expected a length of 1, got length: no text, list or object: 5"},
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

    matcher_rows_judge(rows, COUNT(rows));
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
        trial_expect(&trial, rows[i].message);
        trial_finish(&trial);
    }
}
END_TEST

UNIT("matcher_elements", words_look_into_collections,
     lists_of_nodes_match_as_lists)
