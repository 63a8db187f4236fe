/* A deep subset: an object includes the members of another, an array includes
 * the elements of another in any order, each expected element answered by an
 * element of its own. Every look at a pair counts against LIMIT_INCLUDES_STEPS,
 * so that no answer can make this slow. */
#include "assertions/matcher/expected.h"
#include "assertions/matcher/pairing.h"
#include "assertions/path_text.h"
#include "specs/json.h"

static const char word[] = "includes";

static bool includes(const struct comparing *comparing, json_t *expected,
                     json_t *actual);

struct arrays {
    const struct comparing *comparing;
    json_t *expected, *actual;
};

static bool element_includes(void *asker, size_t expected, size_t actual)
{
    const struct arrays *arrays = asker;

    return includes(arrays->comparing,
                    json_array_get(arrays->expected, expected),
                    json_array_get(arrays->actual, actual));
}

static bool goes_on(void *asker)
{
    const struct arrays *arrays = asker;

    return count_steps(arrays->comparing->matching, 1, word);
}

static bool array_includes(const struct comparing *comparing, json_t *expected,
                           json_t *actual)
{
    struct arrays arrays = {comparing, expected, actual};
    struct pairing pairing = {
        .fits = element_includes,
        .goes_on = goes_on,
        .asker = &arrays,
        .expected_count = json_array_size(expected),
        .actual_count = json_array_size(actual),
    };

    if (pairing.expected_count > pairing.actual_count)
        return false;
    if (pairing.expected_count &&
        pairing.expected_count > LIMIT_INCLUDES_STEPS / pairing.actual_count)
        return count_steps(comparing->matching,
                           (size_t)LIMIT_INCLUDES_STEPS + 1, word);
    return pairing_is_complete(&pairing);
}

static bool object_includes(const struct comparing *comparing, json_t *expected,
                            json_t *actual)
{
    const char *key;
    json_t *member;

    json_object_foreach (expected, key, member)
        if (!includes(comparing, member, json_object_get(actual, key)))
            return false;
    return true;
}

/* The actual value may be NULL, as in document_equals(). */
static bool includes(const struct comparing *comparing, json_t *expected,
                     json_t *actual)
{
    if (actual && json_is_object(expected) && json_is_object(actual))
        return object_includes(comparing, expected, actual);
    if (actual && json_is_array(expected) && json_is_array(actual))
        return array_includes(comparing, expected, actual);
    return document_equals(comparing, expected, actual);
}

/* What to compare, as new references: what is asked of a list without being one
 * is asked of an element of it. False when there is nothing to compare. */
static bool sides(struct matching *matching, const struct matcher *matcher,
                  const struct value *value, json_t **expected, json_t **actual)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (!literal)
        return false;
    if (!matching->fault.raised)
        matching->wrong = matcher->literal.at;
    *actual = document_of(value);
    if (!*actual)
        return false;
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
    struct comparing comparing = {.matching = matching, .owner = matcher};
    json_t *expected, *actual;
    bool result;

    if (!sides(matching, matcher, value, &expected, &actual))
        return false;
    result = includes(&comparing, expected, actual);
    json_decref(expected);
    json_decref(actual);
    return result;
}

static void describe_includes(struct matching *matching, struct teller *teller,
                              const struct matcher *matcher)
{
    tell(teller, "including ");
    describe_document(matching, teller, matcher);
}

/* The first expected element that no element answers; NULL when each is
 * answered by one, but not each by one of its own. */
static json_t *unanswered(const struct comparing *comparing, json_t *expected,
                          json_t *actual)
{
    for (size_t i = 0; i < json_array_size(expected); i++) {
        json_t *element = json_array_get(expected, i);
        size_t j = 0;

        while (j < json_array_size(actual) &&
               !includes(comparing, element, json_array_get(actual, j)))
            j++;
        if (j == json_array_size(actual))
            return element;
    }
    return NULL;
}

static void explain_array(const struct comparing *comparing, json_t *expected,
                          json_t *actual, struct finding *finding)
{
    json_t *element = unanswered(comparing, expected, actual);
    struct teller teller =
        teller_open(comparing->matching->arena, LIMIT_VALUE_TOLD);

    tell(&teller, element ? "an element including "
                          : "an element of its own for each of ");
    tell_document(comparing, &teller, element ? element : expected);
    finding->expected = teller_finish(&teller);
    finding->actual = told_json(comparing->matching, actual);
}

/* Follows the expected value down to what is not included. */
static void explain_missing(const struct comparing *comparing, json_t *expected,
                            json_t *actual, const char *path,
                            struct finding *finding)
{
    const char *key;
    json_t *member;

    finding->path = path;
    if (actual && json_is_array(expected) && json_is_array(actual)) {
        explain_array(comparing, expected, actual, finding);
        return;
    }
    if (!actual || !json_is_object(expected) || !json_is_object(actual)) {
        explain_difference(comparing, expected, actual, path, finding);
        return;
    }
    json_object_foreach (expected, key, member) {
        json_t *there = json_object_get(actual, key);

        if (includes(comparing, member, there))
            continue;
        if (path)
            path = path_member(comparing->matching->arena, path, key);
        explain_missing(comparing, member, there, path, finding);
        return;
    }
}

static void explain_includes(struct matching *matching,
                             const struct matcher *matcher,
                             const struct value *value, struct finding *finding)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    json_t *expected, *actual;

    explain_plainly(matching, matcher, value, finding);
    if (!sides(matching, matcher, value, &expected, &actual))
        return;
    explain_missing(&comparing, expected, actual, value->path, finding);
    json_decref(expected);
    json_decref(actual);
}

const struct matcher_kind includes_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_document,
    .holds = includes_holds,
    .describe = describe_includes,
    .explain = explain_includes,
};
