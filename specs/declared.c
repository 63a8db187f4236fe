/* A variable is of use where a test or a base_url of the plan names it, in its
 * own suite or in one that includes it, or where a variable that is of use is
 * made of it. Where an including suite has the same name, the one below counts
 * as used too: it is what others get.
 *
 * Files without tests that nobody in the plan includes are there for others,
 * and so are those that are only included: nothing is said of them. */
#include "specs/declared.h"

#include <stdlib.h>

#include "specs/warnings.h"

static void release_names(void *map)
{
    map_finish(map);
}

struct declared_list *declared_new(struct plan *plan, size_t most)
{
    struct declared_list *list = arena_take(&plan->arena, sizeof(*list));

    list->list = arena_take(&plan->arena, (most + 1) * sizeof(*list->list));
    arena_own(&plan->arena, &list->names, release_names);
    return list;
}

void declared_add(const struct suite *suite, const struct member *member,
                  struct needs needs)
{
    struct declared_list *list = suite->declared;
    struct declared *added = &list->list[list->count++];

    *added = (struct declared){
        .name = member->key,
        .at = member->key_at,
        .suite = suite,
        .needs = needs,
    };
    map_set(&list->names, added->name, added);
}

static struct declared *find_in(const struct suite *suite, const char *name)
{
    return suite->declared ? map_find(&suite->declared->names, name) : NULL;
}

struct declared *declared_find(const struct suite *suite, const char *name)
{
    struct declared *found = NULL;

    for (size_t i = 0; !found && i < suite->reach_count; i++)
        found = find_in(suite->reach[i], name);
    return found;
}

void declared_use(const struct suite *suite, const char *name)
{
    for (size_t i = 0; i < suite->reach_count; i++) {
        struct declared *found = find_in(suite->reach[i], name);

        if (found)
            found->is_used = true;
    }
}

/* Variables whose needs are still to be looked at. */
struct worklist {
    struct declared **list;
    size_t count;
};

static size_t count_all(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->suite_count; i++)
        if (plan->suites[i].declared)
            count += plan->suites[i].declared->count;
    return count;
}

/* Those that tests use. */
static void begin(struct worklist *work, const struct plan *plan)
{
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct declared_list *list = plan->suites[i].declared;

        for (size_t j = 0; list && j < list->count; j++)
            if (list->list[j].is_used)
                work->list[work->count++] = &list->list[j];
    }
}

/* Each is entered once, when it becomes used. */
static void use_needed(struct worklist *work, const struct declared *user)
{
    for (size_t i = 0; i < user->needs.count; i++) {
        const char *name = user->needs.list[i].name;

        for (size_t j = 0; j < user->suite->reach_count; j++) {
            struct declared *found = find_in(user->suite->reach[j], name);

            if (!found || found->is_used)
                continue;
            found->is_used = true;
            work->list[work->count++] = found;
        }
    }
}

static void spread(struct plan *plan)
{
    struct worklist work = {
        .list = must_alloc(count_all(plan) * sizeof(struct declared *)),
    };

    begin(&work, plan);
    while (work.count)
        use_needed(&work, work.list[--work.count]);
    free(work.list);
}

/* What only those name that are of no use. */
static void note_user(const struct declared *user)
{
    for (size_t i = 0; !user->is_used && i < user->needs.count; i++) {
        struct declared *found =
            declared_find(user->suite, user->needs.list[i].name);

        if (found && found != user && !found->user)
            found->user = user;
    }
}

static void warn_of(struct plan *plan, const struct declared *declared)
{
    if (declared->is_used)
        return;
    if (declared->user) {
        plan_warn(plan, spot_place(declared->at),
                  "the variable \"%s\" is only used by \"%s\", which nobody "
                  "uses",
                  declared->name, declared->user->name);
    } else {
        plan_warn(plan, spot_place(declared->at),
                  "the variable \"%s\" is never used", declared->name);
    }
}

/* By suite->index. */
static bool *find_included(const struct plan *plan)
{
    bool *included = must_alloc(plan->suite_count * sizeof(*included));

    for (size_t i = 0; i < plan->suite_count; i++)
        for (size_t j = 0; j < plan->suites[i].include_count; j++)
            included[plan->suites[i].includes[j]->index] = true;
    return included;
}

void declared_warn_of_unused(struct plan *plan)
{
    bool *included = find_included(plan);

    spread(plan);
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct declared_list *list = plan->suites[i].declared;

        for (size_t j = 0; list && j < list->count; j++)
            note_user(&list->list[j]);
    }
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];
        const struct declared_list *list = suite->declared;

        for (size_t j = 0; list && j < list->count; j++)
            if (!suite->is_only_included && (suite->test_count || included[i]))
                warn_of(plan, &list->list[j]);
    }
    free(included);
}
