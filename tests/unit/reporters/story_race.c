/* Races: one that passed, one whose counts are wrong, with more racers than are
 * told, one in which a single racer is wrong, and one that was run again. */
#include "tests/unit/reporters/stories.h"

static const struct suite_label seats = {0, "seats.volley.json", "seats"};

enum { RACERS = 12, WINNER = 3, SLOWEST = 11 };

/* Each took a millisecond longer than the one before, but the slowest. */
static void fill_racers(struct exchange_report *racers, size_t count,
                        size_t slowest)
{
    for (size_t i = 0; i < count; i++) {
        racers[i] = answered_exchange;
        racers[i].racer = i + 1;
        racers[i].method = "POST";
        racers[i].url = "http://127.0.0.1:41873/seats/7";
        racers[i].status = i + 1 == WINNER ? 201 : 409;
        racers[i].timings.total_ns = (int64_t)(12 + i) * NS_PER_MS;
    }
    racers[slowest - 1].timings.total_ns = 90 * NS_PER_MS;
}

static void tell_race(struct reporter *reporter, size_t ordinal,
                      const char *name, struct test_report test)
{
    struct exchange_report racers[RACERS];
    size_t count = test.exchange_count;

    fill_racers(racers, count, count < SLOWEST ? 2 : SLOWEST);
    if (test.failure_count && test.failures->racer)
        racers[test.failures->racer - 1].status = 500;
    test.label = (struct test_label){
        seats, ROLE_TEST, ordinal, name, name, 4 + 10 * (unsigned)ordinal};
    test.started_ns = (int64_t)ordinal * 100 * NS_PER_MS;
    test.duration_ns = 90 * NS_PER_MS;
    test.check_count = 2;
    test.exchanges = racers;
    tell_test(reporter, &test);
}

static void tell_wrong_counts(struct reporter *reporter)
{
    const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .at = {seats.path, 17, 33, 1, NULL, 0},
        .subject = "outcome 201",
        .expected = "2",
        .actual = "1",
        .message = "outcome 201: expected 2, got 1",
        .difference = SIZE_MAX,
    };

    tell_race(reporter, 1, "two at most",
              (struct test_report){.outcome = OUTCOME_FAILED,
                                   .failure_count = 1,
                                   .failures = &failure,
                                   .exchange_count = RACERS});
}

static void tell_wrong_racer(struct reporter *reporter)
{
    const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .racer = 4,
        .at = {seats.path, 27, 21, 3, NULL, 0},
        .subject = "status",
        .expected = "409",
        .actual = "500",
        .message = "racer 4: status: expected 409, got 500",
        .difference = SIZE_MAX,
    };

    tell_race(reporter, 2, "nobody breaks it",
              (struct test_report){.outcome = OUTCOME_FAILED,
                                   .failure_count = 1,
                                   .failures = &failure,
                                   .exchange_count = 5});
}

/* The time of it is that of both attempts, and nobody's alone. */
static void tell_race_again(struct reporter *reporter)
{
    static const struct failure failure = {
        .kind = VERDICT_ASSERTION,
        .subject = "outcome 201",
        .message = "outcome 201: expected 1, got 0",
        .difference = SIZE_MAX,
    };
    const struct attempt_report first = {
        .number = 1,
        .outcome = OUTCOME_FAILED,
        .started_ns = 300 * NS_PER_MS,
        .duration_ns = 40 * NS_PER_MS,
        .failure_count = 1,
        .failures = &failure,
    };

    tell_race(reporter, 3, "again",
              (struct test_report){.attempt_count = 2,
                                   .attempts_ns = 90 * NS_PER_MS,
                                   .retry_count = 1,
                                   .retried_count = 1,
                                   .retried = &first,
                                   .exchange_count = 5});
}

void tell_races(struct reporter *reporter)
{
    const size_t count = 4;
    const struct counts counts = {
        .tests = 4, .passed = 2, .failed = 2, .flaky = 1};
    const struct run_end end = {
        .counts = counts,
        .duration_ns = 400 * NS_PER_MS,
        .check_count = 8,
        .request_count = 27,
        .connection_count = 27,
        .path_ns = 90 * NS_PER_MS,
        .path_text = "one seat",
    };

    tell_start(reporter, &seats, &count, 1);
    tell_race(reporter, 0, "one seat",
              (struct test_report){.exchange_count = 5});
    tell_wrong_counts(reporter);
    tell_wrong_racer(reporter);
    tell_race_again(reporter);
    tell_suite_end(reporter, seats, counts, 390 * NS_PER_MS);
    tell_run_end(reporter, &end);
}
