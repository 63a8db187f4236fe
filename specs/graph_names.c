#include <stdlib.h>
#include <string.h>

#include "specs/graph.h"
#include "specs/suggest.h"

/* One step, while the names that it uses are resolved. */
struct user {
    struct graph *graph;
    const struct test *test;
    const struct step *step;
    struct wait_list *waits;
    struct need *kept; /* those that are no constants, each once */
    size_t kept_count;
    size_t kept_capacity;
};

static bool is_kept(const struct user *user, const char *name)
{
    for (size_t i = 0; i < user->kept_count; i++)
        if (strcmp(user->kept[i].name, name) == 0)
            return true;
    return false;
}

static void keep(struct user *user, const struct need *need)
{
    if (is_kept(user, need->name))
        return;
    if (user->kept_count == user->kept_capacity) {
        user->kept_capacity = user->kept_capacity ? user->kept_capacity * 2 : 8;
        user->kept =
            must_resize(user->kept, user->kept_capacity * sizeof(*user->kept));
    }
    user->kept[user->kept_count++] = *need;
}

/* Requests share what the defaults say, and each of them resolves it: a
 * mistake there is told once. */
static bool is_news(struct graph *graph, struct spot at, const char *name)
{
    const char *key = arena_print(&graph->scratch, "%u %s", at.offset, name);

    return !map_set(&graph->told, key, graph);
}

/* A capture that was told of as misused or misspelt is not unused as well. */
static void tell_own(struct user *user, const struct need *need,
                     struct capture *capture)
{
    capture->is_used = true;
    if (capture->step == user->step) {
        spot_fault(user->graph->faults, need->at,
                   "\"%s\" cannot use \"%s\", which it captures itself, from "
                   "the answer to this request",
                   user->test->name, need->name);
    } else {
        spot_fault(user->graph->faults, need->at,
                   "\"%s\" cannot use \"%s\" here: only a later step captures "
                   "it (line %u)",
                   user->test->name, need->name, spot_place(capture->at).line);
    }
}

static void tell_unknown(struct graph *graph, const struct need *need,
                         bool is_repeated)
{
    json_t *constants = graph->suite->constants;
    const char *near = suggest_name(need->name, constants, &graph->producers);
    struct capture *capture = near ? map_find(&graph->producers, near) : NULL;

    if (capture)
        capture->is_used = true;
    if (!near)
        near = suggest_name(need->name, NULL, &graph->inner);
    if (capture) {
        spot_fault(graph->faults, need->at,
                   "no variable \"%s\"; \"%s\" is captured by \"%s\" (line %u)",
                   need->name, near, capture->test->name,
                   spot_place(capture->at).line);
    } else if (near) {
        spot_fault(graph->faults, need->at,
                   "no variable \"%s\"; did you mean \"%s\"?", need->name,
                   near);
    } else if (!is_repeated && strcmp(need->name, "index") == 0) {
        spot_fault(graph->faults, need->at,
                   "no variable \"index\"; only a test with \"repeat\" has it");
    } else {
        spot_fault(graph->faults, need->at, "no variable \"%s\"", need->name);
    }
}

/* What comes out is thrown away: whether it is there is the question. */
static void check_path(struct graph *graph, const struct need *need,
                       json_t *value)
{
    struct fault fault = {0};

    if (need->path && !template_follow(need, value, &fault) &&
        is_news(graph, need->at, fault.text))
        faults_add(graph->faults, fault.at, "%s", fault.text);
}

/* The last capture of that name in a step of the same test before `end`. */
static struct capture *find_own(const struct user *user, const char *name,
                                size_t end)
{
    struct captures own = graph_captures_of(user->graph, user->test);
    struct capture *found = NULL;

    for (size_t i = 0; i < own.count; i++) {
        if (own.list[i].step->number < end &&
            strcmp(own.list[i].name, name) == 0)
            found = &own.list[i];
    }
    return found;
}

static void add_wait(struct user *user, const struct capture *capture)
{
    struct wait_list *waits = user->waits;

    for (size_t i = 0; i < waits->count; i++) {
        if (waits->list[i].on == capture->test &&
            strcmp(waits->list[i].variable, capture->name) == 0)
            return;
    }
    wait_list_add(waits, (struct wait){
                             .on = capture->test,
                             .reason = WAIT_CAPTURE,
                             .requires = true,
                             .variable = capture->name,
                         });
}

/* True when the name is a capture that is there before this step is sent. */
static bool resolve_capture(struct user *user, const struct need *need)
{
    struct capture *capture = find_own(user, need->name, user->step->number);

    if (!capture) {
        capture = map_find(&user->graph->producers, need->name);
        if (!capture || capture->test == user->test)
            return false;
        add_wait(user, capture);
    }
    capture->is_used = true;
    keep(user, need);
    return true;
}

static void tell_unresolved(struct user *user, const struct need *need)
{
    struct graph *graph = user->graph;
    struct capture *own = find_own(user, need->name, SIZE_MAX);
    struct capture *inner = map_find(&graph->inner, need->name);

    if (!own && inner)
        inner->is_misused = true;
    else if (!is_news(graph, need->at, own ? user->test->name : need->name))
        return;
    else if (own)
        tell_own(user, need, own);
    else
        tell_unknown(graph, need, user->test->is_repeated);
}

static void resolve(struct user *user, const struct need *need)
{
    json_t *constant =
        json_object_get(user->graph->suite->constants, need->name);

    json_object_del(user->graph->plan->unused, need->name);
    if (user->test->is_repeated && strcmp(need->name, "index") == 0) {
        json_auto_t *number = json_integer(0);

        check_path(user->graph, need, number);
        keep(user, need);
        return;
    }
    if (resolve_capture(user, need))
        return;
    if (constant)
        check_path(user->graph, need, constant);
    else
        tell_unresolved(user, need);
}

static void resolve_all(struct user *user, struct needs needs)
{
    for (size_t i = 0; i < needs.count; i++)
        resolve(user, &needs.list[i]);
}

static void resolve_template(struct user *user, const struct template *template)
{
    if (template)
        resolve_all(user, template_needs(template));
}

static void resolve_fields(struct user *user, const struct field_list *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        for (size_t j = 0; j < fields->list[i].value_count; j++)
            resolve_template(user, fields->list[i].values[j]);
}

static void resolve_request(struct user *user, const struct request *request)
{
    resolve_template(user, request->method);
    resolve_template(user, request->url);
    resolve_fields(user, &request->query);
    resolve_fields(user, &request->headers);
    resolve_fields(user, &request->cookies);
    resolve_template(user, request->body);
    resolve_fields(user, &request->form);
    resolve_template(user, request->user);
    resolve_template(user, request->password);
    resolve_template(user, request->token);
}

void graph_resolve_test(struct graph *graph, struct compiler *compiler,
                        const struct test *test, struct wait_list *waits)
{
    struct user user = {.graph = graph, .test = test, .waits = waits};
    struct arena *arena = &graph->plan->arena;

    for (size_t i = 0; i < test->step_count; i++) {
        struct step *step = thaw_step(&test->steps[i]);
        size_t size;

        user.step = step;
        user.kept_count = 0;
        resolve_request(&user, &step->request);
        resolve_all(&user, compiler->needs(compiler, step->judgement));
        size = user.kept_count * sizeof(*user.kept);
        if (size)
            step->needs.list = memcpy(arena_take(arena, size), user.kept, size);
        step->needs.count = user.kept_count;
    }
    free(user.kept);
}

static void tell_late(struct graph *graph, const struct need *need,
                      struct capture *capture)
{
    capture->is_used = true;
    spot_fault(graph->faults, need->at,
               "\"base_url\" is known before the run and cannot use \"%s\", "
               "which \"%s\" captures (line %u)",
               need->name, capture->test->name, spot_place(capture->at).line);
}

/* All tests share it, the first set-up too, so it is made of constants. */
void graph_resolve_base_url(struct graph *graph)
{
    const struct suite *suite = graph->suite;
    struct needs needs = {0};

    if (suite->base_url)
        needs = template_needs(suite->base_url);
    for (size_t i = 0; i < needs.count; i++) {
        const struct need *need = &needs.list[i];
        json_t *constant = json_object_get(suite->constants, need->name);
        struct capture *capture = map_find(&graph->producers, need->name);

        json_object_del(graph->plan->unused, need->name);
        if (constant)
            check_path(graph, need, constant);
        else if (capture)
            tell_late(graph, need, capture);
        else
            tell_unknown(graph, need, false);
    }
}
