#include "runner/cli/load.h"

static const struct judgement *compile(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    (void)compiler;
    return judgement_compile(arena, step, faults);
}

static struct needs needs(struct compiler *compiler,
                          const struct judgement *judgement)
{
    (void)compiler;
    return judgement_needs(judgement);
}

static enum status tell_faults(enum plan_outcome outcome, struct faults *faults)
{
    size_t files;

    faults_sort(faults);
    faults_print(faults, stderr);
    if (outcome == PLAN_MISSING)
        return STATUS_USAGE;
    if (outcome == PLAN_EMPTY)
        return STATUS_EMPTY;
    files = faults_file_count(faults);
    fprintf(stderr, "%zu mistake%s in %zu file%s; nothing was sent\n",
            faults->total, faults->total == 1 ? "" : "s", files,
            files == 1 ? "" : "s");
    return STATUS_SPEC;
}

enum status suites_load(const struct settings *settings, enum intent intent,
                        struct plan **plan)
{
    const struct suite_settings *suites = &settings->suites;
    struct compiler compiler = {compile, needs};
    const struct plan_options options = {
        .path_count = suites->paths.count,
        .paths = suites->paths.list,
        .variable_count = suites->variables.count,
        .variables = suites->variables.list,
        .file_count = suites->files.count,
        .files = suites->files.list,
        .secret_count = suites->secrets.count,
        .secrets = suites->secrets.list,
        .secrets_may_be_missing = intent == INTENT_LOOK,
        .environment = settings->telling.environment,
        .file_root = suites->root,
        .compiler = &compiler,
    };
    CLEANUP(suites_freep) struct plan *loaded = NULL;
    CLEANUP(faults_finish) struct faults faults = {0};
    enum plan_outcome outcome = plan_load(&options, &loaded, &faults);
    bool is_permitted = outcome == PLAN_EMPTY && settings->allow_empty;

    plan_compile(loaded, &compiler, &faults);
    if (!is_permitted && (outcome != PLAN_LOADED || faults.total))
        return tell_faults(outcome, &faults);
    *plan = TAKE(loaded);
    return STATUS_PASSED;
}

void suites_free(struct plan *plan)
{
    if (!plan)
        return;
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        for (size_t j = 0; j < test->step_count; j++) {
            if (test->steps[j].judgement)
                judgement_release(test->steps[j].judgement);
        }
    }
    plan_free(plan);
}

void suites_freep(struct plan **plan)
{
    suites_free(*plan);
    *plan = NULL;
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
        count += plan->tests[i].copy_count;
    return count;
}

size_t suites_request_count(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++)
        count += plan->tests[i].copy_count * plan->tests[i].step_count;
    return count;
}
