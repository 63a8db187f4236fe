/* The graph as a flowchart of Mermaid: a subgraph for each suite, since that is
 * how people know their tests; flows show by themselves, as parts that no arrow
 * joins.
 *
 * Names are whatever somebody wrote, so they never meet Mermaid's grammar:
 * nodes are t0, t1..., suites s0, s1..., and every name stands in a quoted
 * label in which all but letters, digits and some harmless marks is written as
 * an entity
 * ("#quot;", "#35;"). That also keeps what Mermaid looks for before it parses
 * ("%%{", "style x:#") and what it would take for Markdown or HTML.
 *
 * Whatever requires the other test is a whole arrow, what only orders a dotted
 * one. Teardown waits for all tests of its suite; of those it gets arrows only
 * from the last ones of each chain, for the others follow. */
#include <stdlib.h>
#include <string.h>

#include "runner/cli/graph.h"
#include "runner/cli/page.h"

static const struct {
    char byte;
    const char *entity;
} entities[] = {
    {'"', "#quot;"},
    {'&', "#amp;"},
    {'<', "#lt;"},
    {'>', "#gt;"},
};

static bool is_harmless(unsigned char byte)
{
    static const char marks[] = " -_.,/+=()[]{}?!'";

    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte && strchr(marks, byte));
}

static void print_byte(unsigned char byte, FILE *out)
{
    for (size_t i = 0; i < COUNT(entities); i++) {
        if (entities[i].byte == (char)byte) {
            fputs(entities[i].entity, out);
            return;
        }
    }
    if (is_harmless(byte))
        fputc(byte, out);
    else if (byte < 0x20 || byte == 0x7f)
        fputc('?', out);
    else
        fprintf(out, "#%u;", byte);
}

static void print_escaped(const char *text, FILE *out)
{
    for (; *text; text++)
        print_byte((unsigned char)*text, out);
}

static void print_locks(const struct test *test, struct page *page)
{
    if (graph_runs_alone(test)) {
        fputs("<br>runs alone", page->out);
        return;
    }
    for (size_t i = 0; i < test->lock_count; i++) {
        fputs(i ? ", " : "<br>lock ", page->out);
        print_escaped(page_show(page, test->locks[i]), page->out);
    }
}

static void print_node(const struct test *test, struct page *page)
{
    bool is_round = test->role != ROLE_TEST;

    fprintf(page->out, "        t%zu%s\"", test->index, is_round ? "([" : "[");
    print_escaped(page_show(page, test->name), page->out);
    graph_print_copies(test, page->out);
    print_locks(test, page);
    fprintf(page->out, "\"%s\n", is_round ? "])" : "]");
}

static void print_suite(const struct suite *suite, struct page *page)
{
    fprintf(page->out, "    subgraph s%zu[\"", suite->index);
    print_escaped(page_show(page, suite->path), page->out);
    fputs("\"]\n", page->out);
    for (size_t i = 0; i < suite->test_count; i++)
        if (suite->tests[i].selection != LEFT_OUT)
            print_node(&suite->tests[i], page);
    fputs("    end\n", page->out);
}

static void print_reason(const struct wait *wait, FILE *out)
{
    switch (wait->reason) {
    case WAIT_CAPTURE:
        fputs("{{", out);
        print_escaped(wait->variable, out);
        fputs("}}", out);
        break;
    case WAIT_AFTER: fputs("after", out); break;
    case WAIT_SETUP: fputs("set-up", out); break;
    case WAIT_SEQUENTIAL: fputs("sequential", out); break;
    case WAIT_TEARDOWN: fputs("teardown", out); break;
    }
}

/* Whether another test, which comes before teardown too, waits for this one. */
static bool is_followed(const struct test *test)
{
    for (size_t i = 0; i < test->waiter_count; i++) {
        const struct test *waiter = test->waiters[i];

        if (waiter->role != ROLE_TEARDOWN && waiter->suite == test->suite &&
            waiter->selection != LEFT_OUT)
            return true;
    }
    return false;
}

static bool is_drawn(const struct wait *wait)
{
    return wait->on->selection != LEFT_OUT &&
           (wait->reason != WAIT_TEARDOWN || wait->on->role == ROLE_TEARDOWN ||
            !is_followed(wait->on));
}

static bool is_first(const struct test *test, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (test->waits[i].on == test->waits[index].on)
            return false;
    return true;
}

static bool requires(const struct test *test, const struct test *on)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (test->waits[i].on == on && test->waits[i].requires)
            return true;
    return false;
}

/* All reasons to wait for the same test are on one arrow. */
static void print_arrow(const struct test *test, size_t index, FILE *out)
{
    const struct test *on = test->waits[index].on;

    fprintf(out, "    t%zu %s|\"", on->index,
            requires(test, on) ? "-->" : "-.->");
    for (size_t i = index; i < test->wait_count; i++) {
        if (test->waits[i].on != on)
            continue;
        fputs(i > index ? ", " : "", out);
        print_reason(&test->waits[i], out);
    }
    fprintf(out, "\"| t%zu\n", test->index);
}

static void print_arrows(const struct test *test, FILE *out)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (is_drawn(&test->waits[i]) && is_first(test, i))
            print_arrow(test, i, out);
}

static void print_classes(const struct plan *plan,
                          const struct critical *critical, FILE *out)
{
    fputs("    classDef critical stroke:crimson,stroke-width:3px\n"
          "    classDef skipped stroke-dasharray:4\n",
          out);
    for (size_t i = 0; i < critical->count; i++)
        fprintf(out, "    class t%zu critical\n", critical->tests[i]->index);
    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].skip && plan->tests[i].selection != LEFT_OUT)
            fprintf(out, "    class t%zu skipped\n", i);
}

void graph_print_mermaid(const struct plan *plan,
                         const struct critical *critical, FILE *out)
{
    struct page page;

    page_open(&page, plan, out);
    fputs("flowchart LR\n", out);
    for (size_t i = 0; i < plan->suite_count; i++)
        if (!suite_is_left_out(&plan->suites[i]))
            print_suite(&plan->suites[i], &page);
    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].selection != LEFT_OUT)
            print_arrows(&plan->tests[i], out);
    print_classes(plan, critical, out);
    page_close(&page);
}
