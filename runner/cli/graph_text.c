#include <stdlib.h>

#include "runner/cli/graph.h"
#include "runner/cli/text.h"

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
static void print_wait(const struct test *test, size_t index, FILE *out)
{
    const struct test *on = test->waits[index].on;

    fputs("    waits for \"", out);
    text_print(on->name, 0, out);
    fputs("\" because of ", out);
    for (size_t i = index; i < test->wait_count; i++) {
        if (test->waits[i].on != on)
            continue;
        fputs(i > index ? " and " : "", out);
        print_reason(&test->waits[i], out);
    }
    fputc('\n', out);
}

/* A teardown waits for every test of its suite: those are counted, the rest is
 * named. */
static void print_waits(const struct test *test, FILE *out)
{
    size_t last_count = 0;

    for (size_t i = 0; i < test->wait_count; i++) {
        if (test->waits[i].reason == WAIT_TEARDOWN)
            last_count++;
        else if (!is_told(test, i))
            print_wait(test, i, out);
    }
    if (last_count)
        fprintf(out, "    waits for %zu test%s because teardown comes last\n",
                last_count, plural(last_count));
}

const char *graph_role_note(enum test_role role)
{
    static const char *const notes[] = {[ROLE_SETUP] = " (setup)",
                                        [ROLE_TEST] = "",
                                        [ROLE_TEARDOWN] = " (teardown)"};

    return notes[role];
}

static void print_test(const struct test *test, FILE *out)
{
    fputs("  ", out);
    text_print(test->name, 0, out);
    if (test->is_repeated)
        fprintf(out, " x %zu", test->copy_count);
    fputs(graph_role_note(test->role), out);
    if (test->skip)
        fputs(" (skipped)", out);
    fputc('\n', out);
    print_waits(test, out);
}

void graph_print_tests(const struct plan *plan, FILE *out)
{
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];

        text_print(suite->path, 0, out);
        fputc('\n', out);
        for (size_t j = 0; j < suite->test_count; j++)
            print_test(&suite->tests[j], out);
        fputc('\n', out);
    }
}

/* Flows by number: how many tests each has. */
static size_t *count_flows(const struct plan *plan)
{
    size_t *counts = must_alloc(plan->flow_count * sizeof(*counts));

    for (size_t i = 0; i < plan->test_count; i++)
        counts[plan->tests[i].flow]++;
    return counts;
}

static void print_flow(const struct plan *plan, size_t flow, size_t count,
                       FILE *out)
{
    size_t told = 0;

    fprintf(out, "  flow %zu, %zu test%s: ", flow + 1, count, plural(count));
    for (size_t i = 0; i < plan->test_count && told < FLOW_NAMES_MOST; i++) {
        if (plan->tests[i].flow != flow)
            continue;
        fputs(told++ ? ", " : "", out);
        text_print(plan->tests[i].name, 0, out);
    }
    if (count > told)
        fprintf(out, " and %zu more", count - told);
    fputc('\n', out);
}

/* Flows of one test are only counted: where everything is independent they
 * would repeat the list of tests. */
static void print_flows(const struct plan *plan, FILE *out)
{
    size_t *counts = count_flows(plan), single_count = 0;

    for (size_t i = 0; i < plan->flow_count; i++) {
        if (counts[i] == 1)
            single_count++;
        else
            print_flow(plan, i, counts[i], out);
    }
    if (single_count)
        fprintf(out, "  %zu flow%s of one test each\n", single_count,
                plural(single_count));
    free(counts);
}

static void print_critical_path(const struct plan *plan, FILE *out)
{
    const struct test **chain = must_alloc(plan->test_count * sizeof(*chain));
    size_t count = plan_critical_path(plan, chain, plan->test_count);
    size_t requests = 0;

    for (size_t i = 0; i < count; i++)
        requests += chain[i]->step_count;
    fprintf(out, "critical path, %zu request%s: ", requests, plural(requests));
    for (size_t i = 0; i < count; i++) {
        fputs(i ? " -> " : "", out);
        text_print(chain[i]->name, 0, out);
    }
    fputc('\n', out);
    free(chain);
}

void graph_print_paths(const struct plan *plan, FILE *out)
{
    print_flows(plan, out);
    if (plan->test_count)
        print_critical_path(plan, out);
}
