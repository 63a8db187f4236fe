/* What differs between the drafts. There are no official cases for 2019-09 and
 * draft 6 here; the others are in schema_suite.c. */
#include "tests/unit/assertions/schema_trial.h"
#include "tests/unit/unit.h"

#define CHECK(draft, rows) schema_check_rows(draft, rows, COUNT(rows))

START_TEST(knows_2019_09)
{
    static const struct schema_row rows[] = {
        {"{\"items\": [{\"type\": \"string\"}], \"additionalItems\": false}",
         "[[\"a\"], [], 1]", "[[1], [\"a\", 1]]"},
        {"{\"items\": {\"type\": \"string\"}, \"additionalItems\": false}",
         "[[\"a\", \"b\"]]", "[[1]]"},
        {"{\"prefixItems\": [false]}", "[[1]]", "[]"},
        {"{\"contains\": {\"type\": \"string\"}, \"minContains\": 2}",
         "[[\"a\", 1, \"b\"]]", "[[\"a\"], []]"},
        {"{\"contains\": {\"type\": \"string\"}, \"minContains\": 0}",
         "[[1], []]", "[]"},
        {"{\"maxContains\": 1, \"minContains\": 9}", "[[1, 2]]", "[]"},
        {"{\"dependentRequired\": {\"a\": [\"b\"]}}",
         "[{\"a\": 1, \"b\": 2}, {}]", "[{\"a\": 1}]"},
        {"{\"dependentSchemas\": {\"a\": {\"maxProperties\": 1}}}",
         "[{\"a\": 1}, {\"b\": 1, \"c\": 2}]", "[{\"a\": 1, \"b\": 2}]"},
        {"{\"$ref\": \"#/$defs/a\", \"maximum\": 5,"
         " \"$defs\": {\"a\": {\"minimum\": 3}}}",
         "[3, 4]", "[2, 6]"},
        {"{\"$ref\": \"#here\", \"$defs\": {\"a\": {\"$anchor\": \"here\","
         " \"type\": \"null\"}}}",
         "[null]", "[1]"},
    };

    CHECK(SCHEMA_DRAFT_2019, rows);
}
END_TEST

START_TEST(collects_in_2019_09)
{
    static const struct schema_row rows[] = {
        {"{\"allOf\": [{\"properties\": {\"a\": true}}],"
         " \"unevaluatedProperties\": false}",
         "[{\"a\": 1}, {}]", "[{\"a\": 1, \"b\": 2}]"},
        {"{\"items\": [true], \"unevaluatedItems\": false}", "[[1]]",
         "[[1, 2]]"},
        {"{\"items\": [true], \"additionalItems\": true,"
         " \"unevaluatedItems\": false}",
         "[[1, 2, 3]]", "[]"},
        /* Here what contains has found does not count: in 2020-12 it does. */
        {"{\"contains\": {\"type\": \"string\"}, \"unevaluatedItems\": false}",
         "[1]", "[[\"a\"]]"},
        {"{\"anyOf\": [{\"required\": [\"a\"], \"properties\": {\"a\": true}},"
         " {\"required\": [\"b\"], \"properties\": {\"b\": true}}],"
         " \"unevaluatedProperties\": {\"type\": \"null\"}}",
         "[{\"a\": 1}, {\"a\": 1, \"b\": 2}, {\"b\": 1, \"c\": null}]",
         "[{\"a\": 1, \"c\": 1}]"},
        {"{\"if\": {\"required\": [\"a\"], \"properties\": {\"a\": true}},"
         " \"else\": {\"properties\": {\"b\": true}},"
         " \"unevaluatedProperties\": false}",
         "[{\"a\": 1}, {\"b\": 1}, {}]", "[{\"a\": 1, \"b\": 1}]"},
        {"{\"not\": {\"not\": {\"properties\": {\"a\": true}}},"
         " \"unevaluatedProperties\": false}",
         "[{}]", "[{\"a\": 1}]"},
        {"{\"dependentSchemas\": {\"a\": {\"properties\": {\"a\": true}}},"
         " \"unevaluatedProperties\": false}",
         "[{\"a\": 1}]", "[{\"b\": 1}]"},
    };

    CHECK(SCHEMA_DRAFT_2019, rows);
}
END_TEST

/* 2019-09, core, section 8.2.4.2: the outermost tree has the say. */
START_TEST(refers_recursively)
{
    static const struct schema_row rows[] = {
        {"{\"$id\": \"http://a.example/strict\", \"$recursiveAnchor\": true,"
         " \"$ref\": \"tree\", \"unevaluatedProperties\": false,"
         " \"$defs\": {\"tree\": {\"$id\": \"tree\","
         "  \"$recursiveAnchor\": true, \"type\": \"object\","
         "  \"properties\": {\"data\": true, \"children\": {"
         "   \"type\": \"array\", \"items\": {\"$recursiveRef\": \"#\"}}}}}}",
         "[{\"children\": [{\"data\": 1}]}]",
         "[{\"children\": [{\"daat\": 1}]}, {\"daat\": 1}]"},
        {"{\"$id\": \"http://a.example/strict\", \"$recursiveAnchor\": true,"
         " \"$ref\": \"tree\", \"unevaluatedProperties\": false,"
         " \"$defs\": {\"tree\": {\"$id\": \"tree\", \"type\": \"object\","
         "  \"properties\": {\"data\": true, \"children\": {"
         "   \"type\": \"array\", \"items\": {\"$recursiveRef\": \"#\"}}}}}}",
         "[{\"children\": [{\"daat\": 1}]}]", "[{\"daat\": 1}]"},
    };

    CHECK(SCHEMA_DRAFT_2019, rows);
}
END_TEST

/* Core, section 8.2.3.2: of three resources that name the place. */
START_TEST(refers_dynamically)
{
    static const struct schema_row rows[] = {
        {"{\"$id\": \"http://a.example/a\", \"$ref\": \"b\", \"$defs\": {"
         " \"x\": {\"$dynamicAnchor\": \"x\", \"type\": \"string\"},"
         " \"b\": {\"$id\": \"b\", \"$ref\": \"c\", \"$defs\": {"
         "  \"x\": {\"$dynamicAnchor\": \"x\", \"type\": \"number\"}}},"
         " \"c\": {\"$id\": \"c\", \"items\": {\"$dynamicRef\": \"#x\"},"
         "  \"$defs\": {\"x\": {\"$dynamicAnchor\": \"x\","
         "   \"type\": \"null\"}}}}}",
         "[[\"a\"]]", "[[1], [null]]"},
        {"{\"$id\": \"http://a.example/a\", \"$ref\": \"b\", \"$defs\": {"
         " \"b\": {\"$id\": \"b\", \"$ref\": \"c\", \"$defs\": {"
         "  \"x\": {\"$dynamicAnchor\": \"x\", \"type\": \"number\"}}},"
         " \"c\": {\"$id\": \"c\", \"items\": {\"$dynamicRef\": \"#x\"},"
         "  \"$defs\": {\"x\": {\"$dynamicAnchor\": \"x\","
         "   \"type\": \"null\"}}}}}",
         "[[1]]", "[[\"a\"], [null]]"},
    };

    CHECK(SCHEMA_DRAFT_2020, rows);
}
END_TEST

START_TEST(knows_draft_6)
{
    static const struct schema_row rows[] = {
        {"{\"exclusiveMaximum\": 3, \"exclusiveMinimum\": 1}", "[2]", "[1, 3]"},
        {"{\"const\": {\"a\": 1.0}}", "[{\"a\": 1}]", "[{\"a\": 2}]"},
        {"{\"contains\": {\"const\": 1}}", "[[0, 1]]", "[[0], []]"},
        {"{\"propertyNames\": {\"maxLength\": 2}}", "[{\"ab\": 1}]",
         "[{\"abc\": 1}]"},
        {"{\"type\": \"integer\"}", "[1, 1.0]", "[1.5, \"1\"]"},
        {"{\"items\": [true, false]}", "[[1]]", "[[1, 2]]"},
        {"{\"dependencies\": {\"a\": [], \"b\": [\"c\"]}}",
         "[{\"a\": 1}, {\"b\": 1, \"c\": 1}]", "[{\"b\": 1}]"},
        /* No keywords yet. */
        {"{\"if\": true, \"then\": false, \"$defs\": 1, \"$anchor\": 2,"
         " \"dependentRequired\": 3, \"unevaluatedItems\": false}",
         "[1, [1]]", "[]"},
        /* Nothing beside a $ref counts. */
        {"{\"properties\": {\"a\": {\"$ref\": \"#/definitions/b\","
         " \"maximum\": 1}}, \"definitions\": {\"b\": {\"minimum\": 5}}}",
         "[{\"a\": 7}]", "[{\"a\": 1}]"},
        {"{\"$ref\": \"#b\", \"definitions\": {\"b\": {\"$id\": \"#b\","
         " \"minimum\": 5}}}",
         "[5]", "[4]"},
        {"{\"$id\": \"http://a.example/x\", \"allOf\": [{\"$ref\": \"b\"}],"
         " \"definitions\": {\"b\": {\"$id\": \"b\", \"minimum\": 5}}}",
         "[5]", "[4]"},
        {"{\"format\": \"ipv4\"}", "[\"127.0.0.1\", 1]", "[\"127.0.0\"]"},
        {"{\"format\": \"nobody-knows\"}", "[\"a\"]", "[]"},
    };

    CHECK(SCHEMA_DRAFT_6, rows);
}
END_TEST

START_TEST(knows_draft_4)
{
    static const struct schema_row rows[] = {
        {"{\"maximum\": 3, \"exclusiveMaximum\": true}", "[2.9]", "[3]"},
        {"{\"maximum\": 3, \"exclusiveMaximum\": false}", "[3]", "[3.1]"},
        {"{\"minimum\": 3, \"exclusiveMinimum\": true}", "[3.1]", "[3]"},
        {"{\"type\": \"integer\"}", "[1]", "[1.0]"},
        {"{\"$ref\": \"#b\", \"definitions\": {\"b\": {\"id\": \"#b\","
         " \"minimum\": 5}}}",
         "[5]", "[4]"},
        {"{\"additionalProperties\": false, \"const\": 7}", "[{}, 8]",
         "[{\"a\": 1}]"},
    };

    CHECK(SCHEMA_DRAFT_4, rows);
}
END_TEST

/* `$schema` decides, also for a schema within another one. */
START_TEST(reads_the_draft)
{
    static const struct schema_row rows[] = {
        {"{\"$schema\": \"http://json-schema.org/draft-04/schema#\","
         " \"maximum\": 3, \"exclusiveMaximum\": true}",
         "[2]", "[3]"},
        {"{\"$schema\": \"https://json-schema.org/draft-07/schema\","
         " \"items\": [{\"type\": \"null\"}]}",
         "[[null]]", "[[1]]"},
        {"{\"$schema\": \"https://json-schema.org/draft/2019-09/schema#\","
         " \"items\": [{\"type\": \"null\"}]}",
         "[[null]]", "[[1]]"},
        {"{\"$ref\": \"urn:old\", \"$defs\": {\"a\": {\"$id\": \"urn:old\","
         " \"$schema\": \"http://json-schema.org/draft-07/schema#\","
         " \"items\": [{\"type\": \"null\"}]}}}",
         "[[null]]", "[[1]]"},
        {"{\"format\": \"ipv4\"}", "[\"127.0.0\"]", "[]"},
    };

    CHECK(SCHEMA_DRAFT_UNSET, rows);
}
END_TEST

START_TEST(brings_the_metaschemas)
{
    static const struct schema_row rows[] = {
        {"{\"$ref\": \"http://json-schema.org/draft-04/schema#\"}",
         "[{\"maximum\": 1}]", "[{\"maximum\": \"1\"}]"},
        {"{\"$ref\": \"http://json-schema.org/draft-06/schema\"}",
         "[{\"const\": 1}]", "[{\"required\": [1]}]"},
        {"{\"$ref\": \"http://json-schema.org/draft-07/schema\"}",
         "[{\"if\": true}]", "[{\"if\": 1}]"},
        {"{\"$ref\": \"https://json-schema.org/draft/2019-09/schema\"}",
         "[{\"items\": [true]}]", "[{\"items\": [1]}]"},
        {"{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}",
         "[{\"prefixItems\": [{\"type\": \"null\"}]}]",
         "[{\"items\": []}, {\"$defs\": {\"a\": {\"type\": \"nul\"}}}]"},
    };

    CHECK(SCHEMA_DRAFT_UNSET, rows);
}
END_TEST

START_TEST(asserts_formats_if_asked)
{
    static const char schema[] = "{\"format\": \"ipv4\"}";
    static const char old[] =
        "{\"$schema\": \"http://json-schema.org/draft-07/schema\","
        " \"format\": \"ipv4\"}";
    static const struct {
        const char *schema;
        enum schema_formats formats;
        const char *said;
    } rows[] = {
        {schema, SCHEMA_FORMATS_BY_DRAFT, "holds"},
        {schema, SCHEMA_FORMATS_ASSERT,
         "$: expected the format ipv4, found \"1.2.3\""},
        {old, SCHEMA_FORMATS_BY_DRAFT,
         "$: expected the format ipv4, found \"1.2.3\""},
        {old, SCHEMA_FORMATS_IGNORE, "holds"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct schema_options options = {.formats = rows[i].formats};
        struct arena arena = {0};

        ck_assert_str_eq(
            schema_said(&arena, &options, rows[i].schema, "\"1.2.3\""),
            rows[i].said);
        arena_finish(&arena);
    }
}
END_TEST

UNIT("schema_drafts", knows_2019_09, collects_in_2019_09, refers_recursively,
     refers_dynamically, knows_draft_6, knows_draft_4, reads_the_draft,
     brings_the_metaschemas, asserts_formats_if_asked)
