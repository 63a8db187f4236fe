/* A number that is no further from another than a tolerance, exactly; so with
 * durations, sizes and dates. */
#include "assertions/matcher/kind.h"
#include "specs/json.h"

enum { NS = 1000000000 }; /* of a second */

/* A sum of two numbers that are written so has more digits than anyone reads.
 */
static bool is_near_enough(const json_t *list)
{
    json_auto_t *sum = json_number_sum(
        json_array_get(list, 0), json_array_get(list, 1), 1, LIMIT_NEAR_DIGITS);

    return sum;
}

static bool refuse_element(struct trouble *trouble, size_t i, const char *why)
{
    trouble_tell(trouble, "%s", why);
    trouble->element = i + 1;
    return false;
}

static bool accept_numbers(const struct literal *list, struct trouble *trouble)
{
    json_auto_t *zero = json_integer(0);

    for (size_t i = 0; i < 2; i++)
        if (json_kind(json_array_get(list->json, i)) != JSON_KIND_NUMBER)
            return refuse_element(trouble, i, "a number is wanted here");
    if (json_number_compare(json_array_get(list->json, 1), zero) < 0)
        return refuse_element(trouble, 1, "no number is nearer than 0");
    return is_near_enough(list->json) ||
           trouble_tell(trouble,
                        "the two numbers are more than %d digits apart",
                        LIMIT_NEAR_DIGITS);
}

/* One of the two: how far a date may be is no date. */
static struct literal part_of(const struct literal *list, size_t i)
{
    bool is_distance = i == 1 && list->elements == DOMAIN_DATE;

    return (struct literal){
        .at = list->at,
        .domain = is_distance ? DOMAIN_DURATION : list->elements,
        .form = is_distance ? NULL : list->form,
    };
}

static struct literal read_part(const struct literal *list, size_t i)
{
    struct literal part = part_of(list, i);
    struct trouble trouble;

    (void)!literal_read(&part, json_array_get(list->json, i), &trouble);
    return part;
}

static bool accept_near(const struct literal *list, struct trouble *trouble)
{
    if (json_array_size(list->json) != 2) {
        return trouble_tell(
            trouble,
            "\"near\" takes a list of two, the value and how far from it");
    }
    if (!domain_is_amount(list->elements) && list->elements != DOMAIN_DATE)
        return accept_numbers(list, trouble);
    for (size_t i = 0; i < 2; i++) {
        struct literal part = part_of(list, i);

        if (!literal_read(&part, json_array_get(list->json, i), trouble)) {
            trouble->element = i + 1;
            return false;
        }
    }
    return true;
}

/* A status is a number here: 2xx is near to nothing. */
static void compile_near(struct compiling *compiling,
                         const struct node *argument, struct matcher *matcher)
{
    matcher->literal.elements =
        matcher->domain == DOMAIN_STATUS ? DOMAIN_COUNT : matcher->domain;
    matcher->literal.accepts = accept_near;
    compile_literal(compiling, argument, &matcher->literal);
}

static struct instant later_by(struct instant instant, int64_t ns)
{
    int64_t fraction = instant.ns + ns % NS;

    instant.s += ns / NS + (fraction >= NS) - (fraction < 0);
    instant.ns = (int32_t)((fraction + NS) % NS);
    return instant;
}

static bool dates_are_near(const struct literal *list,
                           const struct value *value)
{
    struct literal date = read_part(list, 0);
    struct instant middle = literal_value(&date).instant;
    int64_t most = read_part(list, 1).amount;

    return value->kind == VALUE_DATE &&
           instant_compare(value->instant, later_by(middle, -most)) >= 0 &&
           instant_compare(value->instant, later_by(middle, most)) <= 0;
}

static bool amounts_are_near(const struct literal *list, int64_t amount)
{
    struct literal middle = read_part(list, 0);
    struct literal most = read_part(list, 1);
    uint64_t distance = amount > middle.amount
                            ? (uint64_t)amount - (uint64_t)middle.amount
                            : (uint64_t)middle.amount - (uint64_t)amount;

    return distance <= (uint64_t)most.amount;
}

/* Whether the value compares with middle + sign * tolerance as `sign` allows.
 */
static bool is_within(const json_t *list, int sign, const struct value *value)
{
    json_auto_t *bound =
        json_number_sum(json_array_get(list, 0), json_array_get(list, 1), sign,
                        LIMIT_NEAR_DIGITS);
    int order;

    return bound && value_compare(value, bound, &order) && order * sign <= 0;
}

static bool near_holds(struct matching *matching, const struct matcher *matcher,
                       const struct value *value)
{
    struct literal room;
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);

    if (!list)
        return false;
    if (list->elements == DOMAIN_DATE)
        return dates_are_near(list, value);
    if (domain_is_amount(list->elements))
        return amounts_are_near(list, value->number);
    return is_within(list->json, 1, value) && is_within(list->json, -1, value);
}

static void describe_near(struct matching *matching, struct teller *teller,
                          const struct matcher *matcher)
{
    struct literal room, middle, most;
    const struct literal *list =
        literal_fill(&matcher->literal, matching, &room);

    if (!list)
        return;
    middle = read_part(list, 0);
    most = read_part(list, 1);
    tell(teller, "within ");
    tell_literal(teller, &most);
    tell(teller, " of ");
    tell_literal(teller, &middle);
}

const struct matcher_kind near_matcher = {
    .subjects = SUBJECT_AMOUNT | SUBJECT_TEXT | SUBJECT_DATE,
    .compile = compile_near,
    .holds = near_holds,
    .describe = describe_near,
};
