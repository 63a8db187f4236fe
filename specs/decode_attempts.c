/* How often a test is tried and how long it may take: retry, poll, timeout. */
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"

enum { POLL_EVERY_MS = 500, STATUS_FEWEST = 100 };

static const struct {
    const char *name;
    enum retry_on flag;
} reasons[] = {
    {"connect", RETRY_CONNECT}, {"dns", RETRY_DNS},
    {"expect", RETRY_EXPECT},   {"reset", RETRY_RESET},
    {"timeout", RETRY_TIMEOUT}, {"tls", RETRY_TLS},
};

static const struct retry plain_retry = {
    .backoff = 1,
    .on = RETRY_CONNECT | RETRY_TIMEOUT | RETRY_DNS | RETRY_TLS | RETRY_RESET |
          RETRY_EXPECT,
};

static bool is_null(const struct member *member)
{
    return json_is_null(member->value.json);
}

static double number_of(const struct node *node)
{
    return json_exact_number(node->json) ? -1 : json_number_value(node->json);
}

static bool find_reason(const char *name, unsigned *on)
{
    for (size_t i = 0; i < COUNT(reasons); i++) {
        if (strcmp(reasons[i].name, name) == 0) {
            *on |= reasons[i].flag;
            return true;
        }
    }
    return false;
}

/* "5xx", in any case. */
static bool read_class(const char *text, bool classes[STATUS_CLASSES + 1])
{
    if (*text < '1' || *text > '0' + STATUS_CLASSES ||
        strcasecmp(text + 1, "xx") != 0)
        return false;
    classes[*text - '0'] = true;
    return true;
}

/* 429 or "429". */
static bool read_status(const struct node *node, uint16_t *status)
{
    const char *text = json_string_value(node->json);
    uint64_t number = 0;

    if (json_is_string(node->json)) {
        if (!read_count(text, STATUS_MOST, &number))
            return false;
    } else if (json_is_whole(node->json) && number_of(node) <= STATUS_MOST &&
               number_of(node) >= 0) {
        number = (uint64_t)number_of(node);
    }
    *status = (uint16_t)number;
    return number >= STATUS_FEWEST;
}

static void tell_reason(struct decoder *decoder, const struct node *written)
{
    const char *names[COUNT(reasons)];
    const char *near = NULL;

    for (size_t i = 0; i < COUNT(reasons); i++)
        names[i] = reasons[i].name;
    if (json_kind(written->json) == JSON_KIND_STRING)
        near = nearest_name(json_string_value(written->json), names,
                            COUNT(reasons));
    if (near) {
        node_fault(decoder->faults, written,
                   "nothing is retried \"on\" \"%s\"; did you mean \"%s\"?",
                   json_string_value(written->json), near);
    } else {
        node_fault(decoder->faults, written,
                   "\"on\" lists connect, dns, expect, reset, timeout, tls, "
                   "statuses like 429, and classes like \"5xx\"");
    }
}

static void decode_on(struct decoder *decoder, const struct node *written,
                      struct retry *retry)
{
    struct nodes all = node_elements(&decoder->scratch, written);
    uint16_t *statuses =
        arena_take(&decoder->plan->arena, all.count * sizeof(*statuses));
    size_t count = 0;

    if (!all.count) {
        node_fault(decoder->faults, written,
                   "\"on\" needs at least one reason; left out, every failure "
                   "is one");
    }
    retry->on = 0;
    memset(retry->classes, 0, sizeof(retry->classes));
    for (size_t i = 0; i < all.count; i++) {
        const char *text = json_string_value(all.list[i].json);

        if (text &&
            (find_reason(text, &retry->on) || read_class(text, retry->classes)))
            continue;
        if (read_status(&all.list[i], &statuses[count]))
            count++;
        else
            tell_reason(decoder, &all.list[i]);
    }
    retry->status_count = count;
    retry->statuses = statuses;
}

static void forget_on(struct retry *retry)
{
    retry->on = plain_retry.on;
    memset(retry->classes, 0, sizeof(retry->classes));
    retry->status_count = 0;
    retry->statuses = NULL;
}

static void decode_times(struct decoder *decoder, const struct node *written,
                         struct retry *retry)
{
    double times = number_of(written);

    retry->times = 0;
    if (times >= 1 && times <= LIMIT_RETRIES)
        retry->times = (size_t)times;
    else
        node_fault(decoder->faults, written,
                   "a test is retried from 1 to %d times", LIMIT_RETRIES);
}

static void decode_delay(struct decoder *decoder, const struct member *written,
                         struct retry *retry)
{
    if (!duration_read(decoder, written, &retry->delay_ns))
        return;
    if (retry->delay_ns > LIMIT_RETRY_DELAY_S * NS_PER_S)
        node_fault(decoder->faults, &written->value,
                   "\"delay\" must be at most %d s", LIMIT_RETRY_DELAY_S);
}

static void decode_pace(struct decoder *decoder, const struct member *found,
                        struct retry *retry)
{
    const struct node *backoff = &found[RETRY_KEY_BACKOFF].value;
    const struct node *jitter = &found[RETRY_KEY_JITTER].value;

    if (is_null(&found[RETRY_KEY_BACKOFF])) {
        retry->backoff = plain_retry.backoff;
    } else if (backoff->json) {
        retry->backoff = number_of(backoff);
        if (retry->backoff < 1) {
            node_fault(decoder->faults, backoff,
                       "\"backoff\" is what the delay is multiplied by each "
                       "time: 1 or more");
        }
    }
    if (is_null(&found[RETRY_KEY_JITTER])) {
        retry->jitter = plain_retry.jitter;
    } else if (jitter->json) {
        retry->jitter = number_of(jitter);
        if (retry->jitter < 0 || retry->jitter > 1)
            node_fault(decoder->faults, jitter,
                       "\"jitter\" is a part of the delay: from 0 to 1");
    }
}

static void decode_retry_keys(struct decoder *decoder,
                              const struct member *found, struct retry *retry)
{
    if (is_null(&found[RETRY_KEY_TIMES]))
        retry->times = 0;
    else if (found[RETRY_KEY_TIMES].value.json)
        decode_times(decoder, &found[RETRY_KEY_TIMES].value, retry);
    if (is_null(&found[RETRY_KEY_DELAY]))
        retry->delay_ns = 0;
    else if (found[RETRY_KEY_DELAY].value.json)
        decode_delay(decoder, &found[RETRY_KEY_DELAY], retry);
    decode_pace(decoder, found, retry);
    if (is_null(&found[RETRY_KEY_ON]))
        forget_on(retry);
    else if (found[RETRY_KEY_ON].value.json)
        decode_on(decoder, &found[RETRY_KEY_ON].value, retry);
}

/* What is written over what *retry holds; false when that was told to be
 * wrong. */
static bool decode_retry(struct decoder *decoder, const struct node *written,
                         struct retry *retry)
{
    size_t told = decoder->faults->total;
    struct member found[RETRY_RULES];

    if (json_is_object(written->json)) {
        fields_read(&decoder->scratch, written, &retry_table, found,
                    decoder->faults);
        decode_retry_keys(decoder, found, retry);
    } else {
        decode_times(decoder, written, retry);
    }
    return decoder->faults->total == told;
}

static const struct retry *keep_retry(struct decoder *decoder,
                                      const struct retry *retry)
{
    return memcpy(arena_take(&decoder->plan->arena, sizeof(*retry)), retry,
                  sizeof(*retry));
}

void retry_decode_base(struct decoder *decoder, const struct node *written)
{
    struct retry retry = plain_retry;

    (void)decode_retry(decoder, written, &retry);
    decoder->base_retry = keep_retry(decoder, &retry);
}

static void decode_own_retry(struct decoder *decoder,
                             const struct member *written, struct test *test)
{
    const struct retry *base = decoder->base_retry;
    struct retry own = base ? *base : plain_retry;

    if (!written->value.json) {
        test->retry = base && base->times ? base : NULL;
    } else if (!is_null(written)) {
        if (decode_retry(decoder, &written->value, &own) && !own.times)
            node_fault(decoder->faults, &written->value,
                       "\"retry\" needs \"times\"");
        test->retry = keep_retry(decoder, &own);
    } else if (!base) {
        node_fault(decoder->faults, &written->value,
                   "null removes the retry of the defaults, and they have "
                   "none");
    }
}

static void decode_poll(struct decoder *decoder, const struct member *written,
                        struct test *test)
{
    struct poll *poll = arena_take(&decoder->plan->arena, sizeof(*poll));
    struct member found[POLL_RULES] = {[POLL_FOR] = *written};
    const struct member *most = &found[POLL_FOR];
    const struct member *every = &found[POLL_EVERY];

    if (json_is_object(written->value.json))
        fields_read(&decoder->scratch, &written->value, &poll_table, found,
                    decoder->faults);
    *poll = (struct poll){.every_ns = POLL_EVERY_MS * NS_PER_MS};
    if (every->value.json)
        poll->every_ns = duration_decode(decoder, every);
    if (most->value.json)
        poll->for_ns = duration_decode(decoder, most);
    if (poll->for_ns > LIMIT_POLL_S * NS_PER_S) {
        node_fault(decoder->faults, &most->value,
                   "a test polls for at most %d h", LIMIT_POLL_S / 3600);
    } else if (every->value.json && poll->for_ns &&
               poll->every_ns > poll->for_ns) {
        node_fault(decoder->faults, &every->value,
                   "\"every\" is longer than \"for\", so that it would be "
                   "tried once");
    }
    test->poll = poll;
}

void attempts_decode(struct decoder *decoder, const struct member *found,
                     struct test *test)
{
    decode_own_retry(decoder, &found[TEST_RETRY], test);
    if (found[TEST_POLL].value.json)
        decode_poll(decoder, &found[TEST_POLL], test);
    if (found[TEST_TIMEOUT].value.json)
        test->timeout_ns = duration_decode(decoder, &found[TEST_TIMEOUT]);
}
