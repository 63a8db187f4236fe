/* Why something failed: the first difference, shown where it is. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "assertions/path_text.h"
#include "specs/json.h"

/* A text is shown whole when it differs within so many bytes, and else from so
 * many bytes before. Escapes make a byte six at most, so that the difference is
 * always among what is told. */
enum { SHOWN_WHOLE = 256, SHOWN_BEFORE = 40 };

static const char nothing[] = "nothing there";

const char *told_json(struct matching *matching, json_t *value)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    if (value)
        tell_json(&teller, value);
    else
        tell(&teller, nothing);
    return teller_finish(&teller);
}

const char *told_value(struct matching *matching, const struct value *value)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    tell_value(&teller, value);
    return teller_finish(&teller);
}

void explain_plainly(struct matching *matching, const struct matcher *matcher,
                     const struct value *value, struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    matcher_describe(matching, &teller, matcher);
    finding->expected = teller_finish(&teller);
    finding->actual = told_value(matching, value);
}

void explain_inside(struct matching *matching, const struct matcher *matcher,
                    const struct value *inner, const char *prefix,
                    struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    matcher_explain(matching, matcher->children, inner, finding);
    tell(&teller, prefix);
    tell(&teller, finding->expected);
    finding->expected = teller_finish(&teller);
    finding->difference = SIZE_MAX;
}

static size_t first_difference(struct text a, struct text b)
{
    size_t i = 0;

    while (i < a.length && i < b.length && a.bytes[i] == b.bytes[i])
        i++;
    return i;
}

static struct text text_from(struct text text, size_t from)
{
    return (struct text){text.bytes + from, text.length - from};
}

static const char *tell_from(struct matching *matching, struct text text,
                             size_t from)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    if (from)
        tell(&teller, "...");
    tell_quoted(&teller, text_from(text, from));
    return teller_finish(&teller);
}

void explain_texts(struct matching *matching, struct text expected,
                   struct text actual, struct finding *finding)
{
    size_t from = first_difference(expected, actual), bytes;

    if (from <= SHOWN_WHOLE)
        from = 0;
    else
        from -= SHOWN_BEFORE;
    while (from && ((unsigned char)expected.bytes[from] & 0xc0) == 0x80)
        from--;
    finding->expected = tell_from(matching, expected, from);
    finding->actual = tell_from(matching, actual, from);
    bytes =
        first_difference(text_of(finding->expected), text_of(finding->actual));
    while (bytes && ((unsigned char)finding->actual[bytes] & 0xc0) == 0x80)
        bytes--;
    finding->difference =
        count_characters((struct text){finding->actual, bytes});
}

struct comparison {
    struct matching *matching;
    struct finding *finding;
    size_t count;
};

static void found_difference(struct comparison *comparison, json_t *expected,
                             json_t *actual, const char *path)
{
    struct finding *finding = comparison->finding;
    struct value a = value_of_json(expected, NULL);
    struct value b = value_of_json(actual, NULL);
    struct text expected_text, actual_text;

    if (comparison->count++)
        return;
    finding->path = path;
    finding->is_absent = !actual;
    finding->expected = told_json(comparison->matching, expected);
    finding->actual = told_json(comparison->matching, actual);
    if (value_text(&a, &expected_text) && value_text(&b, &actual_text))
        explain_texts(comparison->matching, expected_text, actual_text,
                      finding);
}

static void compare(struct comparison *comparison, json_t *expected,
                    json_t *actual, const char *path);

/* Paths are made for the first difference only. */
static void compare_member(struct comparison *comparison, json_t *expected,
                           json_t *actual, const char *path, const char *key)
{
    if (expected && actual && json_values_equal(expected, actual))
        return;
    if (path && !comparison->count)
        path = path_member(comparison->matching->arena, path, key);
    compare(comparison, expected, actual, path);
}

static void compare_element(struct comparison *comparison, json_t *expected,
                            json_t *actual, const char *path, size_t index)
{
    if (expected && actual && json_values_equal(expected, actual))
        return;
    if (path && !comparison->count)
        path = path_element(comparison->matching->arena, path, index);
    compare(comparison, expected, actual, path);
}

static void compare(struct comparison *comparison, json_t *expected,
                    json_t *actual, const char *path)
{
    const char *key;
    json_t *member;

    if (json_is_object(expected) && json_is_object(actual)) {
        json_object_foreach (expected, key, member)
            compare_member(comparison, member, json_object_get(actual, key),
                           path, key);
        json_object_foreach (actual, key, member) {
            if (!json_object_get(expected, key))
                compare_member(comparison, NULL, member, path, key);
        }
    } else if (json_is_array(expected) && json_is_array(actual)) {
        size_t expected_count = json_array_size(expected);
        size_t actual_count = json_array_size(actual);

        for (size_t i = 0; i < expected_count || i < actual_count; i++)
            compare_element(comparison, json_array_get(expected, i),
                            json_array_get(actual, i), path, i);
    } else {
        found_difference(comparison, expected, actual, path);
    }
}

void explain_difference(struct matching *matching, json_t *expected,
                        json_t *actual, const char *path,
                        struct finding *finding)
{
    struct comparison comparison = {matching, finding, 0};

    compare(&comparison, expected, actual, path);
    if (comparison.count > 1) {
        finding->more = comparison.count - 1;
        finding->noun = "difference";
    }
}
