/* The sources of variables that are the same for every suite, from the lowest
 * rank to the highest: each one overwrites what is there. */
#include "specs/variables.h"

#include <string.h>

#include "specs/json.h"
#include "specs/template.h"
#include "specs/variables_file.h"
#include "specs/variables_origin.h"
#include "specs/variables_secret.h"
#include "specs/warnings.h"

static const struct place nowhere;

static const char ENVIRONMENT_PREFIX[] = "VOLLEY_VAR_";

/* Text that is not JSON of one word stays text: `1.10` and `007` are no
 * numbers in their shortest form. */
static json_t *read_word(const char *text)
{
    struct json_trouble trouble;
    struct buffer printed = buffer_with_ceiling(strlen(text) + 1);
    json_t *value = json_read(text, strlen(text), 1, 0, &trouble);
    const char *exact = value ? json_exact_number(value) : NULL;
    bool is_shortest;

    is_shortest = value && json_print(value, &printed) &&
                  strcmp(buffer_text(&printed), text) == 0;
    if (exact && strchr(exact, '.') && exact[strlen(exact) - 1] == '0')
        is_shortest = false;
    buffer_finish(&printed);
    if (is_shortest || (value && json_kind(value) == JSON_KIND_STRING))
        return value;
    json_decref(value);
    return NULL;
}

json_t *variables_read_text(const char *text)
{
    json_t *value = NULL;

    if (*text && strchr("-0123456789tfn\"", *text))
        value = read_word(text);
    return value ? value : json_string(text);
}

const char *variables_name_trouble(const char *name)
{
    size_t length = template_name_length(name);

    if (!length || name[length])
        return "a variable's name is made of letters, digits, \"_\" and \"-\" "
               "and does not begin with a digit or \"-\"";
    if (strcmp(name, "env") == 0)
        return "\"env\" is the environment, as in {{env.HOME}}; this variable "
               "needs another name";
    return NULL;
}

/* Values that are not UTF-8 cannot be told in JSON and are left out. */
static json_t *read_environment(char **environment, struct arena *arena)
{
    json_t *result = json_object();

    for (; environment && *environment; environment++) {
        const char *equals = strchr(*environment, '=');
        size_t length = equals ? (size_t)(equals - *environment) : 0;
        json_t *value = equals ? json_string(equals + 1) : NULL;

        if (value)
            json_object_set_new(
                result, arena_copy_bytes(arena, *environment, length), value);
    }
    return result;
}

static void take_environment(json_t *environment, struct variables *variables)
{
    size_t length = strlen(ENVIRONMENT_PREFIX);
    const char *name;
    json_t *value;

    json_object_foreach (environment, name, value) {
        if (strncmp(name, ENVIRONMENT_PREFIX, length) == 0 &&
            !variables_name_trouble(name + length)) {
            json_object_set_new(variables->values, name + length,
                                variables_read_text(json_string_value(value)));
            origin_note(variables->plan->origins, name + length, name);
            origin_note(variables->given, name + length, name);
        }
    }
}

static bool take_file(const char *path, struct variables *variables,
                      struct faults *faults)
{
    struct members members;

    if (!variables_read_file(path, &variables->plan->arena, &members, faults))
        return false;
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];

        json_object_set(variables->values, member->key, member->value.json);
        origin_note_spot(variables->plan->origins, member->key, "--vars",
                         member->key_at);
        origin_note(variables->given, member->key, "--vars");
    }
    return true;
}

static bool take_definitions(struct variables *variables, struct faults *faults)
{
    const struct plan_options *options = variables->options;
    bool good = true;

    for (size_t i = 0; i < options->variable_count; i++) {
        const struct definition *variable = &options->variables[i];
        const char *trouble = variables_name_trouble(variable->name);
        json_t *value = trouble ? NULL : variables_read_text(variable->value);

        if (trouble) {
            good = faults_add(faults, nowhere, "--var %s: %s", variable->name,
                              trouble);
        } else if (!value) {
            good =
                faults_add(faults, nowhere, "--var %s: its value is not UTF-8",
                           variable->name);
        } else {
            json_object_set_new(variables->values, variable->name, value);
            json_object_set_new(variables->plan->unused, variable->name,
                                json_null());
            origin_note(variables->plan->origins, variable->name, "--var");
            origin_note(variables->given, variable->name, "--var");
        }
    }
    return good;
}

bool variables_load(const struct plan_options *options, struct plan *plan,
                    struct variables *result, struct faults *faults)
{
    json_t *environment = read_environment(options->environment, &plan->arena);
    json_auto_t *unused = json_object();
    json_auto_t *origins = options->wants_origins ? json_object() : NULL;
    json_auto_t *secret_names = json_object();
    bool good = true;

    *result = (struct variables){
        .plan = plan,
        .options = options,
        .values = json_object(),
        .given = json_object(),
        .wall_ns = clock_wall_ns(),
    };
    plan->unused = json_hold(&plan->arena, unused);
    plan->origins = json_hold(&plan->arena, origins);
    for (size_t i = 0; options->doubts && i < options->doubts->count; i++)
        plan_warn(plan, nowhere, "%s", options->doubts->faults[i].text);
    plan->secret_names = json_hold(&plan->arena, secret_names);
    take_environment(environment, result);
    for (size_t i = 0; i < options->file_count; i++)
        good &= take_file(options->files[i], result, faults);
    good &= take_definitions(result, faults);
    good &= secrets_load(result, faults);
    json_object_set_new(result->values, "env", environment);
    if (options->project)
        variables_for_project(result, faults);
    return good;
}

void variables_finish(struct variables *variables)
{
    json_decref(variables->values);
    json_decref(variables->given);
    json_decref(variables->secret_texts);
    json_decref(variables->stand_ins);
    *variables = (struct variables){0};
}
