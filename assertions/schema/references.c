/* Core, section 8.2.3; for 2019-09 its section 8.2.4.2. */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/run.h"

static bool holds_ref(struct run *run, const struct check *check,
                      struct visit *visit)
{
    return run_schema(run, check->schema, visit);
}

/* The outermost resource that the check came through and that names such a
 * place has the say. */
static const struct schema *outermost(const struct run *run,
                                      const struct dynamic_rule *rule)
{
    const struct schema *found = rule->schema;

    for (const struct scope *scope = run->scope; scope; scope = scope->outer) {
        const struct resource *resource = scope->resource;
        const struct schema *here;

        if (rule->anchor)
            here = map_find(resource->dynamic_anchors, rule->anchor);
        else
            here = resource->is_recursive ? resource->root : NULL;
        if (here)
            found = here;
    }
    return found;
}

static bool holds_dynamic_ref(struct run *run, const struct check *check,
                              struct visit *visit)
{
    return run_schema(run, outermost(run, check->dynamic), visit);
}

static const struct schema *find(struct build *build,
                                 const struct member *member)
{
    return resolve(build->set, build->schema, &member->value);
}

static void add_ref(struct build *build, const struct member *member,
                    const struct schema *schema)
{
    struct check *check = build_check(build, member, holds_ref, KINDS_ALL);

    check->schema = schema;
    check->order = ORDER_GROUPS;
    build_beside(build, schema, member->value.at);
}

static void add_dynamic_ref(struct build *build, const struct member *member,
                            const struct schema *schema, const char *anchor)
{
    struct check *check =
        build_check(build, member, holds_dynamic_ref, KINDS_ALL);
    struct dynamic_rule *rule = arena_take(build->set->arena, sizeof(*rule));

    rule->schema = schema;
    rule->anchor = anchor;
    check->dynamic = rule;
    check->order = ORDER_GROUPS;
}

void compile_ref(struct build *build, const struct member *member)
{
    const struct schema *schema = find(build, member);

    if (schema)
        add_ref(build, member, schema);
}

/* Without such a dynamic anchor where it leads to, it is a $ref. */
void compile_dynamic_ref(struct build *build, const struct member *member)
{
    const char *fragment = strchr(json_string_value(member->value.json), '#');
    const struct schema *schema = find(build, member);

    if (!schema)
        return;
    if (fragment &&
        map_find(schema->resource->dynamic_anchors, fragment + 1) == schema)
        add_dynamic_ref(build, member, schema, fragment + 1);
    else
        add_ref(build, member, schema);
}

void compile_recursive_ref(struct build *build, const struct member *member)
{
    const struct schema *root = build->schema->resource->root;

    if (strcmp(json_string_value(member->value.json), "#") != 0) {
        node_fault(build->set->faults, &member->value,
                   "\"$recursiveRef\" is always \"#\"");
    } else if (build->schema->resource->is_recursive) {
        add_dynamic_ref(build, member, root, NULL);
    } else {
        add_ref(build, member, root);
    }
}
