/* Equality without order, and what it, `includes` and `equals` have to say of
 * documents that nobody chose. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

START_TEST(order_does_not_count)
{
    static const struct matcher_row rows[] = {
        {"{\"unordered\": [1, 2, 2, \"a\"]}", "[\"a\", 2.0, 1, 2]", NULL},
        {"{\"unordered\": []}", "[]", NULL},
        {"{\"unordered\": [{\"a\": 1, \"b\": 2}]}", "[{\"b\": 2, \"a\": 1}]",
         NULL},
        {"{\"unordered\": [[1, 2]]}", "[[2, 1]]",
         ": expected [[1,2]] in any order, got a list without [1,2] and with "
         "[2,1]"},
        {"{\"unordered\": [1, 2, 2]}", "[1, 1, 2]",
         ": expected [1,2,2] in any order, got a list without 2 and with 1"},
        {"{\"unordered\": [1, 2]}", "[2, 1, 3]",
         ": expected [1,2] in any order, got a list with 3"},
        {"{\"unordered\": [1, 2]}", "[2]",
         ": expected [1,2] in any order, got a list without 1"},
        {"{\"unordered\": [1]}", "{\"a\": 1}",
         ": expected [1] in any order, got {\"a\":1}"},
        {"{\"unordered\": [{\"$match\": {\"gt\": 1}}, {\"$match\": {\"gt\": "
         "5}}, 3]}",
         "[9, 3, 2]", NULL},
        {"{\"unordered\": [{\"$match\": {\"gt\": 1}}, {\"$match\": {\"gt\": "
         "5}}, 3]}",
         "[4, 3, 2]",
         ": expected [{\"$match\":\"greater than 1\"},{\"$match\":\"greater "
         "than 5\"},3] in any order, got a list with [4,2] for "
         "[{\"$match\":\"greater than 1\"},{\"$match\":\"greater than 5\"}]"},
    };

    matcher_rows_judge(rows, COUNT(rows));
    trial_refuse("{\"expect\": {\"json\": {\"unordered\": 1}}}",
                 "1:35: a list is wanted here");
}
END_TEST

START_TEST(lists_of_nodes_have_no_order)
{
    struct trial trial;

    trial_body(&trial, "{\"json\": {\"$[*].n\": {\"unordered\": [2, 1]}}}",
               "[{\"n\": 1}, {\"n\": 2}]");
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

static json_t *numbers(size_t count, bool is_backwards)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            array,
            json_integer((json_int_t)(is_backwards ? count - i : i + 1)));
    return array;
}

static void judge_two(struct trial *trial, const char *word,
                      const json_t *expected, const json_t *actual)
{
    char *wanted = json_dumps(expected, JSON_ENCODE_ANY);
    char *body = json_dumps(actual, JSON_ENCODE_ANY);

    trial_prepare(trial, "{\"expect\": {\"json\": {\"%s\": %s}}}", word,
                  wanted);
    trial_answer(trial, arena_copy(&trial->arena, body));
    trial_judge(trial);
    free(wanted);
    free(body);
}

/* Elements that are compared one with each other would be 10^10 pairs. */
START_TEST(long_lists_cost_little)
{
    json_t *up = numbers(100000, false), *down = numbers(100000, true);
    struct trial trial;
    char *body;

    judge_two(&trial, "unordered", up, down);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    trial_prepare(&trial, "{\"expect\": {\"json\": {\"unique\": true}}}");
    body = json_dumps(up, 0);
    trial_answer(&trial, body);
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    free(body);
    json_decref(up);
    json_decref(down);
}
END_TEST

/* These two have one hash, so that each is compared with each. */
START_TEST(elements_of_one_hash_have_a_limit)
{
    json_auto_t *one = json_pack("{s: s}", "a", "b");
    json_auto_t *other = json_pack("{s: s}", "b", "a");
    json_auto_t *expected = json_array(), *actual = json_array();
    struct trial trial;

    ck_assert(json_hash(one) == json_hash(other));
    for (size_t i = 0; i < 1001; i++) {
        json_array_append(expected, one);
        json_array_append(actual, other);
    }
    judge_two(&trial, "unordered", expected, actual);
    trial_expect(&trial,
                 "json: \"unordered\" gave up after 1000000 comparisons");
    trial_finish(&trial);
}
END_TEST

/* Each element that holds a matcher is looked at beside each that is left. */
START_TEST(unordered_gives_up_at_its_limit)
{
    json_t *expected = json_array(), *actual = numbers(1001, false);
    struct trial trial;

    ck_assert_int_eq(LIMIT_INCLUDES_STEPS, 1000000);
    for (size_t i = 0; i < 1001; i++)
        json_array_append_new(expected,
                              json_pack("{s: {s: i}}", "$match", "gt", 0));
    judge_two(&trial, "unordered", expected, actual);
    trial_expect(&trial,
                 "json: \"unordered\" gave up after 1000000 comparisons");
    ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_SPEC);
    trial_finish(&trial);
    json_decref(expected);
    json_decref(actual);
}
END_TEST

/* Xorshift: the same documents in every run. */
static uint32_t chance(void)
{
    static uint32_t state = 20261121;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static json_t *make_value(unsigned depth)
{
    static const char *const keys[] = {"a", "b", "c"};
    unsigned kind = chance() % (depth ? 8 : 5);
    unsigned count = chance() % 4;
    json_t *value = kind == 5 || kind == 6 ? json_array() : json_object();

    for (unsigned i = 0; i < count && kind > 4; i++) {
        if (json_is_array(value))
            json_array_append_new(value, make_value(depth - 1));
        else
            json_object_set_new(value, keys[chance() % 3],
                                make_value(depth - 1));
    }
    if (kind > 4)
        return value;
    json_decref(value);
    switch (kind) {
    case 0: return json_null();
    case 1: return json_boolean(chance() % 2);
    case 2: return json_integer(chance() % 3);
    case 3: return json_real(chance() % 3);
    default: return json_string(chance() % 2 ? "x" : "1");
    }
}

/* The oracles: as simple as can be, and as slow. */
static bool is_equal(const json_t *a, const json_t *b)
{
    json_t *members = (json_t *)(uintptr_t)a;
    const char *key;
    json_t *member;

    if (json_is_number(a) && json_is_number(b))
        return json_number_value(a) == json_number_value(b);
    if (json_typeof(a) != json_typeof(b))
        return false;
    if (json_is_array(a)) {
        bool equal = json_array_size(a) == json_array_size(b);

        for (size_t i = 0; equal && i < json_array_size(a); i++)
            equal = is_equal(json_array_get(a, i), json_array_get(b, i));
        return equal;
    }
    if (!json_is_object(a))
        return json_equal(a, b);
    json_object_foreach (members, key, member)
        if (!json_object_get(b, key) ||
            !is_equal(member, json_object_get(b, key)))
            return false;
    return json_object_size(a) == json_object_size(b);
}

typedef bool (*relation)(const json_t *a, const json_t *b);

/* Tries every way to give each element one of its own. */
static bool some_way(const json_t *a, const json_t *b, size_t from,
                     json_t *used, relation fits)
{
    if (from == json_array_size(a))
        return true;
    for (size_t i = 0; i < json_array_size(b); i++) {
        char key[32];
        bool found;

        snprintf(key, sizeof(key), "%zu", i);
        if (json_object_get(used, key) ||
            !fits(json_array_get(a, from), json_array_get(b, i)))
            continue;
        json_object_set_new(used, key, json_true());
        found = some_way(a, b, from + 1, used, fits);
        json_object_del(used, key);
        if (found)
            return true;
    }
    return false;
}

static bool is_permuted(const json_t *a, const json_t *b)
{
    json_auto_t *used = json_object();

    return json_is_array(b) && json_array_size(a) == json_array_size(b) &&
           some_way(a, b, 0, used, is_equal);
}

static bool is_included(const json_t *a, const json_t *b)
{
    json_t *members = (json_t *)(uintptr_t)a;
    json_auto_t *used = json_object();
    const char *key;
    json_t *member;

    if (json_is_array(a) && json_is_array(b))
        return some_way(a, b, 0, used, is_included);
    if (!json_is_object(a) || !json_is_object(b))
        return is_equal(a, b);
    json_object_foreach (members, key, member)
        if (!json_object_get(b, key) ||
            !is_included(member, json_object_get(b, key)))
            return false;
    return true;
}

/* What is no array is looked for in one. */
static bool is_included_above(const json_t *a, const json_t *b)
{
    json_auto_t *list = json_array();

    if (json_is_array(a) || !json_is_array(b))
        return is_included(a, b);
    json_array_append(list, (json_t *)(uintptr_t)a);
    return is_included(list, b);
}

static void expect_agreement(const char *word, relation oracle,
                             const json_t *expected, const json_t *actual)
{
    struct trial trial;
    bool holds;

    judge_two(&trial, word, expected, actual);
    holds = !trial.judged.verdict_count;
    ck_assert_msg(holds == oracle(expected, actual), "%s: %s\n%s\n%s",
                  trial.step.at.source->text, trial.response.body,
                  holds ? "holds" : "does not hold", trial_messages(&trial));
    trial_finish(&trial);
}

/* What was there, in another order: often equal, now and then not. */
static json_t *shuffle(const json_t *array)
{
    json_t *copy = json_copy((json_t *)(uintptr_t)array);
    size_t count = json_array_size(copy);

    for (size_t i = 0; i < count; i++) {
        size_t other = chance() % count;
        json_t *value = json_incref(json_array_get(copy, i));

        json_array_set(copy, i, json_array_get(copy, other));
        json_array_set_new(copy, other, value);
    }
    if (count && chance() % 4 == 0)
        json_array_set_new(copy, chance() % count, make_value(1));
    return copy;
}

START_TEST(words_agree_with_their_oracles)
{
    for (size_t i = 0; i < 3000; i++) {
        json_auto_t *a = make_value(3), *b = make_value(3);
        json_auto_t *shuffled = json_is_array(a) ? shuffle(a) : json_incref(a);

        expect_agreement("equals", is_equal, a, b);
        expect_agreement("equals", is_equal, a, shuffled);
        expect_agreement("includes", is_included_above, a, b);
        expect_agreement("includes", is_included_above, a, shuffled);
        if (json_is_array(a)) {
            expect_agreement("unordered", is_permuted, a, b);
            expect_agreement("unordered", is_permuted, a, shuffled);
        }
    }
}
END_TEST

/* Sorted keys; a number without a fraction as one. */
static char *canonical(const json_t *value)
{
    char *told =
        json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS | JSON_COMPACT);

    for (char *zero = strstr(told, ".0"); zero; zero = strstr(zero, ".0"))
        memmove(zero, zero + 2, strlen(zero + 2) + 1);
    return told;
}

START_TEST(equality_is_that_of_canonical_text)
{
    size_t equal = 0;

    for (size_t i = 0; i < 20000; i++) {
        json_auto_t *a = make_value(2), *b = make_value(2);
        char *x = canonical(a), *y = canonical(b);
        bool same = json_values_equal(a, b);

        ck_assert(json_values_equal(a, a));
        ck_assert_int_eq(same, json_values_equal(b, a));
        ck_assert_msg(same == (strcmp(x, y) == 0), "%s and %s", x, y);
        ck_assert(!same || json_hash(a) == json_hash(b));
        equal += same;
        free(x);
        free(y);
    }
    ck_assert_uint_gt(equal, 100);
}
END_TEST

UNIT("matcher_unordered", order_does_not_count, lists_of_nodes_have_no_order,
     long_lists_cost_little, elements_of_one_hash_have_a_limit,
     unordered_gives_up_at_its_limit, words_agree_with_their_oracles,
     equality_is_that_of_canonical_text)
