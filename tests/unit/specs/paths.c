/* Paths that a suite names. */
#include "specs/paths.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/unit.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/load.h"

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
    static const char *const path = "root/sub/s.json";
    const struct plan_options options = {.path_count = 1, .paths = &path};
    struct faults faults = {0};
    const char *folder = folder_enter();
    struct plan *plan;

    mkdir("root", 0755);
    mkdir("root/sub", 0755);
    folder_write("root/volley.json", "{}");
    folder_write(path, "{ \"tests\": [] }");
    folder_write("root/sub/x.txt", "");
    folder_write("root/y.txt", "");
    folder_write("z.txt", "");
    ck_assert_int_eq(symlink("../y.txt", "root/sub/inside"), 0);
    ck_assert_int_eq(symlink("../../z.txt", "root/sub/outside"), 0);
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fault fault = {0};
        const char *real =
            suite_file(&plan->suites[0], &plan->arena, rows[i].path, &fault);

        ck_assert_msg(!real == !rows[i].real, "%s: %s", rows[i].path,
                      fault.text);
        if (real)
            ck_assert_str_eq(real + strlen(folder), rows[i].real);
        else
            ck_assert_str_eq(fault.text, rows[i].text);
    }
    plan_free(plan);
    faults_finish(&faults);
    folder_leave();
}
END_TEST

START_TEST(the_file_root_can_be_given)
{
    const char *path = "a/s.json";
    struct plan_options options = {.path_count = 1, .paths = &path};
    struct faults faults = {0};
    const char *folder = folder_enter();
    struct plan *plan;

    mkdir("a", 0755);
    folder_write(path, "{ \"tests\": [ { \"name\": \"n\", \"request\": {"
                       " \"url\": \"http://a.test/\","
                       " \"file\": \"../x.txt\" } } ] }");
    folder_write("x.txt", "");
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_WRONG);
    plan_free(plan);
    faults_finish(&faults);
    options.file_root = ".";
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    ck_assert_str_eq(plan->suites[0].file_root, folder);
    plan_free(plan);
    faults_finish(&faults);
    options.file_root = "nowhere";
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_MISSING);
    plan_free(plan);
    faults_finish(&faults);
    folder_leave();
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

UNIT("paths", paths_of_a_suite_stay_below_its_root, the_file_root_can_be_given,
     paths_are_told_without_detours)
