/* What waits for what, once some tests are left out. */
#include "tests/unit/specs/choice.h"
#include "tests/unit/unit.h"
#include <string.h>

static struct sketch sketch;

static void leave(const char *text, const char *const *ids, size_t count,
                  const char *wanted)
{
    struct selection_options options = {.id_count = count, .ids = ids};
    struct faults faults = {0};

    sketch_load(&sketch, text);
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    plan_select(sketch.plan, &options, &faults);
    ck_assert_uint_eq(faults.total, 0);
    sketch_expect(&sketch, wanted);
}

static const char sequential[] =
    "{\"sequential\": true,"
    " \"setup\": [{\"name\": \"s\", \"request\": {\"url\": \"http://h/\"}}],"
    " \"tests\": ["
    "{\"name\": \"t1\", \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"t2\", \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"t3\", \"after\": [\"t2\"], "
    "\"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"t4\", \"request\": {\"url\": \"http://h/\"}}]}";

START_TEST(order_leads_through_what_is_left_out)
{
    static const char *const ends[] = {"t1", "t4"};

    leave(sequential, ends, 2,
          "s 0/3\n"
          "t1 0/2: s setup!\n"
          "t2 0/1\n"
          "t3 0/1\n"
          "t4 0/1: s setup!, t1 sequential\n");
    ck_assert_uint_eq(sketch.plan->flow_count, 1);
    ck_assert_uint_eq(sketch.plan->tests[1].waiter_count, 1);
    ck_assert_ptr_eq(sketch.plan->tests[1].waiters[0], &sketch.plan->tests[4]);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(the_first_of_a_sequence_waits_for_nobody)
{
    static const char *const last = "t4";

    leave(sequential, &last, 1,
          "s 0/2\n"
          "t1 0/1\n"
          "t2 0/1\n"
          "t3 0/1\n"
          "t4 0/1: s setup!\n");
    sketch_finish(&sketch);
}
END_TEST

/* d3, which alone waits for all, is left out with t2, whose thing it drops. */
START_TEST(teardown_stays_behind_the_tests)
{
    static const char *const id = "t1";

    leave("{\"setup\": [{\"name\": \"s\", "
          "\"request\": {\"url\": \"http://h/\"}}],"
          " \"tests\": ["
          "{\"name\": \"t1\", \"request\": {\"url\": \"http://h/\"}},"
          "{\"name\": \"t2\", \"request\": {\"url\": \"http://h/\"}, "
          "\"capture\": {\"x\": {\"json\": \"$\"}}}],"
          " \"teardown\": ["
          "{\"name\": \"d1\", \"request\": {\"url\": \"http://h/\"}},"
          "{\"name\": \"d2\", \"request\": {\"url\": \"http://h/{{x}}\"}},"
          "{\"name\": \"d3\", \"request\": {\"url\": \"http://h/{{x}}\"}}]}",
          &id, 1,
          "s 0/2\n"
          "t1 0/1: s setup!\n"
          "t2 0/1\n"
          "d1 0/1: s teardown, t1 teardown\n"
          "d2 0/1\n"
          "d3 0/1\n");
    sketch_finish(&sketch);
}
END_TEST

START_TEST(flows_and_the_critical_path_are_those_of_the_rest)
{
    static const char *const ids[] = {"c", "d"};
    const struct test *chain[4];

    leave("{\"tests\": ["
          "{\"name\": \"a\", \"request\": {\"url\": \"http://h/\"}},"
          "{\"name\": \"b\", \"after\": [\"a\"], "
          "\"request\": {\"url\": \"http://h/\"}},"
          "{\"name\": \"c\", \"request\": {\"url\": \"http://h/\"}},"
          "{\"name\": \"d\", \"request\": {\"url\": \"http://h/\"}}]}",
          ids, 2,
          "a 0/1\n"
          "b 0/1\n"
          "c 0/1\n"
          "d 1/1\n");
    ck_assert_uint_eq(sketch.plan->flow_count, 2);
    ck_assert_uint_eq(plan_critical_path(sketch.plan, chain, COUNT(chain)), 1);
    ck_assert_str_eq(chain[0]->name, "c");
    sketch_finish(&sketch);
}
END_TEST

/* Neither may the mending take time by the square of the tests. */
START_TEST(many_are_left_out_at_once)
{
    enum { TESTS = 20000 };
    struct buffer text = buffer_with_ceiling(64 << 20);
    char last[16];
    const char *const ids[] = {"t0", last};
    struct selection_options options = {.id_count = 2, .ids = ids};
    struct faults faults = {0};

    snprintf(last, sizeof(last), "t%d", TESTS - 1);
    ck_assert(buffer_add_text(&text, "{\"sequential\": true, \"tests\": ["));
    for (int i = 0; i < TESTS; i++) {
        ck_assert(buffer_print(&text,
                               "%s{\"name\": \"t%d\", \"request\": {\"url\": "
                               "\"http://h/\"}}",
                               i ? "," : "", i));
    }
    ck_assert(buffer_add_text(&text, "]}"));
    sketch_load(&sketch, buffer_text(&text));
    plan_select(sketch.plan, &options, &faults);
    ck_assert_uint_eq(sketch.plan->tests[TESTS - 1].wait_count, 1);
    ck_assert_ptr_eq(sketch.plan->tests[TESTS - 1].waits[0].on,
                     sketch.plan->tests);
    sketch_finish(&sketch);
    buffer_finish(&text);
}
END_TEST

UNIT("select_order", order_leads_through_what_is_left_out,
     the_first_of_a_sequence_waits_for_nobody, teardown_stays_behind_the_tests,
     flows_and_the_critical_path_are_those_of_the_rest,
     many_are_left_out_at_once)
