/* A suite stands on those that it includes. Its tests wait for their last
 * set-ups, called gates here: of each included suite its own, or if it has none
 * the gates of what it includes in turn. Every test waits for every gate. Their
 * teardown waits for whoever includes them: for what runs last there, which is
 * one teardown, or every test where there is none. So there can be far more
 * waits than tests; but finding one costs no more than any other, since what is
 * awaited already is marked and not searched for.
 *
 * Names are looked for in the order of suite->reach. The plan has what is
 * included before who includes it; so the graph of a suite is there when one
 * that includes it is made. */
#include "specs/graph_include.h"

#include <stdlib.h>

#include "specs/suggest.h"

void inclusion_open(struct inclusion *inclusion, const struct plan *plan)
{
    size_t count = plan->suite_count, total = 0;
    size_t *starts = must_alloc((count + 2) * sizeof(*starts));

    for (size_t i = 0; i < count; i++) {
        const struct suite *suite = &plan->suites[i];

        for (size_t j = 0; j < suite->include_count; j++)
            starts[suite->includes[j]->index + 2]++;
        total += suite->include_count;
    }
    for (size_t i = 2; i <= count; i++)
        starts[i] += starts[i - 1];
    *inclusion = (struct inclusion){
        .plan = plan,
        .graphs = must_alloc(count * sizeof(struct graph *)),
        .starts = starts,
        .includers = must_alloc(total * sizeof(struct suite *)),
        .seen = must_alloc(count * sizeof(*inclusion->seen)),
        .marks = must_alloc(plan->test_count * sizeof(*inclusion->marks)),
    };
    /* Each start moves up to the next one's place while its list is filled. */
    for (size_t i = 0; i < count; i++) {
        const struct suite *suite = &plan->suites[i];

        for (size_t j = 0; j < suite->include_count; j++)
            inclusion->includers[starts[suite->includes[j]->index + 1]++] =
                suite;
    }
}

void inclusion_close(struct inclusion *inclusion)
{
    free(inclusion->graphs);
    free(inclusion->starts);
    free((void *)inclusion->includers);
    free(inclusion->seen);
    free(inclusion->marks);
}

void inclusion_unmark(struct inclusion *inclusion)
{
    inclusion->mark++;
}

bool inclusion_mark(struct inclusion *inclusion, const struct test *test)
{
    size_t *mark = &inclusion->marks[test->index];
    bool is_new = *mark != inclusion->mark;

    *mark = inclusion->mark;
    return is_new;
}

void inclusion_mark_awaited(struct inclusion *inclusion,
                            const struct wait_list *waits)
{
    inclusion_unmark(inclusion);
    for (size_t i = 0; i < waits->count; i++)
        inclusion_mark(inclusion, waits->list[i].on);
}

bool inclusion_has_includers(const struct inclusion *inclusion,
                             const struct suite *suite)
{
    return inclusion->starts[suite->index] <
           inclusion->starts[suite->index + 1];
}

bool inclusion_is_whole(const struct suite *suite)
{
    if (suite->lacks_includes)
        return false;
    for (size_t i = 0; i < suite->reach_count; i++)
        if (suite->reach[i]->is_broken)
            return false;
    return true;
}

void inclusion_find_gates(struct graph *graph)
{
    const struct suite *suite = graph->suite;
    struct graph *const *graphs = graph->inclusion->graphs;
    size_t most = 0;

    inclusion_unmark(graph->inclusion);
    for (size_t i = 0; i < suite->include_count; i++) {
        const struct graph *included = graphs[suite->includes[i]->index];

        most += included->last_setup ? 1 : included->gate_count;
    }
    graph->gates =
        arena_take(&graph->scratch, most * sizeof(const struct test *));
    for (size_t i = 0; i < suite->include_count; i++) {
        const struct graph *included = graphs[suite->includes[i]->index];
        size_t count = included->last_setup ? 1 : included->gate_count;

        for (size_t j = 0; j < count; j++) {
            const struct test *gate = included->last_setup
                                          ? included->last_setup
                                          : included->gates[j];

            if (inclusion_mark(graph->inclusion, gate))
                graph->gates[graph->gate_count++] = gate;
        }
    }
}

void inclusion_wait_for_gates(const struct graph *graph,
                              const struct test *test, struct wait_list *waits)
{
    bool is_teardown = test->role == ROLE_TEARDOWN;

    if (graph->gate_count)
        inclusion_mark_awaited(graph->inclusion, waits);
    for (size_t i = 0; i < graph->gate_count; i++) {
        if (!inclusion_mark(graph->inclusion, graph->gates[i]))
            continue;
        wait_list_add(waits,
                      (struct wait){
                          .on = graph->gates[i],
                          .reason = is_teardown ? WAIT_TEARDOWN : WAIT_SETUP,
                          .requires = !is_teardown,
                      });
    }
}

static void add_last(struct inclusion *inclusion, struct wait_list *waits,
                     const struct test *on)
{
    if (inclusion_mark(inclusion, on))
        wait_list_add(waits, (struct wait){.on = on, .reason = WAIT_TEARDOWN});
}

/* Tests stand by role: how many come before those of this one. */
static size_t count_before(const struct suite *suite, enum test_role role)
{
    size_t low = 0, high = suite->test_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (suite->tests[middle].role < role)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The teardown that is written first runs last. False where there is none, and
 * the tests, or the set-up of a suite without tests, are what runs last. */
static bool wait_for_end(struct inclusion *inclusion, const struct suite *suite,
                         struct wait_list *waits)
{
    size_t begin = count_before(suite, ROLE_TEST);
    size_t end = count_before(suite, ROLE_TEARDOWN);

    if (end < suite->test_count) {
        add_last(inclusion, waits, &suite->tests[end]);
        return true;
    }
    if (begin == end && begin)
        begin--;
    for (size_t i = begin; i < end; i++)
        add_last(inclusion, waits, &suite->tests[i]);
    return false;
}

/* No deeper than LIMIT_INCLUDE_DEPTH. */
static void wait_for_all_above(struct inclusion *inclusion,
                               const struct suite *suite,
                               struct wait_list *waits)
{
    for (size_t i = inclusion->starts[suite->index];
         i < inclusion->starts[suite->index + 1]; i++) {
        const struct suite *includer = inclusion->includers[i];

        if (inclusion->seen[includer->index] == inclusion->walk)
            continue;
        inclusion->seen[includer->index] = inclusion->walk;
        if (!wait_for_end(inclusion, includer, waits))
            wait_for_all_above(inclusion, includer, waits);
    }
}

void inclusion_wait_for_includers(const struct graph *graph,
                                  struct wait_list *waits)
{
    struct inclusion *inclusion = graph->inclusion;

    inclusion->walk++;
    inclusion_mark_awaited(inclusion, waits);
    wait_for_all_above(inclusion, graph->suite, waits);
}

static struct graph *reached(const struct graph *graph, size_t i)
{
    return graph->inclusion->graphs[graph->suite->reach[i]->index];
}

struct capture *inclusion_find_capture(struct graph *graph,
                                       const struct need *need)
{
    struct capture *found = NULL;

    for (size_t i = 1; i < graph->suite->reach_count; i++) {
        struct capture *capture =
            map_find(&reached(graph, i)->producers, need->name);

        if (found && capture) {
            capture->is_used = true;
            if (graph_is_news(graph, need->at, need->name)) {
                spot_fault(graph->faults, need->at,
                           "\"%s\" is captured by \"%s\" (%s:%u) and by \"%s\" "
                           "(%s:%u), and both are included",
                           need->name, found->test->name,
                           found->test->suite->path, spot_line(found->at),
                           capture->test->name, capture->test->suite->path,
                           spot_line(capture->at));
            }
            break;
        }
        if (capture)
            found = capture;
    }
    return found;
}

struct capture *inclusion_find_inner(const struct graph *graph,
                                     const char *name)
{
    struct capture *found = NULL;

    for (size_t i = 1; !found && i < graph->suite->reach_count; i++)
        found = map_find(&reached(graph, i)->inner, name);
    return found;
}

const struct test *inclusion_find_test(struct graph *graph,
                                       const struct after *after)
{
    const struct test *found = NULL;

    for (size_t i = 1; i < graph->suite->reach_count; i++) {
        const struct test *test = map_find(&reached(graph, i)->ids, after->id);

        if (found && test) {
            spot_fault(graph->faults, after->at,
                       "two included tests have the id \"%s\": in %s:%u and "
                       "%s:%u",
                       after->id, found->suite->path, spot_line(found->at),
                       test->suite->path, spot_line(test->at));
            break;
        }
        if (test)
            found = test;
    }
    return found;
}

static struct capture *find_near(const struct graph *graph, const char *name)
{
    for (size_t i = 1; i < graph->suite->reach_count; i++) {
        const struct map *producers = &reached(graph, i)->producers;
        const char *near = suggest_name(name, NULL, producers);

        if (near)
            return map_find(producers, near);
    }
    return NULL;
}

bool inclusion_tell_near(struct graph *graph, const struct need *need)
{
    struct capture *near = find_near(graph, need->name);

    if (!near)
        return false;
    near->is_used = true;
    spot_fault(graph->faults, need->at,
               "no variable \"%s\"; \"%s\" is captured by \"%s\" (%s:%u)",
               need->name, near->name, near->test->name,
               near->test->suite->path, spot_line(near->at));
    return true;
}

const char *inclusion_suggest_id(const struct graph *graph, const char *id)
{
    const char *near = NULL;

    for (size_t i = 1; !near && i < graph->suite->reach_count; i++)
        near = suggest_name(id, NULL, &reached(graph, i)->ids);
    return near;
}

bool inclusion_is_told(const struct graph *graph, struct spot at)
{
    struct place place = spot_place(at);

    if (!at.source || at.source == graph->suite->source)
        return false;
    for (size_t i = 0; i < graph->faults->count; i++)
        if (place_equals(graph->faults->faults[i].at, place))
            return true;
    return false;
}

bool inclusion_tell_unknown(struct graph *graph, const struct need *need)
{
    const struct suite *suite = graph->suite;
    const char *near;

    if (!need->at.source || need->at.source == suite->source)
        return false;
    near = suggest_name(need->name, suite->constants, &graph->producers);
    spot_fault(graph->faults, need->at,
               "no variable \"%s\" where %s uses this%s%s%s", need->name,
               suite->path, near ? "; did you mean \"" : "", near ? near : "",
               near ? "\"?" : "");
    return true;
}
