/* Schemas in files, and files that lead to others. */
#include "tests/unit/assertions/schema_trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "specs/json.h"

static char folder[] = "/tmp/volley-schema-XXXXXX";

static const struct {
    const char *name, *text;
} files[] = {
    {"user.json",
     "{\n  \"properties\": {\"id\": {\"$ref\": \"id.json#/$defs/id\"},\n"
     "    \"next\": {\"$ref\": \"user.json\"}}\n}"},
    {"id.json", "{\"$defs\": {\"id\": {\"type\": \"integer\"}}}"},
    {"named.json", "{\"$id\": \"https://a.example/b/named\","
                   " \"items\": {\"$ref\": \"c\"}}"},
    {"c.json", "{\"type\": \"null\"}"},
    {"wrong.json", "{\"properties\": {\"a\": {\"type\": \"nul\"}}}"},
    {"leads.json", "{\"items\": {\"$ref\": \"wrong.json\"}}"},
    {"leads-too.json", "{\"not\": {\"$ref\": \"wrong.json\"}}"},
    {"broken.json", "{\"type\": }"},
    {"out.json", "{\"$ref\": \"../../etc/passwd\"}"},
    {"typed.json", "{\"items\": {\"$ref\": \"id.json#/$defs/other\"}}"},
    {"a b.json", "{\"$ref\": \"a%20b.json#/$defs/%25\","
                 " \"$defs\": {\"%\": {\"type\": \"null\"}}}"},
    {"no-validation.json",
     "{\"$id\": \"https://a.example/no-validation\","
     " \"$schema\": \"https://json-schema.org/draft/2020-12/schema\","
     " \"$vocabulary\": {"
     "  \"https://json-schema.org/draft/2020-12/vocab/core\": true,"
     "  \"https://json-schema.org/draft/2020-12/vocab/applicator\": true,"
     "  \"https://a.example/vocab/other\": false}}"},
    {"demanding.json",
     "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\","
     " \"$vocabulary\": {\"https://a.example/vocab/other\": true}}"},
    {"asserting.json",
     "{\"$schema\": \"https://json-schema.org/draft/2019-09/schema\","
     " \"$vocabulary\": {"
     "  \"https://json-schema.org/draft/2019-09/vocab/core\": true,"
     "  \"https://json-schema.org/draft/2019-09/vocab/format\": true}}"},
    {"uses.json", "{\"$schema\": \"no-validation.json\", \"minimum\": 5,"
                  " \"properties\": {\"a\": false}}"},
    {"demanded.json", "{\"$schema\": \"demanding.json\"}"},
    {"asserted.json", "{\"$schema\": \"asserting.json\","
                      " \"format\": \"ipv4\", \"type\": \"null\"}"},
};

static void write_files(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    for (size_t i = 0; i < COUNT(files); i++) {
        FILE *file = fopen(files[i].name, "we");

        ck_assert_ptr_nonnull(file);
        fputs(files[i].text, file);
        fclose(file);
    }
}

static void remove_files(void)
{
    for (size_t i = 0; i < COUNT(files); i++)
        unlink(files[i].name);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

START_TEST(follows_references)
{
    static const struct {
        const char *path, *instance, *said;
    } rows[] = {
        {"user.json", "{\"next\": {\"id\": 1}}", "holds"},
        {"user.json", "{\"next\": {\"id\": \"1\"}}",
         "$.next.id: expected an integer, found \"1\""},
        {"named.json", "[1]", "$[0]: expected null, found 1"},
        {"a b.json", "1", "$: expected null, found 1"},
        {"uses.json", "4", "holds"},
        {"uses.json", "{\"a\": 1}", "$.a: nothing is allowed here, found 1"},
        {"asserted.json", "\"1.2.3\"",
         "$: expected the format ipv4, found \"1.2.3\""},
        {"demanded.json", "1",
         "demanded.json:1:13: its metaschema requires the vocabulary "
         "\"https://a.example/vocab/other\", which is not known here"},
        {"nowhere.json", "1", "nowhere.json:0:0: No such file or directory"},
        {"broken.json", "1", "broken.json:1:10: a value is expected"},
        {"leads.json", "1",
         "wrong.json:1:31: unknown type \"nul\"; did you mean \"null\"?"},
        {"typed.json", "1",
         "typed.json:1:20: there is no \"other\" in \"#/$defs\" of id.json"},
    };
    struct schema_folder folders[] = {{"https://a.example/b/", folder},
                                      {"https://a.example/", "."}};
    struct schema_options options = {.folder_count = 2, .folders = folders};

    write_files();
    ck_assert_int_eq(link("c.json", "c"), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};

        ck_assert_str_eq(
            schema_file_said(&arena, &options, rows[i].path, rows[i].instance),
            rows[i].said);
        arena_finish(&arena);
    }
    unlink("c");
    remove_files();
}
END_TEST

START_TEST(stays_below_its_root)
{
    struct schema_options options = {.root = folder};
    struct arena arena = {0};
    char wanted[256];

    write_files();
    snprintf(wanted, sizeof(wanted),
             "out.json:1:10: \"/etc/passwd\" is outside of %s", folder);
    ck_assert_str_eq(schema_file_said(&arena, &options, "out.json", "1"),
                     wanted);
    snprintf(wanted, sizeof(wanted),
             "/etc/passwd:0:0: this file is outside of %s", folder);
    ck_assert_str_eq(schema_file_said(&arena, &options, "/etc/passwd", "1"),
                     wanted);
    ck_assert_str_eq(schema_file_said(&arena, &options, "user.json", "1"),
                     "holds");
    arena_finish(&arena);
    remove_files();
}
END_TEST

/* What is wrong is told once, and what leads there never holds. */
START_TEST(tells_once)
{
    struct arena arena = {0};
    struct schema_options options = {0};
    struct schema_set *set = schema_set_open(&arena, &options);
    struct faults faults = {0};
    const struct schema *whole;

    write_files();
    ck_assert_ptr_null(schema_file(set, "wrong.json", &faults));
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_ptr_null(schema_file(set, "./wrong.json", &faults));
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_ptr_null(schema_file(set, "leads.json", &faults));
    ck_assert_uint_eq(faults.total, 2);
    ck_assert_str_eq(faults.faults[1].text,
                     "what \"wrong.json\" leads to is wrong itself");
    ck_assert_ptr_null(schema_file(set, "typed.json", &faults));
    ck_assert_uint_eq(faults.total, 3);
    whole = schema_file(set, "user.json", &faults);
    ck_assert_ptr_nonnull(whole);
    ck_assert_ptr_eq(whole, schema_file(set, "./user.json", &faults));
    ck_assert_uint_eq(faults.total, 3);
    faults_finish(&faults);
    arena_finish(&arena);
    remove_files();
}
END_TEST

/* Whoever leads to what is wrong. */
START_TEST(tells_of_all_who_lead_there)
{
    struct arena arena = {0};
    struct schema_options options = {0};
    struct schema_set *set = schema_set_open(&arena, &options);
    struct faults faults = {0};

    write_files();
    ck_assert_ptr_null(schema_file(set, "leads.json", &faults));
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_ptr_null(schema_file(set, "leads-too.json", &faults));
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].at.path, "wrong.json");
    ck_assert_ptr_null(schema_file(set, "wrong.json", &faults));
    faults_finish(&faults);
    arena_finish(&arena);
    remove_files();
}
END_TEST

/* Where it is told of, in the file that was led to. */
START_TEST(names_the_place)
{
    struct arena arena = {0};
    struct schema_options options = {0};
    struct schema_set *set = schema_set_open(&arena, &options);
    struct faults faults = {0};
    struct fault fault = {0};
    struct schema_errors errors = {.most = 1};
    json_auto_t *instance =
        json_pack("{s{ss}s{ss}}", "next", "id", "a", "b", "id", "c");
    const struct schema *schema;

    write_files();
    schema = schema_file(set, "user.json", &faults);
    ck_assert_ptr_nonnull(schema);
    ck_assert_int_eq(schema_check(schema, instance, &arena, &errors, &fault),
                     SCHEMA_FAILS);
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.list[0].pointer, "/next/id");
    ck_assert_str_eq(errors.list[0].keyword, "type");
    ck_assert_str_eq(errors.list[0].schema, "id.json#/$defs/id/type");
    ck_assert_str_eq(errors.list[0].expected, "an integer");
    ck_assert_str_eq(errors.list[0].found, "\"a\"");
    ck_assert_uint_eq(errors.list[0].depth, 2);
    ck_assert_str_eq(errors.list[0].at.source->path, "id.json");
    ck_assert_uint_eq(spot_place(errors.list[0].at).column, 19);
    faults_finish(&faults);
    arena_finish(&arena);
    remove_files();
}
END_TEST

UNIT("schema_files", follows_references, stays_below_its_root, tells_once,
     tells_of_all_who_lead_there, names_the_place)
