/* Equality with one value, or with one of several. */
#include "assertions/matcher/kind.h"
#include "specs/json.h"

/* No count is negative or has a fraction, and no size has one. */
static bool accept_possible(const struct literal *literal,
                            struct trouble *trouble)
{
    enum domain domain = literal->domain;
    bool is_counted = domain == DOMAIN_COUNT || domain == DOMAIN_SIZE;

    if (!is_counted || json_kind(literal->json) != JSON_KIND_NUMBER ||
        (json_is_whole(literal->json) && json_number_value(literal->json) >= 0))
        return true;
    return trouble_tell(trouble,
                        "this can never hold: %s is a whole number from 0 on",
                        domain == DOMAIN_SIZE ? "a size" : "a count");
}

static void compile_equals(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    matcher->literal.domain = matcher->domain;
    matcher->literal.accepts = accept_possible;
    compile_literal(compiling, argument, &matcher->literal);
}

static bool equals_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    return literal && literal_equals(literal, value);
}

static void describe_equals(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (literal)
        tell_literal(teller, literal);
}

/* A list that a path selected, as the array that it is compared as; its first
 * difference is at a node, which has a path of its own. */
static void explain_list(struct matching *matching, const json_t *expected,
                         const struct value *value, struct finding *finding)
{
    size_t count = value_count(value), first = 0;

    while (first < count && first < json_array_size(expected) &&
           json_values_equal(json_array_get(expected, first),
                             value->list.list[first].value))
        first++;
    if (first < count) {
        struct value element = value_element(value, first, matching->arena);

        explain_difference(matching, json_array_get(expected, first),
                           element.json, element.path, finding);
    } else {
        finding->expected =
            told_json(matching, json_array_get(expected, first));
        finding->actual = "nothing there";
    }
}

static void explain_equals(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);
    struct text text;
    json_t *json = literal ? literal->json : NULL;

    explain_plainly(matching, matcher, value, finding);
    if (!json || literal->domain == DOMAIN_ARRIVAL)
        return;
    if (value->kind == VALUE_LIST && json_is_array(json))
        explain_list(matching, json, value, finding);
    else if (value->kind == VALUE_JSON && value->path)
        explain_difference(matching, json, value->json, value->path, finding);
    else if (value_text(value, &text) && json_kind(json) == JSON_KIND_STRING) {
        explain_texts(
            matching,
            (struct text){json_string_value(json), json_string_length(json)},
            text, finding);
    }
}

/* Every element must be a value of the domain. */
static bool accept_choice(const struct literal *list, struct trouble *trouble)
{
    if (json_array_size(list->json) == 0)
        return trouble_tell(trouble,
                            "\"in\" takes a list of at least one value");
    for (size_t i = 0; i < json_array_size(list->json); i++) {
        struct literal element = {.domain = list->elements,
                                  .accepts = accept_possible};

        if (!literal_read(&element, json_array_get(list->json, i), trouble)) {
            trouble->element = i + 1;
            return false;
        }
    }
    return true;
}

static void compile_in(struct compiling *compiling, const struct node *argument,
                       struct matcher *matcher)
{
    matcher->literal.elements = matcher->domain;
    matcher->literal.accepts = accept_choice;
    compile_literal(compiling, argument, &matcher->literal);
}

static bool in_holds(struct matching *matching, const struct matcher *matcher,
                     const struct value *value)
{
    struct literal room;
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);

    if (!list)
        return false;
    for (size_t i = 0; i < json_array_size(list->json); i++) {
        struct literal element = literal_element(list, i);

        if (literal_equals(&element, value))
            return true;
    }
    return false;
}

static void describe_in(struct matching *matching, struct teller *teller,
                        const struct matcher *matcher)
{
    tell(teller, "one of ");
    describe_equals(matching, teller, matcher);
}

const struct matcher_kind equals_matcher = {
    .subjects = SUBJECT_ANY,
    .compile = compile_equals,
    .holds = equals_holds,
    .describe = describe_equals,
    .explain = explain_equals,
};

const struct matcher_kind in_matcher = {
    .subjects = SUBJECT_ANY,
    .compile = compile_in,
    .holds = in_holds,
    .describe = describe_in,
};
