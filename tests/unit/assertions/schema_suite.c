/* Every case of the JSON Schema Test Suite. Skipped where it is not:
 * VOLLEY_SHARED names the folder that holds conformance/, ../shared by default.
 *
 * What is required passes, all of it. Of what is optional, schema_known.txt
 * lists what does not, and why; a listed case that passes is a failure too, so
 * that the list only gets shorter. */
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assertions/schema/schema.h"
#include "specs/json.h"

#define KNOWN "tests/unit/assertions/schema_known.txt"

enum { ERRORS = 5 };

struct group {
    const char *folder; /* "draft7/optional" */
    enum schema_draft draft;
    enum schema_formats formats;
    size_t fewest; /* cases */
};

/* One group under way. */
struct tally {
    const struct group *group;
    const char *known; /* the list's text */
    const char *file;  /* "draft7/optional/content.json" */
    size_t passed, count, listed;
};

static const char *suite_path(const char *below)
{
    static char path[4096];
    const char *shared = getenv("VOLLEY_SHARED");

    snprintf(path, sizeof(path), "%s/conformance/json-schema/%s",
             shared ? shared : "../shared", below);
    return path;
}

static char *read_known(void)
{
    FILE *file = fopen(KNOWN, "re");
    char *text = must_alloc(1 << 16);

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(text, 1, (1 << 16) - 1, file), (1 << 16) - 1);
    fclose(file);
    return text;
}

/* A line of the list is the file, the case and the test. */
static bool is_listed(const struct tally *tally, const char *name,
                      const char *test)
{
    char line[1024];

    snprintf(line, sizeof(line), "\n%s | %s | %s\n", tally->file, name, test);
    return strstr(tally->known, line);
}

static void check_errors(const struct schema_errors *errors)
{
    ck_assert_uint_gt(errors->count, 0);
    ck_assert_uint_le(errors->count, ERRORS);
    ck_assert_uint_ge(errors->total, errors->count);
    for (size_t i = 0; i < errors->count; i++) {
        ck_assert(*errors->list[i].text && *errors->list[i].path == '$');
        ck_assert_uint_le(strlen(errors->list[i].text), LIMIT_VALUE_TOLD);
    }
}

static bool has_outcome(const struct schema *schema, const json_t *test)
{
    bool valid = json_is_true(json_object_get(test, "valid"));
    const json_t *data = json_object_get(test, "data");
    struct schema_errors errors = {.most = ERRORS};
    struct arena arena = {0};
    struct fault fault = {0};
    enum schema_outcome outcome =
        schema ? schema_check(schema, data, &arena, &errors, &fault)
               : SCHEMA_GAVE_UP;

    if (outcome == SCHEMA_FAILS)
        check_errors(&errors);
    else
        ck_assert_uint_eq(errors.total, 0);
    arena_finish(&arena);
    return outcome == (valid ? SCHEMA_HOLDS : SCHEMA_FAILS);
}

static void check_test(struct tally *tally, const struct schema *schema,
                       const json_t *written, const json_t *test)
{
    const char *name =
        json_string_value(json_object_get(written, "description"));
    const char *what = json_string_value(json_object_get(test, "description"));
    bool passed = has_outcome(schema, test);
    bool listed = is_listed(tally, name, what);

    tally->count++;
    tally->passed += passed;
    tally->listed += listed;
    if (passed == !listed)
        return;
    printf("# %s | %s | %s: %s\n", tally->file, name, what,
           passed ? "passes, though it is listed" : "is wrong");
    fflush(stdout);
    tally->count += passed; /* never as many as pass */
    tally->listed -= listed;
}

static const struct node *member_of(const struct members *members,
                                    const char *key)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->list[i].key, key) == 0)
            return &members->list[i].value;
    return NULL;
}

static void check_case(struct tally *tally, const struct node *written)
{
    struct schema_folder remotes = {"http://localhost:1234/",
                                    suite_path("remotes")};
    struct schema_options options = {.draft = tally->group->draft,
                                     .formats = tally->group->formats,
                                     .folder_count = 1,
                                     .folders = &remotes};
    struct arena arena = {0};
    struct faults faults = {0};
    struct members members = node_members(&arena, written, 0);
    const struct schema *schema =
        schema_inline(schema_set_open(&arena, &options),
                      member_of(&members, "schema"), &faults);
    const json_t *test;
    size_t i;

    ck_assert(!schema == !!faults.total);
    for (i = 0; i < faults.count; i++)
        printf("# %s:%u:%u: %s\n", faults.faults[i].at.path,
               faults.faults[i].at.line, faults.faults[i].at.column,
               faults.faults[i].text);
    json_array_foreach (json_object_get(written->json, "tests"), i, test)
        check_test(tally, schema, written->json, test);
    faults_finish(&faults);
    arena_finish(&arena);
}

static void check_file(struct tally *tally, const char *path)
{
    struct arena arena = {0};
    struct faults faults = {0};
    struct node root = node_read_file(&arena, path, &faults);
    struct nodes cases = node_elements(&arena, &root);

    ck_assert_uint_eq(faults.total, 0);
    tally->file = strstr(path, tally->group->folder);
    for (size_t i = 0; i < cases.count; i++)
        check_case(tally, &cases.list[i]);
    arena_finish(&arena);
}

static void check_group(const struct group *group)
{
    CLEANUP(freep) char *known = read_known();
    struct tally tally = {.group = group, .known = known};
    char pattern[256];
    glob_t found;

    snprintf(pattern, sizeof(pattern), "tests/%s/*.json", group->folder);
    ck_assert_int_eq(glob(suite_path(pattern), 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        check_file(&tally, found.gl_pathv[i]);
    globfree(&found);
    printf("# %s: %zu of %zu pass, %zu are listed\n", group->folder,
           tally.passed, tally.count, tally.listed);
    fflush(stdout);
    ck_assert_uint_eq(tally.passed + tally.listed, tally.count);
    ck_assert_uint_ge(tally.count, group->fewest);
}

START_TEST(holds_what_is_required)
{
    check_group(&(struct group){"draft2020-12", SCHEMA_DRAFT_2020,
                                SCHEMA_FORMATS_BY_DRAFT, 1299});
    check_group(&(struct group){"draft7", SCHEMA_DRAFT_7,
                                SCHEMA_FORMATS_BY_DRAFT, 927});
    check_group(&(struct group){"draft4", SCHEMA_DRAFT_4,
                                SCHEMA_FORMATS_BY_DRAFT, 618});
}
END_TEST

START_TEST(holds_what_is_optional)
{
    check_group(&(struct group){"draft2020-12/optional", SCHEMA_DRAFT_2020,
                                SCHEMA_FORMATS_BY_DRAFT, 162});
    check_group(&(struct group){"draft7/optional", SCHEMA_DRAFT_7,
                                SCHEMA_FORMATS_BY_DRAFT, 118});
    check_group(&(struct group){"draft4/optional", SCHEMA_DRAFT_4,
                                SCHEMA_FORMATS_BY_DRAFT, 100});
}
END_TEST

START_TEST(knows_the_formats)
{
    check_group(&(struct group){"draft2020-12/optional/format",
                                SCHEMA_DRAFT_2020, SCHEMA_FORMATS_ASSERT, 764});
    check_group(&(struct group){"draft7/optional/format", SCHEMA_DRAFT_7,
                                SCHEMA_FORMATS_ASSERT, 676});
    check_group(&(struct group){"draft4/optional/format", SCHEMA_DRAFT_4,
                                SCHEMA_FORMATS_ASSERT, 219});
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {holds_what_is_required,
                                  holds_what_is_optional, knows_the_formats};

    if (access(suite_path("tests"), F_OK) != 0) {
        printf("1..0 # SKIP there is no %s\n", suite_path("tests"));
        return EXIT_SUCCESS;
    }
    return unit_run("schema_suite", tests, COUNT(tests));
}
