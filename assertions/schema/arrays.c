/* Core, section 10.3.1; validation, section 6.4. */
#include <stdlib.h>

#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

enum { UNIQUE_FEW = 8 }; /* so many are compared with each other */

static bool tell_size(struct run *run, const struct check *check,
                      const struct visit *visit, const char *words)
{
    struct finding finding = {0};

    if (!run_wants(run))
        return false;
    finding.expected = arena_print(run->arena, "%s %s", words,
                                   tell_count(run, check->count, "element"));
    finding.found =
        arena_print(run->arena, "%zu", json_array_size(visit->value));
    return run_tell(run, check, visit, finding);
}

static bool has_few(struct run *run, const struct check *check,
                    struct visit *visit)
{
    return json_array_size(visit->value) <= check->count ||
           tell_size(run, check, visit, "at most");
}

static bool has_many(struct run *run, const struct check *check,
                     struct visit *visit)
{
    return json_array_size(visit->value) >= check->count ||
           tell_size(run, check, visit, "at least");
}

static void compile_size(struct build *build, const struct member *member,
                         check_fn *holds)
{
    size_t count;

    if (build_count(build, member, &count))
        build_check(build, member, holds, KINDS_ARRAY)->count = count;
}

void compile_max_items(struct build *build, const struct member *member)
{
    compile_size(build, member, has_few);
}

void compile_min_items(struct build *build, const struct member *member)
{
    compile_size(build, member, has_many);
}

struct hashed {
    uint64_t hash;
    size_t index;
};

struct twins {
    size_t first, second;
};

static int compare_hashed(const void *a, const void *b)
{
    const struct hashed *x = a;
    const struct hashed *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool are_equal(struct run *run, const json_t *array, size_t a, size_t b)
{
    return run_step(run) && json_values_equal(json_array_get(array, a),
                                              json_array_get(array, b));
}

static bool find_twins_among_few(struct run *run, const json_t *array,
                                 struct twins *twins)
{
    size_t count = json_array_size(array);

    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            *twins = (struct twins){j, i};
            if (are_equal(run, array, j, i))
                return true;
        }
    }
    return false;
}

/* A server may choose values that have one hash: each comparison is a step. */
static bool find_twins_of(struct run *run, const json_t *array,
                          const struct hashed *list, struct twins *twins)
{
    size_t count = json_array_size(array);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && list[j].hash == list[i].hash; j++) {
            *twins = (struct twins){list[i].index, list[j].index};
            if (are_equal(run, array, twins->first, twins->second))
                return true;
            if (run->fault->raised)
                return false;
        }
    }
    return false;
}

static bool find_twins_among_many(struct run *run, const json_t *array,
                                  struct twins *twins)
{
    size_t count = json_array_size(array);
    struct hashed *list = must_alloc(count * sizeof(*list));
    bool found;

    for (size_t i = 0; i < count; i++)
        list[i] = (struct hashed){json_hash(json_array_get(array, i)), i};
    qsort(list, count, sizeof(*list), compare_hashed);
    found = find_twins_of(run, array, list, twins);
    free(list);
    return found;
}

static bool is_unique(struct run *run, const struct check *check,
                      struct visit *visit)
{
    struct finding finding = {.expected = "no two equal elements"};
    struct twins twins;
    bool found = json_array_size(visit->value) <= UNIQUE_FEW
                     ? find_twins_among_few(run, visit->value, &twins)
                     : find_twins_among_many(run, visit->value, &twins);

    if (!found || !run_wants(run))
        return !found;
    finding.found = arena_print(
        run->arena, "%s at [%zu] and [%zu]",
        tell_value_of(run, json_array_get(visit->value, twins.first)),
        twins.first, twins.second);
    return run_tell(run, check, visit, finding);
}

void compile_unique_items(struct build *build, const struct member *member)
{
    if (json_is_true(member->value.json))
        build_check(build, member, is_unique, KINDS_ARRAY);
}

/* That there are elements where none may be. */
static bool tell_too_many(struct run *run, const struct check *check,
                          const struct visit *visit)
{
    const struct items_rule *rule = check->items;
    struct finding finding = {.at = rule->rest_at,
                              .keyword = rule->rest_keyword};

    if (!run_wants(run))
        return false;
    finding.expected =
        rule->prefix.count
            ? arena_print(run->arena, "at most %s",
                          tell_count(run, rule->prefix.count, "element"))
            : "no elements";
    finding.found =
        arena_print(run->arena, "%zu", json_array_size(visit->value));
    return run_tell(run, check, visit, finding);
}

static bool holds_items(struct run *run, const struct check *check,
                        struct visit *visit)
{
    const struct items_rule *rule = check->items;
    size_t count = json_array_size(visit->value);
    bool never = rule->rest && rule->rest->kind == SCHEMA_NEVER;
    bool good = true;

    if (never && count > rule->prefix.count)
        good = tell_too_many(run, check, visit);
    if (!rule->rest || never)
        count = count < rule->prefix.count ? count : rule->prefix.count;
    for (size_t i = 0; i < count && (good || run->report); i++) {
        struct visit element = visit_element(visit, i);

        good &= run_schema(
            run, i < rule->prefix.count ? rule->prefix.list[i] : rule->rest,
            &element);
    }
    if (visit->marks && rule->rest)
        visit->marks->all = true;
    else if (visit->marks && rule->prefix.count > visit->marks->first)
        visit->marks->first = rule->prefix.count;
    return good;
}

static struct items_rule *items_check(struct build *build,
                                      const struct member *member,
                                      const struct member *rest)
{
    struct items_rule *rule = arena_take(build->set->arena, sizeof(*rule));
    struct check *check = build_check(build, member, holds_items, KINDS_ARRAY);

    check->items = rule;
    check->order = ORDER_MEMBERS;
    if (rest) {
        rule->rest = build_schema(build, rest->key);
        rule->rest_keyword = rest->key;
        rule->rest_at = rest->key_at;
    }
    return rule;
}

void compile_items(struct build *build, const struct member *member)
{
    if (!build_sibling(build, "prefixItems"))
        items_check(build, member, member);
}

void compile_prefix_items(struct build *build, const struct member *member)
{
    items_check(build, member, build_sibling(build, "items"))->prefix =
        build_schemas(build, member);
}

/* Up to 2019-09, a list is what prefixItems is now. */
void compile_items_or_list(struct build *build, const struct member *member)
{
    if (!json_is_array(member->value.json))
        items_check(build, member, member);
    else
        items_check(build, member, build_sibling(build, "additionalItems"))
            ->prefix = build_schemas(build, member);
}

static bool tell_contained(struct run *run, const struct check *check,
                           const struct visit *visit, size_t count)
{
    const struct contains_rule *rule = check->contains;
    bool few = count < rule->least;
    size_t bound = few ? rule->least : rule->most;
    struct finding finding = {.keyword = check->keyword};

    if (!run_wants(run))
        return false;
    finding.expected =
        arena_print(run->arena, "%s %s that fit%s \"contains\"",
                    few ? "at least" : "at most",
                    tell_count(run, bound, "element"), bound == 1 ? "s" : "");
    finding.found = arena_print(run->arena, "%zu of %zu", count,
                                json_array_size(visit->value));
    return run_tell(run, check, visit, finding);
}

static bool holds_contains(struct run *run, const struct check *check,
                           struct visit *visit)
{
    const struct contains_rule *rule = check->contains;
    struct marks *marks = rule->evaluates ? visit->marks : NULL;
    size_t count = json_array_size(visit->value);
    bool may_stop = !marks && rule->most == SIZE_MAX && !run->report;
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        struct visit element = visit_element(visit, i);

        if (may_stop && found >= rule->least)
            break;
        if (!run_quietly(run, rule->schema, &element))
            continue;
        found++;
        if (marks)
            marks_add_index(marks, i);
    }
    return (found >= rule->least && found <= rule->most) ||
           tell_contained(run, check, visit, found);
}

void compile_contains(struct build *build, const struct member *member)
{
    struct contains_rule *rule = arena_take(build->set->arena, sizeof(*rule));
    const struct member *least = build_sibling(build, "minContains");
    const struct member *most = build_sibling(build, "maxContains");
    struct check *check =
        build_check(build, member, holds_contains, KINDS_ARRAY);

    rule->schema = build_schema(build, member->key);
    rule->evaluates = build->dialect->draft >= SCHEMA_DRAFT_2020;
    rule->least = 1;
    rule->most = SIZE_MAX;
    if (least && !build_count(build, least, &rule->least))
        rule->least = 1;
    if (most && !build_count(build, most, &rule->most))
        rule->most = SIZE_MAX;
    check->contains = rule;
    check->order = ORDER_MEMBERS;
}
