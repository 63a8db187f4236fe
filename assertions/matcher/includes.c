/* A deep subset: an object includes the members of another, an array includes
 * the elements of another in any order, each expected element answered by an
 * element of its own.
 *
 * Who answers whom is a bipartite matching, since an element may answer several
 * expectations: expected [{a}, {a, b}] against actual [{a, b}, {a}] must not
 * fail because {a} took {a, b} first. Augmenting paths are searched breadth
 * first, without recursion. Every look at a pair counts against
 * LIMIT_INCLUDES_STEPS, so that no answer can make this slow. */
#include <stdlib.h>

#include "assertions/matcher/kind.h"
#include "assertions/path_text.h"
#include "specs/json.h"

static const size_t NOBODY = SIZE_MAX;

/* What is known of a pair; zeroed memory knows nothing. */
enum verdict_of_pair { PAIR_UNKNOWN, PAIR_FITS, PAIR_FAILS };

struct pairing {
    struct matching *matching;
    json_t *expected, *actual;
    size_t expected_count, actual_count;
    unsigned char *pairs; /* [expected][actual] */
    size_t *owner;        /* of each actual element: who has it */
    size_t *held;         /* by each expected element: what it has */
    size_t *from;         /* of each actual element: who asked for it... */
    size_t *asked;        /* ...in which search, from 1 */
    size_t *queue;        /* expected elements */
    size_t next;          /* where the next search begins to look */
};

static bool includes(struct matching *matching, json_t *expected,
                     json_t *actual);

/* False with the fault raised when there were too many. */
static bool count_step(struct matching *matching, size_t steps)
{
    if (steps <= LIMIT_INCLUDES_STEPS - matching->comparisons) {
        matching->comparisons += steps;
        return true;
    }
    return matching_fault(matching, matching->wrong,
                          "\"includes\" gave up after %d comparisons",
                          LIMIT_INCLUDES_STEPS);
}

static bool fits(struct pairing *pairing, size_t expected, size_t actual)
{
    unsigned char *pair =
        &pairing->pairs[expected * pairing->actual_count + actual];

    if (!count_step(pairing->matching, 1))
        return false;
    if (*pair == PAIR_UNKNOWN) {
        *pair = includes(pairing->matching,
                         json_array_get(pairing->expected, expected),
                         json_array_get(pairing->actual, actual))
                    ? PAIR_FITS
                    : PAIR_FAILS;
    }
    return *pair == PAIR_FITS;
}

/* Everybody on the way hands on what it held to the one that asked. */
static void hand_on(struct pairing *pairing, size_t actual, size_t first)
{
    size_t expected;

    do {
        size_t before;

        expected = pairing->from[actual];
        before = pairing->held[expected];
        pairing->owner[actual] = expected;
        pairing->held[expected] = actual;
        actual = before;
    } while (expected != first);
}

/* Finds an element for one more expected element. */
static bool find_element(struct pairing *pairing, size_t first)
{
    size_t head = 0, tail = 0;

    pairing->queue[tail++] = first;
    while (head < tail && !pairing->matching->fault.raised) {
        size_t expected = pairing->queue[head++];

        for (size_t i = 0; i < pairing->actual_count; i++) {
            size_t actual = (pairing->next + i) % pairing->actual_count;

            if (pairing->asked[actual] == first + 1 ||
                !fits(pairing, expected, actual))
                continue;
            pairing->asked[actual] = first + 1;
            pairing->from[actual] = expected;
            if (pairing->owner[actual] == NOBODY) {
                hand_on(pairing, actual, first);
                pairing->next = actual + 1;
                return true;
            }
            pairing->queue[tail++] = pairing->owner[actual];
        }
    }
    return false;
}

static size_t *numbers(size_t count, size_t value)
{
    size_t *list = must_alloc(count * sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = value;
    return list;
}

static bool array_includes(struct matching *matching, json_t *expected,
                           json_t *actual)
{
    struct pairing pairing = {
        .matching = matching,
        .expected = expected,
        .actual = actual,
        .expected_count = json_array_size(expected),
        .actual_count = json_array_size(actual),
    };
    size_t found = 0;

    if (pairing.expected_count > pairing.actual_count)
        return false;
    if (pairing.expected_count > LIMIT_INCLUDES_STEPS / pairing.actual_count)
        return count_step(matching, (size_t)LIMIT_INCLUDES_STEPS + 1);
    pairing.pairs = must_alloc(pairing.expected_count * pairing.actual_count);
    pairing.owner = numbers(pairing.actual_count, NOBODY);
    pairing.held = numbers(pairing.expected_count, NOBODY);
    pairing.from = numbers(pairing.actual_count, NOBODY);
    pairing.asked = numbers(pairing.actual_count, 0);
    pairing.queue = numbers(pairing.expected_count, NOBODY);
    while (found < pairing.expected_count && find_element(&pairing, found))
        found++;
    free(pairing.pairs);
    free(pairing.owner);
    free(pairing.held);
    free(pairing.from);
    free(pairing.asked);
    free(pairing.queue);
    return found == pairing.expected_count;
}

static bool object_includes(struct matching *matching, json_t *expected,
                            json_t *actual)
{
    const char *key;
    json_t *member;

    json_object_foreach (expected, key, member) {
        json_t *there = json_object_get(actual, key);

        if (!there || !includes(matching, member, there))
            return false;
    }
    return true;
}

static bool includes(struct matching *matching, json_t *expected,
                     json_t *actual)
{
    if (json_is_object(expected) && json_is_object(actual))
        return object_includes(matching, expected, actual);
    if (json_is_array(expected) && json_is_array(actual))
        return json_array_size(expected) == 0 ||
               array_includes(matching, expected, actual);
    return json_values_equal(expected, actual);
}

/* What to compare, as new references: a list that a path selected becomes an
 * array, and what is asked of a list without being one is asked of an element
 * of it. False when there is nothing to compare. */
static bool sides(struct matching *matching, const struct matcher *matcher,
                  const struct value *value, json_t **expected, json_t **actual)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (!literal || (value->kind != VALUE_JSON && value->kind != VALUE_LIST))
        return false;
    if (!matching->fault.raised)
        matching->wrong = matcher->literal.at;
    *actual =
        value->kind == VALUE_JSON ? json_incref(value->json) : json_array();
    for (size_t i = 0; value->kind == VALUE_LIST && i < value_count(value); i++)
        json_array_append(*actual, value->list.list[i].value);
    if (json_is_array(*actual) && !json_is_array(literal->json)) {
        *expected = json_array();
        json_array_append(*expected, literal->json);
    } else {
        *expected = json_incref(literal->json);
    }
    return true;
}

static bool includes_holds(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value)
{
    json_t *expected, *actual;
    bool result;

    if (!sides(matching, matcher, value, &expected, &actual))
        return false;
    result = includes(matching, expected, actual);
    json_decref(expected);
    json_decref(actual);
    return result;
}

static void compile_includes(struct compiling *compiling,
                             const struct node *argument,
                             struct matcher *matcher)
{
    compile_literal(compiling, argument, &matcher->literal);
}

static void describe_includes(struct matching *matching, struct teller *teller,
                              const struct matcher *matcher)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    tell(teller, "including ");
    if (literal)
        tell_literal(teller, literal);
}

/* The first expected element that no element answers; NULL when each is
 * answered by one, but not each by one of its own. */
static json_t *unanswered(struct matching *matching, json_t *expected,
                          json_t *actual)
{
    for (size_t i = 0; i < json_array_size(expected); i++) {
        json_t *element = json_array_get(expected, i);
        size_t j = 0;

        while (j < json_array_size(actual) &&
               !includes(matching, element, json_array_get(actual, j)))
            j++;
        if (j == json_array_size(actual))
            return element;
    }
    return NULL;
}

static void explain_array(struct matching *matching, json_t *expected,
                          json_t *actual, struct finding *finding)
{
    json_t *element = unanswered(matching, expected, actual);
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    tell(&teller, element ? "an element including "
                          : "an element of its own for each of ");
    tell_json(&teller, element ? element : expected);
    finding->expected = teller_finish(&teller);
    finding->actual = told_json(matching, actual);
}

/* Follows the expected value down to what is not included. */
static void explain_missing(struct matching *matching, json_t *expected,
                            json_t *actual, const char *path,
                            struct finding *finding)
{
    const char *key;
    json_t *member;

    finding->path = path;
    if (json_is_array(expected) && json_is_array(actual)) {
        explain_array(matching, expected, actual, finding);
        return;
    }
    if (!json_is_object(expected) || !json_is_object(actual)) {
        explain_difference(matching, expected, actual, path, finding);
        return;
    }
    json_object_foreach (expected, key, member) {
        json_t *there = json_object_get(actual, key);

        if (there && includes(matching, member, there))
            continue;
        path = path ? path_member(matching->arena, path, key) : NULL;
        explain_missing(matching, member, there, path, finding);
        return;
    }
}

static void explain_includes(struct matching *matching,
                             const struct matcher *matcher,
                             const struct value *value, struct finding *finding)
{
    json_t *expected, *actual;

    explain_plainly(matching, matcher, value, finding);
    if (!sides(matching, matcher, value, &expected, &actual))
        return;
    explain_missing(matching, expected, actual, value->path, finding);
    json_decref(expected);
    json_decref(actual);
}

const struct matcher_kind includes_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_includes,
    .holds = includes_holds,
    .describe = describe_includes,
    .explain = explain_includes,
};
