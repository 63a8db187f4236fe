/* Reading what stands behind a word. */
#include <string.h>

#include "assertions/matcher/kind.h"

/* Most values cannot hold a template, and most strings hold none. */
static bool may_hold_template(const json_t *json)
{
    if (json_is_string(json))
        return strstr(json_string_value(json), "{{");
    return json_is_array(json) || json_is_object(json);
}

static void keep_needs(struct compiling *compiling,
                       const struct template *template)
{
    struct needs needs = template_needs(template);

    for (size_t i = 0; i < needs.count; i++) {
        struct need *need = arena_take(compiling->arena, sizeof(*need));

        *need = needs.list[i];
        list_add(&compiling->needs, compiling->arena, need);
    }
}

/* The value of a template without holes, where "{{{{" has become "{{". */
static json_t *constant_value(struct compiling *compiling,
                              const struct template *template)
{
    struct fault fault = {0};
    json_t *value = template_fill(template, NULL, &fault);

    if (value)
        list_add(&compiling->values, compiling->arena, value);
    else
        faults_add(compiling->faults, fault.at, "%s", fault.text);
    return value;
}

void compile_literal(struct compiling *compiling, const struct node *node,
                     enum domain domain, struct literal *literal)
{
    char trouble[LITERAL_TROUBLE];

    *literal = (struct literal){.domain = domain, .at = node->at};
    literal->json = node->json;
    if (may_hold_template(node->json)) {
        const struct template *template =
            template_compile(compiling->arena, node, compiling->faults);

        if (!template_is_constant(template)) {
            keep_needs(compiling, template);
            literal->json = NULL;
            literal->template = template;
            return;
        }
        literal->json = constant_value(compiling, template);
    } else {
        list_add(&compiling->values, compiling->arena, json_incref(node->json));
    }
    if (literal->json && !literal_read(domain, literal->json, literal, trouble))
        node_fault(compiling->faults, node, "%s", trouble);
}

void compile_wanted(struct compiling *compiling, const struct node *argument,
                    struct matcher *matcher)
{
    if (!json_is_boolean(argument->json))
        node_fault(compiling->faults, argument, "true or false is wanted here");
    matcher->wanted = json_is_true(argument->json);
}
