/* Tests that were tried several times, quarantined ones, and a run of which a
 * part was left out and whose time was up. */
#include "tests/unit/reporters/stories.h"

static const struct suite_label orders = {0, "orders.volley.json", "orders"};
static const struct suite_label search = {1, "search.volley.json", "search"};
static const char *const known_bug = "until 2026-12-31: search loses words";

/* A status that is not the one that was wanted. */
static struct failure unwanted(struct suite_label suite, unsigned line,
                               const char *actual, const char *message)
{
    static const char text[] = "  \"expect\": { \"status\": 200 }";

    return (struct failure){
        .kind = VERDICT_ASSERTION,
        .at = {suite.path, line, 25, 3, text, sizeof(text) - 1},
        .subject = "status",
        .expected = "200",
        .actual = actual,
        .message = message,
        .difference = SIZE_MAX,
    };
}

static struct failure refused(struct suite_label suite, unsigned line)
{
    static const char text[] = "  \"url\": \"http://127.0.0.1:1/\",";

    return (struct failure){
        .kind = VERDICT_TRANSPORT,
        .at = {suite.path, line, 3, 5, text, sizeof(text) - 1},
        .subject = "error",
        .message = "connect: connection refused by 127.0.0.1 port 1",
        .difference = SIZE_MAX,
    };
}

/* An exchange is answered, and its test begins anew. */
static void tell_answered(struct reporter *reporter,
                          const struct test_label *label, size_t attempt)
{
    const struct event sent = {
        .kind = EVENT_DISPATCHED,
        .at_ns = (int64_t)attempt * NS_PER_S,
        .in_flight = 1,
        .dispatched = {.label = label, .attempt = attempt}};
    struct event answered = sent;

    answered.kind = EVENT_ANSWERED;
    answered.at_ns += 12 * NS_PER_MS;
    answered.in_flight = 0;
    reporter->hear(reporter, &sent);
    reporter->hear(reporter, &answered);
}

/* A test of which two attempts were made anew. */
static struct test_report third_attempt(struct test_label label,
                                        enum outcome outcome, int64_t took_ns,
                                        const struct attempt_report retried[2])
{
    return (struct test_report){
        .label = label,
        .outcome = outcome,
        .attempt_count = 3,
        .attempts_ns = took_ns,
        .retry_count = 2,
        .retried_count = 2,
        .retried = retried,
        .duration_ns = took_ns,
    };
}

static void tell_flaky_test(struct reporter *reporter)
{
    const struct failure first =
        unwanted(orders, 12, "503", "status: expected 200, got 503");
    const struct failure second = refused(orders, 9);
    const struct attempt_report retried[] = {
        {1, OUTCOME_FAILED, 0, 12 * NS_PER_MS, 1, &first},
        {2, OUTCOME_ERRED, NS_PER_S, NS_PER_MS, 1, &second},
    };
    struct test_report test =
        third_attempt((struct test_label){orders, ROLE_TEST, 0,
                                          "create an order", "create", 7},
                      OUTCOME_PASSED, 2012 * NS_PER_MS, retried);

    test.check_count = 1;
    test.exchange_count = 1;
    test.exchanges = &answered_exchange;
    tell_answered(reporter, &test.label, 0);
    tell_answered(reporter, &test.label, 1);
    tell_test(reporter, &test);
}

static void tell_retried_in_vain(struct reporter *reporter)
{
    const struct failure errors[] = {refused(orders, 21), refused(orders, 24)};
    const struct failure failure =
        unwanted(orders, 22, "500", "status: expected 200, got 500");
    const struct attempt_report retried[] = {
        {1, OUTCOME_ERRED, 0, NS_PER_MS, 2, errors},
        {2, OUTCOME_FAILED, NS_PER_S, 12 * NS_PER_MS, 1, &failure},
    };
    struct exchange_report exchange = answered_exchange;
    struct test_report test = third_attempt(
        (struct test_label){orders, ROLE_TEST, 1, "pay it", "pay", 19},
        OUTCOME_FAILED, 3024 * NS_PER_MS, retried);

    exchange.status = 500;
    test.check_count = 1;
    test.failure_count = 1;
    test.failures = &failure;
    test.exchange_count = 1;
    test.exchanges = &exchange;
    tell_test(reporter, &test);
}

/* Erred at last, and some of what came before has no verdict. */
static void tell_gave_up(struct reporter *reporter)
{
    const struct failure failure =
        unwanted(orders, 42, "429", "status: expected 200, got 429");
    const struct failure error = refused(orders, 41);
    const struct attempt_report retried[] = {
        {1, OUTCOME_FAILED, 0, 12 * NS_PER_MS, 1, &failure},
        {2, OUTCOME_ERRED, NS_PER_S, NS_PER_MS, 0, NULL},
    };
    struct test_report test = third_attempt(
        (struct test_label){orders, ROLE_TEST, 3, "ship it", "ship", 39},
        OUTCOME_ERRED, 3 * NS_PER_S, retried);

    test.failure_count = 1;
    test.failures = &error;
    tell_test(reporter, &test);
}

static void tell_polled_in_vain(struct reporter *reporter)
{
    static const char text[] = "  \"json\": { \"$.state\": \"paid\" }";
    const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .at = {orders.path, 33, 24, 6, text, sizeof(text) - 1},
        .subject = "json",
        .path = "$.state",
        .expected = "\"paid\"",
        .actual = "\"pending\"",
        .message = "$.state: expected \"paid\", got \"pending\"",
        .difference = 2,
    };
    const struct test_report test = {
        .label = {orders, ROLE_TEST, 2, "is paid in time", "paid", 29},
        .outcome = OUTCOME_FAILED,
        .attempt_count = 12,
        .attempts_ns = 30 * NS_PER_S,
        .started_ns = 3 * NS_PER_S,
        .duration_ns = 30 * NS_PER_S,
        .check_count = 1,
        .failure_count = 1,
        .failures = &failure,
        .exchange_count = 1,
        .exchanges = &answered_exchange,
    };

    tell_test(reporter, &test);
}

static void tell_quarantined(struct reporter *reporter)
{
    const struct failure failure =
        unwanted(search, 8, "404", "status: expected 200, got 404");
    const struct failure error = refused(search, 15);
    struct exchange_report exchange = answered_exchange;
    struct test_report test = {
        .label = {search, ROLE_TEST, 4, "finds words", "words", 4},
        .outcome = OUTCOME_FAILED,
        .quarantine = known_bug,
        .attempt_count = 1,
        .started_ns = 4 * NS_PER_S,
        .duration_ns = 12 * NS_PER_MS,
        .check_count = 1,
        .failure_count = 1,
        .failures = &failure,
        .exchange_count = 1,
        .exchanges = &exchange,
    };

    exchange.status = 404;
    tell_test(reporter, &test);
    test.label =
        (struct test_label){search, ROLE_TEST, 5, "finds more", "more", 13};
    test.outcome = OUTCOME_ERRED;
    test.failures = &error;
    test.exchange_count = 0;
    tell_test(reporter, &test);
    test.label =
        (struct test_label){search, ROLE_TEST, 6, "is there", "there", 21};
    test.outcome = OUTCOME_PASSED;
    test.failure_count = 0;
    tell_test(reporter, &test);
}

void tell_flaky(struct reporter *reporter)
{
    const struct suite_label suites[] = {orders, search};
    const size_t test_counts[] = {4, 5};
    struct run_start run = told_run(suites, test_counts, COUNT(suites));
    const struct counts of_orders = {
        .tests = 4, .passed = 1, .failed = 2, .erred = 1, .flaky = 1};
    const struct counts of_search = {
        .tests = 5, .passed = 1, .skipped = 2, .quarantined = 2};
    const struct run_end end = {
        .counts = {.tests = 9,
                   .passed = 2,
                   .failed = 2,
                   .erred = 1,
                   .skipped = 2,
                   .flaky = 1,
                   .quarantined = 2},
        .duration_ns = 33 * NS_PER_S,
        .check_count = 5,
        .request_count = 22,
        .connection_count = 4,
        .reused_count = 18,
        .timed_out = true,
    };

    run.left_out_count = 3;
    run.seed = UINT64_MAX;
    tell_run_start(reporter, &run);
    tell_quarantined(reporter);
    tell_skipped(reporter,
                 (struct test_label){search, ROLE_TEST, 7, "sorts", NULL, 30},
                 "a test that it needs did not pass", "finds words");
    tell_flaky_test(reporter);
    tell_gave_up(reporter);
    tell_retried_in_vain(reporter);
    tell_polled_in_vain(reporter);
    tell_suite_end(reporter, orders, of_orders, 33 * NS_PER_S);
    tell_skipped(reporter,
                 (struct test_label){search, ROLE_TEST, 8, "ranks", NULL, 38},
                 "not run: the run's time was up", NULL);
    tell_suite_end(reporter, search, of_search, 32 * NS_PER_S);
    tell_run_end(reporter, &end);
}
