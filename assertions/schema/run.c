/* A check goes down the schema and the instance together. One function for each
 * keyword (build.h) answers yes or no; where somebody wants to know why not,
 * there is a report, and the same functions tell it what they found. The first
 * pass has none: most instances are valid, and then not a byte is made.
 *
 * What was looked at below an object or array is noted in marks, but only where
 * a schema around it has an unevaluatedProperties or unevaluatedItems: that one
 * brings the marks. A branch that fails must leave none, so whoever tries
 * branches gives each its own, and keeps those of the ones that hold. */
#include "assertions/schema/run.h"

#include <stdlib.h>

struct visit visit_member(const struct visit *outer, const char *key,
                          const json_t *value)
{
    return (struct visit){
        .outer = outer, .value = value, .kind = json_kind(value), .key = key};
}

struct visit visit_element(const struct visit *outer, size_t index)
{
    const json_t *value = json_array_get(outer->value, index);

    return (struct visit){.outer = outer,
                          .value = value,
                          .kind = json_kind(value),
                          .index = index};
}

bool run_step(struct run *run)
{
    if (++run->steps > LIMIT_SCHEMA_STEPS)
        fault_raise(run->fault, (struct place){0},
                    "the schema takes more than %d steps", LIMIT_SCHEMA_STEPS);
    return !run->fault->raised;
}

bool run_pattern(struct run *run, const struct pattern *pattern,
                 struct text text)
{
    enum pattern_outcome outcome =
        pattern_try(pattern, text, PATTERN_ANYWHERE, &run->room);

    if (outcome == PATTERN_GAVE_UP) {
        fault_raise(run->fault, (struct place){0},
                    "a pattern of the schema takes too long on \"%.*s\"",
                    (int)(text.length < 40 ? text.length : 40), text.bytes);
    }
    return outcome == PATTERN_FOUND;
}

static bool holds_all(struct run *run, const struct schema *schema,
                      struct visit *visit)
{
    unsigned kind = 1U << visit->kind;
    bool good = true;

    for (size_t i = 0; i < schema->check_count; i++) {
        const struct check *check = &schema->checks[i];

        if (!(check->kinds & kind) || check->holds(run, check, visit))
            continue;
        if (!run->report)
            return false;
        good = false;
    }
    return good;
}

/* Its unevaluated... sees what it and its branches have looked at, and nothing
 * of those beside it. */
static bool holds_collecting(struct run *run, const struct schema *schema,
                             const struct visit *visit)
{
    struct marks marks = {0};
    struct visit own = *visit;
    bool good;

    own.marks = &marks;
    good = holds_all(run, schema, &own);
    if (good && visit->marks)
        marks_merge(visit->marks, &marks);
    marks_finish(&marks);
    return good;
}

static bool holds(struct run *run, const struct schema *schema,
                  struct visit *visit)
{
    bool nests =
        visit->kind == JSON_KIND_OBJECT || visit->kind == JSON_KIND_ARRAY;

    return schema->collects && nests ? holds_collecting(run, schema, visit)
                                     : holds_all(run, schema, visit);
}

/* The same, coming from another resource. */
static bool holds_there(struct run *run, const struct schema *schema,
                        struct visit *visit)
{
    struct scope scope = {run->scope, schema->resource};
    bool good;

    run->scope = &scope;
    good = holds(run, schema, visit);
    run->scope = scope.outer;
    return good;
}

static bool enter(struct run *run, const struct schema *schema)
{
    if (run->depth == LIMIT_SCHEMA_DEPTH) {
        fault_raise(run->fault, spot_place(schema->written.at),
                    "the check nests deeper than %d schemas: is there a "
                    "circle?",
                    LIMIT_SCHEMA_DEPTH);
    }
    return run_step(run);
}

bool run_schema(struct run *run, const struct schema *schema,
                struct visit *visit)
{
    bool good;

    if (schema->kind == SCHEMA_ALWAYS)
        return true;
    if (schema->kind == SCHEMA_NEVER)
        return run_never(run, schema, visit);
    if (!enter(run, schema))
        return false;
    run->depth++;
    good = run->scope->resource == schema->resource
               ? holds(run, schema, visit)
               : holds_there(run, schema, visit);
    run->depth--;
    return good && !run->fault->raised;
}

bool run_quietly(struct run *run, const struct schema *schema,
                 struct visit *visit)
{
    struct report *report = run->report;
    bool good;

    run->report = NULL;
    good = run_schema(run, schema, visit);
    run->report = report;
    return good;
}

static bool start(struct run *run, const struct schema *schema,
                  const json_t *instance)
{
    struct scope scope = {NULL, schema->resource};
    struct visit visit = {.value = instance, .kind = json_kind(instance)};
    bool good;

    run->scope = &scope;
    good = run_schema(run, schema, &visit);
    run->scope = NULL;
    pattern_room_finish(&run->room);
    return good;
}

/* That it is wrong is known; should telling why take too long, what was found
 * until then is told. */
static bool explain(const struct schema *schema, const json_t *instance,
                    struct arena *arena, struct schema_errors *errors,
                    struct fault *fault)
{
    struct report report = {.most = errors->most};
    struct run run = {.arena = arena, .report = &report, .fault = fault};

    report.list = arena_take(arena, errors->most * sizeof(*report.list));
    (void)start(&run, schema, instance);
    errors->count = report.count;
    errors->total = report.total;
    errors->list = report.list;
    return report.total;
}

enum schema_outcome schema_check(const struct schema *schema,
                                 const json_t *instance, struct arena *arena,
                                 struct schema_errors *errors,
                                 struct fault *fault)
{
    struct run run = {.arena = arena, .fault = fault};
    struct fault untold = {0};
    bool good = start(&run, schema, instance);

    if (errors)
        *errors = (struct schema_errors){.most = errors->most};
    if (fault->raised)
        return SCHEMA_GAVE_UP;
    if (!good && errors && !explain(schema, instance, arena, errors, &untold)) {
        *fault = untold;
        return SCHEMA_GAVE_UP;
    }
    return good ? SCHEMA_HOLDS : SCHEMA_FAILS;
}
