/* Every case that the JSON Schema Test Suite has of formats and of patterns.
 * Skipped where it is not: VOLLEY_SHARED names the folder that holds
 * conformance/, ../shared by default. */
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assertions/schema/ecma.h"
#include "assertions/schema/formats.h"
#include "specs/json.h"

static const struct {
    enum schema_draft draft;
    const char *folder;
    size_t cases;
} drafts[] = {
    {SCHEMA_DRAFT_4, "draft4", 219},
    {SCHEMA_DRAFT_7, "draft7", 676},
    {SCHEMA_DRAFT_2020, "draft2020-12", 764},
};

static const char *suite_path(const char *rest)
{
    static char path[4096];
    const char *shared = getenv("VOLLEY_SHARED");

    snprintf(path, sizeof(path), "%s/conformance/json-schema/tests%s",
             shared ? shared : "../shared", rest);
    return path;
}

/* What is no text has every format. */
static bool holds(const json_t *group, const json_t *test,
                  enum schema_draft draft)
{
    const json_t *data = json_object_get(test, "data");
    const char *format = json_string_value(
        json_object_get(json_object_get(group, "schema"), "format"));

    ck_assert_ptr_nonnull(format);
    if (!json_is_string(data))
        return true;
    return format_holds(format, draft, json_string_value(data),
                        json_string_length(data));
}

/* How many cases the file has. */
static size_t check_file(const char *path, enum schema_draft draft)
{
    json_auto_t *groups = json_load_file(path, JSON_ALLOW_NUL, NULL);
    const json_t *group, *test;
    size_t i, k, count = 0;

    ck_assert_msg(groups, "%s", path);
    json_array_foreach (groups, i, group) {
        json_array_foreach (json_object_get(group, "tests"), k, test) {
            bool valid = json_is_true(json_object_get(test, "valid"));

            count++;
            ck_assert_msg(
                holds(group, test, draft) == valid, "%s: %s: %s", path,
                json_string_value(json_object_get(group, "description")),
                json_string_value(json_object_get(test, "description")));
        }
    }
    return count;
}

START_TEST(holds_in_every_case)
{
    for (size_t i = 0; i < COUNT(drafts); i++) {
        char pattern[64];
        size_t count = 0;
        glob_t found;

        snprintf(pattern, sizeof(pattern), "/%s/optional/format/*.json",
                 drafts[i].folder);
        ck_assert_int_eq(glob(suite_path(pattern), 0, NULL, &found), 0);
        for (size_t k = 0; k < found.gl_pathc; k++)
            count += check_file(found.gl_pathv[k], drafts[i].draft);
        globfree(&found);
        ck_assert_uint_ge(count, drafts[i].cases);
    }
}
END_TEST

static bool finds(const char *text, const char *subject)
{
    struct pattern_trouble trouble;
    struct pattern *pattern = ecma_compile(text, strlen(text), &trouble);
    enum pattern_outcome outcome;

    ck_assert_msg(pattern, "%s: %s", text, trouble.text);
    outcome =
        pattern_search(pattern, (struct text){subject, strlen(subject)}, NULL);
    pattern_free(pattern);
    ck_assert_int_ne(outcome, PATTERN_GAVE_UP);
    return outcome == PATTERN_FOUND;
}

/* Whether each name of the object matches one of the patterns. */
static bool names_match(json_t *patterns, json_t *object)
{
    const char *name, *pattern;
    json_t *value, *schema;

    json_object_foreach (object, name, value) {
        bool found = false;

        json_object_foreach (patterns, pattern, schema) {
            found = found || finds(pattern, name);
        }
        if (!found)
            return false;
    }
    return true;
}

/* How many cases of the group a pattern alone decides. */
static size_t check_patterns(const json_t *group)
{
    const json_t *schema = json_object_get(group, "schema"), *test;
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));
    json_t *patterns = json_object_get(schema, "patternProperties");
    size_t i, count = 0;

    json_array_foreach (json_object_get(group, "tests"), i, test) {
        json_t *data = json_object_get(test, "data");
        bool valid = json_is_true(json_object_get(test, "valid")), found;

        if (pattern && json_is_string(data))
            found = finds(pattern, json_string_value(data));
        else if (patterns && json_is_object(data) &&
                 json_is_false(json_object_get(schema, "additionalProperties")))
            found = names_match(patterns, data);
        else
            continue;
        count++;
        ck_assert_msg(found == valid, "%s: %s",
                      json_string_value(json_object_get(group, "description")),
                      json_string_value(json_object_get(test, "description")));
    }
    return count;
}

START_TEST(patterns_find_in_every_case)
{
    static const char *const files[] = {"optional/ecmascript-regex",
                                        "optional/non-bmp-regex", "pattern",
                                        "patternProperties"};
    size_t count = 0;

    for (size_t i = 0; i < COUNT(drafts) * COUNT(files); i++) {
        char rest[128];
        json_auto_t *groups = NULL;
        const json_t *group;
        size_t k;

        snprintf(rest, sizeof(rest), "/%s/%s.json",
                 drafts[i / COUNT(files)].folder, files[i % COUNT(files)]);
        groups = json_load_file(suite_path(rest), JSON_ALLOW_NUL, NULL);
        ck_assert_msg(groups, "%s", rest);
        json_array_foreach (groups, k, group) {
            count += check_patterns(group);
        }
    }
    ck_assert_uint_ge(count, 255);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {holds_in_every_case,
                                  patterns_find_in_every_case};

    if (access(suite_path(""), F_OK) != 0) {
        printf("1..0 # SKIP there is no %s\n", suite_path(""));
        return EXIT_SUCCESS;
    }
    return unit_run("formats_suite", tests, COUNT(tests));
}
