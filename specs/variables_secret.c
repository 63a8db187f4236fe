#include "specs/variables_secret.h"

#include <string.h>

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

/* What the last --secret of that name says, or else the environment; NULL when
 * neither knows it. */
static const char *find_value(const struct plan_options *options,
                              const char *name)
{
    for (size_t i = options->secret_count; i-- > 0;) {
        if (strcmp(options->secrets[i].name, name) == 0 &&
            options->secrets[i].value)
            return options->secrets[i].value;
    }
    return find_in_environment(options->environment, name);
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

/* NULL where it can be used. */
static const char *trouble_with(const char *name, const char *value)
{
    if (variables_name_trouble(name))
        return variables_name_trouble(name);
    if (!value)
        return "it has no value: write --secret NAME=VALUE, or set an "
               "environment variable of that name";
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

bool secrets_load(struct variables *variables, struct faults *faults)
{
    const struct plan_options *options = variables->options;
    struct arena *arena = &variables->plan->arena;
    const char **list =
        arena_take(arena, (options->secret_count + 1) * sizeof(*list));
    bool good = true;

    for (size_t i = 0; i < options->secret_count; i++) {
        const char *name = options->secrets[i].name;
        const char *value = find_value(options, name);
        const char *trouble = trouble_with(name, value);

        if (may_be_missing(variables, name, value)) {
            json_object_set_new(variables->values, name, json_string(""));
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
                        const struct node *node, json_t *constants,
                        const char **value, struct faults *faults)
{
    const char *name = json_string_value(node->json);
    const char *trouble;

    *value = find_value(variables->options, name);
    trouble = trouble_with(name, *value);
    if (may_be_missing(variables, name, *value)) {
        json_object_set_new(constants, name, json_string(""));
        plan_warn(variables->plan, spot_place(node->at), "secret \"%s\": %s",
                  name, trouble);
        return false;
    }
    if (!trouble &&
        json_object_set_new(constants, name, json_string(*value)) != 0)
        trouble = "its value is not UTF-8";
    if (!trouble)
        return true;
    /* Nobody who uses it shall be told that there is no such variable. */
    if (!variables_name_trouble(name))
        json_object_set_new(constants, name, json_string(""));
    return node_fault(faults, node, "secret \"%s\": %s", name, trouble);
}

void secrets_for_suite(const struct variables *variables,
                       const struct node *written, json_t *constants,
                       struct suite *suite, struct faults *faults)
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
            !take_secret(variables, node, constants, &value, faults) ||
            is_listed(list, count, value))
            continue;
        list[count++] = arena_copy(arena, value);
        warn_of_short(variables, spot_place(node->at),
                      json_string_value(node->json), value);
    }
    suite->secrets = list;
    suite->secret_count = count;
}
