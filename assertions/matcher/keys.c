/* The names of an object's members. */
#include "assertions/matcher/kind.h"

/* Names have no order that anyone should rely on: a list of them is compared
 * without. What else is said is said of the list as it came. */
static void compile_keys(struct compiling *compiling,
                         const struct node *argument, struct matcher *matcher)
{
    struct matcher *child;

    if (json_is_object(argument->json)) {
        compile_child(compiling, argument, DOMAIN_ANY, matcher);
        return;
    }
    if (!json_is_array(argument->json) && !json_is_string(argument->json)) {
        node_fault(compiling->faults, argument,
                   "\"keys\" takes a list of names, or a matcher for the list "
                   "of them");
        return;
    }
    child = arena_take(compiling->arena, sizeof(*child));
    *child = (struct matcher){
        .kind = &unordered_matcher,
        .domain = DOMAIN_ANY,
        .at = argument->at,
        .probe = NO_PROBE,
    };
    child->kind->compile(compiling, argument, child);
    matcher->children = child;
    matcher->child_count = 1;
}

/* A new reference; NULL: no object. */
static json_t *keys_of(const struct value *value)
{
    const char *key;
    json_t *member, *keys;

    if (value->kind != VALUE_JSON || !json_is_object(value->json))
        return NULL;
    keys = json_array();
    json_object_foreach (value->json, key, member)
        json_array_append_new(keys, json_string_nocheck(key));
    return keys;
}

static bool keys_holds(struct matching *matching, const struct matcher *matcher,
                       const struct value *value)
{
    json_t *keys = keys_of(value);
    struct value list = value_of_json(keys, NULL);
    bool result = keys && matcher_holds(matching, matcher->children, &list);

    json_decref(keys);
    return result;
}

static void describe_keys(struct matching *matching, struct teller *teller,
                          const struct matcher *matcher)
{
    tell(teller, "keys: ");
    describe_children(matching, teller, matcher, "");
}

static void explain_keys(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value, struct finding *finding)
{
    json_t *keys = keys_of(value);
    struct value list = value_of_json(keys, NULL);

    if (keys)
        explain_inside(matching, matcher, &list, "keys: ", finding);
    else
        explain_plainly(matching, matcher, value, finding);
    finding->path = value->path;
    json_decref(keys);
}

const struct matcher_kind keys_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_keys,
    .holds = keys_holds,
    .describe = describe_keys,
    .explain = explain_keys,
};
