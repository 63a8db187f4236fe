#include "tests/unit/assertions/schema_trial.h"

#include <check.h>
#include <string.h>

#include "specs/json.h"

enum { ERRORS = 10 };

#define HERE "schema.json"

static const char *add_line(struct arena *arena, const char *text,
                            const char *line)
{
    return *text ? arena_print(arena, "%s\n%s", text, line) : line;
}

static const char *tell_faults(struct arena *arena, const struct faults *faults)
{
    const char *text = "";

    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->faults[i];
        const char *path = fault->at.path ? fault->at.path : "nowhere";

        text = add_line(
            arena, text,
            arena_print(arena, "%s%s%u:%u: %s", strcmp(path, HERE) ? path : "",
                        strcmp(path, HERE) ? ":" : "", fault->at.line,
                        fault->at.column, fault->text));
    }
    return text;
}

static const char *tell_errors(struct arena *arena,
                               const struct schema_errors *errors)
{
    const char *text = "";

    for (size_t i = 0; i < errors->count; i++)
        text = add_line(arena, text,
                        arena_print(arena, "%s: %s", errors->list[i].path,
                                    errors->list[i].text));
    return text;
}

static const char *check(struct arena *arena, const struct schema *schema,
                         const char *instance)
{
    struct json_trouble trouble;
    json_t *value =
        json_read(instance, strlen(instance), LIMIT_BODY_BYTES, 0, &trouble);
    struct schema_errors errors = {.most = ERRORS};
    struct fault fault = {0};
    enum schema_outcome outcome;

    ck_assert_msg(value, "%s: %s", instance, trouble.text);
    json_hold(arena, value);
    json_decref(value);
    outcome = schema_check(schema, value, arena, &errors, &fault);
    ck_assert_int_eq(outcome == SCHEMA_GAVE_UP, fault.raised);
    if (outcome == SCHEMA_GAVE_UP)
        return arena_print(arena, "gave up: %s", fault.text);
    ck_assert_int_eq(outcome == SCHEMA_FAILS, errors.total > 0);
    return outcome == SCHEMA_HOLDS ? "holds" : tell_errors(arena, &errors);
}

static const char *say(struct arena *arena, const struct schema *schema,
                       struct faults *faults, const char *instance)
{
    const char *said = tell_faults(arena, faults);

    ck_assert_int_eq(!schema, faults->total > 0);
    faults_finish(faults);
    return schema ? check(arena, schema, instance) : said;
}

const char *schema_said(struct arena *arena,
                        const struct schema_options *options,
                        const char *schema, const char *instance)
{
    static const struct schema_options none = {0};
    struct faults faults = {0};
    const struct source *source =
        source_new(arena, HERE, schema, strlen(schema));
    struct node written = node_read_text(arena, source, &faults);
    const struct schema *compiled = NULL;

    if (written.json)
        compiled =
            schema_inline(schema_set_open(arena, options ? options : &none),
                          &written, &faults);
    return say(arena, compiled, &faults, instance);
}

const char *schema_file_said(struct arena *arena,
                             const struct schema_options *options,
                             const char *path, const char *instance)
{
    static const struct schema_options none = {0};
    struct faults faults = {0};
    struct schema_set *set = schema_set_open(arena, options ? options : &none);
    const struct schema *schema = schema_file(set, path, &faults);

    return say(arena, schema, &faults, instance);
}

static void check_instances(const struct schema_row *row,
                            const struct schema_options *options,
                            const char *list, bool valid)
{
    struct arena arena = {0};
    json_auto_t *instances = json_loads(list, 0, NULL);
    json_t *instance;
    size_t i;

    ck_assert_msg(instances, "%s", list);
    json_array_foreach (instances, i, instance) {
        CLEANUP(freep) char *text = json_dumps(instance, JSON_ENCODE_ANY);
        const char *said = schema_said(&arena, options, row->schema, text);

        ck_assert_msg(valid == !strcmp(said, "holds") &&
                          (valid || *said == '$'),
                      "%s with %s: %s", row->schema, text, said);
    }
    arena_finish(&arena);
}

void schema_check_rows(enum schema_draft draft, const struct schema_row *rows,
                       size_t count)
{
    struct schema_options options = {.draft = draft};

    for (size_t i = 0; i < count; i++) {
        check_instances(&rows[i], &options, rows[i].valid, true);
        check_instances(&rows[i], &options, rows[i].wrong, false);
    }
}
