/* Suites in files and folders. */
#include "specs/load.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char good[] = "{ \"tests\": [] }";
static const char marked[] =
    "{ \"$schema\": \"../x/volley.schema.json\", \"tests\": [] }";

static struct plan *plan;
static struct faults faults;

static enum plan_outcome load(size_t count, const char *const *paths)
{
    const struct plan_options options = {.path_count = count, .paths = paths};

    return plan_load(&options, &plan, &faults);
}

static void release(void)
{
    plan_freep(&plan);
    faults_finish(&faults);
}

/* The paths of the suites, blanks between them. */
static const char *suites(void)
{
    const char *text = "";

    for (size_t i = 0; i < plan->suite_count; i++)
        text = arena_print(&plan->arena, "%s%s%s", text, i ? " " : "",
                           plan->suites[i].path);
    return text;
}

START_TEST(folders_are_searched_for_suites)
{
    folder_enter();
    mkdir("b", 0755);
    mkdir("b/c", 0755);
    mkdir(".hidden", 0755);
    mkdir("node_modules", 0755);
    folder_write("b/c/two.volley.json", good);
    folder_write("b/one.volley.json", good);
    folder_write("a.json", marked);
    folder_write("Z.volley.json", good);
    folder_write("data.json", "[ 1, 2 ]");
    folder_write("speaks-of-it.json", "[ \"volley.schema.json\" ]");
    folder_write("notes.txt", good);
    folder_write("volley.json", "{}");
    folder_write("b/volley.schema.json", "[ \"volley.schema.json\" ]");
    folder_write("b/volley-project.schema.json", "{}");
    folder_write(".hidden/x.volley.json", good);
    folder_write("node_modules/x.volley.json", good);
    ck_assert_int_eq(symlink("..", "b/loop"), 0);
    ck_assert_int_eq(symlink("nowhere", "dangling.volley.json"), 0);
    ck_assert_int_eq(load(1, (const char *[]){"."}), PLAN_LOADED);
    ck_assert_str_eq(suites(), "Z.volley.json a.json b/c/two.volley.json "
                               "b/one.volley.json");
    ck_assert_uint_eq(plan->passed_over_count, 5);
    ck_assert_str_eq(
        plan->passed_over[0],
        "b/volley-project.schema.json: the schema of project files");
    ck_assert_str_eq(plan->passed_over[1],
                     "b/volley.schema.json: the format's schema");
    ck_assert_str_eq(plan->passed_over[2],
                     "data.json: no \"$schema\" that ends in "
                     "\"volley.schema.json\"");
    ck_assert_str_eq(plan->passed_over[3],
                     "speaks-of-it.json: its \"$schema\" does not end in "
                     "\"volley.schema.json\"");
    ck_assert_str_eq(plan->passed_over[4], "volley.json: the project file");
    ck_assert_str_eq(plan->suites[2].name, "two");
    release();
    folder_leave();
}
END_TEST

START_TEST(a_broken_suite_in_a_folder_is_not_passed_over)
{
    const char *folder = folder_enter();

    folder_write("a.json", "{ \"$schema\": \"volley.schema.json\", }");
    folder_write("b.volley.json", "{ \"tests\": [], \"nmae\": 1 }");
    ck_assert_int_eq(load(1, (const char *[]){folder}), PLAN_WRONG);
    ck_assert_uint_eq(faults.total, 2);
    ck_assert_uint_eq(faults_file_count(&faults), 2);
    ck_assert_uint_eq(plan->suite_count, 1);
    release();
    folder_leave();
}
END_TEST

START_TEST(files_that_are_named_are_suites_whatever_their_names)
{
    folder_enter();
    folder_write("a:12", good);
    folder_write("plain", good);
    ck_assert_int_eq(load(3, (const char *[]){"./plain", "a:12", "./plain"}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "plain a:12");
    ck_assert_str_eq(plan->suites[0].source->path, "./plain");
    ck_assert_str_eq(plan->suites[0].name, "plain");
    release();
    folder_leave();
}
END_TEST

START_TEST(one_file_is_one_suite_however_it_is_reached)
{
    folder_enter();
    folder_write("a.json", good);
    ck_assert_int_eq(symlink("a.json", "b.volley.json"), 0);
    ck_assert_int_eq(load(3, (const char *[]){"b.volley.json", "a.json", "."}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "b.volley.json");
    release();
    folder_leave();
}
END_TEST

START_TEST(patterns_that_the_shell_left_are_expanded)
{
    folder_enter();
    folder_write("a1.json", good);
    folder_write("a2.json", good);
    folder_write("b[1].json", good);
    ck_assert_int_eq(load(2, (const char *[]){"a?.json", "b[1].json"}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "a1.json a2.json b[1].json");
    release();
    ck_assert_int_eq(load(1, (const char *[]){"c*.json"}), PLAN_EMPTY);
    ck_assert_str_eq(faults.faults[0].text, "no file matches");
    release();
    folder_leave();
}
END_TEST

START_TEST(stdin_is_a_suite_called_dash)
{
    const char *folder = folder_enter();
    int file;

    folder_write("x", "{ \"tests\": [], \"nmae\": 1 }");
    file = open("x", O_RDONLY);
    ck_assert_int_eq(dup2(file, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(load(2, (const char *[]){"-", "-"}), PLAN_WRONG);
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].at.path, "-");
    ck_assert_str_eq(suites(), "-");
    ck_assert_str_eq(plan->suites[0].name, "stdin");
    ck_assert_str_eq(plan->suites[0].folder, folder);
    close(file);
    release();
    folder_leave();
}
END_TEST

START_TEST(what_is_missing_empty_or_wrong_has_its_own_outcome)
{
    static const struct {
        const char *paths[2];
        size_t count;
        enum plan_outcome outcome;
        const char *text;
    } rows[] = {
        {{"nowhere"}, 1, PLAN_MISSING, "no such file or folder"},
        {{"good.json/x"}, 1, PLAN_MISSING, "a part of the path is no folder"},
        {{"empty"}, 1, PLAN_EMPTY, "no suites in this folder"},
        {{"data"},
         1,
         PLAN_EMPTY,
         "no suites in this folder; its .json files have no \"$schema\" that "
         "ends in \"volley.schema.json\""},
        {{"empty", "good.json"}, 2, PLAN_EMPTY, "no suites in this folder"},
        {{"wrong.json", "nowhere"}, 2, PLAN_MISSING, "no such file or folder"},
        {{"empty[1]"}, 1, PLAN_EMPTY, "no suites in this folder"},
        {{"wrong.json", "empty"}, 2, PLAN_WRONG, "a suite needs \"tests\""},
    };

    folder_enter();
    mkdir("empty", 0755);
    mkdir("empty[1]", 0755);
    mkdir("data", 0755);
    folder_write("data/x.json", "{}");
    folder_write("good.json", good);
    folder_write("wrong.json", "{}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(load(rows[i].count, rows[i].paths), rows[i].outcome);
        ck_assert_str_eq(faults.faults[0].text, rows[i].text);
        ck_assert_ptr_nonnull(plan);
        release();
    }
    folder_leave();
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused)
{
    folder_enter();
    folder_write("big.json", good);
    folder_write("big.volley.json", good);
    ck_assert_int_eq(truncate("big.json", LIMIT_SPEC_BYTES + 1), 0);
    ck_assert_int_eq(truncate("big.volley.json", LIMIT_SPEC_BYTES + 1), 0);
    ck_assert_int_eq(load(1, (const char *[]){"."}), PLAN_WRONG);
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].at.path, "big.volley.json");
    ck_assert_str_eq(faults.faults[0].text, "larger than 32 MiB");
    ck_assert_str_eq(plan->passed_over[0],
                     "big.json: larger than a suite can be");
    release();
    folder_leave();
}
END_TEST

START_TEST(a_file_may_be_as_large_as_the_limit)
{
    char *text = must_alloc(LIMIT_SPEC_BYTES + 1);

    memset(text, ' ', LIMIT_SPEC_BYTES);
    for (size_t i = 0; good[i]; i++)
        text[i] = good[i];
    folder_enter();
    folder_write("big.json", text);
    ck_assert_int_eq(load(1, (const char *[]){"big.json"}), PLAN_LOADED);
    ck_assert_uint_eq(plan->suites[0].source->length, LIMIT_SPEC_BYTES);
    release();
    folder_leave();
    free(text);
}
END_TEST

START_TEST(no_more_files_are_taken_than_the_limit)
{
    const char **paths = must_alloc((LIMIT_SPEC_FILES + 1) * sizeof(*paths));

    folder_enter();
    folder_write("a", good);
    for (size_t i = 0; i < LIMIT_SPEC_FILES + 1; i++)
        paths[i] = "a";
    ck_assert_int_eq(load(LIMIT_SPEC_FILES + 1, paths), PLAN_MISSING);
    ck_assert_str_eq(faults.faults[0].text, "more than 100000 files are named");
    release();
    ck_assert_int_eq(load(LIMIT_SPEC_FILES, paths), PLAN_LOADED);
    release();
    folder_leave();
    free(paths);
}
END_TEST

/* A name that a suite's variables have or use counts, whoever uses that. */
START_TEST(definitions_that_no_suite_uses_are_warned_of)
{
    static const struct definition variables[] = {
        {"whoo", "x"}, {"host", "a.test"}, {"mine", "x"},
        {"part", "x"}, {"other", "x"},     {"path", "x"}};
    const char *path = "a.json";
    const struct plan_options options = {.path_count = 1,
                                         .paths = &path,
                                         .variables = variables,
                                         .variable_count = COUNT(variables)};

    folder_enter();
    folder_write(
        "a.json",
        "{ \"base_url\": \"http://{{host}}/\", \"variables\":"
        " { \"who\": \"{{part}}\", \"mine\": 1 }, \"tests\": ["
        " { \"name\": \"a\", \"request\": { \"url\": \"{{path}}\" } } ] }");
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    sketch_compile(plan, &faults);
    ck_assert_uint_eq(faults.total, 0);
    ck_assert_uint_eq(plan->warning_count, 4); /* of the suite's own, too */
    ck_assert_str_eq(plan->warnings[0].text,
                     "--var whoo: no suite uses it; did you mean \"who\"?");
    ck_assert_str_eq(plan->warnings[1].text, "--var other: no suite uses it");
    ck_assert_ptr_null(plan->warnings[0].at.path);
    release();
    folder_leave();
}
END_TEST

UNIT("load", folders_are_searched_for_suites,
     a_broken_suite_in_a_folder_is_not_passed_over,
     files_that_are_named_are_suites_whatever_their_names,
     one_file_is_one_suite_however_it_is_reached,
     patterns_that_the_shell_left_are_expanded, stdin_is_a_suite_called_dash,
     what_is_missing_empty_or_wrong_has_its_own_outcome,
     a_file_that_is_too_large_is_refused, a_file_may_be_as_large_as_the_limit,
     no_more_files_are_taken_than_the_limit,
     definitions_that_no_suite_uses_are_warned_of)
