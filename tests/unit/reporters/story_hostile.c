/* What nobody should send: everything that breaks XML, JSON or a terminal. */
#include "tests/unit/reporters/stories.h"

static const char evil[] =
    "]]> <&\"'\r\n\t\x01\x1b[2J\x1b]0;owned\a \x7f \xc2\x9b"
    "31m \xff\xfe \xed\xa0\x80 \xef\xbf\xbf \xe2\x80\xae \xf0\x9f\x98\x80 "
    "e\xcc\x81 \xe6\xbc\xa2\xe5\xad\x97 {{x}} %s%n";

static const struct failure failure = {
    .kind = VERDICT_ASSERTION,
    .at = {evil, 1, 5, 9, evil, sizeof(evil) - 1},
    .subject = evil,
    .path = evil,
    .expected = evil,
    .actual = evil,
    .message = evil,
    .difference = 12,
};
static const struct attempt_report retried[] = {
    {1, OUTCOME_FAILED, 0, 1, 1, &failure},
    {2, OUTCOME_ERRED, 1, 1, 1, &failure},
};

static void tell_evil_test(struct reporter *reporter, struct suite_label suite,
                           size_t ordinal, const struct transcript *transcript)
{
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

/* One that passed at last, and one that did not, which does not count. */
static void tell_evil_attempts(struct reporter *reporter,
                               struct suite_label suite)
{
    struct test_report test = {
        .label = {suite, ROLE_TEST, 4, evil, evil, 1},
        .attempt_count = 3,
        .attempts_ns = 3,
        .retry_count = COUNT(retried),
        .retried_count = COUNT(retried),
        .retried = retried,
    };

    tell_test(reporter, &test);
    test.label.ordinal = 5;
    test.outcome = OUTCOME_FAILED;
    test.failure_count = 1;
    test.failures = &failure;
    tell_test(reporter, &test);
    test.label.ordinal = 6;
    test.quarantine = evil;
    tell_test(reporter, &test);
}

void tell_hostile(struct reporter *reporter)
{
    const struct suite_label suite = {0, evil, evil};
    const size_t count = 7;
    const struct counts counts = {.tests = 7,
                                  .passed = 1,
                                  .failed = 3,
                                  .skipped = 2,
                                  .flaky = 1,
                                  .quarantined = 1};
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
    tell_evil_attempts(reporter, suite);
    tell_suite_end(reporter, suite, counts, 1);
    tell_end(reporter, counts);
}
