/* Rows, repetitions, and what their copies are called. */
#include "tests/unit/specs/cost.h"
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"

#include "specs/rows.h"

#define REQUEST "\"request\": { \"url\": \"http://h/\" }"

enum { FEW_CLAIMS = 400 };

/* Loads a.json with these rows for the whole run. */
static enum plan_outcome load_data(const char *suite, const char *data)
{
    static const char *const path = "a.json";
    const struct plan_options options = {
        .path_count = 1, .paths = &path, .data = data};

    folder_write(path, suite);
    return load_files(options);
}

static const char ways_to_copy[] =
    "{ \"tests\": ["
    "{ \"name\": \"a\", " REQUEST " },"
    "{ \"name\": \"b\", \"repeat\": 3, " REQUEST " },"
    "{ \"name\": \"c\", \"each\": [{}, {}], " REQUEST " },"
    "{ \"name\": \"d\", \"each\": [{}, {}], \"repeat\": 3, " REQUEST " } ] }";

START_TEST(copies_are_rows_by_repetitions)
{
    load(ways_to_copy);
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

    load(ways_to_copy);
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

/* As many rows as tests that are called almost as their copies are. */
static int64_t cost_of_claims(const void *of, size_t count)
{
    struct buffer rows = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    int64_t cost;

    ck_assert(buffer_add_text(&rows, "name\n"));
    ck_assert(buffer_add_text(&text, "{ \"tests\": [ { \"name\": \"a\", "
                                     "\"each\": \"rows.csv\", " REQUEST " }"));
    for (size_t i = 0; i < count; i++) {
        ck_assert(buffer_print(&rows, "x%zu\n", i));
        ck_assert(buffer_print(&text,
                               ", { \"name\": \"a [y%zu]\", " REQUEST " }", i));
    }
    ck_assert(
        buffer_add_text(&text, ", { \"name\": \"a [x0]\", " REQUEST " } ] }"));
    folder_write("rows.csv", buffer_text(&rows));
    folder_write("a.json", buffer_text(&text));
    cost = -cost_now();
    ck_assert_int_eq(
        load_files((struct plan_options){.path_count = 1, .paths = of}),
        PLAN_WRONG);
    cost += cost_now();
    ck_assert_uint_eq(faults.total, 1);
    release();
    buffer_finish(&rows);
    buffer_finish(&text);
    return cost;
}

START_TEST(rows_are_read_once_for_all_names_that_could_be_theirs)
{
    static const char *const path = "a.json";

    folder_enter();
    cost_expect_even(cost_of_claims, &path, FEW_CLAIMS);
    folder_leave();
}
END_TEST

UNIT("decode_copies", copies_are_rows_by_repetitions,
     copies_are_named_by_row_and_repetition,
     a_copy_keeps_its_name_from_other_tests,
     rows_are_read_once_for_all_names_that_could_be_theirs,
     rows_for_the_run_are_for_tests_without_their_own,
     rows_for_the_run_must_be_there_and_right,
     a_suite_on_stdin_leaves_no_rows_there)
