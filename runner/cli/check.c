#include "runner/cli/commands.h"
#include "runner/cli/graph.h"
#include "runner/cli/origin.h"
#include "specs/select.h"

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* All were checked; those of which no test is selected are not counted. */
static size_t count_suites(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->suite_count; i++)
        count += !suite_is_left_out(&plan->suites[i]);
    return count;
}

static bool is_forbidden(const struct settings *settings,
                         const struct plan *plan)
{
    return settings->strict && plan->warning_count;
}

static void tell_sum(const struct settings *settings, const struct plan *plan,
                     size_t tests)
{
    size_t suites = count_suites(plan);

    printf("%zu test%s in %zu suite%s: no mistake, %zu warning%s%s; nothing "
           "was sent\n",
           tests, plural(tests), suites, plural(suites), plan->warning_count,
           plural(plan->warning_count),
           is_forbidden(settings, plan) ? ", which --strict does not permit"
                                        : "");
}

enum status command_check(const struct settings *settings)
{
    CLEANUP(plan_freep) struct plan *plan = NULL;
    enum status status;
    size_t tests;

    if (settings->format == FORMAT_MERMAID)
        return command_refuse_drawing(settings, "check");
    status = suites_load(settings, INTENT_CHECK, &plan);
    if (status != STATUS_PASSED)
        return status;
    suites_warn(plan, true);
    tests = suites_test_count(plan);
    if (settings->format == FORMAT_JSON)
        check_print_json(settings, plan, stdout);
    else if (settings->wants_origins)
        origin_print(settings, plan, stdout);
    else if (settings->telling.verbosity > 0)
        graph_print_tests(plan, stdout);
    if (settings->format == FORMAT_TEXT)
        tell_sum(settings, plan, tests);
    if (is_forbidden(settings, plan))
        return STATUS_SPEC;
    if (tests || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
