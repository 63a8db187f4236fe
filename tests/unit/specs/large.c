/* What a suite of many tests costs: no more for each than a small one does. */
#include "tests/unit/specs/choice.h"
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"
#include <time.h>

#include "specs/base/clock.h"
#include "specs/select.h"

enum { TESTS = 40000, NAMES = 3000 };

static int64_t cpu_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

#define ADD(...) ck_assert(buffer_print(&text, __VA_ARGS__))

/* Looking through the suite for each of its tests would take seconds. */
START_TEST(many_are_chosen_at_once)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    const struct name_filter wanted = choice_filter("t");
    const struct selection_options options = {.wanted_count = 1,
                                              .wanted = &wanted};
    struct selection_counts counts;
    struct faults faults = {0};
    struct sketch sketch;
    int64_t began;

    ADD("{\"setup\": [" TEST("s", "") "], \"tests\": [");
    for (size_t i = 0; i < TESTS; i++)
        ADD(TEST("t%zu", "") ",", i);
    text.bytes[text.length - 1] = ']';
    ck_assert(buffer_add_text(&text, "}"));
    sketch_load(&sketch, text.bytes);
    began = cpu_ns();
    counts = plan_select(sketch.plan, &options, &faults);
    ck_assert_int_lt(cpu_ns() - began, NS_PER_S);
    ck_assert_uint_eq(counts.selected, TESTS);
    ck_assert_uint_eq(counts.pulled_in, 1);
    sketch_finish(&sketch);
    buffer_finish(&text);
}
END_TEST

/* Comparing each of them with all names would take many seconds. */
START_TEST(mistakes_that_nobody_reads_are_only_counted)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct sketch sketch;
    int64_t began = cpu_ns();

    ADD("{\"variables\": {\"name\": 1");
    for (size_t i = 0; i < NAMES; i++)
        ADD(", \"name_of_a_variable_%zu\": 1", i);
    ADD("}, \"tests\": [" TEST("t", ""));
    for (size_t i = 0; i < NAMES; i++) {
        ADD(", {\"name\": \"u%zu\", ", i);
        ADD(REQUEST("{{nobody_has_this_one_%zu}}") "}", i);
    }
    ck_assert(buffer_add_text(&text, "]}"));
    sketch_load(&sketch, text.bytes);
    ck_assert_uint_eq(sketch.faults.total, NAMES);
    ck_assert_uint_eq(sketch.faults.count, LIMIT_FAULTS);
    ck_assert_int_lt(cpu_ns() - began, 10 * NS_PER_S);
    sketch_finish(&sketch);
    buffer_finish(&text);
}
END_TEST

UNIT("large", many_are_chosen_at_once,
     mistakes_that_nobody_reads_are_only_counted)
