/* Equality with one value, or with one of several. */
#include "assertions/matcher/expected.h"
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
    compile_document(compiling, argument, matcher);
}

static bool equals_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);
    json_t *document;
    bool result;

    if (!literal || !matcher->child_count)
        return literal && literal_equals(literal, value);
    document = document_of(value);
    result = document_equals(&comparing, literal->json, document);
    json_decref(document);
    return result;
}

/* Of what an XPath selected, whose texts may be numbers: the first node that is
 * another, or the one that is missing. */
static void explain_selected(struct matching *matching, const json_t *expected,
                             const struct value *list, struct finding *finding)
{
    size_t count = value_count(list), first = 0;
    json_t *wanted;
    struct value element;

    while (first < count &&
           value_element_equals(list, first, json_array_get(expected, first)))
        first++;
    wanted = json_array_get(expected, first);
    finding->expected = told_json(matching, wanted);
    finding->actual = told_json(matching, NULL);
    if (first < count) {
        element = value_element(list, first, matching->arena);
        finding->path = element.path;
        finding->actual = told_value(matching, &element);
    }
}

static void explain_equals(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);
    struct text text;
    json_t *json = literal ? literal->json : NULL;

    explain_plainly(matching, matcher, value, finding);
    if (!json || literal->domain == DOMAIN_ARRIVAL)
        return;
    if (value->is_selected && json_is_array(json) && !matcher->child_count)
        explain_selected(matching, json, value, finding);
    else if (value->kind == VALUE_LIST && json_is_array(json))
        explain_list(&comparing, json, value, finding);
    else if (value->kind == VALUE_JSON && value->path)
        explain_difference(&comparing, json, value->json, value->path, finding);
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
                                  .form = list->form,
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
    describe_document(matching, teller, matcher);
}

const struct matcher_kind equals_matcher = {
    .subjects = SUBJECT_ANY,
    .compile = compile_equals,
    .holds = equals_holds,
    .describe = describe_document,
    .explain = explain_equals,
};

const struct matcher_kind in_matcher = {
    .subjects = SUBJECT_ANY,
    .compile = compile_in,
    .holds = in_holds,
    .describe = describe_in,
};
