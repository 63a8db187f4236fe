#include "specs/load.h"

#include "tests/unit/unit.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/paths.h"

static const char good[] = "{ \"tests\": [] }";
static const char marked[] =
    "{ \"$schema\": \"../x/volley.schema.json\", \"tests\": [] }";

static char folder[] = "/tmp/volley-load-XXXXXX";
static struct plan *plan;
static struct faults faults;

static void enter_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static void leave_folder(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_msg(file, "%s", path);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

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
    enter_folder();
    mkdir("b", 0755);
    mkdir("b/c", 0755);
    mkdir(".hidden", 0755);
    mkdir("node_modules", 0755);
    write_file("b/c/two.volley.json", good);
    write_file("b/one.volley.json", good);
    write_file("a.json", marked);
    write_file("Z.volley.json", good);
    write_file("data.json", "[ 1, 2 ]");
    write_file("speaks-of-it.json", "[ \"volley.schema.json\" ]");
    write_file("notes.txt", good);
    write_file(".hidden/x.volley.json", good);
    write_file("node_modules/x.volley.json", good);
    ck_assert_int_eq(symlink("..", "b/loop"), 0);
    ck_assert_int_eq(symlink("nowhere", "dangling.volley.json"), 0);
    ck_assert_int_eq(load(1, (const char *[]){"."}), PLAN_LOADED);
    ck_assert_str_eq(suites(), "Z.volley.json a.json b/c/two.volley.json "
                               "b/one.volley.json");
    ck_assert_uint_eq(plan->passed_over_count, 2);
    ck_assert_str_eq(plan->passed_over[0],
                     "data.json: no \"$schema\" that ends in "
                     "\"volley.schema.json\"");
    ck_assert_str_eq(plan->passed_over[1],
                     "speaks-of-it.json: its \"$schema\" does not end in "
                     "\"volley.schema.json\"");
    ck_assert_str_eq(plan->suites[2].name, "two");
    release();
    leave_folder();
}
END_TEST

START_TEST(a_broken_suite_in_a_folder_is_not_passed_over)
{
    enter_folder();
    write_file("a.json", "{ \"$schema\": \"volley.schema.json\", }");
    write_file("b.volley.json", "{ \"tests\": [], \"nmae\": 1 }");
    ck_assert_int_eq(load(1, (const char *[]){folder}), PLAN_WRONG);
    ck_assert_uint_eq(faults.total, 2);
    ck_assert_uint_eq(faults_file_count(&faults), 2);
    ck_assert_uint_eq(plan->suite_count, 1);
    release();
    leave_folder();
}
END_TEST

START_TEST(files_that_are_named_are_suites_whatever_their_names)
{
    enter_folder();
    write_file("a:12", good);
    write_file("plain", good);
    ck_assert_int_eq(load(3, (const char *[]){"./plain", "a:12", "./plain"}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "plain a:12");
    ck_assert_str_eq(plan->suites[0].source->path, "./plain");
    ck_assert_str_eq(plan->suites[0].name, "plain");
    release();
    leave_folder();
}
END_TEST

START_TEST(one_file_is_one_suite_however_it_is_reached)
{
    enter_folder();
    write_file("a.json", good);
    ck_assert_int_eq(symlink("a.json", "b.volley.json"), 0);
    ck_assert_int_eq(load(3, (const char *[]){"b.volley.json", "a.json", "."}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "b.volley.json");
    release();
    leave_folder();
}
END_TEST

START_TEST(patterns_that_the_shell_left_are_expanded)
{
    enter_folder();
    write_file("a1.json", good);
    write_file("a2.json", good);
    write_file("b[1].json", good);
    ck_assert_int_eq(load(2, (const char *[]){"a?.json", "b[1].json"}),
                     PLAN_LOADED);
    ck_assert_str_eq(suites(), "a1.json a2.json b[1].json");
    release();
    ck_assert_int_eq(load(1, (const char *[]){"c*.json"}), PLAN_EMPTY);
    ck_assert_str_eq(faults.faults[0].text, "no file matches");
    release();
    leave_folder();
}
END_TEST

START_TEST(stdin_is_a_suite_called_dash)
{
    int file;

    enter_folder();
    write_file("x", "{ \"tests\": [], \"nmae\": 1 }");
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
    leave_folder();
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
        {{"good.json:7"},
         1,
         PLAN_MISSING,
         "picking a test by its line is not supported by this version"},
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

    enter_folder();
    mkdir("empty", 0755);
    mkdir("empty[1]", 0755);
    mkdir("data", 0755);
    write_file("data/x.json", "{}");
    write_file("good.json", good);
    write_file("wrong.json", "{}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(load(rows[i].count, rows[i].paths), rows[i].outcome);
        ck_assert_str_eq(faults.faults[0].text, rows[i].text);
        ck_assert_ptr_nonnull(plan);
        release();
    }
    leave_folder();
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused)
{
    enter_folder();
    write_file("big.json", good);
    write_file("big.volley.json", good);
    ck_assert_int_eq(truncate("big.json", LIMIT_SPEC_BYTES + 1), 0);
    ck_assert_int_eq(truncate("big.volley.json", LIMIT_SPEC_BYTES + 1), 0);
    ck_assert_int_eq(load(1, (const char *[]){"."}), PLAN_WRONG);
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].at.path, "big.volley.json");
    ck_assert_str_eq(faults.faults[0].text, "larger than 32 MiB");
    ck_assert_str_eq(plan->passed_over[0],
                     "big.json: larger than a suite can be");
    release();
    leave_folder();
}
END_TEST

START_TEST(a_file_may_be_as_large_as_the_limit)
{
    char *text = must_alloc(LIMIT_SPEC_BYTES + 1);

    memset(text, ' ', LIMIT_SPEC_BYTES);
    memcpy(text, good, strlen(good));
    enter_folder();
    write_file("big.json", text);
    ck_assert_int_eq(load(1, (const char *[]){"big.json"}), PLAN_LOADED);
    ck_assert_uint_eq(plan->suites[0].source->length, LIMIT_SPEC_BYTES);
    release();
    leave_folder();
    free(text);
}
END_TEST

START_TEST(no_more_files_are_taken_than_the_limit)
{
    const char **paths = must_alloc((LIMIT_SPEC_FILES + 1) * sizeof(*paths));

    enter_folder();
    write_file("a", good);
    for (size_t i = 0; i < LIMIT_SPEC_FILES + 1; i++)
        paths[i] = "a";
    ck_assert_int_eq(load(LIMIT_SPEC_FILES + 1, paths), PLAN_MISSING);
    ck_assert_str_eq(faults.faults[0].text, "more than 100000 files are named");
    release();
    ck_assert_int_eq(load(LIMIT_SPEC_FILES, paths), PLAN_LOADED);
    release();
    leave_folder();
    free(paths);
}
END_TEST

/* Tests are read one by one, so this is noticed when some are decoded. */
START_TEST(of_broken_text_only_that_is_told)
{
    static const struct {
        const char *text, *said;
        unsigned line;
    } rows[] = {
        {"{\"tests\": [\n{\"nam\": 1},\n{\"name\": }]}", "a value is expected",
         3},
        {"{\"tests\": [\n{\"nam\": 1},\n{\"a\": 1, \"a\": 2}]}",
         "the key \"a\" is already in line 3", 3},
        {"{\"tests\": [\n{\"nam\": 1},\n{\"repeat\": 1 2}]}",
         "a comma or \"}\" is expected", 3},
        {"{\"tests\": [\n{\"nam\": 1},,\n{}]}", "a value is expected", 2},
        {"{\"tests\": [\n{\"nam\": 1}\n{}]}", "a comma or \"]\" is expected",
         3},
        {"{\"teardown\": [{\"nam\": 1}],\n\"tests\": [{]}",
         "a key in double quotes is expected", 2},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(
            plan_load_text(rows[i].text, strlen(rows[i].text), &plan, &faults),
            PLAN_WRONG);
        ck_assert_uint_eq(faults.total, 1);
        ck_assert_str_eq(faults.faults[0].text, rows[i].said);
        ck_assert_uint_eq(faults.faults[0].at.line, rows[i].line);
        release();
    }
}
END_TEST

START_TEST(lists_are_found_however_their_keys_are_written)
{
    static const char text[] =
        "{\"t\\u0065sts\": [ {\"name\": \"a, ]\\\"\", \"request\": {\"url\": "
        "\"http://h\"}} , {\"name\" :\"b\",\"request\":{\"url\":\"http://h\"}}],"
        "\"setup\":[{\"name\":\"c\",\"request\":{\"url\":\"http://h\"}}\n]}";
    static const char *const names[] = {"c", "a, ]\"", "b"};

    ck_assert_int_eq(plan_load_text(text, strlen(text), &plan, &faults),
                     PLAN_LOADED);
    ck_assert_uint_eq(plan->test_count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        ck_assert_str_eq(plan->tests[i].name, names[i]);
    release();
}
END_TEST

static const struct judgement *compile_nothing(struct compiler *compiler,
                                               struct arena *arena,
                                               const struct step *step,
                                               struct faults *told)
{
    (void)compiler, (void)arena, (void)step, (void)told;
    return NULL;
}

static struct needs need_nothing(struct compiler *compiler,
                                 const struct judgement *judgement)
{
    (void)compiler, (void)judgement;
    return (struct needs){0};
}

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
    struct compiler compiler = {compile_nothing, need_nothing};

    enter_folder();
    write_file(
        "a.json",
        "{ \"base_url\": \"http://{{host}}/\", \"variables\":"
        " { \"who\": \"{{part}}\", \"mine\": 1 }, \"tests\": ["
        " { \"name\": \"a\", \"request\": { \"url\": \"{{path}}\" } } ] }");
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    plan_compile(plan, &compiler, &faults);
    ck_assert_uint_eq(faults.total, 0);
    ck_assert_uint_eq(plan->warning_count, 2);
    ck_assert_str_eq(plan->warnings[0].text,
                     "--var whoo: no suite uses it; did you mean \"who\"?");
    ck_assert_str_eq(plan->warnings[1].text, "--var other: no suite uses it");
    ck_assert_ptr_null(plan->warnings[0].at.path);
    release();
    leave_folder();
}
END_TEST

START_TEST(paths_of_a_suite_stay_below_its_root)
{
    static const struct {
        const char *path;
        const char *real; /* below the folder; NULL: refused */
        const char *text;
    } rows[] = {
        {"x.txt", "/root/sub/x.txt", NULL},
        {"./x.txt", "/root/sub/x.txt", NULL},
        {"../y.txt", "/root/y.txt", NULL},
        {"inside", "/root/y.txt", NULL},
        {"../../z.txt", NULL, "\"../../z.txt\" leads out of the file root"},
        {"../../no.txt", NULL, "\"../../no.txt\" leads out of the file root"},
        {"outside", NULL, "\"outside\" leads out of the file root"},
        {"no.txt", NULL, "\"no.txt\": no such file or folder"},
        {"no/../../no.txt", NULL,
         "\"no/../../no.txt\": no such file or folder"},
        {"..", NULL, "\"..\" is not a regular file"},
        {"/etc/passwd", NULL, "\"/etc/passwd\" leads out of the file root"},
    };
    struct fault fault;

    enter_folder();
    mkdir("root", 0755);
    mkdir("root/sub", 0755);
    write_file("root/volley.json", "{}");
    write_file("root/sub/s.json", good);
    write_file("root/sub/x.txt", "");
    write_file("root/y.txt", "");
    write_file("z.txt", "");
    ck_assert_int_eq(symlink("../y.txt", "root/sub/inside"), 0);
    ck_assert_int_eq(symlink("../../z.txt", "root/sub/outside"), 0);
    ck_assert_int_eq(load(1, (const char *[]){"root/sub/s.json"}), PLAN_LOADED);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *real;

        fault = (struct fault){0};
        real = suite_file(&plan->suites[0], &plan->arena, rows[i].path, &fault);
        ck_assert_msg(!real == !rows[i].real, "%s: %s", rows[i].path,
                      fault.text);
        if (real)
            ck_assert_str_eq(real + strlen(folder), rows[i].real);
        else
            ck_assert_str_eq(fault.text, rows[i].text);
    }
    release();
    leave_folder();
}
END_TEST

START_TEST(the_file_root_can_be_given)
{
    const char *path = "a/s.json";
    struct plan_options options = {
        .path_count = 1, .paths = &path, .file_root = "."};

    enter_folder();
    mkdir("a", 0755);
    write_file("a/s.json", "{ \"tests\": [ { \"name\": \"n\", \"request\": {"
                           " \"url\": \"http://a.test/\","
                           " \"file\": \"../x.txt\" } } ] }");
    write_file("x.txt", "");
    ck_assert_int_eq(load(1, &path), PLAN_WRONG);
    release();
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    ck_assert_str_eq(plan->suites[0].file_root, folder);
    release();
    options.file_root = "nowhere";
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_MISSING);
    release();
    leave_folder();
}
END_TEST

START_TEST(paths_are_told_without_detours)
{
    static const char *const rows[][2] = {
        {"a/b", "a/b"},      {"./a", "a"},     {"././/a", "a"},
        {"a//b", "a/b"},     {"a/./b", "a/b"}, {"../a", "../a"},
        {"/a//b/", "/a/b/"}, {".//", "."},     {".a/b", ".a/b"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(path_clean(&arena, rows[i][0]), rows[i][1]);
    arena_finish(&arena);
}
END_TEST

START_TEST(thousands_of_tests_are_loaded_in_order)
{
    enum { TESTS = 10000 };
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    bool added = buffer_add_text(&text, "{\"tests\":[");

    for (int i = 0; i < TESTS; i++)
        added &= buffer_print(&text,
                              "%s{\"name\":\"test %d\",\"request\":{\"url\":"
                              "\"http://a.test/%d\"}}",
                              i ? "," : "", i, i);
    ck_assert(added && buffer_add_text(&text, "]}"));
    ck_assert_int_eq(plan_load_text(text.bytes, text.length, &plan, &faults),
                     PLAN_LOADED);
    ck_assert_uint_eq(plan->test_count, TESTS);
    for (size_t i = 0; i < TESTS; i++) {
        char name[32];

        snprintf(name, sizeof(name), "test %zu", i);
        ck_assert_str_eq(plan->tests[i].name, name);
        ck_assert_uint_eq(plan->tests[i].index, i);
    }
    buffer_finish(&text);
    release();
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
     definitions_that_no_suite_uses_are_warned_of,
     paths_of_a_suite_stay_below_its_root, of_broken_text_only_that_is_told,
     lists_are_found_however_their_keys_are_written, the_file_root_can_be_given,
     paths_are_told_without_detours, thousands_of_tests_are_loaded_in_order)
