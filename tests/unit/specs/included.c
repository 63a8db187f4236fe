#include "tests/unit/specs/included.h"

#include <check.h>
#include <string.h>

void included_begin(void)
{
    folder_enter();
    folder_write("volley.json", "{}");
}

void included_end(void)
{
    folder_leave();
}

static void load(struct sketch *sketch, size_t count, const char *const *paths)
{
    const struct plan_options options = {.path_count = count, .paths = paths};

    *sketch = (struct sketch){.told = buffer_with_ceiling(1 << 16)};
    (void)plan_load(&options, &sketch->plan, &sketch->faults);
    sketch_compile(sketch->plan, &sketch->faults);
    faults_sort(&sketch->faults);
    for (size_t i = 0; i < sketch->faults.count; i++) {
        const struct fault *fault = &sketch->faults.faults[i];

        ck_assert(buffer_print(&sketch->told, "%s:%u %s\n", fault->at.path,
                               fault->at.line, fault->text));
    }
    for (size_t i = 0; i < sketch->plan->warning_count; i++) {
        const struct fault *warning = &sketch->plan->warnings[i];

        ck_assert(buffer_print(&sketch->told, "%s:%u %s\n", warning->at.path,
                               warning->at.line, warning->text));
    }
}

void included_load(struct sketch *sketch, size_t count,
                   const char *const *paths)
{
    load(sketch, count, paths);
    ck_assert_msg(!sketch->faults.total, "%s", buffer_text(&sketch->told));
}

void included_draw(const char *path, const char *wanted)
{
    struct sketch sketch;

    included_load(&sketch, 1, &path);
    sketch_expect(&sketch, wanted);
    sketch_finish(&sketch);
}

void included_tell(const char *path, const char *wanted)
{
    struct sketch sketch;

    load(&sketch, 1, &path);
    ck_assert_str_eq(buffer_text(&sketch.told), wanted);
    sketch_finish(&sketch);
}

const struct suite *included_suite(const struct sketch *sketch,
                                   const char *path)
{
    const struct suite *found = NULL;

    for (size_t i = 0; i < sketch->plan->suite_count; i++)
        if (strcmp(sketch->plan->suites[i].path, path) == 0)
            found = &sketch->plan->suites[i];
    ck_assert_msg(found, "%s", path);
    return found;
}

const struct test *included_test(const struct sketch *sketch, const char *name)
{
    const struct test *found = NULL;

    for (size_t i = 0; i < sketch->plan->test_count; i++)
        if (strcmp(sketch->plan->tests[i].name, name) == 0)
            found = &sketch->plan->tests[i];
    ck_assert_msg(found, "%s", name);
    return found;
}
