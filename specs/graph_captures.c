#include <string.h>

#include "specs/graph.h"
#include "specs/variables.h"
#include "specs/warnings.h"

static struct members captures_in(struct graph *graph, const struct step *step)
{
    return step->capture ? node_members(&graph->scratch, step->capture,
                                        MEMBERS_SKIP_COMMENTS)
                         : (struct members){0};
}

static size_t count_captures_of(const struct step *step)
{
    return step->capture ? json_object_size(step->capture->json) : 0;
}

static size_t count_captures(const struct suite *suite)
{
    size_t count = 0;

    for (size_t i = 0; i < suite->test_count; i++)
        for (size_t j = 0; j < suite->tests[i].step_count; j++)
            count += count_captures_of(&suite->tests[i].steps[j]);
    return count;
}

/* Of two tests the first one keeps the name; of two steps the last one. */
static void enter(struct graph *graph, struct capture *capture)
{
    bool is_inner = graph_has_copies(capture->test);
    struct map *map = is_inner ? &graph->inner : &graph->producers;
    const struct capture *other = map_find(map, capture->name);

    if (!other || other->test == capture->test) {
        map_set(map, capture->name, capture);
    } else if (!is_inner) {
        capture->is_used = true; /* one mistake is enough */
        spot_fault(graph->faults, capture->at,
                   "\"%s\" is already captured by \"%s\" (line %u): two tests "
                   "cannot capture one name",
                   capture->name, other->test->name,
                   spot_place(other->at).line);
    }
}

static bool is_usable(struct graph *graph, const struct capture *capture)
{
    const char *trouble = variables_name_trouble(capture->name);

    if (trouble)
        return spot_fault(graph->faults, capture->at, "%s", trouble);
    if (capture->test->is_repeated && strcmp(capture->name, "index") == 0) {
        return spot_fault(graph->faults, capture->at,
                          "\"index\" is the number of each copy here; this "
                          "capture needs another name");
    }
    return true;
}

static size_t enter_step(struct graph *graph, const struct test *test,
                         const struct step *step, struct capture *list)
{
    struct members members = captures_in(graph, step);
    size_t count = 0;

    for (size_t i = 0; i < members.count; i++) {
        list[count] = (struct capture){
            .test = test,
            .step = step,
            .name = members.list[i].key,
            .at = members.list[i].key_at,
        };
        if (!is_usable(graph, &list[count]))
            continue;
        enter(graph, &list[count]);
        count++;
    }
    return count;
}

/* The names that a test captures, each once. */
static void set_names(struct graph *graph, struct test *test)
{
    static const char *const none[] = {NULL};
    struct captures captures = graph_captures_of(graph, test);
    const char **names;
    struct map seen = {0};
    size_t count = 0;

    test->captures = none;
    if (!captures.count)
        return;
    names =
        arena_take(&graph->plan->arena, (captures.count + 1) * sizeof(*names));
    for (size_t i = 0; i < captures.count; i++) {
        const char *name = captures.list[i].name;

        if (!map_set(&seen, name, &captures.list[i]))
            names[count++] = name;
    }
    map_finish(&seen);
    test->captures = names;
}

void graph_find_captures(struct graph *graph)
{
    const struct suite *suite = graph->suite;
    size_t *ends =
        arena_take(&graph->scratch, (suite->test_count + 1) * sizeof(*ends));
    size_t count = 0;

    graph->capture_ends = ends;
    graph->captures = arena_take(&graph->scratch, (count_captures(suite) + 1) *
                                                      sizeof(*graph->captures));
    for (size_t i = 0; i < suite->test_count; i++) {
        const struct test *test = &suite->tests[i];

        for (size_t j = 0; j < test->step_count; j++)
            count += enter_step(graph, test, &test->steps[j],
                                graph->captures + count);
        ends[i] = count;
        set_names(graph, thaw_test(test));
    }
}

struct captures graph_captures_of(const struct graph *graph,
                                  const struct test *test)
{
    size_t i = (size_t)(test - graph->suite->tests);
    size_t first = i ? graph->capture_ends[i - 1] : 0;

    return (struct captures){graph->captures + first,
                             graph->capture_ends[i] - first};
}

static void judge(struct graph *graph, const struct capture *capture)
{
    bool has_copies = graph_has_copies(capture->test);

    if (!capture->renews)
        warn_of_capture(graph->plan, graph->suite, capture->name, capture->at);
    if (has_copies && (capture->is_misused || !capture->is_used)) {
        spot_fault(graph->faults, capture->at,
                   "\"%s\" is captured by every copy of \"%s\": only later "
                   "steps of that test could use it",
                   capture->name, capture->test->name);
    } else if (!capture->is_used && !graph->suite->is_only_included) {
        plan_warn(graph->plan, spot_place(capture->at),
                  "\"%s\" is captured but never used", capture->name);
    }
}

void graph_judge_captures(struct graph *graph)
{
    size_t tests = graph->suite->test_count;
    size_t count = tests ? graph->capture_ends[tests - 1] : 0;

    for (size_t i = 0; i < count; i++)
        judge(graph, &graph->captures[i]);
}
