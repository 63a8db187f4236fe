/* What came back from a race, counted. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <string.h>

enum { RACERS_MOST = 8 };

static const struct race race = {.count = 4};

static void compile(struct trial *trial, const char *spec)
{
    trial_compile_step(trial, spec, (struct step){.race = &race});
}

static struct response read_answer(const char *word)
{
    struct response answer = {0};
    uint64_t status;

    if (read_count(word, 999, &status))
        answer.status = (long)status;
    else
        ck_assert(arrival_find(word, &answer.arrival));
    return answer;
}

/* "201 409 timeout": how many there are. */
static size_t read_answers(const char *words, struct response *answers)
{
    size_t count = 0;

    while (*words) {
        size_t length = strcspn(words, " ");
        char word[16];

        ck_assert_uint_lt(count, RACERS_MOST);
        snprintf(word, sizeof(word), "%.*s", (int)length, words);
        answers[count++] = read_answer(word);
        words += length + strspn(words + length, " ");
    }
    return count;
}

static struct judged count(struct trial *trial, const char *words)
{
    struct response answers[RACERS_MOST];
    const struct response *list[RACERS_MOST];
    struct scope scope = {.values = trial->variables};
    size_t total = read_answers(words, answers);

    for (size_t i = 0; i < total; i++)
        list[i] = &answers[i];
    return judge_outcomes(trial->judgement, list, total, &scope, &trial->arena);
}

static const char *messages(struct trial *trial, const struct judged *judged)
{
    const char *all = "";

    for (size_t i = 0; i < judged->verdict_count; i++)
        all = arena_print(&trial->arena, "%s%s%s", all, i ? "\n" : "",
                          judged->verdicts[i].message);
    return all;
}

static void check_counted(const char *outcomes, const char *answers,
                          const char *wanted)
{
    struct trial trial;
    struct judged judged;
    char spec[300];

    snprintf(spec, sizeof(spec), "{\"expect\": {\"outcomes\": %s}}", outcomes);
    compile(&trial, spec);
    ck_assert_str_eq(trial_faults(&trial), "");
    judged = count(&trial, answers);
    ck_assert_str_eq(messages(&trial, &judged), wanted);
    ck_assert_uint_ge(judged.check_count, 1);
    trial_finish(&trial);
}

START_TEST(answers_are_counted_by_what_they_are)
{
    static const struct {
        const char *outcomes;
        const char *answers;
        const char *messages;
    } rows[] = {
        {"{\"201\": 1, \"409\": 3}", "409 201 409 409", ""},
        {"{\"201\": 1, \"409\": 3}", "201 201 409 409",
         "outcome 201: expected 1, got 2\noutcome 409: expected 3, got 2"},
        {"{\"201\": 1, \"409\": \"rest\"}", "409 201 409 409", ""},
        {"{\"201\": 1, \"409\": \"rest\"}", "201 409 500 timeout",
         "outcome 409: expected the rest to be 409, got 500, timeout"},
        {"{\"409\": \"rest\", \"201\": 4}", "201 201 201 201", ""},
        {"{\"2xx\": 3, \"5XX\": 1}", "200 201 299 503", ""},
        {"{\"2xx\": 1, \"201\": 3}", "201 201 201 200", ""},
        {"{\"timeout\": 2, \"reset\": 1, \"200\": 1}",
         "timeout reset 200 timeout", ""},
        {"{\"200\": {\"gte\": 1}}", "200 500 500 connect",
         "outcomes: expected 200, got 500 (2 times), connect"},
        {"{\"200\": {\"lte\": 1}, \"409\": {\"gt\": 0}}", "200 200 409 409",
         "outcome 200: expected at most 1, got 2"},
        {"{\"200\": 0, \"409\": 4}", "409 409 409 409", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_counted(rows[i].outcomes, rows[i].answers, rows[i].messages);
}
END_TEST

START_TEST(a_verdict_says_where_and_what)
{
    struct trial trial;
    struct judged judged;

    compile(&trial, "{\"expect\": {\"outcomes\": {\"201\": 1, \"409\": 3}}}");
    judged = count(&trial, "201 409 500 500");
    ck_assert_uint_eq(judged.check_count, 2);
    ck_assert_uint_eq(judged.verdict_count, 2);
    ck_assert_int_eq(judged.verdicts[0].kind, VERDICT_ASSERTION);
    ck_assert_str_eq(judged.verdicts[0].subject, "outcome 409");
    ck_assert_str_eq(judged.verdicts[0].expected, "3");
    ck_assert_str_eq(judged.verdicts[0].actual, "1");
    ck_assert_uint_eq(spot_place(judged.verdicts[0].at).column, 43);
    ck_assert_str_eq(judged.verdicts[1].subject, "outcomes");
    ck_assert_str_eq(judged.verdicts[1].expected, "201 or 409");
    ck_assert_str_eq(judged.verdicts[1].actual, "500 (2 times)");
    trial_finish(&trial);
}
END_TEST

START_TEST(counts_may_be_templates)
{
    struct trial trial;
    struct judged judged;

    compile(&trial, "{\"expect\": {\"outcomes\": {\"201\": \"{{n}}\", "
                    "\"409\": \"rest\"}}}");
    ck_assert_uint_eq(judgement_needs(trial.judgement).count, 1);
    trial.variables = json_pack("{s:i}", "n", 2);
    judged = count(&trial, "201 201 409 409");
    ck_assert_str_eq(messages(&trial, &judged), "");
    judged = count(&trial, "201 409 409 409");
    ck_assert_str_eq(messages(&trial, &judged),
                     "outcome 201: expected 2, got 1");
    json_object_set_new(trial.variables, "n", json_string("x"));
    judged = count(&trial, "201 409 409 409");
    ck_assert_int_eq(judged.verdicts[0].kind, VERDICT_SPEC);
    ck_assert_str_eq(messages(&trial, &judged),
                     "outcome 201: a count is compared with a number");
    trial_finish(&trial);
}
END_TEST

START_TEST(outcomes_stand_instead_of_the_implied_status)
{
    struct trial trial;

    compile(&trial, "{\"expect\": {\"outcomes\": {\"409\": 4}}}");
    ck_assert(judgement_checks_anything(trial.judgement));
    trial.response.status = 409;
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.check_count, 0);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    compile(&trial, "{}");
    trial.response.status = 409;
    trial_judge(&trial);
    trial_expect(&trial, "status: expected 2xx, got 409");
    trial_finish(&trial);
}
END_TEST

START_TEST(an_answer_that_never_came_is_a_matter_of_counting)
{
    struct trial trial;

    compile(&trial, "{\"expect\": {\"outcomes\": {\"timeout\": 4}, \"body\": "
                    "\"x\"}, \"capture\": {\"a\": {\"body\": true}}}");
    trial.response = (struct response){.arrival = ARRIVAL_TIMEOUT};
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    ck_assert_uint_eq(trial.judged.capture_count, 0);
    trial_finish(&trial);
}
END_TEST

START_TEST(nothing_is_counted_where_nobody_asks)
{
    struct trial trial;
    struct judged judged;

    compile(&trial, "{}");
    judged = count(&trial, "500 500");
    ck_assert_uint_eq(judged.check_count, 0);
    ck_assert_uint_eq(judged.verdict_count, 0);
    trial_finish(&trial);
}
END_TEST

START_TEST(outcomes_of_the_defaults_are_for_races)
{
    struct trial trial;

    trial_compile_step(&trial,
                       "{\"defaults\": {\"outcomes\": {\"409\": \"rest\"}}, "
                       "\"expect\": {\"body\": \"\"}}",
                       (struct step){0});
    ck_assert_str_eq(trial_faults(&trial), "");
    trial.response.status = 409;
    trial_judge(&trial);
    trial_expect(&trial, "status: expected 2xx, got 409");
    trial_finish(&trial);
    compile(&trial, "{\"defaults\": {\"outcomes\": {\"2xx\": 3, \"409\": "
                    "\"rest\"}}, \"expect\": {\"outcomes\": {\"2xx\": null}}}");
    ck_assert_str_eq(trial_faults(&trial), "");
    trial_finish(&trial);
}
END_TEST

UNIT("outcomes", answers_are_counted_by_what_they_are,
     a_verdict_says_where_and_what, counts_may_be_templates,
     outcomes_stand_instead_of_the_implied_status,
     an_answer_that_never_came_is_a_matter_of_counting,
     nothing_is_counted_where_nobody_asks,
     outcomes_of_the_defaults_are_for_races)
