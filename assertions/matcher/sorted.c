/* What the elements of a list are to each other: in order, or all different. */
#include <stdlib.h>
#include <string.h>

#include "assertions/matcher/expected.h"
#include "specs/json.h"

static void compile_sorted(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    const char *order = json_string_value(argument->json);

    if (json_is_true(argument->json) || (order && strcmp(order, "asc") == 0)) {
        matcher->wanted = true;
    } else if (!order || strcmp(order, "desc") != 0) {
        node_fault(compiling->faults, argument,
                   "\"sorted\" takes true, \"asc\" or \"desc\"; that a list is "
                   "not sorted is written {\"not\": {\"sorted\": true}}");
    }
}

static json_t *element_of(const struct value *list, size_t index)
{
    return list->kind == VALUE_LIST ? list->list.list[index].value
                                    : json_array_get(list->json, index);
}

/* What XPath selects are texts, of which some are numbers. */
static bool compare_texts(json_t *a, json_t *b, int *order)
{
    json_auto_t *x =
        number_read((struct text){json_string_value(a), json_string_length(a)});
    json_auto_t *y =
        number_read((struct text){json_string_value(b), json_string_length(b)});

    if (!x || !y)
        return false;
    *order = json_number_compare(x, y);
    return true;
}

/* Whether the element may stand behind the one before it. */
static bool is_in_order(const struct matcher *matcher, const struct value *list,
                        size_t index)
{
    json_t *before = element_of(list, index - 1);
    struct value element = value_of_json(element_of(list, index), NULL);
    int order;

    if (!(list->is_selected && compare_texts(element.json, before, &order)) &&
        !value_compare(&element, before, &order))
        return false; /* not two numbers, nor two texts */
    return matcher->wanted ? order >= 0 : order <= 0;
}

/* The first element that is not in order; the count: there is none. */
static size_t first_disorder(const struct matcher *matcher,
                             const struct value *list)
{
    size_t count = value_count(list), i = 1;

    while (i < count && is_in_order(matcher, list, i))
        i++;
    return i < count ? i : count;
}

static bool sorted_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    (void)matching;
    return value_is_list(value) &&
           first_disorder(matcher, value) == value_count(value);
}

static void describe_sorted(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    (void)matching;
    tell(teller,
         matcher->wanted ? "in ascending order" : "in descending order");
}

static void explain_sorted(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);
    size_t index = value_is_list(value) ? first_disorder(matcher, value) : 0;
    struct value element;

    if (!index || index == value_count(value)) {
        explain_plainly(matching, matcher, value, finding);
    } else {
        element = value_element(value, index, matching->arena);
        tell(&teller, matcher->wanted ? "at least " : "at most ");
        tell_json(&teller, element_of(value, index - 1));
        tell(&teller, ", the element before it");
        finding->path = element.path;
        finding->actual = told_value(matching, &element);
        finding->expected = teller_finish(&teller);
    }
}

struct element {
    uint64_t hash;
    size_t index;
};

static int by_hash(const void *a, const void *b)
{
    const struct element *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static struct element *sort_elements(const struct value *list)
{
    size_t count = value_count(list);
    struct element *elements = must_alloc((count + 1) * sizeof(*elements));

    for (size_t i = 0; i < count; i++)
        elements[i] = (struct element){json_hash(element_of(list, i)), i};
    qsort(elements, count, sizeof(*elements), by_hash);
    return elements;
}

/* The elements that are like an earlier one: how many, and the first of them
 * with the one that it is like. */
struct copies {
    size_t count;
    size_t first, like;
};

/* Whether the element is like one of its hash that is before it. Values of one
 * hash that are not equal are somebody's intention, and counted. */
static bool is_copy(struct matching *matching, const struct value *list,
                    const struct element *elements, size_t at, size_t *like)
{
    for (size_t i = at; i-- > 0 && elements[i].hash == elements[at].hash;) {
        *like = elements[i].index;
        if (json_values_equal(element_of(list, *like),
                              element_of(list, elements[at].index)))
            return true;
        if (!count_steps(matching, 1, "unique"))
            return false;
    }
    return false;
}

static struct copies find_copies(struct matching *matching,
                                 const struct matcher *matcher,
                                 const struct value *list)
{
    struct element *elements = sort_elements(list);
    struct copies copies = {.first = SIZE_MAX};
    size_t like;

    if (!matching->fault.raised)
        matching->wrong = matcher->at;
    for (size_t i = 1; i < value_count(list); i++) {
        if (!is_copy(matching, list, elements, i, &like))
            continue;
        copies.count++;
        if (elements[i].index < copies.first) {
            copies.first = elements[i].index;
            copies.like = like;
        }
    }
    free(elements);
    return copies;
}

static bool unique_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    return value_is_list(value) &&
           (find_copies(matching, matcher, value).count == 0) ==
               matcher->wanted;
}

static void describe_unique(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    (void)matching;
    tell(teller, matcher->wanted ? "no element twice" : "an element twice");
}

static void explain_unique(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);
    struct copies copies = {0};
    struct value copy, like;

    explain_plainly(matching, matcher, value, finding);
    if (value_is_list(value))
        copies = find_copies(matching, matcher, value);
    if (!copies.count || !matcher->wanted) {
        (void)teller_finish(&teller);
        return;
    }
    copy = value_element(value, copies.first, matching->arena);
    like = value_element(value, copies.like, matching->arena);
    tell_value(&teller, &copy);
    tell(&teller, " as at ");
    tell(&teller, like.path ? like.path : "another place");
    finding->path = copy.path;
    finding->actual = teller_finish(&teller);
    if (copies.count > 1) {
        finding->more = copies.count - 1;
        finding->noun = "element";
    }
}

const struct matcher_kind sorted_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_sorted,
    .holds = sorted_holds,
    .describe = describe_sorted,
    .explain = explain_sorted,
};

const struct matcher_kind unique_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_wanted,
    .holds = unique_holds,
    .describe = describe_unique,
    .explain = explain_unique,
};
