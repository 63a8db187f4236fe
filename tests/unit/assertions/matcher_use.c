/* Matchers that have a name. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "specs/base/buffer.h"

#define NAMES                                                                  \
    "\"matchers\": {\"id\": {\"type\": \"integer\", \"gt\": 0},"               \
    " \"good\": [200, \"3xx\"], \"small\": {\"use\": \"id\", \"lt\": 10},"     \
    " \"gone\": {\"exists\": false}, \"text\": {\"contains\": \"milk\"},"      \
    " \"hole\": \"{{name}}\"}, "

/* NULL: it holds. */
static void judge_it(const char *expect, const char *body, const char *messages)
{
    struct trial trial;

    trial_prepare(&trial, "{" NAMES "\"expect\": %s}", expect);
    trial_answer(&trial, body);
    trial_judge(&trial);
    trial_expect(&trial, messages);
    trial_finish(&trial);
}

START_TEST(a_name_stands_wherever_a_matcher_may)
{
    static const char body[] =
        "{\"id\": 3, \"list\": [1, 20], \"title\": \"milk\"}";
    static const char *const rows[] = {
        "{\"status\": {\"use\": \"good\"}}",
        "{\"status\": {\"not\": {\"not\": {\"use\": \"good\"}}}}",
        "{\"json\": {\"$.id\": {\"use\": \"id\"}}}",
        "{\"json\": {\"$.id\": {\"use\": \"small\", \"gte\": 3}}}",
        "{\"json\": {\"$.list\": {\"all\": {\"use\": \"id\"}}}}",
        "{\"json\": {\"$.list\": {\"any\": {\"use\": \"small\"}}}}",
        "{\"json\": {\"$.list\": {\"none\": {\"use\": \"text\"}}}}",
        "{\"json\": {\"$.list\": {\"count\": {\"use\": \"small\"}}}}",
        "{\"json\": {\"$.id\": {\"any_of\": [\"x\", {\"use\": \"id\"}]}}}",
        "{\"json\": {\"$.id\": {\"all_of\": [3, {\"use\": \"id\"}]}}}",
        "{\"json\": {\"$.none\": {\"use\": \"gone\"}}}",
        "{\"headers\": {\"x-none\": {\"use\": \"gone\"}}}",
        "{\"json\": {\"not\": {\"use\": \"text\"}}}",
        "{\"body\": {\"use\": \"text\"}}",
        "{\"json\": {\"$.title\": {\"use\": \"text\", \"length\": 4}}}",
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        judge_it(rows[i], body, NULL);
}
END_TEST

START_TEST(what_does_not_hold_is_told_as_if_it_stood_there)
{
    judge_it("{\"status\": {\"not\": {\"use\": \"good\"}}}", "",
             "status: expected not 200 or 3xx, got 200");
    judge_it("{\"json\": {\"$.id\": {\"use\": \"small\"}}}", "{\"id\": 12}",
             "json $.id: expected less than 10, got 12");
    judge_it("{\"json\": {\"$.id\": {\"use\": \"small\"}}}", "{\"id\": \"x\"}",
             "json $.id: expected an integer, got \"x\"");
}
END_TEST

START_TEST(a_failure_is_told_where_the_name_is_used)
{
    struct trial trial;

    trial_prepare(&trial,
                  "{" NAMES "\n\"expect\": {\"json\": {\"$.id\": {\"use\": "
                  "\"small\"}}}}");
    trial_answer(&trial, "{\"id\": 12}");
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.verdict_count, 1);
    ck_assert_uint_eq(spot_place(trial.judged.verdicts[0].at).line, 2);
    trial_finish(&trial);
}
END_TEST

START_TEST(variables_are_needed_by_who_uses_the_name)
{
    struct trial trial;
    struct needs needs;

    trial_prepare(&trial,
                  "{" NAMES "\"expect\": {\"json\": {\"$.a\": {\"use\": "
                  "\"hole\"}}}}");
    needs = judgement_needs(trial.judgement);
    ck_assert_uint_eq(needs.count, 1);
    ck_assert_str_eq(needs.list[0].name, "name");
    trial.variables = json_pack("{s:i}", "name", 7);
    trial_answer(&trial, "{\"a\": 7}");
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_body_streams_past_a_name)
{
    struct trial trial;

    trial_prepare(&trial,
                  "{" NAMES "\"expect\": {\"body\": {\"use\": \"text\"}}}");
    ck_assert(!judgement_holds_body(trial.judgement));
    trial_stream(&trial, "oat milk", 8, 3);
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(mistakes_in_names_are_told)
{
    trial_refuse("{\"expect\": {\"body\": {\"use\": \"x\"}}}",
                 "1:29: no matcher is named \"x\"");
    trial_refuse("{\"matchers\": {\"a\": {\"use\": \"b\"}, \"b\": {\"not\": "
                 "{\"use\": \"a\"}}}, \"expect\": {\"body\": {\"use\": "
                 "\"b\"}}}",
                 "1:15: these matchers use each other: a → b → a");
    trial_refuse("{\"matchers\": {\"a\": {\"gt\": 1}}, \"expect\": {\"json\": "
                 "{\"equals\": {\"use\": \"a\"}, \"use\": \"\"}}}",
                 "1:83: \"use\" is empty");
}
END_TEST

/* `levels` names that each use the next one ten times: 10 to the power of it.
 */
static void compile_levels(struct trial *trial, size_t levels)
{
    struct buffer text = buffer_with_ceiling(1 << 16);

    ck_assert(buffer_print(&text, "{\"matchers\": {"));
    for (size_t i = 1; i <= levels; i++) {
        ck_assert(buffer_print(&text, "\"%zu\": {\"all_of\": [", i));
        for (size_t j = 0; j < 10; j++)
            ck_assert(buffer_print(&text, "%s{\"use\": \"%zu\"}", j ? "," : "",
                                   i + 1));
        ck_assert(buffer_print(&text, "]},"));
    }
    ck_assert(buffer_print(&text,
                           "\"%zu\": 1}, \"expect\": {\"json\": {\"use\": "
                           "\"1\"}}}",
                           levels + 1));
    trial_compile(trial, buffer_text(&text));
    buffer_finish(&text);
}

START_TEST(names_come_together_to_a_limit)
{
    struct trial trial;

    ck_assert_int_lt(1 + 10 + 100 + 1000, LIMIT_USES);
    compile_levels(&trial, 3);
    ck_assert_uint_eq(trial.faults.total, 0);
    trial_finish(&trial);
    compile_levels(&trial, 4);
    ck_assert_uint_gt(trial.faults.total, 0);
    ck_assert_str_eq(trial.faults.faults[0].text,
                     "more than 10000 named matchers come together here");
    trial_finish(&trial);
}
END_TEST

START_TEST(names_nest_as_deep_as_matchers)
{
    for (size_t count = LIMIT_MATCHER_DEPTH - 1; count <= LIMIT_MATCHER_DEPTH;
         count++) {
        struct buffer text = buffer_with_ceiling(1 << 16);
        struct trial trial;

        ck_assert(buffer_print(&text, "{\"matchers\": {"));
        for (size_t i = 1; i < count; i++)
            ck_assert(
                buffer_print(&text, "\"%zu\": {\"use\": \"%zu\"},", i, i + 1));
        ck_assert(buffer_print(
            &text, "\"%zu\": 1}, \"expect\": {\"body\": {\"use\": \"1\"}}}",
            count));
        trial_compile(&trial, buffer_text(&text));
        ck_assert_uint_eq(trial.faults.total, count == LIMIT_MATCHER_DEPTH);
        trial_finish(&trial);
        buffer_finish(&text);
    }
}
END_TEST

UNIT("matcher_use", a_name_stands_wherever_a_matcher_may,
     what_does_not_hold_is_told_as_if_it_stood_there,
     a_failure_is_told_where_the_name_is_used,
     variables_are_needed_by_who_uses_the_name, a_body_streams_past_a_name,
     mistakes_in_names_are_told, names_come_together_to_a_limit,
     names_nest_as_deep_as_matchers)
