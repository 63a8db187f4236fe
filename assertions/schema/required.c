/* What must be there, always or because something else is: validation, section
 * 6.5.3 and 6.5.4; core, section 10.2.2.4. */
#include "assertions/schema/build.h"
#include "assertions/schema/run.h"
#include "specs/type.h"

static const char *nearest_key(struct run *run, const json_t *object,
                               const char *name)
{
    json_t *members = (json_t *)(uintptr_t)object; /* jansson's iterators */
    const char **names =
        arena_take(run->arena, json_object_size(object) * sizeof(*names));
    size_t count = 0;
    const char *key;
    json_t *value;

    json_object_foreach (members, key, value)
        names[count++] = key;
    return tell_nearest(name, names, count);
}

/* `because`: of what else; NULL: always. */
static bool tell_missing(struct run *run, const struct check *check,
                         const struct visit *visit, const char *name,
                         const char *because)
{
    struct arena *arena = run->arena;
    struct finding finding = {.found = "none"};
    const char *near;

    if (!run_wants(run))
        return false;
    near = nearest_key(run, visit->value, name);
    finding.expected =
        arena_print(arena, "a property %s", tell_name(run, name));
    finding.text = arena_print(
        arena, "the property %s is missing%s%s%s%s%s", tell_name(run, name),
        because ? ", which " : "", because ? tell_name(run, because) : "",
        because ? " asks for" : "", near ? "; there is " : "",
        near ? tell_name(run, near) : "");
    return run_tell(run, check, visit, finding);
}

static bool has_names(struct run *run, const struct check *check,
                      const struct visit *visit, struct names names,
                      const char *because)
{
    bool good = true;

    for (size_t i = 0; i < names.count && (good || run->report); i++) {
        if (!json_object_get(visit->value, names.list[i]))
            good = tell_missing(run, check, visit, names.list[i], because);
    }
    return good;
}

static bool has_required(struct run *run, const struct check *check,
                         struct visit *visit)
{
    return has_names(run, check, visit, check->names, NULL);
}

void compile_required(struct build *build, const struct member *member)
{
    struct names names;

    if (build_names(build, &member->value, &names))
        build_check(build, member, has_required, KINDS_OBJECT)->names = names;
}

static bool holds_dependents(struct run *run, const struct check *check,
                             struct visit *visit)
{
    const struct dependents_rule *rule = check->dependents;
    bool good = true;

    for (size_t i = 0; i < rule->count && (good || run->report); i++) {
        const struct dependent *dependent = &rule->list[i];

        if (!json_object_get(visit->value, dependent->name))
            continue;
        good &= dependent->schema
                    ? run_schema(run, dependent->schema, visit)
                    : has_names(run, check, visit, dependent->names,
                                dependent->name);
    }
    return good;
}

static void read_dependent(struct build *build, const struct member *member,
                           const struct member *written,
                           struct dependent *dependent)
{
    const struct node *value = &written->value;

    dependent->name = written->key;
    if (json_is_array(value->json)) {
        (void)!build_names(build, value, &dependent->names);
        return;
    }
    dependent->schema = build_member_schema(build, member->key, written->key);
    build_beside(build, dependent->schema, written->key_at);
}

static void compile_dependents(struct build *build, const struct member *member,
                               bool names, bool schemas)
{
    struct arena *arena = build->set->arena;
    struct members members = node_members(arena, &member->value, 0);
    struct dependents_rule *rule = arena_take(arena, sizeof(*rule));
    struct check *check =
        build_check(build, member, holds_dependents, KINDS_OBJECT);

    rule->count = members.count;
    rule->list = arena_take(arena, members.count * sizeof(*rule->list));
    check->dependents = rule;
    check->order = ORDER_GROUPS;
    for (size_t i = 0; i < members.count; i++) {
        const struct node *value = &members.list[i].value;
        bool is_list = json_is_array(value->json);

        if (is_list ? names : schemas)
            read_dependent(build, member, &members.list[i], &rule->list[i]);
        else if (!schemas)
            (void)!type_check(value, "what a property asks for", TYPE_ARRAY,
                              build->set->faults);
    }
}

void compile_dependent_required(struct build *build,
                                const struct member *member)
{
    compile_dependents(build, member, true, false);
}

void compile_dependent_schemas(struct build *build, const struct member *member)
{
    compile_dependents(build, member, false, true);
}

void compile_dependencies(struct build *build, const struct member *member)
{
    compile_dependents(build, member, true, true);
}
