/* Validation, section 6.2. All comparisons are exact. */
#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

static bool is_multiple(struct run *run, const struct check *check,
                        struct visit *visit)
{
    return json_is_multiple(visit->value, check->argument) ||
           (run_wants(run) && run_expect(run, check, visit, "a multiple of %s",
                                         tell_value_of(run, check->argument)));
}

static int compare(const struct check *check, const struct visit *visit)
{
    return json_number_compare(visit->value, check->argument);
}

static bool tell_bound(struct run *run, const struct check *check,
                       const struct visit *visit, const char *words)
{
    return run_wants(run) && run_expect(run, check, visit, "%s %s", words,
                                        tell_value_of(run, check->argument));
}

static bool is_at_most(struct run *run, const struct check *check,
                       struct visit *visit)
{
    return compare(check, visit) <= 0 ||
           tell_bound(run, check, visit, "at most");
}

static bool is_at_least(struct run *run, const struct check *check,
                        struct visit *visit)
{
    return compare(check, visit) >= 0 ||
           tell_bound(run, check, visit, "at least");
}

static bool is_below(struct run *run, const struct check *check,
                     struct visit *visit)
{
    return compare(check, visit) < 0 ||
           tell_bound(run, check, visit, "less than");
}

static bool is_above(struct run *run, const struct check *check,
                     struct visit *visit)
{
    return compare(check, visit) > 0 ||
           tell_bound(run, check, visit, "more than");
}

void compile_multiple_of(struct build *build, const struct member *member)
{
    json_auto_t *zero = json_integer(0);

    if (json_number_compare(member->value.json, zero) <= 0)
        node_fault(build->set->faults, &member->value,
                   "\"multipleOf\" must be more than 0");
    build_check(build, member, is_multiple, KINDS_NUMBER);
}

/* Draft 4 says with a keyword of its own that the bound itself is too much. */
static bool is_exclusive(struct build *build, const char *keyword)
{
    const struct member *sibling = build_sibling(build, keyword);

    return sibling && json_is_true(sibling->value.json);
}

void compile_maximum(struct build *build, const struct member *member)
{
    build_check(build, member,
                is_exclusive(build, "exclusiveMaximum") ? is_below : is_at_most,
                KINDS_NUMBER);
}

void compile_minimum(struct build *build, const struct member *member)
{
    build_check(build, member,
                is_exclusive(build, "exclusiveMinimum") ? is_above
                                                        : is_at_least,
                KINDS_NUMBER);
}

void compile_exclusive_maximum(struct build *build, const struct member *member)
{
    build_check(build, member, is_below, KINDS_NUMBER);
}

void compile_exclusive_minimum(struct build *build, const struct member *member)
{
    build_check(build, member, is_above, KINDS_NUMBER);
}
