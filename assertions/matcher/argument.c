/* Reading what stands behind a word. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "specs/json.h"

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
    json_t *shared;

    if (!value)
        faults_add(compiling->faults, fault.at, "%s", fault.text);
    shared = json_share(compiling->arena, value);
    json_decref(value);
    return shared;
}

/* At its element, when only one is wrong. */
static void tell_trouble(struct compiling *compiling, const struct node *node,
                         const struct trouble *trouble)
{
    struct node at = *node;

    if (trouble->element)
        at = node_elements(compiling->scratch, node).list[trouble->element - 1];
    node_fault(compiling->faults, &at, "%s", trouble->text);
}

static struct open *leave_open(struct compiling *compiling,
                               const struct template *template,
                               struct literal *literal)
{
    struct open *open = arena_take(compiling->arena, sizeof(*open));

    keep_needs(compiling, template);
    literal->template = template;
    open->literal = literal;
    list_add(&compiling->open, compiling->arena, open);
    return open;
}

struct open *compile_literal(struct compiling *compiling,
                             const struct node *node, struct literal *literal)
{
    struct trouble trouble;
    json_t *value = node->json;

    literal->at = node->at;
    if (literal->domain == DOMAIN_DATE || literal->elements == DOMAIN_DATE)
        literal->form = compiling->form;
    if (may_hold_template(node->json)) {
        const struct template *template =
            template_compile(compiling->arena, node, compiling->faults);

        if (!template_is_constant(template))
            return leave_open(compiling, template, literal);
        value = constant_value(compiling, template);
    } else {
        value = json_share(compiling->arena, value);
    }
    if (value && !literal_read(literal, value, &trouble))
        tell_trouble(compiling, node, &trouble);
    return NULL;
}

void compile_wanted(struct compiling *compiling, const struct node *argument,
                    struct matcher *matcher)
{
    if (!json_is_boolean(argument->json))
        node_fault(compiling->faults, argument, "true or false is wanted here");
    matcher->wanted = json_is_true(argument->json);
}
