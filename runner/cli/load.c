#include "runner/cli/load.h"

#include "runner/cli/choose.h"
#include "runner/cli/origin.h"

enum status mistakes_tell(struct faults *faults)
{
    size_t files;

    faults_sort(faults);
    faults_print(faults, stderr);
    files = faults_file_count(faults);
    fprintf(stderr, "%zu mistake%s in %zu file%s; nothing was sent\n",
            faults->total, faults->total == 1 ? "" : "s", files,
            files == 1 ? "" : "s");
    return STATUS_SPEC;
}

static enum status tell_faults(enum plan_outcome outcome, struct faults *faults)
{
    if (outcome != PLAN_MISSING && outcome != PLAN_EMPTY)
        return mistakes_tell(faults);
    faults_sort(faults);
    faults_print(faults, stderr);
    return outcome == PLAN_MISSING ? STATUS_USAGE : STATUS_EMPTY;
}

enum status suites_load(const struct settings *settings, enum intent intent,
                        struct plan **plan)
{
    const struct suite_settings *suites = &settings->suites;
    struct expectation_compiler compiler;
    const struct plan_options options = {
        .path_count = suites->paths.count,
        .paths = suites->paths.list,
        .variable_count = suites->variables.count,
        .variables = suites->variables.list,
        .file_count = suites->files.count,
        .files = suites->files.list,
        .secret_count = suites->secrets.count,
        .secrets = suites->secrets.list,
        .secret_file_count = suites->secret_files.count,
        .secret_files = suites->secret_files.list,
        .project = settings->project.environment,
        .wants_origins = settings->wants_origins,
        .doubts = &settings->doubts,
        .secrets_may_be_missing = intent != INTENT_SEND,
        .environment = settings->telling.environment,
        .seed = settings->seed,
        .file_root = suites->root,
        .data = suites->data,
        .now_ns = clock_wall_ns(),
        .compiler = &compiler.base,
    };
    CLEANUP(plan_freep) struct plan *loaded = NULL;
    CLEANUP(faults_finish) struct faults faults = {0};
    enum plan_outcome outcome;
    enum status status;
    bool is_permitted;

    expectation_compiler_init(&compiler, &suites->schemas);
    outcome = plan_load(&options, &loaded, &faults);
    plan_compile(loaded, &compiler.base, &faults);
    expectation_compiler_finish(&compiler);
    is_permitted = outcome == PLAN_EMPTY && settings->allow_empty;
    choose_refuse_only(settings, loaded, &faults);
    if (!is_permitted && (outcome != PLAN_LOADED || faults.total)) {
        if (intent == INTENT_CHECK && settings->format == FORMAT_JSON)
            check_print_mistakes(&faults, stdout);
        return tell_faults(outcome, &faults);
    }
    status = choose_tests(settings, loaded);
    if (status == STATUS_PASSED)
        *plan = TAKE(loaded);
    return status;
}

void suites_warn(const struct plan *plan, bool everything)
{
    for (size_t i = 0; i < plan->warning_count; i++) {
        struct fault warning = plan->warnings[i];

        if (warning.at.path && !everything)
            continue;
        if (!warning.at.path)
            fputs("volley: ", stderr);
        snprintf(warning.text, sizeof(warning.text), "warning: %.400s",
                 plan->warnings[i].text);
        fault_print(&warning, stderr);
    }
}

void suites_explain_empty(const struct plan *plan)
{
    fprintf(stderr, "volley: %s; --allow-empty permits that\n",
            suites_test_count(plan) ? "nothing was checked"
                                    : "there is no test");
}

size_t suites_test_count(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].selection != LEFT_OUT)
            count += plan->tests[i].copy_count;
    return count;
}

static size_t request_count(const struct test *test)
{
    size_t racers = test->race ? test->race->count : 1;

    return test->copy_count * test->step_count * racers;
}

size_t suites_request_count(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].selection != LEFT_OUT)
            count += request_count(&plan->tests[i]);
    return count;
}
