/* Equality of lists without order.
 *
 * Elements that are values are paired by their hashes, so that long lists cost
 * what sorting them costs; only those that hold matchers may each fit several,
 * and are paired with what is left then. */
#include <stdlib.h>

#include "assertions/matcher/expected.h"
#include "assertions/matcher/pairing.h"
#include "specs/json.h"

static const char word[] = "unordered";

struct element {
    uint64_t hash;
    json_t *value;
    size_t index;
    bool is_paired;
};

struct elements {
    size_t count;
    struct element *list; /* sorted by hash */
};

static int by_hash(const void *a, const void *b)
{
    const struct element *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *a, const void *b)
{
    const struct element *x = a, *y = b;

    return (x->index > y->index) - (x->index < y->index);
}

/* The values of a list, or only what holds matchers. */
static struct elements take_elements(const struct comparing *comparing,
                                     const json_t *array, bool with_places)
{
    size_t count = json_array_size(array);
    struct elements elements = {
        0, must_alloc((count + 1) * sizeof(*elements.list))};

    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(array, i);
        struct element *element = &elements.list[elements.count];

        if (holds_places(comparing, value) != with_places)
            continue;
        *element = (struct element){json_hash(value), value, i, false};
        elements.count++;
    }
    qsort(elements.list, elements.count, sizeof(*elements.list), by_hash);
    return elements;
}

/* Those of one hash begin at *from; false when they were too many. */
static bool pair_value(struct matching *matching, struct element *expected,
                       struct elements *actual, size_t *from)
{
    while (*from < actual->count &&
           (actual->list[*from].hash < expected->hash ||
            (actual->list[*from].hash == expected->hash &&
             actual->list[*from].is_paired)))
        ++*from;
    for (size_t i = *from;
         i < actual->count && actual->list[i].hash == expected->hash; i++) {
        struct element *element = &actual->list[i];

        if (element->is_paired)
            continue;
        if (json_values_equal(expected->value, element->value)) {
            expected->is_paired = element->is_paired = true;
            return true;
        }
        if (!count_steps(matching, 1, word))
            return false;
    }
    return true;
}

/* Keeps those that are not paired, in the order of their list. */
static void keep_unpaired(struct elements *elements)
{
    size_t count = 0;

    for (size_t i = 0; i < elements->count; i++)
        if (!elements->list[i].is_paired)
            elements->list[count++] = elements->list[i];
    elements->count = count;
    qsort(elements->list, count, sizeof(*elements->list), by_index);
}

/* What found no partner by value. */
struct rest {
    const struct comparing *comparing;
    struct elements expected, matchers, actual;
};

static struct rest pair_values(const struct comparing *comparing,
                               const json_t *expected, const json_t *actual)
{
    struct rest rest = {
        comparing,
        take_elements(comparing, expected, false),
        take_elements(comparing, expected, true),
        take_elements(comparing, actual, false),
    };
    size_t from = 0;

    for (size_t i = 0; i < rest.expected.count; i++) {
        if (!pair_value(comparing->matching, &rest.expected.list[i],
                        &rest.actual, &from))
            break;
    }
    keep_unpaired(&rest.expected);
    keep_unpaired(&rest.matchers);
    keep_unpaired(&rest.actual);
    return rest;
}

static void rest_finish(struct rest *rest)
{
    free(rest->expected.list);
    free(rest->matchers.list);
    free(rest->actual.list);
}

static bool element_fits(void *asker, size_t expected, size_t actual)
{
    const struct rest *rest = asker;

    return document_equals(rest->comparing, rest->matchers.list[expected].value,
                           rest->actual.list[actual].value);
}

static bool goes_on(void *asker)
{
    const struct rest *rest = asker;

    return count_steps(rest->comparing->matching, 1, word);
}

static bool rest_fits(struct rest *rest)
{
    struct pairing pairing = {
        .fits = element_fits,
        .goes_on = goes_on,
        .asker = rest,
        .expected_count = rest->matchers.count,
        .actual_count = rest->actual.count,
    };

    if (rest->expected.count || rest->comparing->matching->fault.raised)
        return false;
    if (pairing.expected_count &&
        pairing.expected_count > LIMIT_INCLUDES_STEPS / pairing.actual_count)
        return count_steps(rest->comparing->matching,
                           (size_t)LIMIT_INCLUDES_STEPS + 1, word);
    return pairing_is_complete(&pairing);
}

/* Both lists, the actual one as a new reference; false: no lists. */
static bool sides(struct matching *matching, const struct matcher *matcher,
                  const struct value *value, json_t **expected, json_t **actual)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (!literal || !value_is_list(value))
        return false;
    if (!matching->fault.raised)
        matching->wrong = matcher->literal.at;
    *expected = literal->json;
    *actual = document_of(value);
    return true;
}

static bool unordered_holds(struct matching *matching,
                            const struct matcher *matcher,
                            const struct value *value)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    json_t *expected, *actual;
    struct rest rest;
    bool result;

    if (!sides(matching, matcher, value, &expected, &actual))
        return false;
    result = json_array_size(expected) == json_array_size(actual);
    if (result) {
        rest = pair_values(&comparing, expected, actual);
        result = rest_fits(&rest);
        rest_finish(&rest);
    }
    json_decref(actual);
    return result;
}

static bool accept_list(const struct literal *literal, struct trouble *trouble)
{
    return json_is_array(literal->json) ||
           trouble_tell(trouble, "a list is wanted here");
}

static void compile_unordered(struct compiling *compiling,
                              const struct node *argument,
                              struct matcher *matcher)
{
    matcher->literal.accepts = accept_list;
    compile_document(compiling, argument, matcher);
}

static void describe_unordered(struct matching *matching, struct teller *teller,
                               const struct matcher *matcher)
{
    describe_document(matching, teller, matcher);
    tell(teller, " in any order");
}

static json_t *values_of(const struct elements *elements)
{
    json_t *array = json_array();

    for (size_t i = 0; i < elements->count; i++)
        json_array_append(array, elements->list[i].value);
    return array;
}

/* `... in any order`, got `..., without 4, with 5 besides`. */
static void tell_elements(const struct comparing *comparing,
                          struct teller *teller, const char *words,
                          const struct elements *elements)
{
    json_t *array = values_of(elements);

    if (elements->count) {
        tell(teller, words);
        tell_document(comparing, teller,
                      elements->count == 1 ? elements->list[0].value : array);
    }
    json_decref(array);
}

/* What is left of both sides says more than the lists. */
static void explain_rest(const struct rest *rest, struct finding *finding)
{
    struct matching *matching = rest->comparing->matching;
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    tell(&teller, "a list");
    tell_elements(rest->comparing, &teller, " without ", &rest->expected);
    tell_elements(rest->comparing, &teller,
                  rest->expected.count ? " and with " : " with ",
                  &rest->actual);
    if (rest->matchers.count)
        tell_elements(rest->comparing, &teller, " for ", &rest->matchers);
    finding->actual = teller_finish(&teller);
}

static void explain_unordered(struct matching *matching,
                              const struct matcher *matcher,
                              const struct value *value,
                              struct finding *finding)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    json_t *expected, *actual;
    struct rest rest;

    explain_plainly(matching, matcher, value, finding);
    if (!sides(matching, matcher, value, &expected, &actual))
        return;
    rest = pair_values(&comparing, expected, actual);
    explain_rest(&rest, finding);
    rest_finish(&rest);
    json_decref(actual);
}

const struct matcher_kind unordered_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_unordered,
    .holds = unordered_holds,
    .describe = describe_unordered,
    .explain = explain_unordered,
};
