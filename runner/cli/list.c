#include "runner/cli/commands.h"
#include "runner/cli/graph.h"
#include "runner/cli/page.h"
#include "specs/select.h"

static void print_test(struct page *page, const struct test *test)
{
    struct place at = spot_place(test->at);

    page_print(page, test->suite->path);
    printf(":%u  ", at.line);
    page_print(page, test->name);
    graph_print_copies(test, stdout);
    fputs(graph_role_note(test->role), stdout);
    fputs(graph_selection_note(test->selection), stdout);
    for (size_t i = 0; i < test->tag_count; i++) {
        fputs(i ? ", " : "  [", stdout);
        page_print(page, test->tags[i]);
    }
    fputs(test->tag_count ? "]" : "", stdout);
    if (test->skip) {
        fputs("  (skipped", stdout);
        fputs(*test->skip ? ": " : "", stdout);
        page_print(page, test->skip);
        fputc(')', stdout);
    }
    fputc('\n', stdout);
}

static void print_tests(struct page *page, const struct plan *plan,
                        bool are_left_out)
{
    for (size_t i = 0; i < plan->test_count; i++)
        if ((plan->tests[i].selection == LEFT_OUT) == are_left_out)
            print_test(page, &plan->tests[i]);
}

/* What was chosen, and what was not. */
static void print_choice(struct page *page, const struct plan *plan)
{
    struct selection_counts counts = plan_count_selection(plan);

    if (!counts.left_out)
        return;
    puts("left out:");
    print_tests(page, plan, true);
    printf("%zu selected, %zu needed by them, %zu left out\n", counts.selected,
           counts.pulled_in, counts.left_out);
}

static void print_text(const struct plan *plan, bool with_rest)
{
    struct page page;

    page_open(&page, plan, stdout);
    print_tests(&page, plan, false);
    if (with_rest)
        print_choice(&page, plan);
    for (size_t i = 0; with_rest && i < plan->passed_over_count; i++) {
        fputs("passed over: ", stdout);
        page_print(&page, plan->passed_over[i]);
        fputc('\n', stdout);
    }
    page_close(&page);
}

enum status command_list(const struct settings *settings)
{
    CLEANUP(plan_freep) struct plan *plan = NULL;
    enum status status;

    if (settings->format == FORMAT_MERMAID)
        return command_refuse_drawing(settings, "list");
    status = suites_load(settings, INTENT_LOOK, &plan);
    if (status != STATUS_PASSED)
        return status;
    if (settings->format == FORMAT_JSON)
        list_print_json(plan, stdout);
    else
        print_text(plan, settings->telling.verbosity > 0);
    if (plan->test_count || settings->allow_empty)
        return STATUS_PASSED;
    suites_explain_empty(plan);
    return STATUS_EMPTY;
}
