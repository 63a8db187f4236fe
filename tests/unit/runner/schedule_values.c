/* What captures of included suites are worth when a step is sent. */
#include "tests/unit/runner/schedule_rig.h"
#include "tests/unit/unit.h"

enum { FIRST, LAST, OWN, SUITES };

/* The last suite includes the two before it; each has one test. */
static struct suite suites[SUITES];
static const struct suite *const reach[] = {&suites[OWN], &suites[FIRST],
                                            &suites[LAST]};

static void build(void)
{
    rig_build(SUITES);
    for (size_t i = 0; i < SUITES; i++) {
        suites[i] = (struct suite){.index = i};
        rig.tests[i].suite = &suites[i];
    }
    suites[OWN].reach = reach;
    suites[OWN].reach_count = SUITES;
    rig.plan.suites = suites;
    rig.plan.suite_count = SUITES;
    schedule_init(&rig.schedule, &rig.plan, 0);
}

static void keep(size_t suite, const char *name, const char *value)
{
    json_auto_t *captured = json_pack("{s:s}", name, value);

    schedule_keep(&rig.schedule, &rig.schedule.tasks[suite], captured);
}

/* "" where there is no value. */
static void expect(size_t suite, const char *name, const char *wanted)
{
    const struct need need = {.name = name};
    const struct step step = {.needs = {1, &need}};
    json_auto_t *values = schedule_values(
        &rig.schedule, &rig.schedule.tasks[suite], &step, NULL, 0);
    const char *value = json_string_value(json_object_get(values, name));

    ck_assert_str_eq(value ? value : "", wanted);
}

START_TEST(captures_of_included_suites_are_found)
{
    build();
    keep(FIRST, "a", "first");
    keep(LAST, "b", "last");
    expect(OWN, "a", "first");
    expect(OWN, "b", "last");
    expect(OWN, "c", "");
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(own_captures_hide_those_of_included_suites)
{
    build();
    keep(FIRST, "a", "first");
    keep(OWN, "a", "own");
    expect(OWN, "a", "own");
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(included_suites_see_nothing_of_those_that_include_them)
{
    build();
    keep(OWN, "a", "own");
    expect(FIRST, "a", "");
    expect(LAST, "a", "");
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(what_a_copy_captures_hides_nothing)
{
    build();
    keep(FIRST, "a", "first");
    rig.tests[OWN].is_repeated = true;
    keep(OWN, "a", "copy");
    expect(OWN, "a", "first");
    schedule_finish(&rig.schedule);
}
END_TEST

UNIT("schedule_values", captures_of_included_suites_are_found,
     own_captures_hide_those_of_included_suites,
     included_suites_see_nothing_of_those_that_include_them,
     what_a_copy_captures_hides_nothing)
