#include "tests/unit/reporters/stories.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* 2026-11-20T23:11:04Z */
static const int64_t moment = INT64_C(1795216264) * NS_PER_S;

static const struct timings ordinary = {
    .connect_ns = 300000, .first_byte_ns = 11200000, .total_ns = 12000000};

static const struct exchange_report answered = {
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

void tell_start(struct reporter *reporter, const struct suite_label *suites,
                const size_t *test_counts, size_t count)
{
    struct run_start run = {
        .version = "0.1.0",
        .hostname = "ci-7",
        .wall_ns = moment,
        .jobs = 64,
        .transport = "async",
        .suite_count = count,
        .suites = suites,
        .suite_test_counts = test_counts,
    };
    struct event event = {.kind = EVENT_RUN_STARTED, .run_start = &run};

    for (size_t i = 0; i < count; i++)
        run.test_count += test_counts[i];
    reporter->hear(reporter, &event);
}

void tell_test(struct reporter *reporter, const struct test_report *test)
{
    struct event sent = {.kind = EVENT_DISPATCHED,
                         .at_ns = test->started_ns,
                         .in_flight = 3,
                         .dispatched = {.label = &test->label}};
    struct event done = {.kind = EVENT_TEST_FINISHED,
                         .at_ns = test->started_ns + test->duration_ns,
                         .in_flight = 2,
                         .test = test};

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

static void tell_run_end(struct reporter *reporter, const struct run_end *end)
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

/* Tests that passed, named "<word> <number>" from `first` on. */
static void tell_passed(struct reporter *reporter, struct suite_label suite,
                        const char *word, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        struct test_report test = {
            .label = {.suite = suite, .role = ROLE_TEST, .ordinal = i},
            .started_ns = (int64_t)i * NS_PER_MS,
            .duration_ns = (12 + (int64_t)i) * NS_PER_MS,
            .check_count = 1,
            .exchange_count = 1,
            .exchanges = &answered,
        };
        char name[64];

        snprintf(name, sizeof(name), "%s %zu", word, i + 1);
        test.label.name = name;
        test.label.id = name;
        test.label.line = (unsigned)(5 * i + 4);
        tell_test(reporter, &test);
    }
}

static void tell_skipped(struct reporter *reporter, struct test_label label,
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

static const struct suite_label smoke = {0, "examples/smoke.volley.json",
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
    struct exchange_report exchange = answered;
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
    exchange.timings = ordinary;
    exchange.transcript = &transcript;
    tell_test(reporter, &test);
}

/* The run that the sketch of the console shows. */
static void tell_login(struct reporter *reporter)
{
    const struct suite_label suites[] = {smoke, login};
    const size_t counts[] = {12, 10};
    struct run_end end = {
        .counts = {22, 19, 1, 0, 2},
        .duration_ns = 360 * NS_PER_MS,
        .check_count = 40,
        .request_count = 22,
        .connection_count = 3,
        .reused_count = 19,
        .path_ns = 330 * NS_PER_MS,
        .path_text = "log in -> create a todo -> update a todo",
    };

    tell_start(reporter, suites, counts, 2);
    tell_passed(reporter, smoke, "is there", 0, 6);
    tell_passed(reporter, login, "logs in", 12, 7);
    tell_passed(reporter, smoke, "is there", 6, 6);
    tell_update(reporter);
    tell_skipped(
        reporter,
        (struct test_label){login, ROLE_TEST, 20, "read it back", NULL, 60},
        "a test that it needs did not pass", "update a todo");
    tell_skipped(
        reporter,
        (struct test_label){login, ROLE_TEST, 21, "delete it", NULL, 71},
        "a test that it needs did not pass", "update a todo");
    tell_suite_end(reporter, login, (struct counts){10, 7, 1, 0, 2},
                   340 * NS_PER_MS);
    tell_suite_end(reporter, smoke, (struct counts){12, 12, 0, 0, 0},
                   210 * NS_PER_MS);
    tell_run_end(reporter, &end);
}

static void tell_all_passed(struct reporter *reporter)
{
    const size_t count = 3;

    tell_start(reporter, &smoke, &count, 1);
    tell_passed(reporter, smoke, "is there", 0, 3);
    tell_suite_end(reporter, smoke, (struct counts){3, 3, 0, 0, 0},
                   15 * NS_PER_MS);
    tell_end(reporter, (struct counts){3, 3, 0, 0, 0});
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

    tell_start(reporter, &smoke, &count, 1);
    for (size_t i = 0; i < count; i++) {
        tell_skipped(reporter,
                     (struct test_label){smoke, ROLE_TEST, i, names[i], NULL,
                                         (unsigned)i + 2},
                     i < 12 ? "the service has no search yet" : "", NULL);
    }
    tell_suite_end(reporter, smoke, (struct counts){13, 0, 0, 0, 13}, 0);
    tell_end(reporter, (struct counts){13, 0, 0, 0, 13});
}

/* Three suites that end in the wrong order, a set-up without an answer, a test
 * of two steps with several failures, SIGINT, -k. */
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
    struct exchange_report exchange = answered;
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
    struct exchange_report exchanges[] = {answered, answered};
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

static void tell_troubled(struct reporter *reporter)
{
    const struct suite_label suites[] = {first, second, third};
    const size_t test_counts[] = {2, 1, 2};
    struct run_start run = {
        .version = "0.1.0",
        .hostname = "",
        .wall_ns = moment,
        .jobs = 1,
        .insecure = true,
        .transport = "serial",
        .suite_count = 3,
        .suites = suites,
        .suite_test_counts = test_counts,
        .test_count = 5,
    };
    struct event started = {.kind = EVENT_RUN_STARTED, .run_start = &run};
    const struct run_end end = {
        .counts = {5, 0, 1, 1, 3},
        .duration_ns = 61 * NS_PER_S,
        .check_count = 5,
        .request_count = 3,
        .connection_count = 1,
        .interrupted_by = SIGINT,
    };

    reporter->hear(reporter, &started);
    tell_skipped(reporter,
                 (struct test_label){third, ROLE_TEST, 3, "same name", NULL, 4},
                 "not run: interrupted", NULL);
    tell_skipped(
        reporter,
        (struct test_label){third, ROLE_TEARDOWN, 4, "same name", NULL, 8},
        "not run: interrupted", NULL);
    tell_suite_end(reporter, third, (struct counts){2, 0, 0, 0, 2}, 0);
    tell_steps(reporter);
    tell_suite_end(reporter, second, (struct counts){1, 0, 1, 0, 0},
                   24 * NS_PER_MS);
    tell_refused(reporter);
    tell_skipped(reporter,
                 (struct test_label){first, ROLE_TEST, 2, "read", NULL, 9},
                 "\"log in\" did not pass", "log in");
    tell_suite_end(reporter, first, (struct counts){2, 0, 0, 1, 1},
                   61 * NS_PER_S);
    tell_run_end(reporter, &end);
}

/* What nobody should send: everything that breaks XML, JSON or a terminal. */
static const char evil[] =
    "]]> <&\"'\r\n\t\x01\x1b[2J\x1b]0;owned\a \x7f \xc2\x9b"
    "31m \xff\xfe \xed\xa0\x80 \xef\xbf\xbf \xe2\x80\xae \xf0\x9f\x98\x80 "
    "e\xcc\x81 \xe6\xbc\xa2\xe5\xad\x97 {{x}} %s%n";

static void tell_evil_test(struct reporter *reporter, struct suite_label suite,
                           size_t ordinal, const struct transcript *transcript)
{
    const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .at = {evil, 1, 5, 9, evil, sizeof(evil) - 1},
        .subject = evil,
        .path = evil,
        .expected = evil,
        .actual = evil,
        .message = evil,
        .difference = 12,
    };
    const struct failure failures[] = {failure, failure};
    const struct input input = {evil, evil, evil};
    const struct exchange_report exchange = {
        .step_name = evil,
        .method = evil,
        .url = evil,
        .arrival = ARRIVAL_MALFORMED,
        .trouble = evil,
        .transcript = transcript,
    };
    const struct test_report test = {
        .label = {suite, ROLE_TEST, ordinal, evil, evil, 1},
        .outcome = OUTCOME_FAILED,
        .duration_ns = 1,
        .check_count = 2,
        .failure_count = 2,
        .failures = failures,
        .exchange_count = 1,
        .exchanges = &exchange,
        .input_count = 1,
        .inputs = &input,
    };

    tell_test(reporter, &test);
}

static void tell_hostile(struct reporter *reporter)
{
    const struct suite_label suite = {0, evil, evil};
    const size_t count = 4;
    const struct header header = {evil, evil};
    const struct transcript transcript = {
        .curl = evil,
        .request_header_count = 1,
        .request_headers = &header,
        .request_body = evil,
        .request_body_length = sizeof(evil),
        .response_header_count = 1,
        .response_headers = &header,
        .response_body = "a\0b]]>\n\xff",
        .response_body_length = 8,
    };
    const struct test_label skipped = {suite, ROLE_TEST, 2, evil, NULL, 1};
    const struct test_label nameless = {suite, ROLE_TEST, 3, "", NULL, 1};

    tell_start(reporter, &suite, &count, 1);
    tell_evil_test(reporter, suite, 0, &transcript);
    tell_evil_test(reporter, suite, 1, &transcript);
    tell_skipped(reporter, skipped, evil, evil);
    tell_skipped(reporter, nameless, evil, NULL);
    tell_suite_end(reporter, suite, (struct counts){4, 0, 2, 0, 2}, 1);
    tell_end(reporter, (struct counts){4, 0, 2, 0, 2});
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

    tell_start(reporter, &smoke, &count, 1);
    tell_passed(reporter, smoke, "delay", 0, 2);
    tell_suite_end(reporter, smoke, (struct counts){2, 2, 0, 0, 0}, NS_PER_S);
    reporter->hear(reporter, &compared);
    tell_end(reporter, (struct counts){2, 2, 0, 0, 0});
}

const struct story stories[] = {
    {"compared", tell_compared}, {"empty", tell_nothing},
    {"hostile", tell_hostile},   {"login", tell_login},
    {"passed", tell_all_passed}, {"skipped", tell_all_skipped},
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
