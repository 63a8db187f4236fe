#include <stdlib.h>
#include <string.h>

#include "runner/cli/graph.h"
#include "runner/cli/page.h"
#include "runner/cli/text.h"
#include "specs/rows.h"

enum { FLOW_NAMES_MOST = 8 };

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_reason(const struct wait *wait, FILE *out)
{
    switch (wait->reason) {
    case WAIT_CAPTURE: fprintf(out, "{{%s}}", wait->variable); break;
    case WAIT_AFTER: fputs("\"after\"", out); break;
    case WAIT_SETUP: fputs("setup", out); break;
    case WAIT_SEQUENTIAL: fputs("\"sequential\"", out); break;
    case WAIT_TEARDOWN: fputs("teardown", out); break;
    }
}

static bool is_told(const struct test *test, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (test->waits[i].on == test->waits[index].on)
            return true;
    }
    return false;
}

/* All reasons to wait for the same test, on one line. */
static void print_wait(const struct test *test, size_t index, struct page *page)
{
    const struct test *on = test->waits[index].on;

    fputs("    waits for \"", page->out);
    page_print(page, on->name);
    fputc('"', page->out);
    if (on->suite != test->suite) {
        fputs(" of ", page->out);
        page_print(page, on->suite->path);
    }
    fputs(" because of ", page->out);
    for (size_t i = index; i < test->wait_count; i++) {
        if (test->waits[i].on != on)
            continue;
        fputs(i > index ? " and " : "", page->out);
        print_reason(&test->waits[i], page->out);
    }
    fputc('\n', page->out);
}

/* A teardown waits for every test of its suite: those are counted, the rest is
 * named. */
static void print_waits(const struct test *test, struct page *page)
{
    size_t last_count = 0;

    for (size_t i = 0; i < test->wait_count; i++) {
        if (test->waits[i].reason == WAIT_TEARDOWN)
            last_count++;
        else if (!is_told(test, i))
            print_wait(test, i, page);
    }
    if (last_count) {
        fprintf(page->out,
                "    waits for %zu test%s because teardown comes last\n",
                last_count, plural(last_count));
    }
}

const char *graph_role_note(enum test_role role)
{
    static const char *const notes[] = {[ROLE_SETUP] = " (setup)",
                                        [ROLE_TEST] = "",
                                        [ROLE_TEARDOWN] = " (teardown)"};

    return notes[role];
}

const char *graph_selection_note(enum selection selection)
{
    return selection == PULLED_IN ? " (needed)" : "";
}

void graph_print_copies(const struct test *test, FILE *out)
{
    if (test->is_repeated || test->rows)
        fprintf(out, " x %zu", test->copy_count);
    if (test->is_repeated && test->rows) {
        fprintf(out, " (%zu row%s, %zu time%s each)", test->rows->count,
                plural(test->rows->count), test->repeat_count,
                plural(test->repeat_count));
    } else if (test->rows) {
        fputs(" (rows)", out);
    }
}

bool graph_runs_alone(const struct test *test)
{
    for (size_t i = 0; i < test->lock_count; i++)
        if (strcmp(test->locks[i], "*") == 0)
            return true;
    return false;
}

static void print_locks(const struct test *test, struct page *page)
{
    if (graph_runs_alone(test)) {
        fputs("    runs alone\n", page->out);
        return;
    }
    if (test->lock_count)
        fprintf(page->out, "    holds the lock%s", plural(test->lock_count));
    for (size_t i = 0; i < test->lock_count; i++) {
        fputs(i ? ", \"" : " \"", page->out);
        page_print(page, test->locks[i]);
        fputc('"', page->out);
    }
    fputs(test->lock_count ? "\n" : "", page->out);
}

static void print_test(const struct test *test, struct page *page)
{
    fputs("  ", page->out);
    page_print(page, test->name);
    graph_print_copies(test, page->out);
    fputs(graph_role_note(test->role), page->out);
    fputs(graph_selection_note(test->selection), page->out);
    if (test->skip)
        fputs(" (skipped)", page->out);
    fputc('\n', page->out);
    print_waits(test, page);
    print_locks(test, page);
}

void graph_print_tests(const struct plan *plan, FILE *out)
{
    struct page page;

    page_open(&page, plan, out);
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];

        if (suite_is_left_out(suite))
            continue;
        page_print(&page, suite->path);
        fputc('\n', out);
        for (size_t j = 0; j < suite->test_count; j++)
            if (suite->tests[j].selection != LEFT_OUT)
                print_test(&suite->tests[j], &page);
        fputc('\n', out);
    }
    page_close(&page);
}

/* Flows by number: how many tests each has. */
static size_t *count_flows(const struct plan *plan)
{
    size_t *counts = must_alloc(plan->flow_count * sizeof(*counts));

    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].selection != LEFT_OUT)
            counts[plan->tests[i].flow]++;
    return counts;
}

/* What is behind "flow 1". */
static void print_flow(const struct plan *plan, size_t flow, size_t count,
                       struct page *page)
{
    size_t told = 0;

    fprintf(page->out, ", %zu tests: ", count);
    for (size_t i = 0; i < plan->test_count && told < FLOW_NAMES_MOST; i++) {
        if (plan->tests[i].flow != flow || plan->tests[i].selection == LEFT_OUT)
            continue;
        fputs(told++ ? ", " : "", page->out);
        page_print(page, plan->tests[i].name);
    }
    if (count > told)
        fprintf(page->out, " and %zu more", count - told);
    fputc('\n', page->out);
}

/* Flows of one test are only counted: where everything is independent they
 * would repeat the list of tests. The others are numbered as they stand. */
static void print_flows(const struct plan *plan, struct page *page)
{
    size_t *counts = count_flows(plan), shown_count = 0, single_count = 0;

    for (size_t i = 0; i < plan->flow_count; i++) {
        single_count += counts[i] == 1;
        if (counts[i] < 2)
            continue;
        fprintf(page->out, "  flow %zu", ++shown_count);
        print_flow(plan, i, counts[i], page);
    }
    if (single_count)
        fprintf(page->out, "  %zu flow%s of one test%s\n", single_count,
                plural(single_count), single_count == 1 ? "" : " each");
    free(counts);
}

static void print_chain(const struct critical *critical, struct page *page)
{
    for (size_t i = 0; i < critical->count; i++) {
        fputs(i ? " -> " : "", page->out);
        page_print(page, critical->tests[i]->name);
    }
}

static double seconds(uint64_t ns)
{
    return (double)ns / (double)NS_PER_S;
}

static void print_timed_path(const struct critical *critical, struct page *page)
{
    size_t count = critical->unknown_count;

    fputs("critical path (by the times of the last run): ", page->out);
    print_chain(critical, page);
    fputs(": ", page->out);
    text_print_time(seconds(critical->path_ns), page->out);
    fputs("; sum ", page->out);
    text_print_time(seconds(critical->sum_ns), page->out);
    fputc('\n', page->out);
    if (!count)
        return;
    fprintf(page->out, "  %zu test%s did not run then and count%s as ", count,
            plural(count), count == 1 ? "s" : "");
    text_print_time(seconds(critical->median_ns), page->out);
    fputs(", the median\n", page->out);
}

static void print_counted_path(const struct critical *critical,
                               struct page *page)
{
    size_t requests = 0;

    for (size_t i = 0; i < critical->count; i++)
        requests += critical->tests[i]->step_count;
    fprintf(page->out, "critical path, %zu request%s: ", requests,
            plural(requests));
    print_chain(critical, page);
    fputc('\n', page->out);
}

void graph_print_paths(const struct plan *plan, const struct critical *critical,
                       FILE *out)
{
    struct page page;

    page_open(&page, plan, out);
    print_flows(plan, &page);
    if (critical->times_ns)
        print_timed_path(critical, &page);
    else if (plan->test_count)
        print_counted_path(critical, &page);
    page_close(&page);
}
