/* Validation, section 6.1. */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/run.h"
#include "assertions/tell.h"
#include "specs/type.h"

/* Beside the bits of enum kinds. */
enum {
    TYPES_INTEGER = 1 << 6,    /* a number without fraction */
    TYPES_WRITTEN_SO = 1 << 7, /* and written without one: draft 4 */
    ENUM_FEW = 8,              /* so many are not worth a hash */
    ENUM_TOLD = 300,           /* bytes of them in a message */
};

static const struct type_name {
    const char *name;
    const char *words;
    unsigned bit;
} types[] = {
    {"array", "an array", KINDS_ARRAY},
    {"boolean", "a boolean", KINDS_BOOLEAN},
    {"integer", "an integer", TYPES_INTEGER},
    {"null", "null", KINDS_NULL},
    {"number", "a number", KINDS_NUMBER},
    {"object", "an object", KINDS_OBJECT},
    {"string", "a string", KINDS_STRING},
};

static bool is_integer(const json_t *value, bool written_so)
{
    const char *exact = json_exact_number(value);

    if (!written_so)
        return json_is_whole(value);
    return exact ? !strpbrk(exact, ".eE") : json_is_integer(value);
}

static const char *words_of(struct run *run, unsigned wanted)
{
    struct teller teller = teller_open(run->arena, ENUM_TOLD);
    bool told = false;

    for (size_t i = 0; i < COUNT(types); i++) {
        if (!(types[i].bit & wanted))
            continue;
        tell_format(&teller, "%s%s", told ? " or " : "", types[i].words);
        told = true;
    }
    return teller_finish(&teller);
}

/* Only asked for what is not of one of the types by its kind alone. */
static bool has_type(struct run *run, const struct check *check,
                     struct visit *visit)
{
    if (visit->kind == JSON_KIND_NUMBER && check->types & TYPES_INTEGER &&
        is_integer(visit->value, check->types & TYPES_WRITTEN_SO))
        return true;
    return run_wants(run) &&
           run_expect(run, check, visit, "%s", words_of(run, check->types));
}

static const char *nearest_type(const char *name)
{
    const char *names[COUNT(types)];

    for (size_t i = 0; i < COUNT(types); i++)
        names[i] = types[i].name;
    return nearest_name(name, names, COUNT(types));
}

/* 0 and told where there is no such type. */
static unsigned read_type(struct build *build, const struct node *written)
{
    const char *name = json_string_value(written->json);
    const char *near;

    if (!type_check(written, "the name of a type", TYPE_STRING,
                    build->set->faults))
        return 0;
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].bit;
    near = nearest_type(name);
    node_fault(build->set->faults, written,
               near ? "unknown type \"%s\"; did you mean \"%s\"?"
                    : "unknown type \"%s\"; known are array, boolean, integer, "
                      "null, number, object and string",
               name, near);
    return 0;
}

void compile_type(struct build *build, const struct member *member)
{
    struct nodes nodes = node_elements(build->set->arena, &member->value);
    unsigned wanted = 0;
    struct check *check;

    if (!json_is_array(member->value.json))
        wanted = read_type(build, &member->value);
    for (size_t i = 0; i < nodes.count; i++)
        wanted |= read_type(build, &nodes.list[i]);
    if (json_is_array(member->value.json) && !nodes.count)
        node_fault(build->set->faults, &member->value,
                   "at least one type must be in this list");
    if (wanted & TYPES_INTEGER && build->dialect->draft == SCHEMA_DRAFT_4)
        wanted |= TYPES_WRITTEN_SO;
    check = build_check(build, member, has_type, KINDS_ALL & ~wanted);
    check->types = wanted;
    check->order = ORDER_TYPE;
}

static bool is_in(const struct values_rule *rule, const json_t *value)
{
    uint64_t hash = rule->hashes ? json_hash(value) : 0;

    for (size_t i = 0; i < rule->count; i++) {
        if ((!rule->hashes || rule->hashes[i] == hash) &&
            json_values_equal(rule->list[i], value))
            return true;
    }
    return false;
}

static const char *nearest_value(struct run *run,
                                 const struct values_rule *rule,
                                 const struct visit *visit)
{
    const char **names = arena_take(run->arena, rule->count * sizeof(*names));
    size_t count = 0;

    if (visit->kind != JSON_KIND_STRING)
        return NULL;
    for (size_t i = 0; i < rule->count; i++)
        if (json_kind(rule->list[i]) == JSON_KIND_STRING)
            names[count++] = json_string_value(rule->list[i]);
    return tell_nearest(json_string_value(visit->value), names, count);
}

static bool tell_enum(struct run *run, const struct check *check,
                      const struct visit *visit)
{
    const struct values_rule *rule = check->values;
    struct teller teller = teller_open(run->arena, ENUM_TOLD);
    const char *near = nearest_value(run, rule, visit);
    struct finding finding = {0};

    for (size_t i = 0; i < rule->count; i++) {
        tell(&teller, i ? ", " : rule->count > 1 ? "one of " : "");
        tell_json(&teller, (json_t *)(uintptr_t)rule->list[i]);
    }
    finding.expected = rule->count ? teller_finish(&teller) : "nothing";
    finding.found = tell_value_of(run, visit->value);
    if (near) {
        finding.text =
            arena_print(run->arena, "expected %s, found %s; was %s meant?",
                        finding.expected, finding.found, tell_name(run, near));
    }
    return run_tell(run, check, visit, finding);
}

static bool is_listed(struct run *run, const struct check *check,
                      struct visit *visit)
{
    return is_in(check->values, visit->value) ||
           (run_wants(run) && tell_enum(run, check, visit));
}

void compile_enum(struct build *build, const struct member *member)
{
    struct arena *arena = build->set->arena;
    struct values_rule *rule = arena_take(arena, sizeof(*rule));

    rule->count = json_array_size(member->value.json);
    rule->list = arena_take(arena, rule->count * sizeof(*rule->list));
    if (rule->count > ENUM_FEW)
        rule->hashes = arena_take(arena, rule->count * sizeof(*rule->hashes));
    for (size_t i = 0; i < rule->count; i++) {
        rule->list[i] = json_array_get(member->value.json, i);
        if (rule->hashes)
            rule->hashes[i] = json_hash(rule->list[i]);
    }
    build_check(build, member, is_listed, KINDS_ALL)->values = rule;
}

static bool is_constant(struct run *run, const struct check *check,
                        struct visit *visit)
{
    return json_values_equal(check->argument, visit->value) ||
           (run_wants(run) && run_expect(run, check, visit, "%s",
                                         tell_value_of(run, check->argument)));
}

void compile_const(struct build *build, const struct member *member)
{
    build_check(build, member, is_constant, KINDS_ALL);
}
