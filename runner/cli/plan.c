#include "runner/cli/commands.h"
#include "runner/cli/graph.h"

static void print_text(const struct plan *plan)
{
    size_t tests = suites_test_count(plan);
    size_t requests = suites_request_count(plan);

    graph_print_tests(plan, stdout);
    printf("%zu test%s, %zu request%s, %zu flow%s\n", tests,
           tests == 1 ? "" : "s", requests, requests == 1 ? "" : "s",
           plan->flow_count, plan->flow_count == 1 ? "" : "s");
    graph_print_paths(plan, stdout);
}

enum status command_plan(const struct settings *settings)
{
    CLEANUP(suites_freep) struct plan *plan = NULL;
    enum status status = suites_load(settings, INTENT_LOOK, &plan);

    if (status != STATUS_PASSED)
        return status;
    if (settings->as_json)
        graph_print_json(plan, stdout);
    else
        print_text(plan);
    if (plan->test_count || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
