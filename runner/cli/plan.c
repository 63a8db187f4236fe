#include <stdlib.h>

#include "runner/cli/choose.h"
#include "runner/cli/commands.h"
#include "runner/cli/graph.h"
#include "specs/last_run.h"

/* A file of times that is of no use makes the plan no worse than none. */
static struct last_ending *recall(const struct settings *settings,
                                  const struct plan *plan)
{
    struct fault fault = {0};
    struct last_ending *endings =
        last_run_recall(plan, choose_state_folder(settings), &fault);

    if (fault.raised) {
        fputs("volley: warning: ", stderr);
        fault_print(&fault, stderr);
    }
    return endings;
}

static void print_text(const struct plan *plan, const struct critical *critical)
{
    size_t tests = suites_test_count(plan);
    size_t requests = suites_request_count(plan);

    graph_print_tests(plan, stdout);
    printf("%zu test%s, %zu request%s, %zu flow%s\n", tests,
           tests == 1 ? "" : "s", requests, requests == 1 ? "" : "s",
           plan->flow_count, plan->flow_count == 1 ? "" : "s");
    graph_print_paths(plan, critical, stdout);
}

static void print_plan(const struct settings *settings, const struct plan *plan)
{
    struct last_ending *endings = recall(settings, plan);
    struct critical critical;

    critical_find(plan, endings, &critical);
    switch (settings->format) {
    case FORMAT_TEXT: print_text(plan, &critical); break;
    case FORMAT_JSON: graph_print_json(plan, &critical, stdout); break;
    case FORMAT_MERMAID: graph_print_mermaid(plan, &critical, stdout); break;
    }
    critical_finish(&critical);
    free(endings);
}

enum status command_plan(const struct settings *settings)
{
    CLEANUP(plan_freep) struct plan *plan = NULL;
    enum status status = suites_load(settings, INTENT_LOOK, &plan);

    if (status != STATUS_PASSED)
        return status;
    print_plan(settings, plan);
    if (plan->test_count || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
