#include "specs/use.h"

#include <string.h>

#include "specs/specs.h"
#include "specs/suggest.h"
#include "specs/type.h"
#include "specs/warnings.h"

static const struct {
    const char *one, *many;
} words[] = {
    [NAMED_REQUEST] = {"request", "requests"},
    [NAMED_MATCHER] = {"matcher", "matchers"},
};

static const struct named_list *list_of(enum named_kind kind,
                                        const struct suite *suite)
{
    return kind == NAMED_REQUEST ? suite->requests : suite->matchers;
}

static struct named *look_up(enum named_kind kind, const struct suite *suite,
                             const char *name)
{
    for (size_t i = 0; i < suite->reach_count; i++) {
        const struct named_list *list = list_of(kind, suite->reach[i]);
        struct named *named = list ? map_find(&list->names, name) : NULL;

        if (named)
            return named;
    }
    return NULL;
}

/* A file that is missing may have had the name. */
static void tell_unknown(enum named_kind kind, const struct suite *suite,
                         const struct node *node, struct faults *faults)
{
    const char *name = json_string_value(node->json);
    struct map names = {0};
    const char *near;

    if (suite && suite->lacks_includes)
        return;
    for (size_t i = 0;
         suite && i < suite->reach_count && !faults_are_full(faults); i++) {
        const struct named_list *list = list_of(kind, suite->reach[i]);

        for (size_t j = 0; list && j < list->count; j++)
            map_set(&names, list->list[j].name, &list->list[j]);
    }
    near = suggest_name(name, NULL, &names);
    node_fault(faults, node, "no %s is named \"%s\"%s%s%s", words[kind].one,
               name, near ? "; did you mean \"" : "", near ? near : "",
               near ? "\"?" : "");
    map_finish(&names);
}

static bool is_before(const struct named *one, const struct named *other)
{
    if (one->suite != other->suite)
        return one->suite->index < other->suite->index;
    return one->at.offset < other->at.offset;
}

static bool is_open(const struct use *use, const struct named *named)
{
    while (use && use->named != named)
        use = use->outer;
    return use;
}

/* The one that is used by it: of the innermost, the outermost. */
static struct named *used_by(const struct use *innermost,
                             const struct named *again,
                             const struct named *named)
{
    struct named *used = innermost->named;

    if (innermost->named == named)
        return (struct named *)(uintptr_t)again;
    for (const struct use *use = innermost; use->named != named;
         use = use->outer)
        used = use->named;
    return used;
}

/* Whoever comes upon the circle tells it from the same name on. */
static void tell_circle(enum named_kind kind, const struct use *innermost,
                        const struct named *again, struct faults *faults)
{
    CLEANUP(buffer_finish)
    struct buffer names =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));
    const struct named *first = again;
    const struct named *named;

    for (const struct use *use = innermost; use->named != again;
         use = use->outer)
        if (is_before(use->named, first))
            first = use->named;
    named = first;
    do {
        (void)!buffer_print(&names, "%s → ", named->name);
        named = used_by(innermost, again, named);
    } while (named != first);
    spot_fault(faults, first->at, "these %s use each other: %s%s",
               words[kind].many, buffer_text(&names), first->name);
}

struct named *named_find(enum named_kind kind, const struct suite *suite,
                         const struct node *node, const struct use *outer,
                         struct faults *faults)
{
    const char *name = text_read(node, "\"use\"", faults);
    struct named *named = name && suite ? look_up(kind, suite, name) : NULL;

    if (!name)
        return NULL;
    if (!named) {
        tell_unknown(kind, suite, node, faults);
        return NULL;
    }
    named->is_used = true;
    if (!is_open(outer, named))
        return named;
    tell_circle(kind, outer, named, faults);
    return NULL;
}

static void release_names(void *map)
{
    map_finish(map);
}

struct named_list *named_read(enum named_kind kind, struct plan *plan,
                              const struct suite *suite,
                              const struct node *written, struct faults *faults)
{
    struct arena *arena = &plan->arena;
    struct members members =
        node_members(arena, written, MEMBERS_SKIP_COMMENTS);
    struct named_list *list;
    char subject[128];

    if (!members.count)
        return NULL;
    list = arena_take(arena, sizeof(*list));
    list->list = arena_take(arena, members.count * sizeof(*list->list));
    arena_own(arena, &list->names, release_names);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        struct named *named = &list->list[list->count];

        snprintf(subject, sizeof(subject), "the %s \"%.60s\"", words[kind].one,
                 member->key);
        if (!*member->key) {
            spot_fault(faults, member->key_at, "a name in \"%s\" is empty",
                       words[kind].many);
            continue;
        }
        *named = (struct named){.name = member->key,
                                .at = member->key_at,
                                .value = member->value,
                                .suite = suite};
        if (kind == NAMED_REQUEST &&
            !type_check(&member->value, subject, TYPE_OBJECT, faults))
            named->value.json = NULL;
        map_set(&list->names, named->name, named);
        list->count++;
    }
    return list;
}

static void warn_of(struct plan *plan, enum named_kind kind,
                    const struct named_list *list)
{
    for (size_t i = 0; list && i < list->count; i++) {
        if (!list->list[i].is_used) {
            plan_warn(plan, spot_place(list->list[i].at),
                      "the %s \"%s\" is never used", words[kind].one,
                      list->list[i].name);
        }
    }
}

void named_warn_of_unused(struct plan *plan)
{
    for (size_t i = 0; i < plan->suite_count; i++)
        if (plan->suites[i].is_broken)
            return;
    for (size_t i = 0; i < plan->suite_count; i++) {
        if (plan->suites[i].is_only_included)
            continue;
        warn_of(plan, NAMED_REQUEST, plan->suites[i].requests);
        warn_of(plan, NAMED_MATCHER, plan->suites[i].matchers);
    }
}
