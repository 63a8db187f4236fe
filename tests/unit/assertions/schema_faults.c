/* What is said of a schema that is wrong, and where. */
#include "tests/unit/assertions/schema_trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

START_TEST(tells_of_keywords)
{
    static const struct row rows[] = {
        {"{\n  \"type\": \"strng\"\n}", "1",
         "2:11: unknown type \"strng\"; did you mean \"string\"?"},
        {"{\"type\": [\"null\", \"whatever\"]}", "1",
         "1:19: unknown type \"whatever\"; known are array, boolean, integer, null, number, object and string"},
        {"{\"type\": [3]}", "1",
         "1:11: the name of a type must be a string, not a number"},
        {"{\"type\": []}", "1", "1:10: at least one type must be in this list"},
        {"{\"maxLength\": \"3\"}", "1",
         "1:15: \"maxLength\" must be a number, not a string"},
        {"{\"maxLength\": -1}", "1",
         "1:15: \"maxLength\" must be a whole number from 0 on"},
        {"{\"minItems\": 1.5}", "1",
         "1:14: \"minItems\" must be a whole number from 0 on"},
        {"{\"multipleOf\": 0}", "1",
         "1:16: \"multipleOf\" must be more than 0"},
        {"{\"required\": \"a\"}", "1",
         "1:14: \"required\" must be an array, not a string"},
        {"{\"required\": [\"a\", \"b\", \"a\", 1]}", "1",
         "1:25: \"a\" is in this list already\n1:30: the name of a property must be a string, not a number"},
        {"{\"dependentRequired\": {\"a\": {}}}", "1",
         "1:29: what a property asks for must be an array, not an object"},
        {"{\"pattern\": \"a(b\"}", "1",
         "1:15: this pattern is wrong: this \"(\" is not closed"},
        {"{\"patternProperties\": {\"[z-a]\": true}}", "1",
         "1:26: this pattern is wrong: this range ends before it begins"},
        {"{\"items\": [true]}", "1",
         "1:11: \"items\" is one schema since 2020-12; a list of them is \"prefixItems\""},
        {"{\"properties\": {\"a\": 1, \"b\": {\"not\": []}}}", "1",
         "1:22: a schema must be an object, true or false, not a number\n1:38: \"not\" must be an object, true or false, not an array"},
        {"{\"allOf\": []}", "1",
         "1:11: at least one schema must be in this list"},
        {"{\"contains\": true, \"minContains\": 0.5}", "1",
         "1:35: \"minContains\" must be a whole number from 0 on"},
        {"[1]", "1",
         "1:1: a schema must be an object, true or false, not an array"},
        {"{\"type\": \"null\",}", "1",
         "1:16: no comma may stand behind the last member"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(tells_of_references)
{
    static const struct row rows[] = {
        {"{\"$ref\": \"#/$defs/adress\",\n \"$defs\": {\"address\": true}}",
         "1",
         "1:10: there is no \"adress\" in \"#/$defs\"; did you mean \"address\"?"},
        {"{\"$ref\": \"#/$defs/nothing\", \"$defs\": {\"address\": true}}", "1",
         "1:10: there is no \"nothing\" in \"#/$defs\""},
        {"{\"$ref\": \"#/allOf/2\", \"allOf\": [true]}", "1",
         "1:10: there is no \"2\" in \"#/allOf\""},
        {"{\"$ref\": \"#/allOf/0/x\", \"allOf\": [true]}", "1",
         "1:10: there is no \"x\" in \"#/allOf/0\""},
        {"{\"$ref\": \"#adress\", \"$defs\": {\"a\": {\"$anchor\":"
         " \"address\"}}}",
         "1", "1:10: there is no anchor \"adress\"; did you mean \"address\"?"},
        {"{\"$ref\": \"#nothing\"}", "1",
         "1:10: there is no anchor \"nothing\"; a pointer begins with \"#/\""},
        {"{\"$ref\": \"#/examples/0\", \"examples\": [3]}", "1",
         "1:39: a schema must be an object, true or false, not a number"},
        {"{\"$ref\": \"https://a.example/b.json\"}", "1",
         "1:10: there is no schema \"https://a.example/b.json\": it is not in this file, nothing is read from the network, and no folder is given for it"},
        {"{\"$ref\": \"/nowhere/at/all.json\"}", "1",
         "1:10: \"/nowhere/at/all.json\": No such file or directory"},
        {"{\"$ref\": \"file:///nowhere/at/all.json\"}", "1",
         "1:10: \"/nowhere/at/all.json\": No such file or directory"},
        {"{\"$schema\": \"http://json-schema.org/draft-7/schema#\"}", "1",
         "1:13: there is no schema \"http://json-schema.org/draft-7/schema\"; did you mean \"http://json-schema.org/draft-07/schema\"?"},
        {"{\"$defs\": {\"a\": {\"$anchor\": \"x\"},\n"
         " \"b\": {\"$anchor\": \"x\"}}}",
         "1", "2:19: there is an anchor \"x\" already, in line 1"},
        {"{\"$defs\": {\"a\": {\"$id\": \"urn:x\"},\n"
         " \"b\": {\"$id\": \"urn:x\"}}}",
         "1", "2:15: there is a schema \"urn:x\" already, in line 1"},
        {"{\"$id\": \"urn:x#y\"}", "1",
         "1:9: \"$id\" has no fragment; \"$anchor\" names a place"},
        {"{\"$schema\": \"https://json-schema.org/draft/2019-09/schema\","
         " \"$recursiveRef\": \"#a\"}",
         "1", "1:78: \"$recursiveRef\" is always \"#\""},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

START_TEST(tells_of_circles)
{
    static const struct row rows[] = {
        {"{\"$ref\": \"#\"}", "1",
         "1:10: this leads back to itself without going on to another value: no check would ever end"},
        {"{\"$ref\": \"#/$defs/a\", \"$defs\": {\n"
         "  \"a\": {\"anyOf\": [{\"type\": \"null\"},\n"
         "                   {\"$ref\": \"#/$defs/b\"}]},\n"
         "  \"b\": {\"not\": {\"$ref\": \"#/$defs/a\"}}}}",
         "1",
         "4:25: this leads back to itself without going on to another value: no check would ever end"},
        {"{\"if\": true, \"then\": {\"$ref\": \"#\"}}", "1",
         "1:31: this leads back to itself without going on to another value: no check would ever end"},
        {"{\"dependentSchemas\": {\"a\": {\"$ref\": \"#\"}}}", "1",
         "1:37: this leads back to itself without going on to another value: no check would ever end"},
        {"{\"items\": {\"$ref\": \"#\"}, \"type\": \"array\"}", "[[], [[]]]",
         "holds"},
        {"{\"properties\": {\"a\": {\"allOf\": [{\"$ref\": \"#\"}]}},"
         " \"type\": \"object\"}",
         "{\"a\": {\"a\": 1}}", "$.a.a: expected an object, found 1"},
        {"{\"allOf\": [{\"$ref\": \"#/$defs/a\"}, {\"$ref\": \"#/$defs/a\"}],"
         " \"$defs\": {\"a\": {\"type\": \"null\"}}}",
         "null", "holds"},
    };

    check_rows(rows, COUNT(rows));
}
END_TEST

UNIT("schema_faults", tells_of_keywords, tells_of_references, tells_of_circles)
