/* Core, section 10.3.2; validation, section 6.5. */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

/* jansson's iterators ask so; nothing is changed. */
static json_t *object_of(const struct visit *visit)
{
    return (json_t *)(uintptr_t)visit->value;
}

static const char *nearest_property(struct run *run,
                                    const struct members_rule *rule,
                                    const char *name)
{
    const struct map *map = rule->properties;
    const char **names;

    if (!map)
        return NULL;
    names = arena_take(run->arena, map->count * sizeof(*names));
    for (size_t i = 0; i < map->count; i++)
        names[i] = map->entries[i].name;
    return tell_nearest(name, names, map->count);
}

static bool tell_additional(struct run *run, const struct check *check,
                            const struct visit *member)
{
    const struct members_rule *rule = check->members;
    struct finding finding = {.expected = "no such property",
                              .at = rule->additional_at,
                              .keyword = "additionalProperties"};
    const char *near;

    if (!run_wants(run))
        return false;
    near = nearest_property(run, rule, member->key);
    finding.text =
        near ? arena_print(run->arena,
                           "the property %s is not allowed; was %s meant?",
                           tell_name(run, member->key), tell_name(run, near))
             : arena_print(run->arena, "the property %s is not allowed",
                           tell_name(run, member->key));
    return run_tell(run, check, member, finding);
}

static bool holds_member(struct run *run, const struct check *check,
                         struct visit *member)
{
    const struct members_rule *rule = check->members;
    const struct schema *schema =
        rule->properties ? map_find(rule->properties, member->key) : NULL;
    struct text name = {member->key, 0};
    bool known = schema;
    bool good = !schema || run_schema(run, schema, member);

    if (rule->pattern_count)
        name.length = strlen(member->key);
    for (size_t i = 0; i < rule->pattern_count; i++) {
        if (!run_pattern(run, rule->patterns[i].pattern, name))
            continue;
        known = true;
        good &= run_schema(run, rule->patterns[i].schema, member);
    }
    if (known && member->outer->marks)
        marks_add_key(member->outer->marks, member->key);
    if (known || !rule->additional)
        return good;
    if (rule->additional->kind == SCHEMA_NEVER)
        return tell_additional(run, check, member);
    return run_schema(run, rule->additional, member);
}

/* Where only some names matter and the object has more, it is asked for
 * those. */
static bool holds_properties(struct run *run, const struct check *check,
                             struct visit *visit)
{
    const struct map *properties = check->members->properties;
    json_t *object = object_of(visit);
    bool good = true;

    for (size_t i = 0; i < properties->count && (good || run->report); i++) {
        void *found = json_object_iter_at(object, properties->entries[i].name);
        struct visit member;

        if (!found)
            continue;
        member = visit_member(visit, json_object_iter_key(found),
                              json_object_iter_value(found));
        good &= run_schema(run, properties->entries[i].value, &member);
        if (visit->marks)
            marks_add_key(visit->marks, member.key);
    }
    return good;
}

static bool holds_members(struct run *run, const struct check *check,
                          struct visit *visit)
{
    const struct members_rule *rule = check->members;
    json_t *object = object_of(visit);
    bool good = true;
    const char *key;
    json_t *value;

    if (rule->properties && !rule->pattern_count && !rule->additional &&
        rule->properties->count < json_object_size(object))
        return holds_properties(run, check, visit);
    json_object_foreach (object, key, value) {
        struct visit member = visit_member(visit, key, value);

        good &= holds_member(run, check, &member);
        if (!good && !run->report)
            return false;
    }
    if (visit->marks && rule->additional)
        visit->marks->all = true;
    return good;
}

static struct members_rule *members_check(struct build *build,
                                          const struct member *member)
{
    struct check *check;

    if (build->members_rule)
        return build->members_rule;
    build->members_rule =
        arena_take(build->set->arena, sizeof(*build->members_rule));
    check = build_check(build, member, holds_members, KINDS_OBJECT);
    check->members = build->members_rule;
    check->order = ORDER_MEMBERS;
    return build->members_rule;
}

void compile_properties(struct build *build, const struct member *member)
{
    struct members_rule *rule = members_check(build, member);
    struct members members = node_members(build->set->arena, &member->value, 0);

    rule->properties = map_in(build->set->arena);
    for (size_t i = 0; i < members.count; i++) {
        const char *name = members.list[i].key;

        map_set(rule->properties, name,
                (struct schema *)(uintptr_t)build_member_schema(
                    build, member->key, name));
    }
}

void compile_pattern_properties(struct build *build,
                                const struct member *member)
{
    struct members_rule *rule = members_check(build, member);
    struct members members = node_members(build->set->arena, &member->value, 0);

    rule->pattern_count = members.count;
    rule->patterns =
        arena_take(build->set->arena, members.count * sizeof(*rule->patterns));
    for (size_t i = 0; i < members.count; i++) {
        const char *name = members.list[i].key;
        struct node at = {.at = members.list[i].key_at};

        rule->patterns[i] = (struct pattern_member){
            build_pattern(build, &at, (struct text){name, strlen(name)}),
            build_member_schema(build, member->key, name)};
    }
}

void compile_additional_properties(struct build *build,
                                   const struct member *member)
{
    struct members_rule *rule = members_check(build, member);

    rule->additional = build_schema(build, member->key);
    rule->additional_at = member->key_at;
}

static bool holds_name(struct run *run, const struct check *check,
                       struct visit *visit, const char *key)
{
    json_auto_t *name = json_string_nocheck(key);
    struct visit member = visit_member(visit, key, name);

    member.is_name = true;
    return run_schema(run, check->schema, &member);
}

static bool holds_names(struct run *run, const struct check *check,
                        struct visit *visit)
{
    bool good = true;
    const char *key;
    json_t *value;

    json_object_foreach (object_of(visit), key, value) {
        good &= holds_name(run, check, visit, key);
        if (!good && !run->report)
            break;
    }
    return good;
}

void compile_property_names(struct build *build, const struct member *member)
{
    struct check *check = build_check(build, member, holds_names, KINDS_OBJECT);

    check->schema = build_schema(build, member->key);
    check->order = ORDER_MEMBERS;
}

static bool tell_size(struct run *run, const struct check *check,
                      const struct visit *visit, const char *words)
{
    struct finding finding = {0};

    if (!run_wants(run))
        return false;
    finding.expected = arena_print(run->arena, "%s %s", words,
                                   tell_count(run, check->count, "property"));
    finding.found =
        arena_print(run->arena, "%zu", json_object_size(visit->value));
    return run_tell(run, check, visit, finding);
}

static bool has_few(struct run *run, const struct check *check,
                    struct visit *visit)
{
    return json_object_size(visit->value) <= check->count ||
           tell_size(run, check, visit, "at most");
}

static bool has_many(struct run *run, const struct check *check,
                     struct visit *visit)
{
    return json_object_size(visit->value) >= check->count ||
           tell_size(run, check, visit, "at least");
}

void compile_max_properties(struct build *build, const struct member *member)
{
    size_t count;

    if (build_count(build, member, &count))
        build_check(build, member, has_few, KINDS_OBJECT)->count = count;
}

void compile_min_properties(struct build *build, const struct member *member)
{
    size_t count;

    if (build_count(build, member, &count))
        build_check(build, member, has_many, KINDS_OBJECT)->count = count;
}
