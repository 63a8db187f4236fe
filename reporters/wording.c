#include "reporters/wording.h"

#include <string.h>

#include "reporters/figures.h"

static const char no_verdict[] = "no verdict was possible";

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {
        [OUTCOME_PASSED] = "passed",
        [OUTCOME_FAILED] = "failed",
        [OUTCOME_ERRED] = "erred",
        [OUTCOME_SKIPPED] = "skipped",
    };

    return names[outcome];
}

const char *role_name(enum test_role role)
{
    static const char *const names[] = {
        [ROLE_SETUP] = "setup",
        [ROLE_TEST] = "test",
        [ROLE_TEARDOWN] = "teardown",
    };

    return names[role];
}

const char *role_note(enum test_role role)
{
    static const char *const notes[] = {
        [ROLE_SETUP] = " (setup)",
        [ROLE_TEST] = "",
        [ROLE_TEARDOWN] = " (teardown)",
    };

    return notes[role];
}

void wording_add_skip(struct buffer *out, const struct test_report *test)
{
    const char *reason = test->skip_reason ? test->skip_reason : "";
    const char *because = test->skip_because;

    (void)!buffer_add_text(out, *reason || because ? reason : "skipped");
    if (because && !strstr(reason, because))
        (void)!buffer_print(out, "%s\"%s\"", *reason ? ": " : "because of ",
                            because);
}

static const char *connection(const struct exchange_report *exchange)
{
    if (exchange->resent)
        return ", sent once more on a new connection";
    return exchange->reused ? ", reused connection" : ", new connection";
}

void wording_add_sending(struct buffer *out,
                         const struct exchange_report *exchange)
{
    char took[FIGURE_ROOM];

    if (exchange->racer)
        (void)!buffer_print(out, "racer %zu: ", exchange->racer);
    (void)!buffer_print(out, "%s %s -> ", exchange->method, exchange->url);
    figure_duration(exchange->timings.total_ns, took);
    if (exchange->arrival == ARRIVED) {
        (void)!buffer_print(out, "%ld in %s%s", exchange->status, took,
                            connection(exchange));
    } else {
        (void)!buffer_print(out, "%s after %s", arrival_name(exchange->arrival),
                            took);
    }
}

void wording_add_exchange(struct buffer *out,
                          const struct exchange_report *exchange)
{
    wording_add_sending(out, exchange);
    if (exchange->arrival != ARRIVED) {
        (void)!buffer_print(out, ": %s",
                            exchange->trouble ? exchange->trouble
                                              : "no whole answer");
    }
}

void wording_add_failure(struct buffer *out, const struct failure *failure)
{
    if (failure->at.path && failure->at.line) {
        (void)!buffer_print(out, "%s:%u:%u: ", failure->at.path,
                            failure->at.line, failure->at.column);
    } else if (failure->at.path) {
        (void)!buffer_print(out, "%s: ", failure->at.path);
    }
    (void)!buffer_add_text(out, failure->message);
}

void wording_add_attempts(struct buffer *out, const struct test_report *test)
{
    char took[FIGURE_ROOM];

    (void)!buffer_print(out, "after %zu attempt%s in %s", test->attempt_count,
                        test->attempt_count == 1 ? "" : "s",
                        figure_duration(test->attempts_ns, took));
}

size_t slowest_racer(const struct test_report *test)
{
    const struct exchange_report *slowest = NULL;

    if (test_was_tried_again(test))
        return 0;
    for (size_t i = 0; i < test->exchange_count; i++) {
        const struct exchange_report *exchange = &test->exchanges[i];

        if (!slowest || exchange->timings.total_ns > slowest->timings.total_ns)
            slowest = exchange;
    }
    return slowest ? slowest->racer : 0;
}

const char *test_message(const struct test_report *test)
{
    if (test->failure_count > 0)
        return test->failures[0].message;
    for (size_t i = test->exchange_count; i > 0; i--)
        if (test->exchanges[i - 1].trouble)
            return test->exchanges[i - 1].trouble;
    return no_verdict;
}

const char *attempt_message(const struct attempt_report *attempt)
{
    return attempt->failure_count > 0 ? attempt->failures[0].message
                                      : no_verdict;
}
