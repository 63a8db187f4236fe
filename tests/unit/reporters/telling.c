#include "tests/unit/reporters/telling.h"

#include <stdio.h>

const int64_t told_wall_ns = INT64_C(1795216264) * NS_PER_S;

const struct exchange_report answered_exchange = {
    .method = "GET",
    .url = "http://127.0.0.1:41873/todos",
    .status = 200,
    .connection_count = 1,
    .queue_ns = 200000,
    .timings = {.connect_ns = 300000,
                .first_byte_ns = 11200000,
                .total_ns = 12000000},
    .body_size = 1234,
    .wire_size = 600,
    .headers_size = 150,
    .sent_size = 98,
};

struct run_start told_run(const struct suite_label *suites,
                          const size_t *test_counts, size_t count)
{
    struct run_start run = {
        .version = "0.1.0",
        .hostname = "ci-7",
        .wall_ns = told_wall_ns,
        .jobs = 64,
        .transport = "async",
        .suite_count = count,
        .suites = suites,
        .suite_test_counts = test_counts,
        .seed = 20261120,
    };

    for (size_t i = 0; i < count; i++)
        run.test_count += test_counts[i];
    return run;
}

void tell_run_start(struct reporter *reporter, const struct run_start *run)
{
    const struct event event = {.kind = EVENT_RUN_STARTED, .run_start = run};

    reporter->hear(reporter, &event);
}

void tell_start(struct reporter *reporter, const struct suite_label *suites,
                const size_t *test_counts, size_t count)
{
    const struct run_start run = told_run(suites, test_counts, count);

    tell_run_start(reporter, &run);
}

/* How long before its end the step that is told was sent. */
static int64_t flight_ns(const struct test_report *test)
{
    if (test->attempt_count > 1 && test->exchange_count > 0)
        return test->exchanges[test->exchange_count - 1].timings.total_ns;
    return test->duration_ns;
}

void tell_test(struct reporter *reporter, const struct test_report *test)
{
    int64_t took_ns =
        test->attempt_count > 1 ? test->attempts_ns : test->duration_ns;
    struct event sent = {.kind = EVENT_DISPATCHED,
                         .at_ns = test->started_ns + took_ns - flight_ns(test),
                         .in_flight = 3,
                         .dispatched = {.label = &test->label}};
    struct event done = {.kind = EVENT_TEST_FINISHED,
                         .at_ns = test->started_ns + took_ns,
                         .in_flight = 2,
                         .test = test};

    if (test->attempt_count > 0)
        sent.dispatched.attempt = test->attempt_count - 1;
    if (test->exchange_count > 0)
        reporter->hear(reporter, &sent);
    reporter->hear(reporter, &done);
}

void tell_suite_end(struct reporter *reporter, struct suite_label suite,
                    struct counts counts, int64_t duration_ns)
{
    struct suite_end end = {
        .label = suite,
        .counts = counts,
        .started_ns = (int64_t)suite.index * NS_PER_S,
        .duration_ns = duration_ns,
    };
    struct event event = {
        .kind = EVENT_SUITE_FINISHED, .at_ns = duration_ns, .suite_end = &end};

    reporter->hear(reporter, &event);
}

void tell_run_end(struct reporter *reporter, const struct run_end *end)
{
    struct event event = {
        .kind = EVENT_RUN_FINISHED, .at_ns = end->duration_ns, .run_end = end};

    reporter->hear(reporter, &event);
}

void tell_end(struct reporter *reporter, struct counts counts)
{
    struct run_end end = {
        .counts = counts,
        .duration_ns = 360 * NS_PER_MS,
        .check_count = counts.tests - counts.skipped,
        .request_count = counts.tests - counts.skipped,
        .connection_count = counts.tests > counts.skipped ? 3 : 0,
        .reused_count = counts.tests > 3 ? counts.tests - 3 : 0,
    };

    tell_run_end(reporter, &end);
}

void tell_passed(struct reporter *reporter, struct suite_label suite,
                 const char *word, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        struct test_report test = {
            .label = {.suite = suite, .role = ROLE_TEST, .ordinal = i},
            .started_ns = (int64_t)i * NS_PER_MS,
            .duration_ns = (12 + (int64_t)i) * NS_PER_MS,
            .check_count = 1,
            .exchange_count = 1,
            .exchanges = &answered_exchange,
        };
        char name[64];

        snprintf(name, sizeof(name), "%s %zu", word, i + 1);
        test.label.name = name;
        test.label.id = name;
        test.label.line = (unsigned)(5 * i + 4);
        tell_test(reporter, &test);
    }
}

void tell_skipped(struct reporter *reporter, struct test_label label,
                  const char *reason, const char *because)
{
    struct test_report test = {
        .label = label,
        .outcome = OUTCOME_SKIPPED,
        .started_ns = 300 * NS_PER_MS,
        .skip_reason = reason,
        .skip_because = because,
    };

    test.label.id = label.name;
    tell_test(reporter, &test);
}
