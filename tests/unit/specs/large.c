/* What a suite of many tests costs: no more for each than a small one does. */
#include "tests/unit/specs/choice.h"
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"
#include <time.h>

#include "specs/base/clock.h"
#include "specs/select.h"

/* Four times as much must not cost sixteen times as much. */
enum { FEW_TESTS = 10000, FEW_NAMES = 600, MORE = 4, TOO_MANY_TIMES = 9 };

static int64_t cpu_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

#define ADD(...) ck_assert(buffer_print(&text, __VA_ARGS__))

static int64_t cost_of_choosing(size_t tests)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    const struct name_filter wanted = choice_filter("t");
    const struct selection_options options = {.wanted_count = 1,
                                              .wanted = &wanted};
    struct selection_counts counts;
    struct faults faults = {0};
    struct sketch sketch;
    int64_t cost;

    ADD("{\"setup\": [" TEST("s", "") "], \"tests\": [");
    for (size_t i = 0; i < tests; i++)
        ADD(TEST("t%zu", "") ",", i);
    text.bytes[text.length - 1] = ']';
    ck_assert(buffer_add_text(&text, "}"));
    sketch_load(&sketch, text.bytes);
    cost = -cpu_ns();
    counts = plan_select(sketch.plan, &options, &faults);
    cost += cpu_ns();
    ck_assert_uint_eq(counts.selected, tests);
    ck_assert_uint_eq(counts.pulled_in, 1);
    sketch_finish(&sketch);
    buffer_finish(&text);
    return cost;
}

START_TEST(many_are_chosen_at_once)
{
    const int64_t few = cost_of_choosing(FEW_TESTS);
    const int64_t many = cost_of_choosing(MORE * FEW_TESTS);

    ck_assert_int_lt(many, TOO_MANY_TIMES * few);
}
END_TEST

static int64_t cost_of_mistakes(size_t names)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct sketch sketch;
    int64_t cost;

    ADD("{\"variables\": {\"name\": 1");
    for (size_t i = 0; i < names; i++)
        ADD(", \"name_of_a_variable_%zu\": 1", i);
    ADD("}, \"tests\": [" TEST("t", ""));
    for (size_t i = 0; i < names; i++) {
        ADD(", {\"name\": \"u%zu\", ", i);
        ADD(REQUEST("{{nobody_has_this_one_%zu}}") "}", i);
    }
    ck_assert(buffer_add_text(&text, "]}"));
    cost = -cpu_ns();
    sketch_load(&sketch, text.bytes);
    cost += cpu_ns();
    ck_assert_uint_eq(sketch.faults.total, names);
    ck_assert_uint_eq(sketch.faults.count, LIMIT_FAULTS);
    sketch_finish(&sketch);
    buffer_finish(&text);
    return cost;
}

START_TEST(mistakes_that_nobody_reads_are_only_counted)
{
    const int64_t few = cost_of_mistakes(FEW_NAMES);
    const int64_t many = cost_of_mistakes(MORE * FEW_NAMES);

    ck_assert_int_lt(many, TOO_MANY_TIMES * few);
}
END_TEST

UNIT("large", many_are_chosen_at_once,
     mistakes_that_nobody_reads_are_only_counted)
