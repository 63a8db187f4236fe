#include "assertions/schema/branch.h"

#include <string.h>

#include "assertions/tell.h"

enum {
    ERRORS_TOLD = 3,    /* of a branch */
    BRANCHES_TOLD = 8,  /* the others are counted */
    BRANCH_TOLD = 1600, /* bytes of all of it */
    LEVELS_TOLD = 3,    /* of branches within branches */
};

struct branch {
    size_t number; /* counted from 1 */
    struct report report;
    struct schema_error errors[ERRORS_TOLD];
};

static void explain(struct run *run, const struct schema *schema,
                    const struct visit *visit, struct branch *branch)
{
    struct report *report = run->report;
    struct marks marks = {0};
    struct visit own = *visit;

    own.marks = visit->marks ? &marks : NULL;
    branch->report =
        (struct report){.most = ERRORS_TOLD, .list = branch->errors};
    run->report = &branch->report;
    run->branches++;
    (void)run_schema(run, schema, &own);
    run->branches--;
    run->report = report;
    marks_finish(&marks);
}

static size_t depth_of(const struct visit *visit)
{
    size_t depth = 0;

    for (; visit->outer; visit = visit->outer)
        depth++;
    return depth;
}

/* What the value is at all, or a member of it that says so, is another. */
static bool says_another(const struct schema_error *error, size_t depth)
{
    static const char *const keywords[] = {"const", "enum", "false", "type"};

    if (error->depth > depth + 1 ||
        (error->depth == depth + 1 && strcmp(error->keyword, "type") == 0))
        return false;
    for (size_t i = 0; i < COUNT(keywords); i++)
        if (strcmp(error->keyword, keywords[i]) == 0)
            return true;
    return false;
}

static bool is_meant(const struct branch *branch, size_t depth)
{
    for (size_t i = 0; i < branch->report.count; i++)
        if (says_another(&branch->errors[i], depth))
            return false;
    return true;
}

static void tell_branch(struct teller *teller, const struct branch *branch,
                        const struct visit *visit)
{
    size_t depth = depth_of(visit);

    for (size_t i = 0; i < branch->report.count; i++) {
        const struct schema_error *error = &branch->errors[i];

        if (error->depth > depth) {
            tell_format(teller, "%s%s: %s", i ? "; " : "", error->path,
                        error->text);
        } else {
            tell_format(teller, "%s%s", i ? "; " : "", error->text);
        }
    }
    if (branch->report.total > branch->report.count)
        tell_format(teller, "; and %zu more",
                    branch->report.total - branch->report.count);
}

static const char *tell_all(struct run *run, const struct branch *branches,
                            size_t count, const struct visit *visit)
{
    size_t told = count < BRANCHES_TOLD ? count : BRANCHES_TOLD;
    struct teller teller = teller_open(run->arena, BRANCH_TOLD);

    tell_format(&teller, "none of %s holds",
                tell_count(run, count, "alternative"));
    for (size_t i = 0; i < told; i++) {
        tell_format(&teller, "%s %zu: ", i ? ";" : ":", branches[i].number);
        tell_branch(&teller, &branches[i], visit);
    }
    if (told < count)
        tell_format(&teller, "; and %zu more", count - told);
    return teller_finish(&teller);
}

static const char *tell_one(struct run *run, const struct branch *branch,
                            size_t count, const struct visit *visit)
{
    struct teller teller = teller_open(run->arena, BRANCH_TOLD);

    tell_format(&teller,
                "none of %zu alternatives holds; the nearest is %zu: ", count,
                branch->number);
    tell_branch(&teller, branch, visit);
    return teller_finish(&teller);
}

static const char *words_of(struct run *run, struct schemas schemas,
                            const struct visit *visit)
{
    struct branch *branches =
        arena_take(run->arena, schemas.count * sizeof(*branches));
    const struct branch *meant = NULL;
    size_t depth = depth_of(visit);
    size_t count = 0;

    for (size_t i = 0; i < schemas.count; i++) {
        branches[i].number = i + 1;
        explain(run, schemas.list[i], visit, &branches[i]);
        if (!is_meant(&branches[i], depth))
            continue;
        meant = &branches[i];
        count++;
    }
    return count == 1 && schemas.count > 1
               ? tell_one(run, meant, schemas.count, visit)
               : tell_all(run, branches, schemas.count, visit);
}

/* Branches within branches would be told of again and again. */
bool branch_tell(struct run *run, const struct check *check,
                 const struct visit *visit)
{
    struct finding finding = {0};
    const char *alternatives;

    if (!run_wants(run))
        return false;
    alternatives = tell_count(run, check->schemas.count, "alternative");
    finding.expected = arena_print(run->arena, "one of %s", alternatives);
    finding.text =
        run->branches < LEVELS_TOLD
            ? words_of(run, check->schemas, visit)
            : arena_print(run->arena, "none of %s holds", alternatives);
    return run_tell(run, check, visit, finding);
}
