/* What is said of an instance that is not valid. */
#include "tests/unit/assertions/schema_trial.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/json.h"

struct row {
    const char *schema, *instance, *said;
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};

        ck_assert_str_eq(
            schema_said(&arena, NULL, rows[i].schema, rows[i].instance),
            rows[i].said);
        arena_finish(&arena);
    }
}

START_TEST(tells_of_scalars)
{
    static const struct row rows[] = {
        {"{\"maximum\": 10}", "12", "$: expected at most 10, found 12"},
        {"{\"maximum\": 10.5}", "1e400",
         "$: expected at most 10.5, found 1e400"},
        {"{\"minimum\": 10.5}", "-1e400",
         "$: expected at least 10.5, found -1e400"},
        {"{\"exclusiveMaximum\": 10}", "10",
         "$: expected less than 10, found 10"},
        {"{\"exclusiveMinimum\": 10}", "10",
         "$: expected more than 10, found 10"},
        {"{\"multipleOf\": 0.1}", "0.25",
         "$: expected a multiple of 0.1, found 0.25"},
        {"{\"maxLength\": 2}", "\"äöü\"",
         "$: expected at most 2 characters, found 3: \"äöü\""},
        {"{\"minLength\": 1}", "\"\"",
         "$: expected at least 1 character, found 0: \"\""},
        {"{\"pattern\": \"^a\"}", "\"ba\"",
         "$: expected a match for \"^a\", found \"ba\""},
        {"{\"type\": \"string\"}", "{\"a\": [1]}",
         "$: expected a string, found {\"a\":[1]}"},
        {"{\"type\": [\"integer\", \"null\"]}", "1.5",
         "$: expected an integer or null, found 1.5"},
        {"{\"const\": {\"a\": 1}}", "{\"a\": 2}",
         "$: expected {\"a\":1}, found {\"a\":2}"},
        {"{\"enum\": [\"red\", \"green\", 3]}", "\"gren\"",
         "$: expected one of \"red\", \"green\", 3, found \"gren\"; was \"green\" meant?"},
        {"{\"enum\": [1]}", "2", "$: expected 1, found 2"},
        {"{\"enum\": []}", "2", "$: expected nothing, found 2"},
        {"{\"not\": {\"type\": \"null\"}}", "null",
         "$: expected something that does not fit {\"type\":\"null\"}, found null"},
        {"false", "1", "$: nothing is allowed here, found 1"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(tells_of_arrays)
{
    static const struct row rows[] = {
        {"{\"maxItems\": 1}", "[1, 2]",
         "$: expected at most 1 element, found 2"},
        {"{\"minItems\": 2}", "[1]",
         "$: expected at least 2 elements, found 1"},
        {"{\"uniqueItems\": true}", "[1, {\"a\": 2}, {\"a\": 2.0}]",
         "$: expected no two equal elements, found {\"a\":2} at [1] and [2]"},
        {"{\"uniqueItems\": true}", "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 4.0]",
         "$: expected no two equal elements, found 4 at [4] and [11]"},
        {"{\"items\": {\"items\": {\"type\": \"null\"}}}", "[[], [null, 1]]",
         "$[1][1]: expected null, found 1"},
        {"{\"prefixItems\": [true, true], \"items\": false}", "[1, 2, 3]",
         "$: expected at most 2 elements, found 3"},
        {"{\"items\": false}", "[1]", "$: expected no elements, found 1"},
        {"{\"contains\": {\"type\": \"null\"}}", "[1, 2]",
         "$: expected at least 1 element that fits \"contains\", found 0 of 2"},
        {"{\"contains\": {\"type\": \"null\"}, \"minContains\": 2}",
         "[null, 2]",
         "$: expected at least 2 elements that fit \"contains\", found 1 of 2"},
        {"{\"contains\": {\"type\": \"null\"}, \"maxContains\": 1}",
         "[null, 2, null]",
         "$: expected at most 1 element that fits \"contains\", found 2 of 3"},
        {"{\"prefixItems\": [true], \"unevaluatedItems\": false}", "[1, 2]",
         "$[1]: the element [1] is not allowed: nothing describes it"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(tells_of_objects)
{
    static const struct row rows[] = {
        {"{\"maxProperties\": 1}", "{\"a\": 1, \"b\": 2}",
         "$: expected at most 1 property, found 2"},
        {"{\"minProperties\": 2}", "{\"a\": 1}",
         "$: expected at least 2 properties, found 1"},
        {"{\"required\": [\"name\", \"size\"]}", "{\"nmae\": 1}",
         "$: the property \"name\" is missing; there is \"nmae\"\n$: the property \"size\" is missing"},
        {"{\"properties\": {\"a b\": {\"type\": \"null\"}}}", "{\"a b\": 1}",
         "$['a b']: expected null, found 1"},
        {"{\"patternProperties\": {\"^a\": {\"type\": \"null\"}}}",
         "{\"ab\": 1}", "$.ab: expected null, found 1"},
        {"{\"properties\": {\"name\": true}, \"additionalProperties\": false}",
         "{\"naem\": 1, \"other\": 2}",
         "$.naem: the property \"naem\" is not allowed; was \"name\" meant?\n$.other: the property \"other\" is not allowed"},
        {"{\"additionalProperties\": {\"type\": \"null\"}}", "{\"a\": 1}",
         "$.a: expected null, found 1"},
        {"{\"propertyNames\": {\"maxLength\": 3}}", "{\"abcd\": 1}",
         "$.abcd: its name is wrong: expected at most 3 characters, found 4: \"abcd\""},
        {"{\"dependentRequired\": {\"a\": [\"b\"]}}", "{\"a\": 1}",
         "$: the property \"b\" is missing, which \"a\" asks for"},
        {"{\"dependentSchemas\": {\"a\": {\"required\": [\"b\"]}}}",
         "{\"a\": 1}", "$: the property \"b\" is missing"},
        {"{\"properties\": {\"a\": true}, \"unevaluatedProperties\": false}",
         "{\"a\": 1, \"b\": 1}",
         "$.b: the property \"b\" is not allowed: nothing describes it"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(tells_of_alternatives)
{
    static const struct row rows[] = {
        {"{\"anyOf\": [{\"type\": \"string\"}, {\"minimum\": 5}]}", "4",
         "$: none of 2 alternatives holds; the nearest is 2: expected at least 5, found 4"},
        {"{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]}", "4",
         "$: none of 2 alternatives holds: 1: expected a string, found 4; 2: expected null, found 4"},
        {"{\"oneOf\": [{\"type\": \"string\"}, {\"minimum\": 5},"
         " {\"maximum\": 9}]}",
         "7", "$: exactly one of 3 alternatives must hold; both 2 and 3 do"},
        {"{\"oneOf\": [{\"properties\": {\"kind\": {\"const\": \"a\"},"
         " \"size\": {\"type\": \"null\"}}},"
         " {\"properties\": {\"kind\": {\"const\": \"b\"},"
         " \"size\": {\"maximum\": 3, \"multipleOf\": 3}}}]}",
         "{\"kind\": \"b\", \"size\": 4}",
         "$: none of 2 alternatives holds; the nearest is 2: $.size: expected at most 3, found 4; $.size: expected a multiple of 3, found 4"},
        {"{\"if\": {\"type\": \"integer\"}, \"then\": {\"minimum\": 5},"
         " \"else\": {\"type\": \"null\"}}",
         "4", "$: expected at least 5, found 4"},
        {"{\"allOf\": [{\"type\": \"null\"}, {\"minimum\": 5}]}", "4",
         "$: expected null, found 4\n$: expected at least 5, found 4"},
        {"{\"anyOf\": [{\"anyOf\": [{\"anyOf\": [{\"anyOf\": ["
         "{\"type\": \"null\"}]}]}]}]}",
         "1",
         "$: none of 1 alternative holds: 1: none of 1 alternative holds: 1: "
         "none of 1 alternative holds: 1: none of 1 alternative holds"},
        {"{\"anyOf\": [false, false, false, false, false, false, false, false,"
         " false, false]}",
         "1",
         "$: none of 10 alternatives holds: 1: nothing is allowed here, found 1; 2: nothing is allowed here, found 1; 3: nothing is allowed here, found 1; 4: nothing is allowed here, found 1; 5: nothing is allowed here, found 1; 6: nothing is allowed here, found 1; 7: nothing is allowed here, found 1; 8: nothing is allowed here, found 1; and 2 more"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

UNIT("schema_errors", tells_of_scalars, tells_of_arrays, tells_of_objects,
     tells_of_alternatives)
