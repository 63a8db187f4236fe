/* Less and more: of numbers, texts (by bytes), durations and sizes. */
#include "assertions/matcher/kind.h"
#include "specs/json.h"

static bool is_ordered(const struct literal *literal)
{
    enum json_kind kind = json_kind(literal->json);

    return !literal->is_class &&
           (kind == JSON_KIND_NUMBER || kind == JSON_KIND_STRING);
}

static bool accept_bound(const struct literal *literal, struct trouble *trouble)
{
    return is_ordered(literal) ||
           trouble_tell(trouble,
                        "only a number or a text is more or less than another");
}

static void compile_bound(struct compiling *compiling,
                          const struct node *argument, struct matcher *matcher)
{
    matcher->literal.domain = matcher->domain;
    matcher->literal.accepts = accept_bound;
    compile_literal(compiling, argument, &matcher->literal);
}

/* False when the two cannot be compared. */
static bool compare(struct matching *matching, const struct matcher *matcher,
                    const struct value *value, int *order)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    return literal && literal_compare(literal, value, order);
}

static bool gt_holds(struct matching *matching, const struct matcher *matcher,
                     const struct value *value)
{
    int order;

    return compare(matching, matcher, value, &order) && order > 0;
}

static bool gte_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    int order;

    return compare(matching, matcher, value, &order) && order >= 0;
}

static bool lt_holds(struct matching *matching, const struct matcher *matcher,
                     const struct value *value)
{
    int order;

    return compare(matching, matcher, value, &order) && order < 0;
}

static bool lte_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    int order;

    return compare(matching, matcher, value, &order) && order <= 0;
}

static void describe_bound(struct matching *matching, struct teller *teller,
                           const struct matcher *matcher)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (matcher->kind == &gt_matcher)
        tell(teller, "greater than ");
    else if (matcher->kind == &gte_matcher)
        tell(teller, "at least ");
    else if (matcher->kind == &lt_matcher)
        tell(teller, "less than ");
    else
        tell(teller, "at most ");
    if (literal)
        tell_literal(teller, literal);
}

static bool are_in_order(const struct literal bounds[2])
{
    struct value low = literal_value(&bounds[0]);
    int order;

    if (!is_ordered(&bounds[0]) || !is_ordered(&bounds[1]))
        return false;
    return literal_compare(&bounds[1], &low, &order) && order <= 0;
}

/* The two bounds, each of the domain. */
static bool accept_bounds(const struct literal *list, struct trouble *trouble)
{
    struct literal bounds[2] = {{.domain = list->elements, .form = list->form},
                                {.domain = list->elements, .form = list->form}};

    if (json_array_size(list->json) != 2)
        return trouble_tell(
            trouble, "\"between\" takes a list of two, the least and the most");
    for (size_t i = 0; i < 2; i++) {
        if (!literal_read(&bounds[i], json_array_get(list->json, i), trouble)) {
            trouble->element = i + 1;
            return false;
        }
    }
    return are_in_order(bounds) ||
           trouble_tell(trouble, "\"between\" takes two numbers or two texts, "
                                 "the least first");
}

static void compile_between(struct compiling *compiling,
                            const struct node *argument,
                            struct matcher *matcher)
{
    matcher->literal.elements = matcher->domain;
    matcher->literal.accepts = accept_bounds;
    compile_literal(compiling, argument, &matcher->literal);
}

static bool between_holds(struct matching *matching,
                          const struct matcher *matcher,
                          const struct value *value)
{
    struct literal room, least, most;
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);
    int low, high;

    if (!list)
        return false;
    least = literal_element(list, 0);
    most = literal_element(list, 1);
    return literal_compare(&least, value, &low) && low >= 0 &&
           literal_compare(&most, value, &high) && high <= 0;
}

static void describe_between(struct matching *matching, struct teller *teller,
                             const struct matcher *matcher)
{
    struct literal room, least, most;
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);

    if (!list)
        return;
    least = literal_element(list, 0);
    most = literal_element(list, 1);
    tell(teller, "from ");
    tell_literal(teller, &least);
    tell(teller, " to ");
    tell_literal(teller, &most);
}

const struct matcher_kind gt_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_AMOUNT,
    .compile = compile_bound,
    .holds = gt_holds,
    .describe = describe_bound,
};

const struct matcher_kind gte_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_AMOUNT,
    .compile = compile_bound,
    .holds = gte_holds,
    .describe = describe_bound,
};

const struct matcher_kind lt_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_AMOUNT,
    .compile = compile_bound,
    .holds = lt_holds,
    .describe = describe_bound,
};

const struct matcher_kind lte_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_AMOUNT,
    .compile = compile_bound,
    .holds = lte_holds,
    .describe = describe_bound,
};

const struct matcher_kind between_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_AMOUNT,
    .compile = compile_between,
    .holds = between_holds,
    .describe = describe_between,
};
