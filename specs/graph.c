/* From suites to a graph of tests.
 *
 * Nobody writes the graph down. It is read off the names: a test that uses
 * {{token}} waits for the one that captures `token`. `after`, the set-up,
 * `sequential` and the teardown add what no name shows. All of it is known at
 * load, since templates were split then and every capture has a fixed name; so
 * every mistake in it can be told before a request is sent, and a schedule has
 * nothing left to do but count waits down.
 *
 * A name in a step means, in this order:
 *
 *   index                   in a repeated test
 *   a field                 of the test's rows: where only some of them have it
 *                           it means what follows, too
 *   a capture               of an earlier step of the same test
 *   a capture               of another test of the suite: a wait
 *   a capture               of a suite that it includes: likewise
 *   a constant              of the suite: then its path is followed here
 *
 * and anything else is a mistake. A constant is what remains for a test that
 * uses a name before it captures it itself; every other test waits for that
 * capture.
 *
 * Two tests cannot capture one name, for then it would be a matter of speed
 * whose value is used. Nor can others use what a repeated test captures: each
 * of its copies has a value. Within one test, steps are in order, so there both
 * are clear.
 *
 * Waits are few. A set-up waits for the one before it and a test for the last
 * set-up; only the last teardown, which runs first, waits for every test. Two
 * kinds of waits differ in what a failure does: one that *requires* skips
 * (captures, `after`, set-up), one that orders does not (`sequential`,
 * teardown).
 *
 * Then four things are measured over all suites at once. *Waiters* are the
 * waits turned round. Taking tests whose waits are all taken, one after the
 * other (Kahn's order), either takes all or leaves circles, which are told one
 * by one. *Flows* are the connected parts. The *height* of a test is the number
 * of steps on the longest chain that begins with it, found against that order:
 * among the tests that are ready, the highest should go first. Teardown waits
 * for everything, so it would lift all by the same and is left out. */
#include <stdlib.h>
#include <string.h>

#include "specs/declared.h"
#include "specs/graph_include.h"
#include "specs/suggest.h"
#include "specs/warnings.h"

/* Whether what lies over the node has the key: that counts then. */
static bool is_covered(const struct node *top, const struct node *node,
                       const char *key)
{
    for (; top != node; top = top->over)
        if (json_object_get(top->json, key))
            return true;
    return false;
}

/* Of what is written and what lies under it: `"status": "any"` and nothing
 * else, for a null takes away what is under it. */
static bool expects_nothing(const struct node *expect)
{
    bool is_any = false;
    const char *key;
    json_t *value;

    for (const struct node *node = expect; node; node = node->over) {
        json_object_foreach (node->json, key, value) {
            const char *text = json_string_value(value);

            if (strcmp(key, "$comment") == 0 || is_covered(expect, node, key) ||
                json_is_null(value))
                continue;
            if (strcmp(key, "status") != 0 || !text || strcmp(text, "any") != 0)
                return false;
            is_any = true;
        }
    }
    return is_any;
}

void test_compile(const struct test *test, struct compiler *compiler,
                  struct arena *arena, struct faults *faults)
{
    compiler->suite = test->suite;
    thaw_test(test)->expects_nothing = test->step_count;
    for (size_t i = 0; i < test->step_count; i++) {
        struct step *step = thaw_step(&test->steps[i]);

        if ((step->capture && json_object_size(step->capture->json)) ||
            !expects_nothing(step->expect))
            thaw_test(test)->expects_nothing = false;
        step->judgement = compiler->compile(compiler, arena, step, faults);
        step->expect = NULL;
    }
    if (test->when_written && compiler->compile_condition) {
        thaw_test(test)->when = compiler->compile_condition(
            compiler, arena, test->when_written, faults);
    }
    thaw_test(test)->when_written = NULL;
}

/* A second test of one id was told when it was decoded; the first one keeps
 * the name. */
static void find_tests(struct graph *graph)
{
    const struct suite *suite = graph->suite;

    for (size_t i = 0; i < suite->test_count; i++) {
        struct test *test = thaw_test(&suite->tests[i]);

        if (test->role == ROLE_SETUP)
            graph->last_setup = test;
        if (!map_find(&graph->ids, test->id))
            map_set(&graph->ids, test->id, test);
    }
}

static void set_waits(struct arena *arena, const struct wait_list *waits,
                      struct test *test)
{
    size_t size = waits->count * sizeof(*waits->list);

    if (!waits->count)
        return;
    test->waits = memcpy(arena_take(arena, size), waits->list, size);
    test->wait_count = waits->count;
}

/* Those who include it may still use what it captures. */
static void close_graph(struct graph *graph)
{
    graph_judge_captures(graph);
    map_finish(&graph->ids);
    map_finish(&graph->producers);
    map_finish(&graph->inner);
    map_finish(&graph->told);
    arena_finish(&graph->scratch);
    free(graph);
}

static void make_suite(struct inclusion *inclusion, struct graph *graph,
                       struct compiler *compiler)
{
    const struct suite *suite = graph->suite;
    struct wait_list waits = {0};

    find_tests(graph);
    graph_find_captures(graph);
    inclusion_find_gates(graph);
    graph_resolve_base_url(graph);
    for (size_t i = 0; i < suite->test_count; i++) {
        struct test *test = thaw_test(&suite->tests[i]);

        waits.count = 0;
        graph_resolve_test(graph, compiler, test, &waits);
        graph_order_test(graph, test, &waits);
        set_waits(&graph->plan->arena, &waits, test);
    }
    free(waits.list);
    if (inclusion_has_includers(inclusion, suite))
        inclusion->graphs[suite->index] = graph;
    else
        close_graph(graph);
}

static void make_suites(struct plan *plan, struct compiler *compiler,
                        struct faults *faults)
{
    struct inclusion inclusion;

    inclusion_open(&inclusion, plan);
    for (size_t i = 0; i < plan->suite_count; i++) {
        struct suite *suite = thaw_suite(&plan->suites[i]);
        struct graph *graph;

        if (!inclusion_is_whole(suite))
            continue;
        graph = must_alloc(sizeof(*graph));
        graph->plan = plan;
        graph->suite = suite;
        graph->faults = faults;
        graph->inclusion = &inclusion;
        make_suite(&inclusion, graph, compiler);
    }
    for (size_t i = 0; i < plan->suite_count; i++)
        if (inclusion.graphs[i])
            close_graph(inclusion.graphs[i]);
    inclusion_close(&inclusion);
}

/* What a suite of the plan knows besides. */
static void find_known(const struct plan *plan, struct map *names)
{
    const char *name;
    json_t *value;

    for (size_t i = 0; i < plan->suite_count; i++) {
        json_object_foreach (plan->suites[i].constants, name, value)
            if (!json_object_get(plan->unused, name))
                map_set(names, name, value);
    }
}

/* Of names on the command line that no suite uses; not when one could not be
 * read to its end. */
static void warn_of_unused(struct plan *plan)
{
    struct map names = {0};
    const char *name;
    json_t *value;

    for (size_t i = 0; i < plan->suite_count; i++)
        if (plan->suites[i].is_broken)
            return;
    if (json_object_size(plan->unused))
        find_known(plan, &names);
    json_object_foreach (plan->unused, name, value) {
        const char *near = suggest_name(name, NULL, &names);

        plan_warn(plan, (struct place){0}, "--var %s: no suite uses it%s%s%s",
                  name, near ? "; did you mean \"" : "", near ? near : "",
                  near ? "\"?" : "");
    }
    map_finish(&names);
}

void plan_compile(struct plan *plan, struct compiler *compiler,
                  struct faults *faults)
{
    for (size_t i = 0; i < plan->test_count; i++)
        if (plan->tests[i].step_count && !plan->tests[i].steps->judgement)
            test_compile(&plan->tests[i], compiler, &plan->arena, faults);
    make_suites(plan, compiler, faults);
    warn_of_unused(plan);
    named_warn_of_unused(plan);
    graph_measure(plan, faults);
    if (faults->total)
        return;
    declared_warn_of_unused(plan);
    warn_of_hiding(plan);
    warn_of_idle_tests(plan);
    warnings_sort(plan);
}

void wait_list_add(struct wait_list *waits, struct wait wait)
{
    if (waits->count == waits->capacity) {
        waits->capacity = waits->capacity ? waits->capacity * 2 : 8;
        waits->list =
            must_resize(waits->list, waits->capacity * sizeof(*waits->list));
    }
    waits->list[waits->count++] = wait;
}
