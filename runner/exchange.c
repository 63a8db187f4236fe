#include "runner/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "runner/request.h"

/* Whether two Netscape lines name the same cookie: domain (the first field),
 * path (the third) and name (the sixth). */
static bool is_same_cookie(const char *a, const char *b)
{
    enum { FIELDS_NAMING = 6 };

    for (int field = 0; field < FIELDS_NAMING; field++) {
        size_t a_length = strcspn(a, "\t"), b_length = strcspn(b, "\t");
        bool names = field == 0 || field == 2 || field == 5;

        if (names && (a_length != b_length || memcmp(a, b, a_length) != 0))
            return false;
        a += a_length + (a[a_length] == '\t');
        b += b_length + (b[b_length] == '\t');
    }
    return true;
}

/* The place of that cookie; jar->count where there is none. */
static size_t jar_find(const struct jar *jar, const char *line)
{
    size_t i = 0;

    while (i < jar->count && !is_same_cookie(jar->lines[i], line))
        i++;
    return i;
}

void jar_add(struct jar *jar, const char *line)
{
    size_t at = jar_find(jar, line);

    if (at < jar->count) {
        free(jar->lines[at]);
        jar->lines[at] = must_copy(line);
        return;
    }
    jar->lines =
        must_resize(jar->lines, (jar->count + 1) * sizeof(*jar->lines));
    jar->lines[jar->count++] = must_copy(line);
}

void jar_merge(struct jar *jar, const struct jar *more)
{
    for (size_t i = 0; i < more->count; i++)
        jar_add(jar, more->lines[i]);
}

static void jar_drop(struct jar *jar, const char *line)
{
    size_t at = jar_find(jar, line);

    if (at == jar->count)
        return;
    free(jar->lines[at]);
    jar->count--;
    memmove(&jar->lines[at], &jar->lines[at + 1],
            (jar->count - at) * sizeof(*jar->lines));
}

void jar_follow(struct jar *jar, const struct jar *before,
                const struct jar *after)
{
    for (size_t i = 0; i < before->count; i++) {
        if (jar_find(after, before->lines[i]) == after->count)
            jar_drop(jar, before->lines[i]);
    }
    for (size_t i = 0; i < after->count; i++) {
        const char *line = after->lines[i];
        size_t at = jar_find(before, line);

        if (at == before->count || strcmp(before->lines[at], line) != 0)
            jar_add(jar, line);
    }
}

void jar_finish(struct jar *jar)
{
    for (size_t i = 0; i < jar->count; i++)
        free(jar->lines[i]);
    free(jar->lines);
    *jar = (struct jar){0};
}

void exchange_begin(struct exchange *exchange)
{
    const struct judgement *judgement = exchange->step->judgement;
    struct sinks *sinks = &exchange->sinks;

    buffer_clear(&sinks->body);
    if (judgement_holds_body(judgement)) {
        sinks->body.ceiling = exchange->body_most;
        sinks->first = memory_sink_init(&sinks->memory, &sinks->body, NULL);
    } else {
        sinks->body.ceiling = LIMIT_BODY_TOLD;
        sinks->memory.overflowed = false;
        sinks->first = head_sink_init(&sinks->head, &sinks->body, NULL);
    }
    exchange->probes =
        probes_open(judgement, &exchange->copy_scope, &exchange->arena);
    if (exchange->probes)
        sinks->first =
            probe_sink_init(&sinks->probes, exchange->probes, sinks->first);
    sinks->first = count_sink_init(&sinks->count, sinks->first);
}

static void take_body(struct exchange *exchange)
{
    struct response *response = &exchange->response;
    const struct buffer *body = &exchange->sinks.body;

    response->body_size = exchange->sinks.count.count;
    response->body_held = judgement_holds_body(exchange->step->judgement);
    if (response->body_held) {
        response->body = buffer_text(body);
        response->body_length = body->length;
    }
}

void exchange_arrive(struct exchange *exchange)
{
    take_body(exchange);
    exchange->judged =
        judge(exchange->step->judgement, &exchange->response, exchange->probes,
              &exchange->copy_scope, &exchange->arena);
    probes_close(exchange->probes);
    exchange->probes = NULL;
    if (exchange->judged.verdict_count == 0)
        buffer_clear(&exchange->sinks.body);
}

void exchange_refuse(struct exchange *exchange, enum arrival arrival,
                     const char *trouble)
{
    exchange_begin(exchange);
    exchange->sent_ns = clock_monotonic_ns();
    exchange->response.arrival = arrival;
    exchange->response.trouble = trouble;
    exchange->response.url = exchange->call->address.text;
    exchange_arrive(exchange);
}

/* A body's memory is kept for the next one unless it was large. */
static void shrink_body(struct buffer *body)
{
    if (body->capacity > LIMIT_BODY_TOLD)
        buffer_finish(body);
    else
        buffer_clear(body);
}

void exchange_reset(struct exchange *exchange)
{
    struct buffer body = exchange->sinks.body;
    struct arena arena = exchange->arena;
    struct arena call_arena = exchange->own_call.arena;

    probes_close(exchange->probes);
    judged_finish(&exchange->judged);
    json_decref(exchange->copy_scope.values);
    jar_finish(&exchange->jar);
    address_finish(&exchange->own_call.address);
    shrink_body(&body);
    arena_reset(&arena);
    arena_reset(&call_arena);
    *exchange = (struct exchange){
        .arena = arena,
        .own_call.arena = call_arena,
        .sinks.body = body,
    };
}

void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    exchange_reset(exchange);
    buffer_finish(&exchange->sinks.body);
    arena_finish(&exchange->arena);
    arena_finish(&exchange->own_call.arena);
    free(exchange);
}
