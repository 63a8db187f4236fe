#include "runner/attempt.h"

#include "tests/unit/unit.h"

enum { NOW = 1000, ALL = (RETRY_EXPECT << 1) - 1 };

static struct attempt_end end_of(enum verdict_kind kind, enum arrival arrival,
                                 long status)
{
    const struct verdict verdict = {.kind = kind};
    const struct response response = {.arrival = arrival, .status = status};
    struct attempt_end end = {0};

    attempt_end_add(&end, &verdict, &response);
    return end;
}

START_TEST(every_failure_has_its_reason)
{
    static const struct {
        enum verdict_kind kind;
        enum arrival arrival;
        unsigned why;
        bool is_early, is_broken;
    } rows[] = {
        {VERDICT_ASSERTION, ARRIVED, RETRY_EXPECT, true, false},
        {VERDICT_ASSERTION, ARRIVAL_CONNECT, RETRY_EXPECT, true, false},
        {VERDICT_CAPTURE, ARRIVED, RETRY_EXPECT, false, false},
        {VERDICT_SPEC, ARRIVED, 0, false, true},
        {VERDICT_SPEC, ARRIVAL_REQUEST, 0, false, true},
        {VERDICT_TIMEOUT, ARRIVAL_TIMEOUT, RETRY_TIMEOUT, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_CONNECT, RETRY_CONNECT, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_DNS, RETRY_DNS, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_TLS, RETRY_TLS, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_RESET, RETRY_RESET, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_TRUNCATED, RETRY_RESET, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_MALFORMED, RETRY_RESET, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_REQUEST, 0, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_TOO_LARGE, 0, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_REDIRECTS, 0, true, false},
        {VERDICT_TRANSPORT, ARRIVAL_INTERRUPTED, 0, true, true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct attempt_end end = end_of(rows[i].kind, rows[i].arrival, 200);

        ck_assert_msg(end.why == rows[i].why, "row %zu: %x", i, end.why);
        ck_assert_msg(end.is_early == rows[i].is_early, "row %zu", i);
        ck_assert_msg(end.is_broken == rows[i].is_broken, "row %zu", i);
        ck_assert_msg(end.status == (rows[i].arrival == ARRIVED ? 200 : 0),
                      "row %zu", i);
    }
}
END_TEST

/* Of several verdicts none is forgotten. */
START_TEST(verdicts_add_up)
{
    const struct verdict unwanted = {.kind = VERDICT_ASSERTION};
    const struct verdict lost = {.kind = VERDICT_TRANSPORT};
    const struct response answer = {.status = 503};
    const struct response silence = {.arrival = ARRIVAL_RESET};
    struct attempt_end end = end_of(VERDICT_CAPTURE, ARRIVED, 503);

    attempt_end_add(&end, &unwanted, &answer);
    attempt_end_add(&end, &lost, &silence);
    ck_assert_uint_eq(end.why, RETRY_EXPECT | RETRY_RESET);
    ck_assert_int_eq(end.status, 503);
    ck_assert(end.is_early && !end.is_broken);
}
END_TEST

/* What follows such an end of the attempt after `retry_count` retries. */
static enum next_attempt next_of(const struct retry *retry,
                                 struct attempt_end end, size_t retry_count)
{
    const struct attempts attempts = {.count = retry_count + 1,
                                      .retry_count = retry_count};
    const struct attempt_rules rules = {.retry = retry, .chance = 0.5};
    int64_t due_ns = -1;
    enum next_attempt next =
        attempts_next(&attempts, &rules, &end, NOW, &due_ns);

    ck_assert_int_eq(due_ns, next == ATTEMPT_NONE ? -1 : NOW);
    return next;
}

/* Each reason is retried by its own name, by all together, and by no other. */
START_TEST(a_retry_has_reasons)
{
    for (unsigned why = 1; why <= RETRY_EXPECT; why <<= 1) {
        const struct attempt_end end = {.why = why, .is_early = true};

        for (unsigned on = 1; on <= RETRY_EXPECT; on <<= 1) {
            const struct retry retry = {.times = 1, .backoff = 1, .on = on};

            ck_assert_msg(next_of(&retry, end, 0) ==
                              (on == why ? ATTEMPT_RETRY : ATTEMPT_NONE),
                          "%x on %x", why, on);
        }
        ck_assert_int_eq(
            next_of(&(struct retry){.times = 1, .backoff = 1, .on = ALL}, end,
                    0),
            ATTEMPT_RETRY);
    }
    ck_assert_int_eq(next_of(NULL, (struct attempt_end){.why = ALL}, 0),
                     ATTEMPT_NONE);
}
END_TEST

START_TEST(a_retry_has_statuses)
{
    static const uint16_t statuses[] = {404, 429};
    static const struct {
        long status;
        bool is_retried;
    } rows[] = {
        {0, false},  {99, false},   {100, false},   {200, false}, {403, false},
        {404, true}, {428, false},  {429, true},    {430, false}, {499, false},
        {500, true}, {503, true},   {599, true},    {600, false}, {999, false},
        {-1, false}, {-500, false}, {65940, false},
    };
    const struct retry retry = {
        .times = 1,
        .backoff = 1,
        .classes = {[5] = true},
        .status_count = COUNT(statuses),
        .statuses = statuses,
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct attempt_end end = {.why = RETRY_EXPECT,
                                  .status = rows[i].status};

        ck_assert_msg(next_of(&retry, end, 0) ==
                          (rows[i].is_retried ? ATTEMPT_RETRY : ATTEMPT_NONE),
                      "status %ld", rows[i].status);
    }
}
END_TEST

START_TEST(every_class_is_its_own)
{
    for (int class = 1; class <= STATUS_CLASSES; class ++) {
        struct retry retry = {.times = 1, .backoff = 1};

        retry.classes[class] = true;
        for (int other = 1; other <= STATUS_CLASSES; other++) {
            struct attempt_end end = {.status = other * 100 + 99};

            ck_assert_int_eq(next_of(&retry, end, 0),
                             other == class ? ATTEMPT_RETRY : ATTEMPT_NONE);
        }
    }
}
END_TEST

START_TEST(retries_come_to_an_end)
{
    const struct retry retry = {
        .times = LIMIT_RETRIES, .backoff = 1, .on = ALL};
    const struct attempt_end end = {.why = RETRY_CONNECT, .is_early = true};
    const struct attempt_end broken = {.why = ALL, .is_broken = true};

    ck_assert_int_eq(next_of(&retry, end, LIMIT_RETRIES - 1), ATTEMPT_RETRY);
    ck_assert_int_eq(next_of(&retry, end, LIMIT_RETRIES), ATTEMPT_NONE);
    ck_assert_int_eq(next_of(&retry, end, LIMIT_RETRIES + 1), ATTEMPT_NONE);
    ck_assert_int_eq(next_of(&retry, broken, 0), ATTEMPT_NONE);
}
END_TEST

static int64_t delay_before(struct retry retry, size_t number, double chance)
{
    const struct attempts attempts = {.retry_count = number - 1};
    const struct attempt_rules rules = {.retry = &retry, .chance = chance};
    const struct attempt_end end = {.why = RETRY_CONNECT};
    int64_t due_ns;

    retry.times = LIMIT_RETRIES;
    retry.on = RETRY_CONNECT;
    ck_assert_int_eq(attempts_next(&attempts, &rules, &end, NOW, &due_ns),
                     ATTEMPT_RETRY);
    return due_ns - NOW;
}

START_TEST(delays_grow)
{
    const int64_t most = LIMIT_RETRY_DELAY_S * NS_PER_S;
    const struct {
        int64_t delay_ns;
        double backoff;
        size_t number;
        int64_t wanted_ns;
    } rows[] = {
        {0, 2, 1, 0},
        {0, 1e300, LIMIT_RETRIES, 0},
        {200 * NS_PER_MS, 1, 1, 200 * NS_PER_MS},
        {200 * NS_PER_MS, 1, LIMIT_RETRIES, 200 * NS_PER_MS},
        {200 * NS_PER_MS, 2, 1, 200 * NS_PER_MS},
        {200 * NS_PER_MS, 2, 2, 400 * NS_PER_MS},
        {200 * NS_PER_MS, 2, 5, 3200 * NS_PER_MS},
        {100 * NS_PER_MS, 1.5, 3, 225 * NS_PER_MS},
        {NS_PER_S, 2, 12, 2048 * NS_PER_S},
        {NS_PER_S, 2, 13, most},
        {NS_PER_S, 2, LIMIT_RETRIES, most},
        {NS_PER_S, 1e308, 3, most},
        {most, 1, 1, most},
        {most + 1, 1, 1, most},
        {INT64_MAX, 1, 1, most},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct retry retry = {.delay_ns = rows[i].delay_ns,
                                    .backoff = rows[i].backoff};
        int64_t delay_ns = delay_before(retry, rows[i].number, 0.5);

        ck_assert_msg(delay_ns == rows[i].wanted_ns, "row %zu: %ld", i,
                      (long)delay_ns);
    }
}
END_TEST

START_TEST(jitter_has_bounds)
{
    const int64_t most = LIMIT_RETRY_DELAY_S * NS_PER_S;
    const struct {
        int64_t delay_ns;
        double jitter, chance;
        int64_t wanted_ns;
    } rows[] = {
        {NS_PER_S, 0, 0, NS_PER_S},
        {NS_PER_S, 0.25, 0, 750 * NS_PER_MS},
        {NS_PER_S, 0.25, 0.5, NS_PER_S},
        {NS_PER_S, 0.25, 0.75, 1125 * NS_PER_MS},
        {NS_PER_S, 1, 0, 0},
        {NS_PER_S, 1, 0.5, NS_PER_S},
        {0, 1, 0.75, 0},
        {most, 0.5, 0.75, most},
        {most, 0.5, 0, most / 2},
        {INT64_MAX, 0.5, 0, most / 2},
    };
    const struct retry retry = {
        .delay_ns = NS_PER_S, .backoff = 1, .jitter = 0.25};

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct retry one = {.delay_ns = rows[i].delay_ns,
                                  .backoff = 1,
                                  .jitter = rows[i].jitter};
        int64_t delay_ns = delay_before(one, 1, rows[i].chance);

        ck_assert_msg(delay_ns == rows[i].wanted_ns, "row %zu: %ld", i,
                      (long)delay_ns);
    }
    for (unsigned i = 0; i < 64; i++) {
        int64_t delay_ns = delay_before(retry, 1, i / 64.0);

        ck_assert_int_ge(delay_ns, 750 * NS_PER_MS);
        ck_assert_int_lt(delay_ns, 1250 * NS_PER_MS);
    }
}
END_TEST

/* Deadlines of a test that began at NOW. */
static struct attempts begun(int64_t poll_ns, int64_t timeout_ns)
{
    const struct poll poll = {.every_ns = 10, .for_ns = poll_ns};
    const struct test test = {.poll = poll_ns ? &poll : NULL,
                              .timeout_ns = timeout_ns};
    struct attempts attempts = {.count = 7, .retry_count = 7};

    attempts_begin(&attempts, &test, NOW);
    ck_assert_uint_eq(attempts.count, 0);
    ck_assert_uint_eq(attempts.retry_count, 0);
    return attempts;
}

START_TEST(deadlines_end_it)
{
    static const struct {
        int64_t poll_ns, timeout_ns, at_ns, retry_after_ns;
        int64_t due_ns; /* 0: nothing follows */
    } rows[] = {
        {100, 0, 0, 0, 10},           {100, 0, 89, 0, 99},  {100, 0, 90, 0, 0},
        {100, 0, 200, 0, 0},          {100, 50, 39, 0, 49}, {100, 50, 40, 0, 0},
        {50, 100, 40, 0, 0},          {100, 0, 0, 30, 30},  {100, 0, 0, 5, 10},
        {100, 0, 0, 99, 99},          {100, 0, 0, 100, 0},  {100, 50, 0, 50, 0},
        {INT64_MAX / 2, 0, 5, 0, 15},
    };
    static const struct poll poll = {.every_ns = 10};
    static const struct attempt_rules rules = {.poll = &poll};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct attempts attempts = begun(rows[i].poll_ns, rows[i].timeout_ns);
        struct attempt_end end = {.is_early = true,
                                  .retry_after_ns = rows[i].retry_after_ns};
        int64_t due_ns = NOW;
        enum next_attempt next = attempts_next(&attempts, &rules, &end,
                                               NOW + rows[i].at_ns, &due_ns);

        ck_assert_msg(due_ns - NOW == rows[i].due_ns, "row %zu: %ld", i,
                      (long)(due_ns - NOW));
        ck_assert_msg(next == (rows[i].due_ns ? ATTEMPT_POLL : ATTEMPT_NONE),
                      "row %zu", i);
    }
}
END_TEST

/* The timeout holds for retries; without one they have no deadline. */
START_TEST(a_retry_has_the_deadlines_of_its_test)
{
    static const struct retry retry = {
        .times = 1, .backoff = 1, .delay_ns = 10, .on = ALL};
    static const struct attempt_rules rules = {.retry = &retry, .chance = 0.5};
    const struct attempt_end end = {.why = RETRY_CONNECT};
    struct attempts attempts = begun(0, 50);
    int64_t due_ns;

    ck_assert_int_eq(attempts_next(&attempts, &rules, &end, NOW + 39, &due_ns),
                     ATTEMPT_RETRY);
    ck_assert_int_eq(due_ns, NOW + 49);
    ck_assert_int_eq(attempts_next(&attempts, &rules, &end, NOW + 40, &due_ns),
                     ATTEMPT_NONE);
    attempts = begun(0, 0);
    ck_assert_int_eq(
        attempts_next(&attempts, &rules, &end, NOW + NS_PER_S, &due_ns),
        ATTEMPT_RETRY);
}
END_TEST

/* A retry takes the place of a poll while there is one left, but cannot move
 * the deadline. */
START_TEST(retries_and_polls_go_together)
{
    static const struct retry retry = {
        .times = 1, .backoff = 1, .delay_ns = 3, .on = RETRY_CONNECT};
    static const struct poll poll = {.every_ns = 10};
    static const struct attempt_rules rules = {&retry, &poll, 0.5};
    const struct attempt_end lost = {.why = RETRY_CONNECT, .is_early = true};
    const struct attempt_end unwanted = {.why = RETRY_EXPECT, .is_early = true};
    struct attempts attempts = begun(100, 0);
    int64_t due_ns;

    ck_assert_int_eq(attempts_next(&attempts, &rules, &lost, NOW, &due_ns),
                     ATTEMPT_RETRY);
    ck_assert_int_eq(due_ns, NOW + 3);
    ck_assert_int_eq(attempts_next(&attempts, &rules, &unwanted, NOW, &due_ns),
                     ATTEMPT_POLL);
    ck_assert_int_eq(due_ns, NOW + 10);
    attempts.retry_count = 1;
    ck_assert_int_eq(attempts_next(&attempts, &rules, &lost, NOW, &due_ns),
                     ATTEMPT_POLL);
    attempts.retry_count = 0;
    ck_assert_int_eq(attempts_next(&attempts, &rules, &lost, NOW + 97, &due_ns),
                     ATTEMPT_NONE);
}
END_TEST

/* A capture that finds nothing where all expectations hold finds nothing the
 * next time either. */
START_TEST(polls_do_not_wait_for_captures)
{
    static const struct poll poll = {.every_ns = 10};
    static const struct attempt_rules rules = {.poll = &poll};
    static const struct {
        enum verdict_kind kind;
        enum next_attempt wanted;
    } rows[] = {
        {VERDICT_ASSERTION, ATTEMPT_POLL},
        {VERDICT_CAPTURE, ATTEMPT_NONE},
        {VERDICT_SPEC, ATTEMPT_NONE},
    };
    const struct attempts attempts = begun(100, 0);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct attempt_end end = end_of(rows[i].kind, ARRIVED, 200);
        int64_t due_ns;

        ck_assert_int_eq(attempts_next(&attempts, &rules, &end, NOW, &due_ns),
                         rows[i].wanted);
    }
}
END_TEST

UNIT("attempt", every_failure_has_its_reason, verdicts_add_up,
     a_retry_has_reasons, a_retry_has_statuses, every_class_is_its_own,
     retries_come_to_an_end, delays_grow, jitter_has_bounds, deadlines_end_it,
     a_retry_has_the_deadlines_of_its_test, retries_and_polls_go_together,
     polls_do_not_wait_for_captures)
