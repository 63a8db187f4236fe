#include "tests/unit/specs/choice.h"

#include <check.h>
#include <string.h>

#include "specs/graph.h"

static void describe(const struct plan *plan, struct buffer *out)
{
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (test->selection == LEFT_OUT)
            continue;
        ck_assert(buffer_print(out, "%s%s%s%s", out->length ? " " : "",
                               test->selection == SELECTED ? "+" : "",
                               test->name, test->goes_first ? "!" : ""));
    }
}

void choice_expect(struct plan *plan, const struct selection_options *options,
                   const char *wanted)
{
    struct buffer chosen = buffer_with_ceiling(1 << 16);
    struct faults faults = {0};

    plan_select(plan, options, &faults);
    ck_assert_msg(!faults.total, "%s",
                  faults.total ? faults.faults[0].text : "");
    describe(plan, &chosen);
    ck_assert_str_eq(buffer_text(&chosen), wanted);
    buffer_finish(&chosen);
}

void choice_tell(struct plan *plan, const struct selection_options *options,
                 const char *wanted)
{
    struct buffer told = buffer_with_ceiling(1 << 16);
    struct faults faults = {0};

    plan_select(plan, options, &faults);
    for (size_t i = 0; i < faults.count; i++)
        ck_assert(buffer_print(&told, "%s\n", faults.faults[i].text));
    ck_assert_str_eq(buffer_text(&told), wanted);
    buffer_finish(&told);
    faults_finish(&faults);
}

struct test *choice_test(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->test_count; i++)
        if (strcmp(plan->tests[i].name, name) == 0)
            return thaw_test(&plan->tests[i]);
    ck_abort_msg("no test %s", name);
    return NULL;
}

static bool holds_word(void *pattern, const char *name)
{
    return strstr(name, pattern) != NULL;
}

struct name_filter choice_filter(const char *word)
{
    return (struct name_filter){holds_word, (void *)(uintptr_t)word};
}
