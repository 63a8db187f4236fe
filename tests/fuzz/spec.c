/* A suite of any bytes: loaded, its graph made, every place looked up. */
#include "assertions/assertions.h"
#include "specs/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Where nothing is wrong, every place of the plan is in the text. */
static void look_at_places(const struct plan *plan)
{
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (!spot_place(test->at).line)
            __builtin_trap();
        for (size_t j = 0; j < test->step_count; j++)
            if (!spot_place(test->steps[j].request.url_at).line)
                __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct expectation_compiler compiler;
    struct faults faults = {0};
    struct plan *plan;
    enum plan_outcome outcome =
        plan_load_text((const char *)bytes, length, &plan, &faults);

    expectation_compiler_init(&compiler, NULL);
    if ((outcome == PLAN_LOADED) != (faults.total == 0))
        __builtin_trap();
    plan_compile(plan, &compiler.base, &faults);
    expectation_compiler_finish(&compiler);
    faults_sort(&faults);
    if (!faults.total)
        look_at_places(plan);
    plan_free(plan);
    faults_finish(&faults);
    return 0;
}
