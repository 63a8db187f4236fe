/* Three suites that end in the wrong order, a set-up without an answer, a test
 * of two steps with several failures, SIGINT, -k. */
#include "tests/unit/reporters/stories.h"
#include <signal.h>

static const struct suite_label first = {0, "first.volley.json", "first"};
static const struct suite_label second = {1, "sub/se.cond.json", "second"};
static const struct suite_label third = {2, "third.volley.json", "third"};

static void tell_refused(struct reporter *reporter)
{
    static const char line[] =
        "\t\"url\": \"/\xe4\xbd\xa0\xe5\xa5\xbd/login\",";
    const struct failure failure = {
        .kind = VERDICT_TRANSPORT,
        .at = {first.path, 5, 2, 17, line, sizeof(line) - 1},
        .subject = "error",
        .message = "connect: connection refused by 127.0.0.1 port 1",
        .difference = SIZE_MAX,
    };
    struct exchange_report exchange = answered_exchange;
    const struct test_report test = {
        .label = {first, ROLE_SETUP, 0, "log in", "log-in", 4},
        .outcome = OUTCOME_ERRED,
        .duration_ns = NS_PER_MS,
        .failure_count = 1,
        .failures = &failure,
        .exchange_count = 1,
        .exchanges = &exchange,
    };

    exchange.url = "http://127.0.0.1:1/login";
    exchange.arrival = ARRIVAL_CONNECT;
    exchange.trouble = "connection refused by 127.0.0.1 port 1";
    exchange.status = 0;
    exchange.timings = (struct timings){.total_ns = 400000};
    tell_test(reporter, &test);
}

static void tell_steps(struct reporter *reporter)
{
    static const struct transcript transcript = {
        .curl = "curl 'http://127.0.0.1:41873/todos'",
        .response_body = "{\"error\":\"no such\ntable\"}",
        .response_body_length = 25,
        .left_out = 1000,
    };
    const struct failure failures[] = {
        {.kind = VERDICT_ASSERTION,
         .step = 1,
         .at = {second.path, 9, 11, 0, NULL, 0},
         .subject = "status",
         .expected = "200",
         .actual = "500",
         .message = "status: expected 200, got 500",
         .difference = SIZE_MAX},
        {.kind = VERDICT_ASSERTION,
         .step = 1,
         .at = {second.path, 10, 9, 0, NULL, 0},
         .subject = "header content-type",
         .expected = "\"application/json\"",
         .message = "header content-type: there is none",
         .difference = SIZE_MAX},
        {.kind = VERDICT_CAPTURE,
         .step = 1,
         .at = {second.path, 11, 9, 0, NULL, 0},
         .subject = "capture id",
         .message = "capture \"id\": $.id is not there",
         .difference = SIZE_MAX},
    };
    struct exchange_report exchanges[] = {answered_exchange, answered_exchange};
    const struct test_report test = {
        .label = {second, ROLE_TEST, 1, "two steps", "two-steps", 3},
        .outcome = OUTCOME_FAILED,
        .duration_ns = 24 * NS_PER_MS,
        .check_count = 5,
        .failure_count = COUNT(failures),
        .failures = failures,
        .exchange_count = COUNT(exchanges),
        .exchanges = exchanges,
    };

    exchanges[1].step = 1;
    exchanges[1].step_name = "then";
    exchanges[1].status = 500;
    exchanges[1].reused = true;
    exchanges[1].resent = true;
    exchanges[1].transcript = &transcript;
    tell_test(reporter, &test);
}

void tell_troubled(struct reporter *reporter)
{
    const struct suite_label suites[] = {first, second, third};
    const size_t test_counts[] = {2, 1, 2};
    struct run_start run = told_run(suites, test_counts, COUNT(suites));
    const struct run_end end = {
        .counts = {.tests = 5, .failed = 1, .erred = 1, .skipped = 3},
        .duration_ns = 61 * NS_PER_S,
        .check_count = 5,
        .request_count = 3,
        .connection_count = 1,
        .interrupted_by = SIGINT,
    };

    run.hostname = "";
    run.jobs = 1;
    run.insecure = true;
    run.transport = "serial";
    run.seed = 1;
    tell_run_start(reporter, &run);
    tell_skipped(reporter,
                 (struct test_label){third, ROLE_TEST, 3, "same name", NULL, 4},
                 "not run: interrupted", NULL);
    tell_skipped(
        reporter,
        (struct test_label){third, ROLE_TEARDOWN, 4, "same name", NULL, 8},
        "not run: interrupted", NULL);
    tell_suite_end(reporter, third, (struct counts){.tests = 2, .skipped = 2},
                   0);
    tell_steps(reporter);
    tell_suite_end(reporter, second, (struct counts){.tests = 1, .failed = 1},
                   24 * NS_PER_MS);
    tell_refused(reporter);
    tell_skipped(reporter,
                 (struct test_label){first, ROLE_TEST, 2, "read", NULL, 9},
                 "\"log in\" did not pass", "log in");
    tell_suite_end(reporter, first,
                   (struct counts){.tests = 2, .erred = 1, .skipped = 1},
                   61 * NS_PER_S);
    tell_run_end(reporter, &end);
}
