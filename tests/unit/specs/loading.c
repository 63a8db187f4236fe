#include "tests/unit/specs/loading.h"

#include <stdio.h>
#include <string.h>

#include "specs/load.h"

struct plan *plan;
struct faults faults;

enum plan_outcome load_files(struct plan_options options)
{
    struct expectation_compiler compiler;
    enum plan_outcome outcome;

    expectation_compiler_init(&compiler, NULL);
    options.compiler = &compiler.base;
    outcome = plan_load(&options, &plan, &faults);
    ck_assert_msg((outcome == PLAN_LOADED) == !faults.total, "%s: outcome %d",
                  *options.paths, (int)outcome);
    plan_compile(plan, &compiler.base, &faults);
    expectation_compiler_finish(&compiler);
    return outcome;
}

void load_wrong(const char *text)
{
    struct expectation_compiler compiler;

    expectation_compiler_init(&compiler, NULL);
    (void)plan_load_text(text, strlen(text), &plan, &faults);
    plan_compile(plan, &compiler.base, &faults);
    expectation_compiler_finish(&compiler);
}

void load(const char *text)
{
    load_wrong(text);
    if (faults.total)
        faults_print(&faults, stderr);
    ck_assert_msg(!faults.total, "%s", text);
}

void release(void)
{
    plan_freep(&plan);
    faults_finish(&faults);
}
