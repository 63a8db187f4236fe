#include "specs/variables_secret.h"

#include <string.h>

#include "specs/variables_origin.h"
#include "specs/warnings.h"

enum { CHARACTERS_LEAST = 4 };

static const struct place nowhere;

static const char *find_in_environment(char **environment, const char *name)
{
    size_t length = strlen(name);

    for (; environment && *environment; environment++) {
        if (strncmp(*environment, name, length) == 0 &&
            (*environment)[length] == '=')
            return *environment + length + 1;
    }
    return NULL;
}

void variables_stand_in(json_t **stand_ins, const char *name)
{
    if (!*stand_ins)
        *stand_ins = json_object();
    json_object_set_new(*stand_ins, name, json_true());
}

bool suite_stands_in(const struct suite *suite, struct needs needs)
{
    for (size_t i = 0; suite->stand_ins && i < needs.count; i++)
        if (json_object_get(suite->stand_ins, needs.list[i].name))
            return true;
    return false;
}

bool suite_hides(const struct suite *suite, const char *text, size_t length)
{
    for (size_t i = 0; i < suite->secret_count; i++)
        if (memmem(text, length, suite->secrets[i], strlen(suite->secrets[i])))
            return true;
    return false;
}

/* What the last --secret of that name says, or else a file of secrets, or else
 * the environment; NULL when none knows it. Notes which it was; of files, that
 * is noted. */
static const char *find_value(const struct variables *variables,
                              const char *name, json_t *origins)
{
    const struct plan_options *options = variables->options;
    const char *text =
        json_string_value(json_object_get(variables->secret_texts, name));

    for (size_t i = options->secret_count; i-- > 0;) {
        if (strcmp(options->secrets[i].name, name) == 0 &&
            options->secrets[i].value) {
            origin_note(origins, name, "--secret");
            return options->secrets[i].value;
        }
    }
    if (text)
        return text;
    text = find_in_environment(options->environment, name);
    origin_note(origins, name,
                text ? "environment variable of that name" : "not set");
    return text;
}

static bool is_listed(const char *const *list, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], value) == 0)
            return true;
    return false;
}

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* Values that are told in many harmless places can only be hidden badly. */
static void warn_of_short(const struct variables *variables, struct place at,
                          const char *name, const char *value)
{
    if (count_characters(value) < CHARACTERS_LEAST) {
        plan_warn(variables->plan, at,
                  "the secret \"%s\" has fewer than %d characters: whatever "
                  "looks like it will be hidden too",
                  name, CHARACTERS_LEAST);
    }
}

/* What gives the name a value that secrets are not taken from; or NULL. */
static const char *given_by(const struct variables *variables, const char *name)
{
    return json_string_value(json_object_get(variables->given, name));
}

static const char *tell_missing(const struct variables *variables,
                                const char *name)
{
    const char *given = given_by(variables, name);

    return arena_print(&variables->plan->arena,
                       "it has no value: write --secret NAME=VALUE or "
                       "--secrets-file FILE, or set an environment variable of "
                       "that name%s%s%s",
                       given ? "; " : "", given ? given : "",
                       given ? " does not count" : "");
}

/* NULL where it can be used. */
static const char *trouble_with(const struct variables *variables,
                                const char *name, const char *value)
{
    if (variables_name_trouble(name))
        return variables_name_trouble(name);
    if (!value)
        return tell_missing(variables, name);
    if (!*value)
        return "its value is empty";
    return NULL;
}

/* Whether the name is given an empty text, with a warning, since the run is
 * none. */
static bool may_be_missing(const struct variables *variables, const char *name,
                           const char *value)
{
    return variables->options->secrets_may_be_missing &&
           !variables_name_trouble(name) && (!value || !*value);
}

static void note_name(const struct variables *variables, const char *name)
{
    json_object_set_new(variables->plan->secret_names, name, json_true());
    json_object_del(variables->plan->unused, name);
}

/* Once for each name. */
static void warn_of_given(const struct variables *variables, const char *name)
{
    const char *given = given_by(variables, name);

    if (!given)
        return;
    plan_warn(variables->plan, nowhere,
              "%s has no say in the secret \"%s\", which is taken from "
              "--secret, --secrets-file or the environment variable of that "
              "name alone",
              given, name);
    json_object_del(variables->given, name);
}

/* Takes those of files into `list`, which has room for them. */
static void take_texts(struct variables *variables, const char **list)
{
    const char *name;
    json_t *text;

    json_object_foreach (variables->secret_texts, name, text) {
        const char *value =
            find_value(variables, name, variables->plan->origins);

        json_object_set_new(variables->values, name, json_string(value));
        note_name(variables, name);
        if (is_listed(list, variables->secret_count, value))
            continue;
        list[variables->secret_count++] =
            arena_copy(&variables->plan->arena, value);
        warn_of_short(variables, nowhere, name, value);
    }
}

bool secrets_load(struct variables *variables, struct faults *faults)
{
    const struct plan_options *options = variables->options;
    struct arena *arena = &variables->plan->arena;
    bool good = secret_files_load(variables, faults);
    size_t most =
        options->secret_count + json_object_size(variables->secret_texts);
    const char **list = arena_take(arena, (most + 1) * sizeof(*list));

    take_texts(variables, list);
    for (size_t i = 0; i < options->secret_count; i++) {
        const char *name = options->secrets[i].name;
        const char *value =
            find_value(variables, name, variables->plan->origins);
        const char *trouble = trouble_with(variables, name, value);

        note_name(variables, name);
        if (may_be_missing(variables, name, value)) {
            json_object_set_new(variables->values, name, json_string(""));
            variables_stand_in(&variables->stand_ins, name);
            plan_warn(variables->plan, nowhere, "--secret %s: %s", name,
                      trouble);
            continue;
        }
        if (!trouble && json_object_set_new(variables->values, name,
                                            json_string(value)) != 0)
            trouble = "its value is not UTF-8";
        if (trouble) {
            good =
                faults_add(faults, nowhere, "--secret %s: %s", name, trouble);
        } else if (!is_listed(list, variables->secret_count, value)) {
            list[variables->secret_count++] = arena_copy(arena, value);
            warn_of_short(variables, nowhere, name, value);
        }
    }
    variables->secrets = list;
    return good;
}

/* False when there is nothing to hide. */
static bool take_secret(const struct variables *variables,
                        const struct node *node, struct suite *suite,
                        const char **value, struct faults *faults)
{
    json_t *constants = suite->constants;
    const char *name = json_string_value(node->json);
    const char *trouble;

    *value = find_value(variables, name, suite->origins);
    trouble = trouble_with(variables, name, *value);
    note_name(variables, name);
    if (may_be_missing(variables, name, *value)) {
        json_object_set_new(constants, name, json_string(""));
        variables_stand_in(&suite->stand_ins, name);
        plan_warn(variables->plan, spot_place(node->at), "secret \"%s\": %s",
                  name, trouble);
        return false;
    }
    if (!trouble &&
        json_object_set_new(constants, name, json_string(*value)) != 0)
        trouble = "its value is not UTF-8";
    if (!trouble) {
        warn_of_given(variables, name);
        return true;
    }
    /* Nobody who uses it shall be told that there is no such variable. */
    if (!variables_name_trouble(name)) {
        json_object_set_new(constants, name, json_string(""));
        variables_stand_in(&suite->stand_ins, name);
    }
    return node_fault(faults, node, "secret \"%s\": %s", name, trouble);
}

void secrets_for_suite(const struct variables *variables,
                       const struct node *written, struct suite *suite,
                       struct faults *faults)
{
    struct arena *arena = &variables->plan->arena;
    struct nodes nodes = node_elements(arena, written);
    size_t count = variables->secret_count;
    const char **list =
        arena_take(arena, (count + nodes.count) * sizeof(*list));

    if (count)
        memcpy(list, variables->secrets, count * sizeof(*list));
    for (size_t i = 0; i < nodes.count; i++) {
        const struct node *node = &nodes.list[i];
        const char *value;

        if (!json_is_string(node->json) ||
            !take_secret(variables, node, suite, &value, faults) ||
            is_listed(list, count, value))
            continue;
        list[count++] = arena_copy(arena, value);
        warn_of_short(variables, spot_place(node->at),
                      json_string_value(node->json), value);
    }
    suite->secrets = list;
    suite->secret_count = count;
}
