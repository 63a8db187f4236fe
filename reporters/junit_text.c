#include <string.h>

#include "reporters/junit.h"
#include "reporters/text.h"
#include "reporters/wording.h"

enum {
    ASSEMBLED_MOST = 1 << 20, /* of a text before it is cut */
    BODY_TOLD = LIMIT_NODE_TOLD / 4,
};

/* Whatever text, valid and cut, into the arena. */
static const char *keep(struct arena *arena, struct buffer *raw)
{
    static const struct text_limit limit = {LIMIT_NODE_TOLD,
                                            LIMIT_REFERENCES_TOLD};
    struct buffer valid = buffer_with_ceiling(raw->length * 6 + 1);
    struct buffer cut = buffer_with_ceiling(LIMIT_NODE_TOLD);
    const char *kept;

    text_add_xml(&valid, buffer_text(raw), raw->length);
    text_add_within(&cut, buffer_text(&valid), valid.length, limit);
    kept = arena_copy_bytes(arena, buffer_text(&cut), cut.length);
    buffer_finish(raw);
    buffer_finish(&valid);
    buffer_finish(&cut);
    return kept;
}

/* One line of at most LIMIT_MESSAGE_TOLD characters, the note always whole. */
static const char *keep_message(struct arena *arena, const char *message,
                                const char *note)
{
    enum { ELLIPSIS = 3 };
    struct buffer line = buffer_with_ceiling(ASSEMBLED_MOST);
    struct buffer cut = buffer_with_ceiling(LIMIT_MESSAGE_TOLD * 4);
    const char *kept;

    text_add_line(&line, message, strlen(message));
    text_add_short(&cut, buffer_text(&line),
                   LIMIT_MESSAGE_TOLD - ELLIPSIS - strlen(note));
    kept = arena_print(arena, "%s%s", buffer_text(&cut), note);
    buffer_finish(&line);
    buffer_finish(&cut);
    return kept;
}

static void add_headers(struct buffer *out, const char *mark, size_t count,
                        const struct header *headers)
{
    for (size_t i = 0; i < count; i++)
        (void)!buffer_print(out, "%s%s: %s\n", mark, headers[i].name,
                            headers[i].value);
}

/* A body that is too long leaves room for the other one. */
static void add_body(struct buffer *out, const char *body, size_t length)
{
    static const struct text_limit limit = {BODY_TOLD,
                                            LIMIT_REFERENCES_TOLD / 4};
    struct buffer valid = buffer_with_ceiling(length * 6 + 1);

    if (!body || length == 0)
        return;
    text_add_xml(&valid, body, length);
    text_add_within(out, buffer_text(&valid), valid.length, limit);
    (void)!buffer_add_text(out, "\n");
    buffer_finish(&valid);
}

static void add_exchange(struct buffer *out,
                         const struct exchange_report *exchange)
{
    const struct transcript *transcript = exchange->transcript;

    if (exchange->racer)
        (void)!buffer_print(out, "racer %zu\n", exchange->racer);
    if (transcript && transcript->curl)
        (void)!buffer_print(out, "%s\n", transcript->curl);
    (void)!buffer_print(out, "> %s %s\n", exchange->method, exchange->url);
    if (transcript) {
        add_headers(out, "> ", transcript->request_header_count,
                    transcript->request_headers);
        add_body(out, transcript->request_body,
                 transcript->request_body_length);
    }
    if (exchange->arrival == ARRIVED)
        (void)!buffer_print(out, "< %ld\n", exchange->status);
    else
        (void)!buffer_print(out, "< %s: %s\n", arrival_name(exchange->arrival),
                            exchange->trouble ? exchange->trouble : "");
    if (!transcript)
        return;
    add_headers(out, "< ", transcript->response_header_count,
                transcript->response_headers);
    add_body(out, transcript->response_body, transcript->response_body_length);
    if (transcript->left_out > 0)
        (void)!buffer_print(out, "[… %zu bytes of the body left out …]\n",
                            (size_t)transcript->left_out);
}

static const char *keep_output(struct arena *arena,
                               const struct test_report *test)
{
    struct buffer out = buffer_with_ceiling(ASSEMBLED_MOST);

    for (size_t i = 0; i < test->exchange_count; i++)
        add_exchange(&out, &test->exchanges[i]);
    return keep(arena, &out);
}

static void add_failures(struct buffer *out, size_t count,
                         const struct failure *failures)
{
    for (size_t i = 0; i < count; i++) {
        wording_add_failure(out, &failures[i]);
        (void)!buffer_add_text(out, "\n");
        if (failures[i].lines)
            (void)!buffer_print(out, "%s\n", failures[i].lines);
    }
}

/* Every failure on a line with its place, then the requests that were made. */
static const char *keep_text(struct arena *arena,
                             const struct test_report *test)
{
    struct buffer out = buffer_with_ceiling(ASSEMBLED_MOST);

    if (test->failure_count == 0)
        (void)!buffer_print(&out, "%s:%u: %s\n", test->label.suite.path,
                            test->label.line, test_message(test));
    add_failures(&out, test->failure_count, test->failures);
    if (test_was_tried_again(test)) {
        wording_add_attempts(&out, test);
        (void)!buffer_add_text(&out, "\n");
    }
    for (size_t i = 0; i < test->exchange_count; i++) {
        (void)!buffer_add_text(&out, "request: ");
        wording_add_exchange(&out, &test->exchanges[i]);
        (void)!buffer_add_text(&out, "\n");
    }
    return keep(arena, &out);
}

static void tell_skipped(struct arena *arena, const struct test_report *test,
                         struct junit_told *told)
{
    struct buffer reason = buffer_with_ceiling(SIZE_MAX / 2); /* of a spec */

    if (test_is_quarantined(test)) {
        (void)!buffer_print(&reason, "quarantined %s; %s", test->quarantine,
                            test_message(test));
    } else {
        wording_add_skip(&reason, test);
    }
    told->message = keep_message(arena, buffer_text(&reason), "");
    told->text = told->message;
    buffer_finish(&reason);
}

/* Consumers cast some values of `type`, so that only names of our own may
 * stand there; test_message() told of an arrival when there is no verdict. */
static const char *type_of(enum outcome outcome, size_t count,
                           const struct failure *failures)
{
    if (count > 0)
        return verdict_kind_name(failures[0].kind);
    return verdict_kind_name(outcome == OUTCOME_ERRED ? VERDICT_TRANSPORT
                                                      : VERDICT_ASSERTION);
}

static const char *keep_attempt(struct arena *arena,
                                const struct attempt_report *attempt)
{
    struct buffer out = buffer_with_ceiling(ASSEMBLED_MOST);

    add_failures(&out, attempt->failure_count, attempt->failures);
    return keep(arena, &out);
}

static struct junit_rerun tell_attempt(struct arena *arena,
                                       const struct attempt_report *attempt,
                                       bool is_short)
{
    struct junit_rerun rerun = {.is_error = attempt->outcome == OUTCOME_ERRED};
    struct buffer message = buffer_with_ceiling(ASSEMBLED_MOST);

    is_short |= attempt->failure_count == 0;
    (void)!buffer_print(&message, "attempt %zu: ", attempt->number);
    text_add_line(&message, attempt_message(attempt),
                  strlen(attempt_message(attempt)));
    rerun.type =
        type_of(attempt->outcome, attempt->failure_count, attempt->failures);
    rerun.message = keep_message(arena, buffer_text(&message), "");
    rerun.text = is_short ? rerun.message : keep_attempt(arena, attempt);
    buffer_finish(&message);
    return rerun;
}

static void tell_reruns(struct arena *arena, const struct test_report *test,
                        bool is_short, struct junit_told *told)
{
    struct junit_rerun *reruns =
        arena_take(arena, test->retried_count * sizeof(*reruns));

    for (size_t i = 0; i < test->retried_count; i++)
        reruns[i] = tell_attempt(arena, &test->retried[i], is_short);
    told->rerun_count = test->retried_count;
    told->reruns = reruns;
}

static void tell_trouble(struct arena *arena, const struct test_report *test,
                         bool is_short, struct junit_told *told)
{
    char note[40] = "";

    if (test->failure_count > 1)
        snprintf(note, sizeof(note), " (and %zu more)",
                 test->failure_count - 1);
    told->type = type_of(test->outcome, test->failure_count, test->failures);
    told->message = keep_message(arena, test_message(test), note);
    told->text = is_short ? told->message : keep_text(arena, test);
    told->output = is_short ? "" : keep_output(arena, test);
}

const struct junit_told *
junit_tell(struct arena *arena, const struct test_report *test, bool is_short)
{
    struct junit_told *told = arena_take(arena, sizeof(*told));

    told->message = told->text = told->output = "";
    if (test->outcome == OUTCOME_SKIPPED || test_is_quarantined(test)) {
        tell_skipped(arena, test, told);
        return told;
    }
    if (test->outcome != OUTCOME_PASSED)
        tell_trouble(arena, test, is_short, told);
    tell_reruns(arena, test, is_short, told);
    return told;
}
