#include "runner/cli/commands.h"
#include "runner/cli/graph.h"
#include "runner/cli/text.h"

static void print_test(const struct test *test)
{
    struct place at = spot_place(test->at);

    text_print(test->suite->path, 0, stdout);
    printf(":%u  ", at.line);
    text_print(test->name, 0, stdout);
    if (test->is_repeated)
        printf(" x %zu", test->copy_count);
    fputs(graph_role_note(test->role), stdout);
    for (size_t i = 0; i < test->tag_count; i++) {
        fputs(i ? ", " : "  [", stdout);
        text_print(test->tags[i], 0, stdout);
    }
    fputs(test->tag_count ? "]" : "", stdout);
    if (test->skip) {
        fputs("  (skipped", stdout);
        fputs(*test->skip ? ": " : "", stdout);
        text_print(test->skip, 0, stdout);
        fputc(')', stdout);
    }
    fputc('\n', stdout);
}

static void print_text(const struct plan *plan, bool with_passed_over)
{
    for (size_t i = 0; i < plan->test_count; i++)
        print_test(&plan->tests[i]);
    for (size_t i = 0; with_passed_over && i < plan->passed_over_count; i++) {
        fputs("passed over: ", stdout);
        text_print(plan->passed_over[i], 0, stdout);
        fputc('\n', stdout);
    }
}

enum status command_list(const struct settings *settings)
{
    CLEANUP(suites_freep) struct plan *plan = NULL;
    enum status status = suites_load(settings, INTENT_LOOK, &plan);

    if (status != STATUS_PASSED)
        return status;
    if (settings->as_json)
        list_print_json(plan, stdout);
    else
        print_text(plan, settings->telling.verbosity > 0);
    if (plan->test_count || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
