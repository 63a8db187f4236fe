#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cli/load.h"
#include "runner/cli/origin.h"
#include "specs/json.h"

/* Text of the command line need not be UTF-8. */
static json_t *text_or_null(const char *text)
{
    json_t *value = text ? json_string(text) : NULL;

    return value ? value : json_null();
}

static json_t *describe_options(const struct settings *settings,
                                const struct plan *plan)
{
    struct arena arena = {0};
    size_t count;
    const struct option_story *list =
        origin_options(settings, plan, &arena, &count);
    json_t *result = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *option = json_object();

        json_object_set_new(option, "name", json_string(list[i].name));
        json_object_set_new(option, "value", text_or_null(list[i].value));
        json_object_set_new(option, "origin", text_or_null(list[i].from));
        json_array_append_new(result, option);
    }
    arena_finish(&arena);
    return result;
}

/* What is no text and hides something is told as the text of its JSON, and so
 * is a number that jansson cannot hold. */
static json_t *value_of(const struct variable_story *story)
{
    char *text = story->json ? json_dumps(story->json, JSON_ENCODE_ANY) : NULL;
    bool is_plain = text;

    free(text);
    if (is_plain)
        return json_deep_copy(story->json);
    return text_or_null(story->json || !story->bare ? story->value
                                                    : story->bare);
}

static json_t *describe_variables(const struct plan *plan,
                                  const struct suite *suite)
{
    struct arena arena = {0};
    size_t count;
    const struct variable_story *list =
        origin_variables(plan, suite, &arena, &count);
    json_t *result = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *variable = json_object();

        json_object_set_new(variable, "name", json_string(list[i].name));
        json_object_set_new(variable, "value", value_of(&list[i]));
        json_object_set_new(variable, "origin", text_or_null(list[i].from));
        json_array_append_new(result, variable);
    }
    arena_finish(&arena);
    return result;
}

static json_t *describe_suites(const struct plan *plan)
{
    json_t *suites = json_array();

    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];
        json_t *entry = json_object();

        json_object_set_new(entry, "path", text_or_null(suite->path));
        json_object_set_new(entry, "variables",
                            describe_variables(plan, suite));
        json_array_append_new(suites, entry);
    }
    return suites;
}

/* What shows a suite's text may end in the middle of a character. */
static json_t *message_of(const struct fault *fault)
{
    CLEANUP(buffer_finish)
    struct buffer literal = buffer_with_ceiling(8 * sizeof(fault->text));

    (void)!json_print_string(fault->text, strlen(fault->text), &literal);
    return json_loads(buffer_text(&literal), JSON_DECODE_ANY, NULL);
}

static json_t *number_or_null(unsigned number)
{
    return number ? json_integer(number) : json_null();
}

static json_t *describe_faults(const struct fault *faults, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *entry = json_object();

        json_object_set_new(entry, "path", text_or_null(faults[i].at.path));
        json_object_set_new(entry, "line", number_or_null(faults[i].at.line));
        json_object_set_new(entry, "column",
                            number_or_null(faults[i].at.column));
        json_object_set_new(entry, "message", message_of(&faults[i]));
        json_array_append_new(list, entry);
    }
    return list;
}

static void put_findings(json_t *document, const struct faults *mistakes,
                         const struct faults *warnings)
{
    json_object_set_new(document, "mistake_count",
                        json_integer((json_int_t)mistakes->total));
    json_object_set_new(document, "warning_count",
                        json_integer((json_int_t)warnings->total));
    json_object_set_new(document, "mistakes",
                        describe_faults(mistakes->faults, mistakes->count));
    json_object_set_new(document, "warnings",
                        describe_faults(warnings->faults, warnings->count));
}

static void print(json_t *document, FILE *out)
{
    json_dumpf(document, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(document);
}

void check_print_mistakes(struct faults *faults, FILE *out)
{
    const struct faults none = {0};
    json_t *document = json_object();

    faults_sort(faults);
    put_findings(document, faults, &none);
    print(document, out);
}

void check_print_json(const struct settings *settings, const struct plan *plan,
                      FILE *out)
{
    const struct faults none = {0};
    const struct faults warnings = {
        .faults = (struct fault *)(uintptr_t)plan->warnings,
        .count = plan->warning_count,
        .total = plan->warning_count,
    };
    json_t *document = json_object();

    json_object_set_new(document, "tests",
                        json_integer((json_int_t)suites_test_count(plan)));
    put_findings(document, &none, &warnings);
    if (settings->wants_origins) {
        json_object_set_new(document, "options",
                            describe_options(settings, plan));
        json_object_set_new(document, "suites", describe_suites(plan));
    }
    print(document, out);
}
