/* A suite's own variables. Their strings may hold templates over each other in
 * any order, so each is filled after those that it names: depth first, with a
 * trail of those that are being filled. Meeting one of the trail again is a
 * circle. */
#include <string.h>

#include "specs/declared.h"
#include "specs/json.h"
#include "specs/suggest.h"
#include "specs/template.h"
#include "specs/variables_include.h"
#include "specs/variables_origin.h"
#include "specs/variables_secret.h"

enum variable_state { WAITING, FILLING, FILLED };

struct variable {
    const struct member *member;
    const struct template *template;
    enum variable_state state;
    bool is_broken; /* it was told, those that name it are not at fault */
    size_t depth;   /* of variables within variables */
};

struct filler {
    const struct variables *variables;
    struct suite *suite;
    json_t *constants; /* the suite's */
    struct map names;  /* to struct variable, those still without a value */
    struct variable *trail[LIMIT_TEMPLATE_DEPTH + 1];
    size_t trail_length;
    struct faults *faults;
};

static bool tell_circle(struct filler *filler, const struct variable *again)
{
    CLEANUP(buffer_finish)
    struct buffer names =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));
    size_t first = 0;

    while (filler->trail[first] != again)
        first++;
    for (size_t i = first; i < filler->trail_length; i++)
        (void)!buffer_print(&names, "%s → ", filler->trail[i]->member->key);
    return spot_fault(filler->faults, again->member->key_at,
                      "these variables are made of each other: %s%s",
                      buffer_text(&names), again->member->key);
}

static bool tell_unknown(struct filler *filler, const struct need *need)
{
    const char *near = NULL;

    if (!faults_are_full(filler->faults))
        near = suggest_name(need->name, filler->constants, &filler->names);
    if (near) {
        return spot_fault(filler->faults, need->at,
                          "no variable \"%s\"; did you mean \"%s\"?",
                          need->name, near);
    }
    return spot_fault(filler->faults, need->at,
                      "no variable \"%s\"; variables are made of others that "
                      "are known before the run",
                      need->name);
}

static bool tell_depth(struct filler *filler, const struct need *need)
{
    return spot_fault(filler->faults, need->at,
                      "variables are made of variables more than %d deep here",
                      LIMIT_TEMPLATE_DEPTH);
}

static bool fill(struct filler *filler, struct variable *variable);

/* Gives what the variable is made of its value. */
static bool fill_needed(struct filler *filler, struct variable *variable,
                        const struct need *need)
{
    struct variable *needed = map_find(&filler->names, need->name);

    if (!needed)
        return json_object_get(filler->constants, need->name) ||
               need->may_be_missing || tell_unknown(filler, need);
    if (needed->state == FILLING)
        return tell_circle(filler, needed);
    if (filler->trail_length > LIMIT_TEMPLATE_DEPTH)
        return tell_depth(filler, need);
    if (!fill(filler, needed))
        return false;
    if (needed->depth == LIMIT_TEMPLATE_DEPTH)
        return tell_depth(filler, need);
    if (variable->depth <= needed->depth)
        variable->depth = needed->depth + 1;
    return true;
}

static void tell_unfilled(struct filler *filler, const struct fault *fault)
{
    const char *text = fault->text;

    if (suite_hides(filler->suite, text, strlen(text)))
        text = "this cannot be filled with what it names";
    faults_add(filler->faults, fault->at, "%s", text);
}

static json_t *make_value(struct filler *filler,
                          const struct variable *variable)
{
    const struct suite *suite = filler->suite;
    const struct template *template = variable->template;
    struct chance chance = {
        .seed = filler->variables->options->seed,
        .suite = suite->path,
        .test = variable->member->key,
        .wall_ns = filler->variables->wall_ns,
    };
    struct scope scope = {
        .values = filler->constants, .chance = &chance, .suite = suite};
    struct fault fault = {0};
    json_t *value = template_fill(template, &scope, &fault);
    bool is_excused = template_holds_calls(template) &&
                      suite_stands_in(suite, template_needs(template));

    if (!value && !is_excused)
        tell_unfilled(filler, &fault);
    return value;
}

/* A broken variable is given its value as written, which has the right shape
 * for those that look into it. */
static bool fill(struct filler *filler, struct variable *variable)
{
    struct needs needs = template_needs(variable->template);
    json_t *value = NULL;

    if (variable->state == FILLED)
        return !variable->is_broken;
    variable->state = FILLING;
    filler->trail[filler->trail_length++] = variable;
    for (size_t i = 0; i < needs.count; i++)
        if (!fill_needed(filler, variable, &needs.list[i]))
            variable->is_broken = true;
    filler->trail_length--;
    variable->state = FILLED;
    if (!variable->is_broken)
        value = make_value(filler, variable);
    variable->is_broken = !value;
    if (!value || suite_stands_in(filler->suite, needs))
        variables_stand_in(&filler->suite->stand_ins, variable->member->key);
    if (!value)
        value = json_incref(variable->member->value.json);
    json_object_set_new(filler->constants, variable->member->key, value);
    return !variable->is_broken;
}

static void mark_used(struct plan *plan, struct needs needs)
{
    for (size_t i = 0; i < needs.count; i++)
        json_object_del(plan->unused, needs.list[i].name);
}

/* Every template is compiled, so that its mistakes are found, but one whose
 * name has a value of higher rank is not used. */
static void fill_all(const struct variables *shared, const struct node *written,
                     struct suite *suite, struct faults *faults)
{
    json_t *constants = suite->constants;
    struct plan *plan = shared->plan;
    struct arena *arena = &plan->arena;
    struct members members = node_members(arena, written, 0);
    struct variable *variables =
        arena_take(arena, members.count * sizeof(*variables));
    struct filler filler = {.variables = shared,
                            .suite = suite,
                            .constants = constants,
                            .faults = faults};

    suite->declared = declared_new(plan, members.count);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        const char *trouble = variables_name_trouble(member->key);
        size_t before = faults->total;

        variables[i].member = member;
        variables[i].template = template_compile(arena, &member->value, faults);
        variables[i].is_broken = faults->total > before;
        json_object_del(plan->unused, member->key);
        mark_used(plan, template_needs(variables[i].template));
        declared_add(suite, member, template_needs(variables[i].template));
        if (trouble)
            spot_fault(faults, member->key_at, "%s", trouble);
        else if (!json_object_get(constants, member->key))
            map_set(&filler.names, member->key, &variables[i]);
    }
    for (size_t i = 0; i < filler.names.count; i++)
        (void)fill(&filler, filler.names.entries[i].value);
    map_finish(&filler.names);
}

static bool is_written(const struct node *node)
{
    return node &&
           (json_object_size(node->json) || json_array_size(node->json));
}

void variables_for_project(struct variables *variables, struct faults *faults)
{
    const struct environment *project = variables->options->project;
    struct plan *plan = variables->plan;
    /* The shared values as those of a suite, for what is to be done alike. */
    struct suite shared = {
        .constants = variables->values,
        .stand_ins = variables->stand_ins,
        .secrets = variables->secrets,
        .secret_count = variables->secret_count,
        .origins = plan->origins,
    };
    const char *what =
        arena_print(&plan->arena, "environment \"%s\" in", project->name);

    if (is_written(&project->secrets))
        secrets_for_suite(variables, &project->secrets, &shared, faults);
    origin_note_new(plan->origins, shared.constants, &project->variables, what);
    if (is_written(&project->variables))
        fill_all(variables, &project->variables, &shared, faults);
    variables->stand_ins = shared.stand_ins;
    variables->secrets = shared.secrets;
    variables->secret_count = shared.secret_count;
}

/* Origins of its own, where somebody asked for those of the plan. */
static json_t *make_origins(struct plan *plan)
{
    json_auto_t *origins = plan->origins ? json_object() : NULL;

    return json_hold(&plan->arena, origins);
}

json_t *variables_for_suite(const struct variables *variables,
                            const struct node *written,
                            const struct node *secrets, struct suite *suite,
                            struct faults *faults)
{
    json_t *constants;

    suite->secrets = variables->secrets;
    suite->secret_count = variables->secret_count;
    if (is_written(written) || is_written(secrets) || suite->include_count)
        constants = json_copy(variables->values);
    else
        constants = json_incref(variables->values);
    suite->constants = constants;
    suite->stand_ins = json_copy(variables->stand_ins);
    suite->origins = make_origins(variables->plan);
    if (is_written(secrets))
        secrets_for_suite(variables, secrets, suite, faults);
    variables_include(variables, written, suite);
    if (is_written(written))
        origin_note_new(suite->origins, constants, written, "suite");
    if (is_written(written))
        fill_all(variables, written, suite, faults);
    json_hold(&variables->plan->arena, suite->stand_ins);
    json_decref(suite->stand_ins);
    return constants;
}
