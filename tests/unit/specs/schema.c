/* The tables of the loader, the JSON Schema and the reference page must name
 * the same keys. */
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "specs/decode.h"

static json_t *schema;

/* Borrowed: the schema's object at a JSON Pointer without escapes. */
static json_t *at(const char *pointer)
{
    json_t *value = schema;
    char name[64];
    uint64_t index;

    while (*pointer == '/') {
        size_t length = strcspn(++pointer, "/");

        snprintf(name, sizeof(name), "%.*s", (int)length, pointer);
        value = read_count(name, 99, &index)
                    ? json_array_get(value, (size_t)index)
                    : json_object_get(value, name);
        pointer += length;
    }
    return value;
}

static const struct {
    const struct key_table *table;
    const char *pointer;
    const char *heading; /* of its part of the page */
} places[] = {
    {&suite_table, "", "## A suite"},
    {&defaults_table, "/properties/defaults", "## A suite"},
    {&test_table, "/$defs/test", "## A test"},
    {&retry_table, "/$defs/retry", "## A test"},
    {&poll_table, "/$defs/test/properties/poll/anyOf/1", "## A test"},
    {&race_table, "/$defs/test/properties/race", "## A test"},
    {&quarantine_table, "/$defs/test/properties/quarantine", "## A test"},
    {&step_table, "/$defs/step", "## A test"},
    {&request_table, "/$defs/request", "## A request"},
    {&auth_table, "/$defs/request/properties/auth", "## A request"},
    {&basic_table, "/$defs/request/properties/auth/properties/basic",
     "## A request"},
    {&tls_table, "/$defs/request/properties/tls", "## A request"},
    {&timeout_table, "/$defs/request/properties/timeout/anyOf/1",
     "## A request"},
};

static void read_schema(void)
{
    struct json_trouble trouble;

    schema = json_read(spec_schema_text, strlen(spec_schema_text), 64,
                       JSON_READ_REJECT_DUPLICATES, &trouble);
    ck_assert_msg(schema, "%s", trouble.text);
}

START_TEST(the_schema_names_the_keys_of_the_loader)
{
    read_schema();
    ck_assert_uint_eq(COUNT(places), key_table_count);
    for (size_t i = 0; i < COUNT(places); i++) {
        const struct key_table *table = places[i].table;
        char pointer[128];
        json_t *keys;
        size_t count = 0;

        snprintf(pointer, sizeof(pointer), "%s/properties", places[i].pointer);
        keys = at(pointer);
        ck_assert_msg(json_is_object(keys), "%s", pointer);
        for (size_t j = 0; j < table->count; j++) {
            const struct key_rule *rule = &table->rules[j];
            bool is_there = json_object_get(keys, rule->name);

            ck_assert_msg(is_there == (rule->status != KEY_LATER), "%s in %s",
                          rule->name, pointer);
            count += is_there;
        }
        ck_assert_msg(json_object_get(keys, "$comment"), "%s", pointer);
        ck_assert_msg(json_object_size(keys) == count + 1, "%s", pointer);
    }
    json_decref(schema);
}
END_TEST

START_TEST(every_key_of_the_schema_is_described_and_shown)
{
    read_schema();
    for (size_t i = 0; i < COUNT(places); i++) {
        char pointer[128];
        const char *key;
        json_t *value;

        snprintf(pointer, sizeof(pointer), "%s/properties", places[i].pointer);
        json_object_foreach (at(pointer), key, value) {
            ck_assert_msg(json_object_get(value, "description") ||
                              json_object_get(value, "$ref"),
                          "%s in %s", key, pointer);
            ck_assert_msg(json_array_size(json_object_get(value, "examples")) ||
                              strcmp(key, "$comment") == 0,
                          "%s in %s", key, pointer);
        }
    }
    json_decref(schema);
}
END_TEST

/* The page from the heading to the next one of its kind. */
static bool is_explained(const char *page, const char *heading, const char *key)
{
    const char *start = strstr(page, heading);
    const char *end = start ? strstr(start + 3, "\n## ") : NULL;
    char quoted[64];
    const char *found;

    snprintf(quoted, sizeof(quoted), "`%s`", key);
    found = start ? strstr(start, quoted) : NULL;
    return found && (!end || found < end);
}

START_TEST(the_reference_page_explains_every_key)
{
    static char page[1 << 16];
    FILE *file = fopen("specs/README.md", "r");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(page, 1, sizeof(page) - 1, file), sizeof(page) - 1);
    fclose(file);
    for (size_t i = 0; i < COUNT(places); i++) {
        const struct key_table *table = places[i].table;

        for (size_t j = 0; j < table->count; j++) {
            if (table->rules[j].status != KEY_LATER) {
                ck_assert_msg(
                    is_explained(page, places[i].heading, table->rules[j].name),
                    "`%s` under \"%s\"", table->rules[j].name,
                    places[i].heading);
            }
        }
    }
}
END_TEST

UNIT("schema", the_schema_names_the_keys_of_the_loader,
     every_key_of_the_schema_is_described_and_shown,
     the_reference_page_explains_every_key)
