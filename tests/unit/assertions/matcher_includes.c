/* Deep subsets, and how long we look for them. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

START_TEST(includes_finds_deep_subsets)
{
    static const struct matcher_row rows[] = {
        {"{\"includes\": {\"a\": 1}}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"includes\": {\"a\": {\"b\": [2]}}}",
         "{\"a\": {\"b\": [1, 2], \"c\": 3}}", NULL},
        {"{\"includes\": [3, 1]}", "[1, 2, 3]", NULL},
        {"{\"includes\": []}", "[]", NULL},
        {"{\"includes\": {\"id\": 2}}", "[{\"id\": 1}, {\"id\": 2, \"x\": 0}]",
         NULL},
        {"{\"includes\": [{\"a\": 1}, {\"a\": 1, \"b\": 2}]}",
         "[{\"a\": 1, \"b\": 2}, {\"a\": 1}]", NULL},
        {"{\"includes\": [{\"a\": 1}, {\"b\": 2}, {\"c\": 3}]}",
         "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"c\": 3}, {\"a\": 1}]", NULL},
        {"{\"includes\": [1, 1]}", "[1, 2]",
         ": expected an element of its own for each of [1,1], got [1,2]"},
        {"{\"includes\": [1, 4]}", "[1, 2]",
         ": expected an element including 4, got [1,2]"},
        {"{\"includes\": [1, 2, 3]}", "[1, 2]",
         ": expected an element including 3, got [1,2]"},
        {"{\"includes\": {\"a\": {\"b\": 1}}}", "{\"a\": {\"b\": 2}}",
         ".a.b: expected 1, got 2"},
        {"{\"includes\": {\"a\": {\"b\": 1}}}", "{\"a\": {}}",
         ".a.b: nothing there, expected 1"},
        {"{\"includes\": {\"a\": [{\"x\": 1}]}}", "{\"a\": [{\"x\": 2}]}",
         ".a: expected an element including {\"x\":1}, got [{\"x\":2}]"},
        {"{\"includes\": \"a\"}", "{}", ": expected \"a\", got {}"},
        {"{\"includes\": {\"id\": 3}}", "[{\"id\": 1}]",
         ": expected an element including {\"id\":3}, got [{\"id\":1}]"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

static char *list_of(size_t count, const char *element)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? "," : "[", element);
    fputc(']', out);
    fclose(out);
    return text;
}

static void judge_includes(const char *expected, const char *actual,
                           const char *message)
{
    struct trial trial;
    char *expect = NULL;

    ck_assert_int_gt(
        asprintf(&expect, "{\"json\": {\"includes\": %s}}", expected), 0);
    trial_body(&trial, expect, actual);
    trial_expect(&trial, message);
    if (*message)
        ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_SPEC);
    trial_finish(&trial);
    free(expect);
}

static const char gave_up[] =
    "json: \"includes\" gave up after 1000000 comparisons";

START_TEST(includes_has_so_many_pairs_at_most)
{
    char *most = list_of(1000, "1"), *more = list_of(1001, "1");

    judge_includes(most, most, "");
    judge_includes(more, more, gave_up);
    free(most);
    free(more);
}
END_TEST

/* Each of the inner lists is searched to its end before it is refused. */
START_TEST(includes_gives_up_at_its_limit)
{
    char *ones = list_of(300, "1"), *others = list_of(299, "1,2,2");
    char *expected = list_of(1, ones), *actual = list_of(60, others);

    judge_includes(expected, actual, gave_up);
    free(ones);
    free(others);
    free(expected);
    free(actual);
}
END_TEST

UNIT("matcher_includes", includes_finds_deep_subsets,
     includes_has_so_many_pairs_at_most, includes_gives_up_at_its_limit)
