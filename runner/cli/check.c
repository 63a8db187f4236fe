#include "runner/cli/commands.h"
#include "runner/cli/graph.h"

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

enum status command_check(const struct settings *settings)
{
    CLEANUP(suites_freep) struct plan *plan = NULL;
    enum status status = suites_load(settings, INTENT_LOOK, &plan);
    size_t tests;

    if (status != STATUS_PASSED)
        return status;
    suites_warn(plan, true);
    if (settings->telling.verbosity > 0)
        graph_print_tests(plan, stdout);
    tests = suites_test_count(plan);
    printf("%zu test%s in %zu suite%s: no mistake, %zu warning%s; nothing was "
           "sent\n",
           tests, plural(tests), plan->suite_count, plural(plan->suite_count),
           plan->warning_count, plural(plan->warning_count));
    if (tests || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
