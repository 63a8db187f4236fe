/* What the graph of many tests costs: no more for each wait than that of a few
 * does. */
#include "tests/unit/specs/cost.h"
#include "tests/unit/specs/included.h"
#include "tests/unit/unit.h"
#include <stdio.h>

#include "specs/base/buffer.h"

enum { FEW_TESTS = 4000, FEW_FILES = 400, USERS = 100 };

#define ADD(...) ck_assert(buffer_print(text, __VA_ARGS__))

/* `"key": [` and so many tests, whose names begin so. */
static void add_tests(struct buffer *text, const char *key, size_t count)
{
    ADD("\"%s\": [", key);
    for (size_t i = 0; i < count; i++)
        ADD("%s" TEST("%c%zu", ""), i ? "," : "", *key, i);
    ADD("]");
}

/* What a.json and those that it includes cost, read already; and how many waits
 * they have. */
static int64_t cost_of_graph(struct buffer *text, size_t *waits)
{
    const char *path = "a.json";
    const struct plan_options options = {.path_count = 1, .paths = &path};
    struct faults faults = {0};
    struct plan *plan;
    int64_t cost;

    folder_write(path, buffer_text(text));
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    cost = -cost_now();
    sketch_compile(plan, &faults);
    cost += cost_now();
    ck_assert_uint_eq(faults.total, 0);
    *waits = 0;
    for (size_t i = 0; i < plan->test_count; i++)
        *waits += plan->tests[i].wait_count;
    plan_free(plan);
    buffer_finish(text);
    return cost;
}

/* Suites with a set-up each. */
static int64_t cost_of_gates(const void *of, size_t count)
{
    struct buffer whole = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct buffer *text = &whole;
    size_t waits;
    int64_t cost;

    (void)of;
    included_begin();
    ADD("{\"include\": [");
    for (size_t i = 0; i < count; i++) {
        char path[32];

        snprintf(path, sizeof(path), "i%zu.json", i);
        folder_write(path, "{\"setup\": [" PLAIN("x") "]}");
        ADD("%s\"%s\"", i ? "," : "", path);
    }
    ADD("],");
    add_tests(text, "tests", USERS);
    ADD("}");
    cost = cost_of_graph(text, &waits);
    included_end();
    ck_assert_uint_eq(waits, USERS * count);
    return cost;
}

START_TEST(tests_wait_for_many_set_ups)
{
    cost_expect_even(cost_of_gates, NULL, FEW_FILES);
}
END_TEST

/* A teardown behind the tests of its own suite and of the one above. */
static int64_t cost_of_includer(const void *of, size_t count)
{
    struct buffer whole = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct buffer *text = &whole;
    size_t waits;
    int64_t cost;

    (void)of;
    included_begin();
    ADD("{");
    add_tests(text, "tests", count);
    ADD(", \"teardown\": [" PLAIN("down") "]}");
    folder_write("shared.json", buffer_text(text));
    buffer_clear(text);
    ADD("{\"include\": \"shared.json\",");
    add_tests(text, "tests", count);
    ADD("}");
    cost = cost_of_graph(text, &waits);
    included_end();
    ck_assert_uint_eq(waits, 2 * count);
    return cost;
}

START_TEST(a_teardown_waits_for_many_of_who_includes_it)
{
    cost_expect_even(cost_of_includer, NULL, FEW_TESTS);
}
END_TEST

static int64_t cost_of_after(const void *of, size_t count)
{
    struct buffer whole = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct buffer *text = &whole;
    size_t waits;
    int64_t cost;

    (void)of;
    included_begin();
    ADD("{");
    add_tests(text, "tests", count);
    ADD(", \"teardown\": [{\"name\": \"down\", \"after\": [");
    for (size_t i = 0; i < count; i++)
        ADD("%s\"t%zu\"", i ? "," : "", i);
    ADD("], " REQUEST("") "}]}");
    cost = cost_of_graph(text, &waits);
    included_end();
    ck_assert_uint_eq(waits, count);
    return cost;
}

START_TEST(a_teardown_names_all_that_it_waits_for)
{
    cost_expect_even(cost_of_after, NULL, FEW_TESTS);
}
END_TEST

UNIT("large_graph", tests_wait_for_many_set_ups,
     a_teardown_waits_for_many_of_who_includes_it,
     a_teardown_names_all_that_it_waits_for)
