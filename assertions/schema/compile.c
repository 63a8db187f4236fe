/* From what is written to checks. Each keyword is compiled by a function of its
 * own (build.h); what they share is here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/ecma.h"
#include "specs/type.h"

static struct build begin(struct schema_set *set, struct schema *schema)
{
    struct build build = {
        .set = set, .schema = schema, .dialect = schema->resource->dialect};

    build.members = node_members(set->arena, &schema->written, 0);
    build.checks =
        arena_take(set->arena, build.members.count * sizeof(*build.checks));
    return build;
}

struct check *build_check(struct build *build, const struct member *member,
                          check_fn *holds, unsigned kinds)
{
    struct check *check = &build->checks[build->count];

    check->number = build->count++;
    check->holds = holds;
    check->kinds = kinds;
    check->order = ORDER_VALUE;
    check->keyword = member->key;
    check->owner = build->schema;
    check->at = member->key_at;
    check->argument = member->value.json;
    return check;
}

const struct member *build_sibling(const struct build *build,
                                   const char *keyword)
{
    for (size_t i = 0; i < build->members.count; i++) {
        const struct member *member = &build->members.list[i];
        const struct keyword *known;

        if (strcmp(member->key, keyword) != 0)
            continue;
        known = keyword_find(keyword, build->dialect);
        return known && known->kinds & 1U << json_kind(member->value.json)
                   ? member
                   : NULL;
    }
    return NULL;
}

static const struct schema *schema_at(struct build *build, const char *pointer)
{
    return map_find(build->schema->resource->document->schemas, pointer);
}

const struct schema *build_schema(struct build *build, const char *keyword)
{
    return schema_at(
        build, pointer_add(build->set->arena, build->schema->pointer, keyword));
}

const struct schema *build_member_schema(struct build *build,
                                         const char *keyword, const char *name)
{
    const char *pointer =
        pointer_add(build->set->arena, build->schema->pointer, keyword);

    return schema_at(build, pointer_add(build->set->arena, pointer, name));
}

/* Those that are none were told of while scanning, and nothing is checked with
 * a set of checks that was told of. */
struct schemas build_schemas(struct build *build, const struct member *member)
{
    struct arena *arena = build->set->arena;
    const char *pointer =
        pointer_add(arena, build->schema->pointer, member->key);
    size_t count = json_array_size(member->value.json);
    struct schemas schemas = {count,
                              arena_take(arena, count * sizeof(*schemas.list))};

    for (size_t i = 0; i < count; i++)
        schemas.list[i] =
            schema_at(build, pointer_add_index(arena, pointer, i));
    return schemas;
}

void build_beside(struct build *build, const struct schema *to, struct spot at)
{
    struct beside *beside = arena_take(build->set->arena, sizeof(*beside));

    if (!to)
        return;
    beside->to = (struct schema *)(uintptr_t)to; /* the set's own */
    beside->at = at;
    beside->next = build->schema->beside;
    build->schema->beside = beside;
}

void build_beside_all(struct build *build, struct schemas schemas,
                      struct spot at)
{
    for (size_t i = 0; i < schemas.count; i++)
        build_beside(build, schemas.list[i], at);
}

bool build_count(struct build *build, const struct member *member,
                 size_t *count)
{
    const json_t *value = member->value.json;
    json_auto_t *zero = json_integer(0);
    double real = json_number_value(value);

    if (!json_is_whole(value) || json_number_compare(value, zero) < 0) {
        return node_fault(build->set->faults, &member->value,
                          "\"%s\" must be a whole number from 0 on",
                          member->key);
    }
    if (json_is_integer(value))
        *count = (size_t)json_integer_value(value);
    else
        *count =
            json_exact_number(value) || real > 1e15 ? SIZE_MAX : (size_t)real;
    return true;
}

static bool build_name(struct build *build, const struct node *written,
                       struct map *seen)
{
    const char *name = json_string_value(written->json);

    if (!type_check(written, "the name of a property", TYPE_STRING,
                    build->set->faults))
        return false;
    if (map_set(seen, name, seen))
        return node_fault(build->set->faults, written,
                          "\"%s\" is in this list already", name);
    return true;
}

bool build_names(struct build *build, const struct node *written,
                 struct names *names)
{
    struct nodes nodes = node_elements(build->set->arena, written);
    struct map seen = {0};
    bool good = true;

    names->count = nodes.count;
    names->list =
        arena_take(build->set->arena, nodes.count * sizeof(*names->list));
    for (size_t i = 0; i < nodes.count; i++) {
        good &= build_name(build, &nodes.list[i], &seen);
        names->list[i] = json_string_value(nodes.list[i].json);
    }
    map_finish(&seen);
    if (!nodes.count && build->dialect->draft == SCHEMA_DRAFT_4)
        good = node_fault(build->set->faults, written,
                          "draft 4 wants at least one name here");
    return good;
}

const struct pattern *
build_pattern(struct build *build, const struct node *written, struct text text)
{
    struct pattern_trouble trouble = {0};
    struct pattern *pattern = ecma_compile(text.bytes, text.length, &trouble);

    if (pattern) {
        pattern_optimize(pattern);
        return pattern_hold(build->set->arena, pattern);
    }
    spot_fault(build->set->faults, node_inside(written, trouble.offset, 1),
               "this pattern is wrong: %s", trouble.text);
    return NULL;
}

static void tell_kind(struct build *build, const struct keyword *keyword,
                      const struct member *member)
{
    static const unsigned types[] = {
        [JSON_KIND_NULL] = TYPE_NULL,     [JSON_KIND_BOOLEAN] = TYPE_BOOLEAN,
        [JSON_KIND_NUMBER] = TYPE_NUMBER, [JSON_KIND_STRING] = TYPE_STRING,
        [JSON_KIND_ARRAY] = TYPE_ARRAY,   [JSON_KIND_OBJECT] = TYPE_OBJECT,
    };
    char subject[64];
    unsigned wanted = 0;

    if (strcmp(member->key, "items") == 0 &&
        json_is_array(member->value.json)) {
        node_fault(build->set->faults, &member->value,
                   "\"items\" is one schema since 2020-12; a list of them is "
                   "\"prefixItems\"");
        return;
    }
    for (unsigned kind = 0; kind < COUNT(types); kind++)
        if (keyword->kinds & 1U << kind)
            wanted |= types[kind];
    snprintf(subject, sizeof(subject), "\"%s\"", member->key);
    (void)!type_check(&member->value, subject, wanted, build->set->faults);
}

static void compile_member(struct build *build, const struct member *member)
{
    const struct keyword *keyword = keyword_find(member->key, build->dialect);

    if (!keyword)
        return; /* the standard lets everybody write what he likes */
    if (!(keyword->kinds & 1U << json_kind(member->value.json)))
        tell_kind(build, keyword, member);
    else if (keyword->compile)
        keyword->compile(build, member);
}

static int compare_order(const void *a, const void *b)
{
    const struct check *first = a;
    const struct check *second = b;

    return first->order == second->order ? (first->number > second->number) -
                                               (first->number < second->number)
                                         : first->order - second->order;
}

static void compile_schema(struct schema_set *set, struct schema *schema)
{
    struct build build;
    const struct member *reference;

    schema->compiled = true;
    if (schema->kind != SCHEMA_CHECKS)
        return;
    build = begin(set, schema);
    reference = build.dialect->draft <= SCHEMA_DRAFT_7
                    ? build_sibling(&build, "$ref")
                    : NULL;
    if (reference)
        compile_member(&build, reference);
    for (size_t i = 0; !reference && i < build.members.count; i++)
        compile_member(&build, &build.members.list[i]);
    qsort(build.checks, build.count, sizeof(*build.checks), compare_order);
    schema->checks = build.checks;
    schema->check_count = build.count;
    if (!build.count)
        schema->kind = SCHEMA_ALWAYS;
}

/* Compiling may lead to documents that are read and scanned then, so the list
 * grows meanwhile. */
void compile_all(struct schema_set *set)
{
    struct schema *first = set->first;

    for (struct schema *schema = first; schema; schema = schema->later)
        if (!schema->compiled)
            compile_schema(set, schema);
    for (struct schema *schema = first; schema; schema = schema->later)
        circle_refuse(set, schema);
}
