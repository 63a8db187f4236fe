#include <jansson.h>
#include <stdlib.h>

#include "runner/cli/load.h"
#include "runner/cli/origin.h"

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

void check_print_json(const struct settings *settings, const struct plan *plan,
                      FILE *out)
{
    json_t *document = json_object();

    json_object_set_new(document, "tests",
                        json_integer((json_int_t)suites_test_count(plan)));
    json_object_set_new(document, "warnings",
                        json_integer((json_int_t)plan->warning_count));
    if (settings->wants_origins) {
        json_object_set_new(document, "options",
                            describe_options(settings, plan));
        json_object_set_new(document, "suites", describe_suites(plan));
    }
    json_dumpf(document, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(document);
}
