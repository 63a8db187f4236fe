/* What fields of rows and conditions do to the graph. */
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"

#define GIVER(name, key)                                                       \
    "{ \"name\": \"" name "\", \"request\": { \"url\": \"http://h/\" }, "      \
    "\"capture\": { \"" key "\": { \"json\": \"$\" } } }"

static const struct needs *needs_of(size_t test)
{
    return &plan->tests[test].steps->needs;
}

START_TEST(a_field_of_every_row_hides_what_else_is_called_so)
{
    load("{ \"variables\": { \"b\": 1 }, \"tests\": [" GIVER(
        "p",
        "a") ","
             "{ \"name\": \"u\", \"each\": [{ \"a\": 1, \"b\": {} }, { \"a\": 2, "
             "\"b\": {} }], \"request\": { \"url\": \"http://h/{{a}}/{{b.c}}\" } }"
             "] }");
    ck_assert_uint_eq(plan->tests[1].wait_count, 0);
    ck_assert_uint_eq(needs_of(1)->count, 2);
    ck_assert_str_eq(needs_of(1)->list[0].name, "a");
    ck_assert_str_eq(needs_of(1)->list[1].name, "b");
    release();
}
END_TEST

START_TEST(a_field_of_some_rows_is_a_capture_for_the_others)
{
    load("{ \"tests\": [" GIVER(
        "p", "a") ","
                  "{ \"name\": \"u\", \"each\": [{ \"a\": 1 }, {}], "
                  "\"request\": { \"url\": \"http://h/{{a}}\" } }] }");
    ck_assert_uint_eq(plan->tests[1].wait_count, 1);
    ck_assert_int_eq(plan->tests[1].waits[0].reason, WAIT_CAPTURE);
    ck_assert(plan->tests[1].waits[0].requires);
    ck_assert_uint_eq(needs_of(1)->count, 1);
    release();
}
END_TEST

/* What a row may change is not looked at before the run, and not put in. */
START_TEST(a_field_of_some_rows_is_a_constant_for_the_others)
{
    load("{ \"variables\": { \"code\": \"nope\" }, \"tests\": ["
         "{ \"name\": \"u\", \"each\": [{ \"code\": 200 }, {}], \"request\": "
         "{ \"url\": \"http://h/\" }, \"expect\": { \"status\": \"{{code}}\" } "
         "}] }");
    ck_assert_uint_eq(needs_of(0)->count, 1);
    ck_assert_str_eq(needs_of(0)->list[0].name, "code");
    release();
    load_wrong("{ \"variables\": { \"code\": \"nope\" }, \"tests\": ["
               "{ \"name\": \"u\", \"each\": [{}, {}], \"request\": { \"url\": "
               "\"http://h/\" }, \"expect\": { \"status\": \"{{code}}\" } }] "
               "}");
    ck_assert_uint_eq(faults.total, 1);
    release();
}
END_TEST

START_TEST(a_path_of_the_constant_for_the_others_is_looked_at)
{
    load_wrong("{ \"variables\": { \"user\": {} }, \"tests\": ["
               "{ \"name\": \"u\", \"each\": [{ \"user\": { \"id\": 1 } }, {}],"
               " \"request\": { \"url\": \"http://h/{{user.id}}\" } }] }");
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].text,
                     "\"user\" has no \"id\", it is empty");
    release();
}
END_TEST

START_TEST(what_rows_that_are_wrong_may_have_is_not_told_as_missing)
{
    load_wrong("{ \"tests\": [{ \"name\": \"u\", \"each\": [{ \"a\": 1 }, 2], "
               "\"request\": { \"url\": \"http://h/{{b}}\" } }] }");
    ck_assert_uint_eq(faults.total, 1);
    ck_assert_str_eq(faults.faults[0].text, "a row is an object, not a number");
    release();
}
END_TEST

START_TEST(an_earlier_step_is_heard_by_its_own_row)
{
    load("{ \"tests\": [{ \"name\": \"u\", \"each\": [{ \"a\": 1 }], "
         "\"steps\": [{ \"request\": { \"url\": \"http://h/\" }, \"capture\": "
         "{ \"b\": { \"json\": \"$\" } } }, { \"request\": { \"url\": "
         "\"http://h/{{a}}/{{b}}\" } }] }] }");
    ck_assert_uint_eq(plan->tests->steps[1].needs.count, 2);
    release();
}
END_TEST

START_TEST(a_condition_waits_for_what_it_asks_for)
{
    load("{ \"variables\": { \"v\": { \"x\": 1 } }, \"tests\": [" GIVER(
        "p", "a") "," GIVER("q", "b") ","
                                      "{ \"name\": \"u\", \"when\": { "
                                      "\"a.deep[0]\": 1, \"v.y\": { "
                                      "\"exists\": false }, \"env.NO\": "
                                      "\"{{b}}\" }, \"request\": { \"url\": "
                                      "\"http://h/\" } }] }");
    ck_assert_uint_eq(plan->tests[2].wait_count, 2);
    ck_assert_ptr_eq(plan->tests[2].waits[0].on, &plan->tests[0]);
    ck_assert_ptr_eq(plan->tests[2].waits[1].on, &plan->tests[1]);
    ck_assert(plan->tests[2].waits[0].requires);
    ck_assert_uint_eq(plan->tests[2].when_needs.count, 2);
    ck_assert_str_eq(plan->tests[2].when_needs.list[0].name, "a");
    ck_assert_str_eq(plan->tests[2].when_needs.list[1].name, "b");
    ck_assert_uint_eq(needs_of(2)->count, 0);
    ck_assert_uint_eq(plan->warning_count, 0);
    release();
}
END_TEST

START_TEST(a_condition_sees_rows_and_repetitions)
{
    load("{ \"tests\": [{ \"name\": \"u\", \"each\": [{ \"a\": 1 }], "
         "\"repeat\": 2, \"when\": { \"a\": 1, \"index\": { \"gt\": 0 } }, "
         "\"request\": { \"url\": \"http://h/\" } }] }");
    ck_assert_uint_eq(plan->tests->when_needs.count, 2);
    ck_assert_ptr_nonnull(plan->tests->when);
    release();
}
END_TEST

UNIT("graph_rows", a_field_of_every_row_hides_what_else_is_called_so,
     a_field_of_some_rows_is_a_capture_for_the_others,
     a_field_of_some_rows_is_a_constant_for_the_others,
     a_path_of_the_constant_for_the_others_is_looked_at,
     what_rows_that_are_wrong_may_have_is_not_told_as_missing,
     an_earlier_step_is_heard_by_its_own_row,
     a_condition_waits_for_what_it_asks_for,
     a_condition_sees_rows_and_repetitions)
