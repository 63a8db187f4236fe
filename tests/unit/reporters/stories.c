#include "tests/unit/reporters/stories.h"

#include <string.h>

static const struct suite_label smoke_suite = {0, "examples/smoke.volley.json",
                                               "smoke"};
static const struct suite_label login = {1, "examples/login.volley.json",
                                         "login"};

static void tell_update(struct reporter *reporter)
{
    static const char line[] =
        "      \"json\": { \"$.title\": \"buy oat milk\", \"$.done\": true }";
    static const struct header sent[] = {{"authorization", "***"},
                                         {"content-type", "application/json"}};
    static const struct header got[] = {{"Content-Type", "application/json"}};
    static const struct transcript transcript = {
        .curl = "curl -X PUT 'http://127.0.0.1:41873/todos/17' "
                "-H 'authorization: ***' --json '{\"title\":\"buy milk\"}'",
        .request_header_count = COUNT(sent),
        .request_headers = sent,
        .request_body = "{\"title\":\"buy milk\"}",
        .request_body_length = 20,
        .response_header_count = COUNT(got),
        .response_headers = got,
        .response_body = "{\"id\":17,\"title\":\"buy milk\",\"done\":true}",
        .response_body_length = 40,
    };
    static const struct input input = {"id", "17", "create a todo"};
    const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .at = {login.path, 47, 28, 14, line, sizeof(line) - 1},
        .subject = "json",
        .path = "$.title",
        .expected = "\"buy oat milk\"",
        .actual = "\"buy milk\"",
        .message = "$.title: expected \"buy oat milk\", got \"buy milk\"",
        .difference = 5,
    };
    struct exchange_report exchange = answered_exchange;
    const struct test_report test = {
        .label = {login, ROLE_TEST, 19, "update a todo", "update", 41},
        .outcome = OUTCOME_FAILED,
        .started_ns = 200 * NS_PER_MS,
        .duration_ns = 12 * NS_PER_MS,
        .check_count = 2,
        .failure_count = 1,
        .failures = &failure,
        .exchange_count = 1,
        .exchanges = &exchange,
        .input_count = 1,
        .inputs = &input,
    };

    exchange.method = "PUT";
    exchange.url = "http://127.0.0.1:41873/todos/17";
    exchange.reused = true;
    exchange.connection_count = 0;
    exchange.transcript = &transcript;
    tell_test(reporter, &test);
}

/* The run that the sketch of the console shows. */
static void tell_login(struct reporter *reporter)
{
    const struct suite_label suites[] = {smoke_suite, login};
    const size_t counts[] = {12, 10};
    struct run_end end = {
        .counts = {.tests = 22, .passed = 19, .failed = 1, .skipped = 2},
        .duration_ns = 360 * NS_PER_MS,
        .check_count = 40,
        .request_count = 22,
        .connection_count = 3,
        .reused_count = 19,
        .path_ns = 330 * NS_PER_MS,
        .path_text = "log in -> create a todo -> update a todo",
    };

    tell_start(reporter, suites, counts, 2);
    tell_passed(reporter, smoke_suite, "is there", 0, 6);
    tell_passed(reporter, login, "logs in", 12, 7);
    tell_passed(reporter, smoke_suite, "is there", 6, 6);
    tell_update(reporter);
    tell_skipped(
        reporter,
        (struct test_label){login, ROLE_TEST, 20, "read it back", NULL, 60},
        "a test that it needs did not pass", "update a todo");
    tell_skipped(
        reporter,
        (struct test_label){login, ROLE_TEST, 21, "delete it", NULL, 71},
        "a test that it needs did not pass", "update a todo");
    tell_suite_end(
        reporter, login,
        (struct counts){.tests = 10, .passed = 7, .failed = 1, .skipped = 2},
        340 * NS_PER_MS);
    tell_suite_end(reporter, smoke_suite,
                   (struct counts){.tests = 12, .passed = 12}, 210 * NS_PER_MS);
    tell_run_end(reporter, &end);
}

static void tell_all_passed(struct reporter *reporter)
{
    const size_t count = 3;

    tell_start(reporter, &smoke_suite, &count, 1);
    tell_passed(reporter, smoke_suite, "is there", 0, 3);
    tell_suite_end(reporter, smoke_suite,
                   (struct counts){.tests = 3, .passed = 3}, 15 * NS_PER_MS);
    tell_end(reporter, (struct counts){.tests = 3, .passed = 3});
}

static void tell_nothing(struct reporter *reporter)
{
    tell_start(reporter, NULL, NULL, 0);
    tell_end(reporter, (struct counts){0});
}

static void tell_all_skipped(struct reporter *reporter)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g",
                                        "h", "i", "j", "k", "l", "m"};
    const size_t count = COUNT(names);

    tell_start(reporter, &smoke_suite, &count, 1);
    for (size_t i = 0; i < count; i++) {
        tell_skipped(reporter,
                     (struct test_label){smoke_suite, ROLE_TEST, i, names[i],
                                         NULL, (unsigned)i + 2},
                     i < 12 ? "the service has no search yet" : "", NULL);
    }
    tell_suite_end(reporter, smoke_suite,
                   (struct counts){.tests = 13, .skipped = 13}, 0);
    tell_end(reporter, (struct counts){.tests = 13, .skipped = 13});
}

static void tell_compared(struct reporter *reporter)
{
    static const struct strategy_report strategies[] = {
        {.name = "serial",
         .run_count = 5,
         .mean = 10.061,
         .deviation = 0.004,
         .median = 10.06,
         .least = 10.055,
         .most = 10.067,
         .speedup = 1,
         .user = 0.005,
         .system = 0.004,
         .requests_per_second = 0.99,
         .connections = 10},
        {.name = "async",
         .run_count = 5,
         .mean = 1.004,
         .deviation = 0.001,
         .median = 1.004,
         .least = 1.003,
         .most = 1.005,
         .speedup = 10.021,
         .speedup_deviation = 0.011,
         .saved_percent = 90.02,
         .user = 0.002,
         .system = 0.002,
         .requests_per_second = 9.96,
         .connections = 10},
    };
    static const struct comparison comparison = {
        .strategy_count = COUNT(strategies),
        .strategies = strategies,
        .critical_path = 1.001,
        .same_verdicts = true,
    };
    const struct event compared = {.kind = EVENT_COMPARED,
                                   .comparison = &comparison};
    const size_t count = 2;

    tell_start(reporter, &smoke_suite, &count, 1);
    tell_passed(reporter, smoke_suite, "delay", 0, 2);
    tell_suite_end(reporter, smoke_suite,
                   (struct counts){.tests = 2, .passed = 2}, NS_PER_S);
    reporter->hear(reporter, &compared);
    tell_end(reporter, (struct counts){.tests = 2, .passed = 2});
}

const struct story stories[] = {
    {"compared", tell_compared}, {"empty", tell_nothing},
    {"flaky", tell_flaky},       {"hostile", tell_hostile},
    {"login", tell_login},       {"passed", tell_all_passed},
    {"race", tell_races},        {"skipped", tell_all_skipped},
    {"troubled", tell_troubled},
};
const size_t story_count = COUNT(stories);

const struct story *story_find(const char *name)
{
    for (size_t i = 0; i < story_count; i++)
        if (strcmp(stories[i].name, name) == 0)
            return &stories[i];
    return NULL;
}
