#include "tests/unit/specs/supply.h"

#include "tests/unit/values.h"
#include <check.h>
#include <stdlib.h>

static void tell(struct buffer *told, const struct fault *fault)
{
    if (fault->at.path)
        ck_assert(buffer_print(told, "%s:", fault->at.path));
    if (fault->at.line)
        ck_assert(
            buffer_print(told, "%u:%u:", fault->at.line, fault->at.column));
    ck_assert(buffer_print(told, " %s\n", fault->text));
}

void supply_tell(struct supply *supply)
{
    struct buffer told = buffer_with_ceiling(1 << 20);

    for (size_t i = 0; i < supply->faults.count; i++)
        tell(&told, &supply->faults.faults[i]);
    for (size_t i = 0; i < supply->plan.warning_count; i++)
        tell(&told, &supply->plan.warnings[i]);
    supply->told = buffer_take(&told);
}

void supply_load(struct supply *supply, const char *written,
                 const char *secrets)
{
    struct node of_written = value_node(&supply->plan.arena, "s.json", written);
    struct node of_secrets = value_node(&supply->plan.arena, "s.json", secrets);

    supply->written = of_written.json;
    supply->secrets = of_secrets.json;
    supply->good = variables_load(&supply->options, &supply->plan,
                                  &supply->variables, &supply->faults);
    supply->constants =
        variables_for_suite(&supply->variables, &of_written, &of_secrets,
                            &supply->suite, &supply->faults);
    ck_assert_ptr_eq(supply->constants, supply->suite.constants);
    variables_finish(&supply->variables);
    supply_tell(supply);
}

void supply_finish(struct supply *supply)
{
    json_decref(supply->written);
    json_decref(supply->secrets);
    json_decref(supply->constants);
    faults_finish(&supply->faults);
    arena_finish(&supply->plan.arena);
    free(supply->told);
    *supply = (struct supply){0};
}

void supply_expect(const struct supply *supply, const char *name,
                   const char *wanted)
{
    value_expect(json_object_get(supply->constants, name), wanted);
}
