/* Core, sections 10.2.1 and 10.2.2. */
#include "assertions/schema/branch.h"
#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

/* Yes or no; what the schema looked at counts where it holds. */
static bool holds_branch(struct run *run, const struct schema *schema,
                         const struct visit *visit)
{
    struct marks marks = {0};
    struct visit own = *visit;
    bool good;

    own.marks = visit->marks ? &marks : NULL;
    good = run_quietly(run, schema, &own);
    if (good && visit->marks)
        marks_merge(visit->marks, &marks);
    marks_finish(&marks);
    return good;
}

static bool holds_all_of(struct run *run, const struct check *check,
                         struct visit *visit)
{
    bool good = true;

    for (size_t i = 0; i < check->schemas.count && (good || run->report); i++)
        good &= run_schema(run, check->schemas.list[i], visit);
    return good;
}

static bool holds_any_of(struct run *run, const struct check *check,
                         struct visit *visit)
{
    bool good = false;

    for (size_t i = 0; i < check->schemas.count; i++) {
        good |= holds_branch(run, check->schemas.list[i], visit);
        if (good && !visit->marks)
            return true;
    }
    return good || branch_tell(run, check, visit);
}

static bool tell_both(struct run *run, const struct check *check,
                      const struct visit *visit, size_t first, size_t second)
{
    struct finding finding = {0};

    if (!run_wants(run))
        return false;
    finding.expected = arena_print(
        run->arena, "exactly one of %zu alternatives", check->schemas.count);
    finding.found = arena_print(run->arena, "both %zu and %zu", first, second);
    finding.text =
        arena_print(run->arena,
                    "exactly one of %zu alternatives must hold; both %zu and "
                    "%zu do",
                    check->schemas.count, first, second);
    return run_tell(run, check, visit, finding);
}

static bool holds_one_of(struct run *run, const struct check *check,
                         struct visit *visit)
{
    size_t first = 0; /* counted from 1 */

    for (size_t i = 0; i < check->schemas.count; i++) {
        if (!holds_branch(run, check->schemas.list[i], visit))
            continue;
        if (first)
            return tell_both(run, check, visit, first, i + 1);
        first = i + 1;
    }
    return first || branch_tell(run, check, visit);
}

static bool holds_not(struct run *run, const struct check *check,
                      struct visit *visit)
{
    struct visit own = *visit;

    own.marks = NULL;
    return !run_quietly(run, check->schema, &own) ||
           (run_wants(run) &&
            run_expect(run, check, visit, "something that does not fit %s",
                       tell_value_of(run, check->argument)));
}

static bool holds_if(struct run *run, const struct check *check,
                     struct visit *visit)
{
    const struct condition_rule *rule = check->condition;
    const struct schema *next =
        holds_branch(run, rule->when, visit) ? rule->then : rule->otherwise;

    return !next || run_schema(run, next, visit);
}

static struct check *group_check(struct build *build,
                                 const struct member *member, check_fn *holds)
{
    struct check *check = build_check(build, member, holds, KINDS_ALL);

    check->order = ORDER_GROUPS;
    return check;
}

static void compile_group(struct build *build, const struct member *member,
                          check_fn *holds)
{
    struct check *check = group_check(build, member, holds);

    check->schemas = build_schemas(build, member);
    build_beside_all(build, check->schemas, member->key_at);
}

void compile_all_of(struct build *build, const struct member *member)
{
    compile_group(build, member, holds_all_of);
}

void compile_any_of(struct build *build, const struct member *member)
{
    compile_group(build, member, holds_any_of);
}

void compile_one_of(struct build *build, const struct member *member)
{
    compile_group(build, member, holds_one_of);
}

void compile_not(struct build *build, const struct member *member)
{
    struct check *check = group_check(build, member, holds_not);

    check->schema = build_schema(build, member->key);
    build_beside(build, check->schema, member->key_at);
}

static const struct schema *sibling_schema(struct build *build,
                                           const char *keyword)
{
    const struct member *sibling = build_sibling(build, keyword);
    const struct schema *schema = sibling ? build_schema(build, keyword) : NULL;

    if (schema)
        build_beside(build, schema, sibling->key_at);
    return schema;
}

void compile_if(struct build *build, const struct member *member)
{
    struct condition_rule *rule = arena_take(build->set->arena, sizeof(*rule));

    rule->when = build_schema(build, member->key);
    build_beside(build, rule->when, member->key_at);
    rule->then = sibling_schema(build, "then");
    rule->otherwise = sibling_schema(build, "else");
    group_check(build, member, holds_if)->condition = rule;
}
