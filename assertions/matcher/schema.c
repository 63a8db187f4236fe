/* What a JSON Schema says: of a file, or written here. */
#include "assertions/schema/schema.h"

#include <string.h>

#include "assertions/matcher/kind.h"
#include "assertions/sharing.h"
#include "specs/json.h"

enum { ERRORS_TOLD = 5, PATH_MOST = 400 };

/* As people find it: beside the suite as they named that. */
static const char *path_beside(const struct suite *suite, struct arena *arena,
                               const char *name, const char *real)
{
    const char *slash = strrchr(suite->path, '/');

    if (*name == '/' || strcmp(suite->path, "-") == 0)
        return real;
    return arena_print(arena, "%.*s%s",
                       slash ? (int)(slash + 1 - suite->path) : 0, suite->path,
                       name);
}

static const struct schema *read_file(struct compiling *compiling,
                                      const struct node *argument,
                                      const char *name)
{
    const struct suite *suite = compiling->suite;
    struct fault fault = {0};
    const char *path = name;

    if (suite)
        path = suite_file(suite, compiling->arena, name, &fault);
    if (!path) {
        node_fault(compiling->faults, argument, "%s", fault.text);
        return NULL;
    }
    if (suite)
        path = path_beside(suite, compiling->arena, name, path);
    return schema_file(sharing_schemas(compiling), path, compiling->faults);
}

/* What a path means depends on the suite that it stands in, so the text of a
 * check does not say all of it. */
static void compile_schema(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    const char *name = json_string_value(argument->json);

    compiling->schema_count++;
    if (name && strstr(name, "{{")) {
        node_fault(compiling->faults, argument,
                   "a schema is compiled before the run: its file cannot be "
                   "the value of a template");
    } else if (name) {
        matcher->schema = read_file(compiling, argument, name);
    } else if (json_is_object(argument->json) ||
               json_is_boolean(argument->json)) {
        json_hold(compiling->arena, argument->json);
        matcher->schema = schema_inline(sharing_schemas(compiling), argument,
                                        compiling->faults);
    } else {
        node_fault(compiling->faults, argument,
                   "\"schema\" takes a JSON Schema, or the path of a file that "
                   "holds one");
    }
}

/* A new reference: schemas are about JSON, so a text from outside of it is a
 * string, and what a path selected is an array. */
static json_t *instance_of(const struct value *value)
{
    struct text text;

    if (value->kind != VALUE_JSON && value_text(value, &text))
        return json_stringn(text.bytes, text.length);
    switch (value->kind) {
    case VALUE_JSON: return json_incref(value->json);
    case VALUE_LIST: return value_list_json(value);
    case VALUE_NUMBER: return json_integer(value->number);
    default: return NULL;
    }
}

static enum schema_outcome check(struct matching *matching,
                                 const struct matcher *matcher,
                                 const struct value *value,
                                 struct schema_errors *errors)
{
    json_auto_t *instance = instance_of(value);
    enum schema_outcome outcome;

    if (!instance)
        return SCHEMA_FAILS;
    outcome = schema_check(matcher->schema, instance, matching->arena, errors,
                           &matching->fault);
    if (outcome == SCHEMA_GAVE_UP)
        matching->wrong = matcher->at;
    return outcome;
}

static bool schema_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    return check(matching, matcher, value, NULL) == SCHEMA_HOLDS;
}

static void describe_schema(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    (void)matching;
    (void)matcher;
    tell(teller, "what the schema says");
}

/* `at most 10 (maximum, at todo.json#/properties/count)` */
static const char *tell_expected(struct matching *matching,
                                 const struct schema_error *error)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    tell(&teller, error->expected);
    tell(&teller, " (");
    tell_visibly(&teller, text_of(error->schema));
    tell(&teller, ")");
    return teller_finish(&teller);
}

/* "$.items" and "$[3].id" are "$.items[3].id". */
static const char *tell_path(struct matching *matching,
                             const struct value *value,
                             const struct schema_error *error)
{
    struct teller teller = teller_open(matching->arena, PATH_MOST);

    if (!value->path && value->kind != VALUE_JSON)
        return NULL;
    tell(&teller, value->path ? value->path : "$");
    tell_visibly(&teller, text_of(error->path + (*error->path == '$')));
    return teller_finish(&teller);
}

static void explain_schema(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct schema_errors errors = {.most = ERRORS_TOLD};

    if (check(matching, matcher, value, &errors) != SCHEMA_FAILS ||
        !errors.count) {
        explain_plainly(matching, matcher, value, finding);
        return;
    }
    finding->path = tell_path(matching, value, &errors.list[0]);
    finding->expected = tell_expected(matching, &errors.list[0]);
    finding->actual = errors.list[0].found;
    finding->more = errors.total - 1;
    finding->noun = "mistake";
}

const struct matcher_kind schema_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_SHAPE,
    .compile = compile_schema,
    .holds = schema_holds,
    .describe = describe_schema,
    .explain = explain_schema,
};
