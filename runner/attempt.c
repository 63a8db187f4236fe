/*
 * A failed attempt is followed by a retry, a poll, or nothing.
 *
 * A retry mends what should have worked: it is counted, so a test that passes
 * after one is flaky. A poll waits for what need not be true yet, so it is not.
 * Where a test has both, a retry takes the place of one poll: its failure is
 * worth telling, but the deadline stays.
 *
 * Nothing follows that could only begin when a deadline has passed: to wait for
 * that would only cost time. */
#include "runner/attempt.h"

#include <string.h>
#include <strings.h>
#include <time.h>

/* What befell an exchange, in the words of a retry's `on`. */
static unsigned why_of(enum arrival arrival)
{
    switch (arrival) {
    case ARRIVAL_CONNECT: return RETRY_CONNECT;
    case ARRIVAL_DNS: return RETRY_DNS;
    case ARRIVAL_TLS: return RETRY_TLS;
    case ARRIVAL_TIMEOUT: return RETRY_TIMEOUT;
    case ARRIVAL_RESET:
    case ARRIVAL_TRUNCATED:
    case ARRIVAL_MALFORMED: return RETRY_RESET;
    case ARRIVED:
    case ARRIVAL_REQUEST:
    case ARRIVAL_TOO_LARGE:
    case ARRIVAL_REDIRECTS:
    case ARRIVAL_INTERRUPTED: break;
    }
    return 0;
}

void attempt_end_add(struct attempt_end *end, const struct verdict *verdict,
                     const struct response *response)
{
    switch (verdict->kind) {
    case VERDICT_ASSERTION:
        end->why |= RETRY_EXPECT;
        end->is_early = true;
        break;
    case VERDICT_CAPTURE: end->why |= RETRY_EXPECT; break;
    case VERDICT_TRANSPORT:
    case VERDICT_TIMEOUT:
        end->why |= why_of(response->arrival);
        end->is_early = true;
        break;
    case VERDICT_SPEC: end->is_broken = true; break;
    }
    if (response->arrival == ARRIVAL_INTERRUPTED)
        end->is_broken = true;
    if (response->arrival == ARRIVED)
        end->status = response->status;
}

/* HTTP-date: the form that is to be sent, and the two obsolete ones that must
 * be understood (RFC 9110, section 5.6.7). */
static bool read_date(const char *text, int64_t *seconds)
{
    static const char *const forms[] = {
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %d %H:%M:%S %Y",
    };

    for (size_t i = 0; i < COUNT(forms); i++) {
        struct tm moment = {0};
        const char *rest = strptime(text, forms[i], &moment);

        if (rest && !*rest) {
            *seconds = (int64_t)timegm(&moment);
            return true;
        }
    }
    return false;
}

/* How long to wait; a number that is too large is as good as the largest. */
static bool read_wait(const char *text, int64_t wall_s, int64_t *seconds)
{
    uint64_t count;

    if (read_date(text, seconds)) {
        *seconds -= wall_s;
        return true;
    }
    if (!*text || text[strspn(text, "0123456789")])
        return false;
    if (read_count(text, LIMIT_RETRY_AFTER_S, &count))
        *seconds = (int64_t)count;
    else
        *seconds = LIMIT_RETRY_AFTER_S;
    return true;
}

int64_t retry_after_ns(const struct response *response, int64_t wall_ns)
{
    enum { TOO_MANY_REQUESTS = 429, UNAVAILABLE = 503 };

    if (response->arrival != ARRIVED ||
        (response->status != TOO_MANY_REQUESTS &&
         response->status != UNAVAILABLE))
        return 0;
    for (size_t i = 0; i < response->header_count; i++) {
        const struct header *header = &response->headers[i];
        int64_t seconds;

        if (strcasecmp(header->name, "retry-after") != 0 ||
            !read_wait(header->value, wall_ns / NS_PER_S, &seconds))
            continue;
        if (seconds > LIMIT_RETRY_AFTER_S)
            seconds = LIMIT_RETRY_AFTER_S;
        return seconds > 0 ? seconds * NS_PER_S : 0;
    }
    return 0;
}

void attempts_begin(struct attempts *attempts, const struct test *test,
                    int64_t now_ns)
{
    *attempts = (struct attempts){0};
    if (test->poll)
        attempts->poll_until_ns = clock_add(now_ns, test->poll->for_ns);
    if (test->timeout_ns)
        attempts->test_until_ns = clock_add(now_ns, test->timeout_ns);
}

static bool is_wanted_status(const struct retry *retry, long status)
{
    enum { CLASS = 100 };

    if (status < CLASS || status > STATUS_MOST)
        return false;
    for (size_t i = 0; i < retry->status_count; i++) {
        if (retry->statuses[i] == status)
            return true;
    }
    return retry->classes[status / CLASS];
}

static bool is_retried(const struct attempts *attempts,
                       const struct retry *retry, const struct attempt_end *end)
{
    return retry && attempts->retry_count < retry->times &&
           ((retry->on & end->why) || is_wanted_status(retry, end->status));
}

/* Doubles lose nothing here: nobody counts the nanoseconds of an hour. The
 * jitter comes after the limit, or those that reached it would all come at
 * once. */
static int64_t delay_of(const struct retry *retry, size_t number, double chance)
{
    const double most = LIMIT_RETRY_DELAY_S * (double)NS_PER_S;
    double delay = (double)retry->delay_ns;

    while (number-- > 0 && delay < most)
        delay *= retry->backoff;
    if (delay > most)
        delay = most;
    delay *= 1 + retry->jitter * (2 * chance - 1);
    return (int64_t)(delay < most ? delay : most);
}

static bool is_in_time(int64_t due_ns, int64_t until_ns)
{
    return until_ns == 0 || due_ns < until_ns;
}

enum next_attempt attempts_next(const struct attempts *attempts,
                                const struct attempt_rules *rules,
                                const struct attempt_end *end, int64_t now_ns,
                                int64_t *due_ns)
{
    enum next_attempt next = ATTEMPT_NONE;
    int64_t delay = 0;

    if (end->is_broken)
        return ATTEMPT_NONE;
    if (is_retried(attempts, rules->retry, end)) {
        next = ATTEMPT_RETRY;
        delay = delay_of(rules->retry, attempts->retry_count, rules->chance);
    } else if (rules->poll && end->is_early) {
        next = ATTEMPT_POLL;
        delay = rules->poll->every_ns;
    }
    if (delay < end->retry_after_ns)
        delay = end->retry_after_ns;
    if (!is_in_time(now_ns + delay, attempts->poll_until_ns) ||
        !is_in_time(now_ns + delay, attempts->test_until_ns))
        return ATTEMPT_NONE;
    if (next != ATTEMPT_NONE)
        *due_ns = now_ns + delay;
    return next;
}
