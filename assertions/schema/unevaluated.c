/* Core, section 11: what no other keyword has looked at. These run last. */
#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

static bool tell_unevaluated(struct run *run, const struct check *check,
                             const struct visit *visit)
{
    struct finding finding = {.expected = "nothing that is not described"};

    if (!run_wants(run))
        return false;
    if (visit->key) {
        finding.text = arena_print(
            run->arena, "the property %s is not allowed: nothing describes it",
            tell_name(run, visit->key));
    } else {
        finding.text = arena_print(
            run->arena,
            "the element [%zu] is not allowed: nothing describes it",
            visit->index);
    }
    return run_tell(run, check, visit, finding);
}

static bool holds_rest(struct run *run, const struct check *check,
                       struct visit *visit)
{
    if (check->schema->kind == SCHEMA_NEVER)
        return tell_unevaluated(run, check, visit);
    return run_schema(run, check->schema, visit);
}

static bool holds_properties(struct run *run, const struct check *check,
                             struct visit *visit)
{
    json_t *object = (json_t *)(uintptr_t)visit->value; /* to iterate */
    bool good = true;
    const char *key;
    json_t *value;

    json_object_foreach (object, key, value) {
        struct visit member = visit_member(visit, key, value);

        if (visit->marks->all || marks_have_key(visit->marks, key))
            continue;
        good &= holds_rest(run, check, &member);
        if (!good && !run->report)
            break;
    }
    visit->marks->all = true;
    return good;
}

static bool holds_items(struct run *run, const struct check *check,
                        struct visit *visit)
{
    size_t count = json_array_size(visit->value);
    bool good = true;

    for (size_t i = visit->marks->first;
         i < count && (good || run->report) && !visit->marks->all; i++) {
        struct visit element = visit_element(visit, i);

        if (!marks_have_index(visit->marks, i))
            good &= holds_rest(run, check, &element);
    }
    visit->marks->all = true;
    return good;
}

static void compile_rest(struct build *build, const struct member *member,
                         check_fn *holds, unsigned kinds)
{
    struct check *check = build_check(build, member, holds, kinds);

    check->schema = build_schema(build, member->key);
    check->order = ORDER_UNEVALUATED;
    build->schema->collects = true;
}

void compile_unevaluated_properties(struct build *build,
                                    const struct member *member)
{
    compile_rest(build, member, holds_properties, KINDS_OBJECT);
}

void compile_unevaluated_items(struct build *build, const struct member *member)
{
    compile_rest(build, member, holds_items, KINDS_ARRAY);
}
