/* PATH:LINE. */
#include "specs/select_lines.h"

#include "tests/unit/specs/choice.h"
#include "tests/unit/specs/folder.h"
#include "tests/unit/unit.h"
#include <string.h>
#include <sys/stat.h>

static const char text[] =
    "{\n"                                                            /* 1 */
    "  \"name\": \"S\",\n"                                           /* 2 */
    "  \"teardown\": [\n"                                            /* 3 */
    "    {\"name\": \"d\", \"request\": {\"url\": \"http://h/\"}}\n" /* 4 */
    "  ],\n"                                                         /* 5 */
    "  \"tests\":\n"                                                 /* 6 */
    "  [\n"                                                          /* 7 */
    "    {\"name\": \"a\",\n"                                        /* 8 */
    "     \"request\": {\n"                                          /* 9 */
    "       \"url\": \"http://h/]}\"}},\n"                           /* 10 */
    "\n"                                                             /* 11 */
    "    {\"name\": \"b\", \"request\": {\"url\": \"http://h/\"}},"
    " {\"name\": \"c\", \"request\":\n"                              /* 12 */
    "      {\"url\": \"http://h/\"}}\n"                              /* 13 */
    "  ],\n"                                                         /* 14 */
    "  \"setup\": [\n"                                               /* 15 */
    "    {\"name\": \"s\", \"request\": {\"url\": \"http://h/\"}}\n" /* 16 */
    "  ]\n"                                                          /* 17 */
    "}\n";                                                           /* 18 */

/* What is chosen of a plan loaded from these paths, or told of them. */
static void choose(const char *const *paths, size_t count, const char *wanted,
                   const char *told)
{
    const struct plan_options load = {.path_count = count, .paths = paths};
    const struct selection_options options = {0};
    struct faults faults = {0};
    struct plan *plan;
    char line[160];

    if (plan_load(&load, &plan, &faults) != PLAN_LOADED) {
        ck_assert_uint_eq(faults.total, 1);
        ck_assert_str_eq(faults.faults[0].text, told);
        ck_assert_str_eq(faults.faults[0].at.path, paths[0]);
    } else if (wanted) {
        sketch_compile(plan, &faults);
        choice_expect(plan, &options, wanted);
    } else {
        sketch_compile(plan, &faults);
        snprintf(line, sizeof(line), "%s\n", told ? told : "");
        choice_tell(plan, &options, line);
    }
    plan_free(plan);
    faults_finish(&faults);
}

static void choose_one(const char *path, const char *wanted, const char *told)
{
    choose(&path, 1, wanted, told);
}

START_TEST(a_line_means_the_test_that_it_is_in)
{
    static const struct {
        const char *path, *wanted;
    } rows[] = {
        {"s.json:1", "s +d"},         {"s.json:2", "s +d"},
        {"s.json:3", "s +d"},         {"s.json:4", "s +d"},
        {"s.json:5", "s +a d"},       {"s.json:6", "s +a +b +c d"},
        {"s.json:7", "s +a +b +c d"}, {"s.json:8", "s +a d"},
        {"s.json:10", "s +a d"},      {"s.json:11", "s +b +c d"},
        {"s.json:12", "s +b +c d"},   {"s.json:13", "s +c d"},
        {"s.json:14", "+s d"},        {"s.json:15", "+s d"},
        {"s.json:16", "+s d"},        {"s.json:10:24", "s +a d"},
        {"./s.json:8", "s +a d"},
    };

    folder_enter();
    folder_write("s.json", text);
    for (size_t i = 0; i < COUNT(rows); i++)
        choose_one(rows[i].path, rows[i].wanted, NULL);
    folder_leave();
}
END_TEST

START_TEST(lines_pick_of_their_suite_only)
{
    static const char *const some[] = {"s.json:8", "t.json", "s.json:13"};
    static const char *const all[] = {"s.json:8", "s.json"};

    folder_enter();
    folder_write("s.json", text);
    folder_write("t.json", "{\"tests\": [{\"name\": \"t\", \"request\": "
                           "{\"url\": \"http://h/\"}}]}");
    choose(some, COUNT(some), "s +a +c d +t", NULL);
    choose(all, COUNT(all), "+s +a +b +c +d", NULL);
    folder_leave();
}
END_TEST

START_TEST(names_may_hold_colons)
{
    folder_enter();
    folder_write("s:4", text);
    folder_write("s.json", text);
    folder_write("s.json:13", text);
    choose_one("s:4", "+s +a +b +c +d", NULL);
    choose_one("s:4:8", "s +a d", NULL);
    choose_one("s.json:13", "+s +a +b +c +d", NULL);
    choose_one("s.json:13:8", "s +a d", NULL);
    folder_leave();
}
END_TEST

START_TEST(wrong_lines_are_told)
{
    static const char *const rows[][2] = {
        {"s.json:17",
         "no test stands there or below; the last one ends in line 16"},
        {"s.json:999999999",
         "no test stands there or below; the last one ends in line 16"},
        {"s.json:0", "lines count from 1"},
        {"s.json:1000000000", "no such file or folder"},
        {"s.json:", "no such file or folder"},
        {"s.json:x", "no such file or folder"},
        {"s.json:-1", "no such file or folder"},
        {"t.json:1", "no such file or folder"},
        {":1", "no such file or folder"},
        {"folder:1", "a folder has no lines"},
        {"empty.json:1", "this suite has no tests"},
    };

    folder_enter();
    ck_assert_int_eq(mkdir("folder", 0755), 0);
    folder_write("s.json", text);
    folder_write("empty.json", "{\"tests\":\n[\n]}");
    for (size_t i = 0; i < COUNT(rows); i++)
        choose_one(rows[i][0], NULL, rows[i][1]);
    folder_leave();
}
END_TEST

START_TEST(a_suite_in_one_line_is_chosen_whole)
{
    folder_enter();
    folder_write("s.json",
                 "\xef\xbb\xbf {\"tests\": [{\"name\": \"a\", \"request\": "
                 "{\"url\": \"http://h/\"}}, {\"name\": \"b\", "
                 "\"request\": {\"url\": \"http://h/\"}}]}");
    choose_one("s.json:1", "+a +b", NULL);
    folder_leave();
}
END_TEST

UNIT("select_lines", a_line_means_the_test_that_it_is_in,
     lines_pick_of_their_suite_only, names_may_hold_colons,
     wrong_lines_are_told, a_suite_in_one_line_is_chosen_whole)
