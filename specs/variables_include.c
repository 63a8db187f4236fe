#include "specs/variables_include.h"

#include <string.h>

#include "specs/json.h"
#include "specs/variables_origin.h"

static bool hides(const struct suite *suite, const char *secret)
{
    for (size_t i = 0; i < suite->secret_count; i++)
        if (strcmp(suite->secrets[i], secret) == 0)
            return true;
    return false;
}

/* What is secret there has its value from nowhere else here. */
static bool is_secret_of(const struct plan *plan, const struct suite *suite,
                         const char *name, const json_t *value)
{
    const char *text = json_string_value(value);

    return text && json_object_get(plan->secret_names, name) &&
           hides(suite, text);
}

static void take_values(const struct plan *plan, const struct suite *included,
                        const struct node *written, struct suite *suite)
{
    const char *name;
    json_t *value;

    json_object_foreach (included->constants, name, value) {
        const json_t *origin = json_object_get(included->origins, name);

        if (written && json_object_get(written->json, name))
            continue;
        if (json_object_get(suite->constants, name) &&
            !is_secret_of(plan, included, name, value))
            continue;
        json_object_set(suite->constants, name, value);
        if (json_object_get(included->stand_ins, name))
            variables_stand_in(&suite->stand_ins, name);
        if (origin)
            origin_note(suite->origins, name, json_string_value(origin));
    }
}

static void take_secrets(struct arena *arena, const struct suite *included,
                         struct suite *suite)
{
    size_t count = suite->secret_count;
    const char **list =
        arena_take(arena, (count + included->secret_count) * sizeof(*list));

    if (count)
        memcpy(list, suite->secrets, count * sizeof(*list));
    for (size_t i = 0; i < included->secret_count; i++)
        if (!hides(suite, included->secrets[i]))
            list[count++] = included->secrets[i];
    suite->secrets = list;
    suite->secret_count = count;
}

void variables_include(const struct variables *variables,
                       const struct node *written, struct suite *suite)
{
    for (size_t i = 0; i < suite->include_count; i++) {
        const struct suite *included = suite->includes[i];

        take_values(variables->plan, included, written, suite);
        if (included->secret_count > variables->secret_count)
            take_secrets(&variables->plan->arena, included, suite);
    }
}
