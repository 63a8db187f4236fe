/* Rows, repetitions, and what their copies are called. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/loading.h"

#include "specs/rows.h"

#define REQUEST "\"request\": { \"url\": \"http://h/\" }"

/* Loads a.json with these rows for the whole run. */
static enum plan_outcome load_data(const char *suite, const char *data)
{
    static const char *const path = "a.json";
    const struct plan_options options = {
        .path_count = 1, .paths = &path, .data = data, .compiler = &compiler};
    enum plan_outcome outcome;

    folder_write(path, suite);
    outcome = plan_load(&options, &plan, &faults);
    plan_compile(plan, &compiler, &faults);
    return outcome;
}

START_TEST(copies_are_rows_by_repetitions)
{
    load("{ \"tests\": ["
         "{ \"name\": \"a\", " REQUEST " },"
         "{ \"name\": \"b\", \"repeat\": 3, " REQUEST " },"
         "{ \"name\": \"c\", \"each\": [{}, {}], " REQUEST " },"
         "{ \"name\": \"d\", \"each\": [{}, {}], \"repeat\": 3, " REQUEST
         " } ] }");
    ck_assert_uint_eq(plan->tests[0].copy_count, 1);
    ck_assert_uint_eq(plan->tests[0].repeat_count, 1);
    ck_assert_ptr_null(plan->tests[0].rows);
    ck_assert_uint_eq(plan->tests[1].copy_count, 3);
    ck_assert_uint_eq(plan->tests[2].copy_count, 2);
    ck_assert_uint_eq(plan->tests[2].repeat_count, 1);
    ck_assert_uint_eq(plan->tests[2].rows->count, 2);
    ck_assert_uint_eq(plan->tests[3].copy_count, 6);
    ck_assert_uint_eq(plan->tests[3].repeat_count, 3);
    release();
}
END_TEST

START_TEST(copies_are_named_by_row_and_repetition)
{
    struct arena arena = {0};
    json_auto_t *row = json_pack("{s:s}", "name", "x");
    json_auto_t *number = json_pack("{s:i}", "name", 7);

    load("{ \"tests\": ["
         "{ \"name\": \"a\", " REQUEST " },"
         "{ \"name\": \"b\", \"repeat\": 3, " REQUEST " },"
         "{ \"name\": \"c\", \"each\": [{}, {}], " REQUEST " },"
         "{ \"name\": \"d\", \"each\": [{}, {}], \"repeat\": 3, " REQUEST
         " } ] }");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[0], 0, NULL), "a");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[1], 2, NULL), "b [2]");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[2], 1, NULL),
                     "c [row 2]");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[2], 1, row), "c [x]");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[2], 1, number),
                     "c [7]");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[3], 5, NULL),
                     "d [row 2] [2]");
    ck_assert_str_eq(test_copy_name(&arena, &plan->tests[3], 1, row),
                     "d [x] [1]");
    release();
    arena_finish(&arena);
}
END_TEST

/* The name of the second test, and whether it is a copy of the first. */
START_TEST(a_copy_keeps_its_name_from_other_tests)
{
    static const struct {
        const char *keys;
        const char *name;
        bool is_taken;
    } rows[] = {
        {"\"repeat\": 3", "a [2]", true},
        {"\"repeat\": 3", "a [3]", false},
        {"\"repeat\": 3", "a [02]", false},
        {"\"repeat\": 3", "a [row 1]", false},
        {"\"each\": [{}, {}]", "a [row 2]", true},
        {"\"each\": [{}, {}]", "a [row 0]", false},
        {"\"each\": [{}, {}]", "a [row 3]", false},
        {"\"each\": [{}, {}]", "a [0]", false},
        {"\"each\": [{}, {}]", "a [row 2] [0]", false},
        {"\"each\": [{\"name\": \"x [1]\"}]", "a [x [1]]", true},
        {"\"each\": [{\"name\": \"x\"}]", "a [row 1]", false},
        {"\"each\": [{}], \"repeat\": 2", "a [row 1] [1]", true},
        {"\"each\": [{}], \"repeat\": 2", "a [row 1] [2]", false},
        {"\"each\": [{}], \"repeat\": 2", "a [row 1]", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[400];

        snprintf(text, sizeof(text),
                 "{ \"tests\": [ { \"name\": \"a\", %s, " REQUEST
                 " }, { \"name\": \"%s\", " REQUEST " } ] }",
                 rows[i].keys, rows[i].name);
        load_wrong(text);
        ck_assert_msg(faults.total == rows[i].is_taken, "%s: %s", rows[i].keys,
                      rows[i].name);
        release();
    }
}
END_TEST

START_TEST(rows_for_the_run_are_for_tests_without_their_own)
{
    folder_enter();
    folder_write("rows.csv", "city,n:integer\nBonn,1\nUlm,2\nKiel,3\n");
    ck_assert_int_eq(
        load_data("{ \"setup\": [ { \"name\": \"s\", " REQUEST " } ], "
                  "\"tests\": ["
                  "{ \"name\": \"a\", \"repeat\": 2, \"request\": { \"url\": "
                  "\"http://h/{{city}}\" } },"
                  "{ \"name\": \"b\", \"each\": [{}], " REQUEST " } ], "
                  "\"teardown\": [ { \"name\": \"t\", " REQUEST " } ] }",
                  "rows.csv"),
        PLAN_LOADED);
    ck_assert_uint_eq(faults.total, 0);
    ck_assert_ptr_null(plan->tests[0].rows);
    ck_assert_uint_eq(plan->tests[1].copy_count, 6);
    ck_assert_str_eq(plan->tests[1].rows->path, "rows.csv");
    ck_assert_uint_eq(plan->tests[2].copy_count, 1);
    ck_assert_ptr_null(plan->tests[3].rows);
    release();
    folder_leave();
}
END_TEST

START_TEST(rows_for_the_run_must_be_there_and_right)
{
    static const char suite[] =
        "{ \"tests\": [ { \"name\": \"a\", \"request\": { \"url\": "
        "\"http://h/{{b}}\" } } ] }";

    folder_enter();
    ck_assert_int_eq(load_data(suite, "rows.csv"), PLAN_MISSING);
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].at.path, "rows.csv");
    release();
    folder_write("rows.csv", "a,b\n1\n");
    ck_assert_int_eq(load_data(suite, "rows.csv"), PLAN_WRONG);
    ck_assert_str_eq(faults.faults[0].text, "1 cell, but the header names 2");
    release();
    folder_write("rows.txt", "a\n1\n");
    ck_assert_int_eq(load_data(suite, "rows.txt"), PLAN_WRONG);
    release();
    folder_leave();
}
END_TEST

START_TEST(a_suite_on_stdin_leaves_no_rows_there)
{
    load_wrong("{ \"tests\": [ { \"name\": \"a\", \"each\": \"-\", " REQUEST
               " } ] }");
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].text,
                     "the standard input holds a suite, and so no rows");
    release();
}
END_TEST

UNIT("decode_copies", copies_are_rows_by_repetitions,
     copies_are_named_by_row_and_repetition,
     a_copy_keeps_its_name_from_other_tests,
     rows_for_the_run_are_for_tests_without_their_own,
     rows_for_the_run_must_be_there_and_right,
     a_suite_on_stdin_leaves_no_rows_there)
