#include <stdlib.h>
#include <string.h>

#include "specs/declared.h"
#include "specs/graph_include.h"
#include "specs/suggest.h"

/* One step, while the names that it uses are resolved. */
struct user {
    struct known known;
    struct graph *graph;
    const struct test *test;
    const struct step *step; /* NULL: the test's `when` */
    struct wait_list *waits;
};

static void keep(struct known *known, const struct need *need)
{
    size_t capacity = known->kept_capacity;

    if (known_is_kept(known, need->name))
        return;
    if (known->kept_count == capacity) {
        capacity = capacity ? capacity * 2 : 8;
        known->kept = must_resize(known->kept, capacity * sizeof(*known->kept));
        known->kept_capacity = capacity;
    }
    known->kept[known->kept_count++] = *need;
}

bool graph_is_news(struct graph *graph, struct spot at, const char *what)
{
    const char *key =
        arena_print(&graph->scratch, "%s:%u %s",
                    at.source ? at.source->path : "", at.offset, what);

    return !map_set(&graph->told, key, graph) && !inclusion_is_told(graph, at);
}

/* A capture that was told of as misused or misspelt is not unused as well. */
static void tell_own(struct user *user, const struct need *need,
                     struct capture *capture)
{
    capture->is_used = true;
    if (!user->step) {
        spot_fault(user->graph->faults, need->at,
                   "\"%s\" cannot use \"%s\" in its \"when\", which is judged "
                   "before it captures that (line %u)",
                   user->test->name, need->name, spot_place(capture->at).line);
    } else if (capture->step == user->step) {
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

static void tell_near(struct graph *graph, const struct need *need,
                      bool is_repeated)
{
    json_t *constants = graph->suite->constants;
    const char *near = suggest_name(need->name, constants, &graph->producers);
    struct capture *capture = near ? map_find(&graph->producers, near) : NULL;

    if (inclusion_tell_unknown(graph, need) ||
        (!near && inclusion_tell_near(graph, need)))
        return;
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

/* Names are compared for those only who will read it. */
static void tell_unknown(struct graph *graph, const struct need *need,
                         bool is_repeated)
{
    if (faults_are_full(graph->faults))
        spot_fault(graph->faults, need->at, "no variable \"%s\"", need->name);
    else
        tell_near(graph, need, is_repeated);
}

/* What comes out is thrown away: whether it is there is the question. */
static void check_path(struct graph *graph, const struct need *need,
                       json_t *value)
{
    struct fault fault = {0};

    if (need->path && !template_follow(need, value, &fault) && fault.raised &&
        graph_is_news(graph, need->at, fault.text))
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
    size_t step = user->step ? user->step->number : 0;
    struct capture *capture = find_own(user, need->name, step);

    if (!capture) {
        capture = map_find(&user->graph->producers, need->name);
        if (!capture)
            capture = inclusion_find_capture(user->graph, need);
        if (!capture || capture->test == user->test)
            return false;
        add_wait(user, capture);
    }
    capture->is_used = true;
    keep(&user->known, need);
    return true;
}

static void tell_unresolved(struct user *user, const struct need *need)
{
    struct graph *graph = user->graph;
    struct capture *own = find_own(user, need->name, SIZE_MAX);
    struct capture *inner = map_find(&graph->inner, need->name);

    if (!inner)
        inner = inclusion_find_inner(graph, need->name);
    if (!own && inner)
        inner->is_misused = true;
    else if (!graph_is_news(graph, need->at,
                            own ? user->test->name : need->name))
        return;
    else if (own)
        tell_own(user, need, own);
    else if (!need->may_be_missing &&
             !graph_tell_field(graph, user->test, need))
        tell_unknown(graph, need, user->test->is_repeated);
}

static void use_constant(struct user *user, const struct need *need,
                         json_t *constant)
{
    struct capture *own = find_own(user, need->name, SIZE_MAX);

    if (own)
        own->renews = true;
    check_path(user->graph, need, constant);
}

static void resolve(struct user *user, const struct need *need)
{
    json_t *constant =
        json_object_get(user->graph->suite->constants, need->name);
    enum field_reach reach = graph_field_reach(user->test, need->name);

    json_object_del(user->graph->plan->unused, need->name);
    declared_use(user->graph->suite, need->name);
    if (user->test->is_repeated && strcmp(need->name, "index") == 0) {
        json_auto_t *number = json_integer(0);

        check_path(user->graph, need, number);
        keep(&user->known, need);
        return;
    }
    if (reach != FIELD_OF_NONE)
        keep(&user->known, need);
    if (reach == FIELD_OF_ALL || resolve_capture(user, need))
        return;
    if (constant)
        use_constant(user, need, constant);
    else
        tell_unresolved(user, need);
}

static void resolve_all(struct user *user, struct needs needs)
{
    for (size_t i = 0; i < needs.count; i++)
        resolve(user, &needs.list[i]);
}

/* One of a request, and what it becomes. */
static void resolve_template(struct user *user, const struct template *template,
                             enum text_use use)
{
    if (!template || template_is_literal(template))
        return;
    resolve_all(user, template_needs(template));
    if (template_varies(template))
        thaw_step(user->step)->varies = true;
    known_check(&user->known, template, use);
}

static void resolve_fields(struct user *user, const struct field_list *fields,
                           enum text_use use)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->list[i];

        for (size_t j = 0; j < field->value_count; j++)
            resolve_template(user, field->values[j], use);
    }
}

static void resolve_request(struct user *user, const struct request *request)
{
    bool is_file = request->body_kind == BODY_FILE;

    user->known.home = request->manner->body_home;
    resolve_template(user, request->method, TEXT_METHOD);
    resolve_template(user, request->url, TEXT_URL);
    resolve_fields(user, &request->query, TEXT_PLAIN);
    resolve_fields(user, &request->headers, TEXT_HEADER);
    resolve_fields(user, &request->manner->cookies, TEXT_COOKIE);
    resolve_template(user, request->body, is_file ? TEXT_FILE : TEXT_ANY);
    resolve_fields(user, &request->manner->form, TEXT_ANY);
    resolve_template(user, request->manner->user, TEXT_USER);
    resolve_template(user, request->manner->password, TEXT_PLAIN);
    resolve_template(user, request->manner->token, TEXT_HEADER);
}

static void resolve_judgement(struct user *user, struct compiler *compiler,
                              const struct judgement *judgement)
{
    struct needs needs = compiler->needs(compiler, judgement);

    resolve_all(user, needs);
    if (compiler->fold)
        compiler->fold(compiler, &user->graph->plan->arena, judgement,
                       &user->known);
}

static void resolve_condition(struct user *user, struct compiler *compiler,
                              const struct condition *condition)
{
    resolve_all(user, compiler->condition_needs(compiler, condition));
    if (compiler->fold_condition)
        compiler->fold_condition(compiler, &user->graph->plan->arena, condition,
                                 &user->known);
}

/* What was kept, which the next user begins anew. */
static struct needs take_kept(struct user *user)
{
    struct known *known = &user->known;
    struct needs needs = {.count = known->kept_count};
    size_t size = needs.count * sizeof(*needs.list);

    if (size)
        needs.list = memcpy(arena_take(&user->graph->plan->arena, size),
                            known->kept, size);
    known->kept_count = 0;
    return needs;
}

void graph_resolve_test(struct graph *graph, struct compiler *compiler,
                        const struct test *test, struct wait_list *waits)
{
    struct user user = {.known = {.graph = graph},
                        .graph = graph,
                        .test = test,
                        .waits = waits};
    const struct template *base_url = graph->suite->base_url;

    if (test->when)
        resolve_condition(&user, compiler, test->when);
    thaw_test(test)->when_needs = take_kept(&user);
    for (size_t i = 0; i < test->step_count; i++) {
        struct step *step = thaw_step(&test->steps[i]);
        const struct race *race = step->race;

        user.step = step;
        step->varies = base_url && template_varies(base_url);
        resolve_request(&user, &step->request);
        for (size_t j = 0; race && race->requests && j < race->count; j++)
            resolve_request(&user, &race->requests[j]);
        resolve_judgement(&user, compiler, step->judgement);
        step->needs = take_kept(&user);
    }
    free(user.known.kept);
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
    const struct known known = {.graph = graph};
    struct needs needs = {0};

    if (suite->base_url)
        needs = template_needs(suite->base_url);
    for (size_t i = 0; i < needs.count; i++) {
        const struct need *need = &needs.list[i];
        json_t *constant = json_object_get(suite->constants, need->name);
        struct capture *capture = map_find(&graph->producers, need->name);

        json_object_del(graph->plan->unused, need->name);
        declared_use(suite, need->name);
        if (constant)
            check_path(graph, need, constant);
        else if (capture)
            tell_late(graph, need, capture);
        else if (!need->may_be_missing)
            tell_unknown(graph, need, false);
    }
    if (suite->base_url)
        known_check(&known, suite->base_url, TEXT_ANY);
}
