/* Whether a test is run at all: matchers over what is known when its turn
 * comes. What its templates and patterns need is kept as a judgement keeps it.
 */
#include <string.h>

#include "assertions/judgement.h"
#include "assertions/matcher/kind.h"

enum { VALUE_MOST = 200 };

struct clause {
    const char *name; /* the variable as written: user.role */
    struct need need; /* its path may lead nowhere */
    bool is_environment;
    bool takes_nothing; /* null: what is not there is as good */
    struct matcher matcher;
};

struct condition {
    struct judgement kept;
    size_t count;
    const struct clause *clauses;
};

/* What is there is text, unlike a variable's value: numbers are read from it.
 */
static bool is_environment(const struct need *need)
{
    return strcmp(need->name, "env") == 0;
}

static void compile_clause(struct compiling *compiling,
                           const struct member *member, struct clause *clause)
{
    const struct node key = {.at = member->key_at};
    const struct node *value = &member->value;
    struct need *need = arena_take(compiling->arena, sizeof(*need));

    clause->name = arena_copy(compiling->arena, member->key);
    if (!template_read_path(compiling->arena, &key, member->key,
                            compiling->faults, &clause->need))
        return;
    *need = clause->need;
    need->path = NULL;
    list_add(&compiling->needs, compiling->arena, need);
    clause->need.may_be_missing = true;
    clause->is_environment = is_environment(&clause->need);
    clause->takes_nothing = json_is_null(value->json);
    matcher_compile(compiling, value,
                    clause->is_environment && !clause->takes_nothing
                        ? DOMAIN_TEXT
                        : DOMAIN_ANY,
                    &clause->matcher);
}

const struct condition *condition_compile(struct arena *arena,
                                          const struct node *when,
                                          const struct suite *suite,
                                          struct faults *faults)
{
    CLEANUP(arena_finish) struct arena scratch = {0};
    struct condition *condition = arena_take(arena, sizeof(*condition));
    struct compiling compiling = {
        .arena = arena, .scratch = &scratch, .faults = faults, .suite = suite};
    struct members members =
        node_members(&scratch, when, MEMBERS_SKIP_COMMENTS);
    struct clause *clauses =
        arena_take(arena, members.count * sizeof(*clauses));

    for (size_t i = 0; i < members.count; i++)
        compile_clause(&compiling, &members.list[i], &clauses[i]);
    judgement_settle(&condition->kept, &compiling);
    condition->count = members.count;
    condition->clauses = clauses;
    return condition;
}

void condition_fold(const struct condition *condition, struct arena *arena,
                    const struct known *known)
{
    judgement_fold(&condition->kept, arena, known);
}

struct needs condition_needs(const struct condition *condition)
{
    return condition->kept.more->needs;
}

static struct value look(const struct clause *clause, const struct scope *scope)
{
    json_t *value = scope_find(scope, clause->need.name);
    struct fault unheard = {0};

    if (value)
        value = template_follow(&clause->need, value, &unheard);
    if (value && clause->is_environment && json_is_string(value))
        return value_of_text(
            (struct text){json_string_value(value), json_string_length(value)});
    return value_of_json(value, NULL);
}

static const char *tell_why(struct matching *matching,
                            const struct clause *clause,
                            const struct value *value)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);
    struct finding finding = {0};

    matcher_explain(matching, &clause->matcher, value, &finding);
    tell(&teller, "when: ");
    tell_visibly(&teller, text_of(clause->name));
    tell(&teller, finding.is_absent ? " is missing" : " is ");
    if (!finding.is_absent)
        tell(&teller, tell_short(matching->arena, finding.actual, VALUE_MOST));
    tell(&teller, ", expected ");
    tell(&teller, tell_short(matching->arena, finding.expected, VALUE_MOST));
    return teller_finish(&teller);
}

bool condition_holds(const struct condition *condition,
                     const struct scope *scope, struct arena *arena,
                     const char **why, struct fault *fault)
{
    struct matching matching = {.scope = scope,
                                .arena = arena,
                                .digests = condition->kept.more->digests};
    bool holds = true;

    for (size_t i = 0; i < condition->count && holds; i++) {
        const struct clause *clause = &condition->clauses[i];
        struct value value = look(clause, scope);

        matching.comparisons = 0;
        holds = (clause->takes_nothing && value.kind == VALUE_ABSENT) ||
                matcher_holds(&matching, &clause->matcher, &value);
        holds &= !matching.fault.raised;
        if (!holds && !matching.fault.raised)
            *why = tell_why(&matching, clause, &value);
    }
    json_decref(matching.keep);
    if (matching.fault.raised)
        *fault = matching.fault;
    return holds;
}
