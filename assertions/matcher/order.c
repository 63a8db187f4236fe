/* Less and more: of numbers, texts (by bytes), durations and sizes. */
#include "assertions/matcher/kind.h"
#include "specs/json.h"

static bool is_ordered(const struct literal *literal)
{
    enum json_kind kind = json_kind(literal->json);

    return !literal->is_class &&
           (kind == JSON_KIND_NUMBER || kind == JSON_KIND_STRING);
}

static void compile_bound(struct compiling *compiling,
                          const struct node *argument, struct matcher *matcher)
{
    struct literal *literal = &matcher->literal;

    compile_literal(compiling, argument, matcher->domain, literal);
    if (literal->json && !is_ordered(literal))
        node_fault(compiling->faults, argument,
                   "only a number or a text is more or less than another");
}

/* False when the two cannot be compared. */
static bool compare(struct matching *matching, const struct matcher *matcher,
                    const struct value *value, int *order)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    return literal && is_ordered(literal) &&
           literal_compare(literal, value, order);
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

/* The two bounds of `between`, read for its domain. */
static bool read_bounds(const struct matcher *matcher, const json_t *list,
                        struct literal bounds[2], char *trouble)
{
    for (size_t i = 0; i < 2; i++) {
        bounds[i] = (struct literal){0};
        if (!literal_read(matcher->domain, json_array_get(list, i), &bounds[i],
                          trouble))
            return false;
    }
    return true;
}

static bool are_in_order(const struct literal bounds[2])
{
    struct value low = value_of_json(bounds[0].json, NULL);
    int order;

    if (!is_ordered(&bounds[0]) || !is_ordered(&bounds[1]))
        return false;
    if (domain_is_amount(bounds[0].domain))
        low = value_of_number(VALUE_NUMBER, bounds[0].amount);
    return literal_compare(&bounds[1], &low, &order) && order <= 0;
}

static void compile_between(struct compiling *compiling,
                            const struct node *argument,
                            struct matcher *matcher)
{
    char trouble[LITERAL_TROUBLE];
    struct literal bounds[2];
    const json_t *list;

    compile_literal(compiling, argument, DOMAIN_ANY, &matcher->literal);
    list = matcher->literal.json;
    if (!list)
        return;
    if (json_array_size(list) != 2) {
        node_fault(compiling->faults, argument,
                   "\"between\" takes a list of two, the least and the most");
    } else if (!read_bounds(matcher, list, bounds, trouble)) {
        node_fault(compiling->faults, argument, "%s", trouble);
    } else if (!are_in_order(bounds)) {
        node_fault(compiling->faults, argument,
                   "\"between\" takes two numbers or two texts, the least "
                   "first");
    }
}

static bool between_holds(struct matching *matching,
                          const struct matcher *matcher,
                          const struct value *value)
{
    struct literal room, bounds[2];
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);
    char trouble[LITERAL_TROUBLE];
    int low, high;

    if (!list)
        return false;
    if (json_array_size(list->json) != 2)
        return matching_fault(matching, list->at,
                              "\"between\" takes a list of two");
    if (!read_bounds(matcher, list->json, bounds, trouble))
        return matching_fault(matching, list->at, "%s", trouble);
    return literal_compare(&bounds[0], value, &low) && low >= 0 &&
           literal_compare(&bounds[1], value, &high) && high <= 0;
}

static void describe_between(struct matching *matching, struct teller *teller,
                             const struct matcher *matcher)
{
    struct literal room, bounds[2];
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);
    char trouble[LITERAL_TROUBLE];

    if (!list || !read_bounds(matcher, list->json, bounds, trouble))
        return;
    tell(teller, "from ");
    tell_literal(teller, &bounds[0]);
    tell(teller, " to ");
    tell_literal(teller, &bounds[1]);
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
