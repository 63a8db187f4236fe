/* Which tests wait for which. */
#include "specs/graph.h"

#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"

START_TEST(names_make_waits)
{
    sketch_draw(
        "{\"variables\": {\"id\": 1}, \"tests\": [" TEST("read", "{{token}}/{{id}}") "," TEST(
            "alone",
            "{{id}}") "," CAPTURES("log in", "",
                                   "token") ","
                                            "{\"name\": \"expects\", " REQUEST(
                                                "") ","
                                                    " \"expect\": {\"body\": \"{{token}}\"}}]}",
        "read 0/1: log in capture token!\n"
        "alone 1/1\n"
        "log in 0/2\n"
        "expects 0/1: log in capture token!\n");
}
END_TEST

START_TEST(set_up_and_teardown_surround_the_tests)
{
    sketch_draw(
        "{\"setup\": [" CAPTURES("s1", "", "a") "," TEST(
            "s2", "") "],"
                      " \"tests\": [" TEST("t1", "{{a}}") "," CAPTURES(
                          "t2", "", "b") "],"
                                         " \"teardown\": [" TEST(
                                             "d1", "{{b}}") "," TEST("d2",
                                                                     "") "]}",
        "s1 0/3\n"
        "s2 0/2: s1 setup!\n"
        "t1 0/1: s1 capture a!, s2 setup!\n"
        "t2 0/1: s2 setup!\n"
        "d1 0/1: t2 capture b!, d2 teardown\n"
        "d2 0/2: s2 teardown, t1 teardown, t2 teardown\n");
}
END_TEST

START_TEST(an_order_that_is_there_already_is_not_doubled)
{
    sketch_draw(
        "{\"sequential\": true,"
        " \"setup\": [" CAPTURES(
            "s", "",
            "a") "],"
                 " \"tests\": [" CAPTURES(
                     "t1", "{{a}}",
                     "b") ","
                          "{\"name\": \"t2\", \"after\": [\"t1\"], " REQUEST("{{b}}") "}," TEST(
                              "t3",
                              "") "],"
                                  " \"teardown\": [{\"name\": \"d\", \"after\": [\"t2\"], " REQUEST(
                                      "{{a}}") "}]}",
        "s 0/4\n"
        "t1 0/3: s capture a!\n"
        "t2 0/2: t1 capture b!, t1 after!, s setup!\n"
        "t3 0/1: s setup!, t2 sequential\n"
        "d 0/1: s capture a!, t2 after!, t1 teardown, t3 teardown\n");
}
END_TEST

/* Waiters are told once, however many reasons there are. */
START_TEST(waiters_mirror_waits)
{
    struct sketch sketch;
    const struct test *tests;

    sketch_load(
        &sketch,
        "{\"tests\": [{\"name\": \"p\", " REQUEST(
            "") ", "
                "\"capture\": {\"a\": {\"json\": \"$\"}, \"b\": {\"json\": \"$\"}}},"
                "{\"name\": \"u\", \"after\": [\"p\"], " REQUEST(
                    "{{a}}{{b}}") "}," TEST("v", "{{a}}") "," TEST("w",
                                                                   "") "]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    tests = sketch.plan->tests;
    ck_assert_uint_eq(tests[1].wait_count, 3);
    ck_assert_uint_eq(tests[0].waiter_count, 2);
    ck_assert_ptr_eq(tests[0].waiters[0], &tests[1]);
    ck_assert_ptr_eq(tests[0].waiters[1], &tests[2]);
    ck_assert_uint_eq(tests[3].waiter_count, 0);
    ck_assert_uint_eq(sketch.plan->flow_count, 2);
    sketch_finish(&sketch);
}
END_TEST

/* No part of the making may take time by the square of the tests. */
START_TEST(many_tests_make_few_waits)
{
    enum { TESTS = 20000 };
    struct buffer text = buffer_with_ceiling(64 << 20);
    struct sketch sketch;
    size_t waits = 0;

    ck_assert(buffer_print(&text,
                           "{\"sequential\": true, \"setup\": [%s], "
                           "\"tests\": [",
                           CAPTURES("s", "", "x")));
    for (int i = 0; i < TESTS; i++) {
        ck_assert(buffer_print(&text,
                               "%s{\"name\": \"t%d\", \"request\": {\"url\": "
                               "\"http://h/{{x}}\"}}",
                               i ? "," : "", i));
    }
    ck_assert(buffer_print(&text, "], \"teardown\": [%s]}", TEST("d", "")));
    sketch_load(&sketch, buffer_text(&text));
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    for (size_t i = 0; i < sketch.plan->test_count; i++)
        waits += sketch.plan->tests[i].wait_count;
    ck_assert_uint_eq(waits, TESTS + (TESTS - 1) + (TESTS + 1));
    ck_assert_uint_eq(sketch.plan->tests[0].height, TESTS + 1);
    ck_assert_uint_eq(sketch.plan->flow_count, 1);
    sketch_finish(&sketch);
    buffer_finish(&text);
}
END_TEST

START_TEST(copies_are_named_by_their_number)
{
    struct arena arena = {0};
    struct test test = {.name = "ping"};

    ck_assert_str_eq(test_copy_name(&arena, &test, 0, NULL), "ping");
    test.is_repeated = true;
    test.repeat_count = 4;
    ck_assert_str_eq(test_copy_name(&arena, &test, 3, NULL), "ping [3]");
    arena_finish(&arena);
}
END_TEST

UNIT("graph", names_make_waits, set_up_and_teardown_surround_the_tests,
     an_order_that_is_there_already_is_not_doubled, waiters_mirror_waits,
     many_tests_make_few_waits, copies_are_named_by_their_number)
