/* Tests are read one by one, in the order of their text. */
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "specs/load.h"

/* It is noticed when some tests are decoded already. */
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
        struct faults faults = {0};
        struct plan *plan;

        ck_assert_int_eq(
            plan_load_text(rows[i].text, strlen(rows[i].text), &plan, &faults),
            PLAN_WRONG);
        ck_assert_uint_eq(faults.total, 1);
        ck_assert_str_eq(faults.faults[0].text, rows[i].said);
        ck_assert_uint_eq(faults.faults[0].at.line, rows[i].line);
        plan_free(plan);
        faults_finish(&faults);
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
    struct faults faults = {0};
    struct plan *plan;

    ck_assert_int_eq(plan_load_text(text, strlen(text), &plan, &faults),
                     PLAN_LOADED);
    ck_assert_uint_eq(plan->test_count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        ck_assert_str_eq(plan->tests[i].name, names[i]);
    plan_free(plan);
    faults_finish(&faults);
}
END_TEST

START_TEST(thousands_of_tests_are_loaded_in_order)
{
    enum { TESTS = 10000 };
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    bool added = buffer_add_text(&text, "{\"tests\":[");
    struct faults faults = {0};
    struct plan *plan;

    for (int i = 0; i < TESTS; i++) {
        added &= buffer_print(&text,
                              "%s{\"name\":\"test %d\",\"request\":{\"url\":"
                              "\"http://a.test/%d\"}}",
                              i ? "," : "", i, i);
    }
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
    plan_free(plan);
    faults_finish(&faults);
}
END_TEST

UNIT("outline", of_broken_text_only_that_is_told,
     lists_are_found_however_their_keys_are_written,
     thousands_of_tests_are_loaded_in_order)
