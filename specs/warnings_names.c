/* Names that mean something else than they seem to. */
#include <stdlib.h>
#include <string.h>

#include "specs/declared.h"
#include "specs/rows.h"
#include "specs/warnings.h"

enum { WHERE_ROOM = 160, NAME_MOST = 80 };

/* "line 3", of another suite "common.json:3". */
static const char *tell_where(const struct suite *suite,
                              const struct suite *other, struct spot at,
                              char room[WHERE_ROOM])
{
    unsigned line = spot_line(at);

    if (suite == other)
        snprintf(room, WHERE_ROOM, "line %u", line);
    else
        snprintf(room, WHERE_ROOM, "%.120s:%u", other->path, line);
    return room;
}

static struct spot name_of(const struct test *test)
{
    return test->name_at.source ? test->name_at : test->at;
}

/* An id is the test's name unless it has another one. */
static bool has_own_id(const struct test *test)
{
    return strcmp(test->id, test->name) != 0;
}

/* Of one suite, whose names are each taken once. */
static void warn_of_names(struct plan *plan, const struct suite *suite)
{
    struct map names = {0};
    char room[WHERE_ROOM];

    for (size_t i = 0; i < suite->test_count; i++) {
        if (has_own_id(&suite->tests[i]))
            map_set(&names, suite->tests[i].name,
                    (void *)(uintptr_t)&suite->tests[i]);
    }
    for (size_t i = 0; names.count && i < suite->test_count; i++) {
        const struct test *test = &suite->tests[i];
        const struct test *other = map_find(&names, test->id);

        if (!other || other == test)
            continue;
        plan_warn(plan, spot_place(name_of(test)),
                  "the id \"%.*s\" means this test, not the one of that name "
                  "(%s), whose id is \"%.*s\"",
                  NAME_MOST, test->id,
                  tell_where(suite, suite, name_of(other), room), NAME_MOST,
                  other->id);
    }
    map_finish(&names);
}

/* Tests by id, of the suites that others include; by suite->index. */
static struct map *find_ids(const struct plan *plan)
{
    struct map *ids = must_alloc(plan->suite_count * sizeof(*ids));

    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];

        for (size_t j = 1; j < suite->reach_count; j++) {
            const struct suite *reached = suite->reach[j];

            if (ids[reached->index].count)
                continue;
            for (size_t k = 0; k < reached->test_count; k++)
                map_set(&ids[reached->index], reached->tests[k].id,
                        (void *)(uintptr_t)&reached->tests[k]);
        }
    }
    return ids;
}

static void warn_of_hidden(struct plan *plan, const struct map *ids,
                           const struct test *test)
{
    const struct suite *suite = test->suite;
    char room[WHERE_ROOM];

    for (size_t i = 1; i < suite->reach_count; i++) {
        const struct suite *reached = suite->reach[i];
        const struct test *other = map_find(&ids[reached->index], test->id);

        if (!other)
            continue;
        plan_warn(plan, spot_place(name_of(test)),
                  "the id \"%.*s\" hides a test of an included suite (%s) from "
                  "\"after\"",
                  NAME_MOST, test->id,
                  tell_where(suite, reached, name_of(other), room));
        return;
    }
}

static void warn_of_fields(struct plan *plan, const struct test *test)
{
    const struct rows *rows = test->rows;
    struct spot at = rows->at.source ? rows->at : name_of(test);
    char room[WHERE_ROOM];

    for (size_t i = 0; i < rows->field_count; i++) {
        const struct row_field *field = rows->fields[i];
        const struct declared *declared =
            declared_find(test->suite, field->name);

        /* For rows that lack the field the variable is the standard. */
        if (!declared || field->row_count < rows->count)
            continue;
        plan_warn(plan, spot_place(at),
                  "the rows' \"%.*s\" hides the variable of that name (%s)",
                  NAME_MOST, field->name,
                  tell_where(test->suite, declared->suite, declared->at, room));
    }
}

void warn_of_capture(struct plan *plan, const struct suite *suite,
                     const char *name, struct spot at)
{
    const struct declared *declared = declared_find(suite, name);
    char room[WHERE_ROOM];

    if (declared) {
        plan_warn(plan, spot_place(at),
                  "this capture hides the variable \"%.*s\" (%s)", NAME_MOST,
                  name, tell_where(suite, declared->suite, declared->at, room));
    }
}

void warn_of_hiding(struct plan *plan)
{
    struct map *ids = find_ids(plan);

    for (size_t i = 0; i < plan->suite_count; i++)
        warn_of_names(plan, &plan->suites[i]);
    for (size_t i = 0; i < plan->test_count; i++) {
        warn_of_hidden(plan, ids, &plan->tests[i]);
        if (plan->tests[i].rows)
            warn_of_fields(plan, &plan->tests[i]);
    }
    for (size_t i = 0; i < plan->suite_count; i++)
        map_finish(&ids[i]);
    free(ids);
}
