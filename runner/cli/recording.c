#include "runner/cli/recording.h"

#include <assert.h>
#include <string.h>

/* The event's pointers lead into the recording's arena. */
struct recorded {
    struct recorded *next;
    struct event event;
};

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text) : NULL;
}

/* An array, as it is; what it points to is still the old. */
static void *copy_array(struct arena *arena, const void *array, size_t count,
                        size_t size)
{
    void *copy = arena_take(arena, count * size);

    if (count)
        memcpy(copy, array, count * size);
    return copy;
}

static const struct run_start *copy_start(struct recording *recording,
                                          const struct run_start *start)
{
    struct arena *arena = &recording->arena;
    size_t count = start->suite_count;
    struct run_start *copy = copy_array(arena, start, 1, sizeof(*start));
    struct suite_label *suites =
        copy_array(arena, start->suites, count, sizeof(*suites));

    for (size_t i = 0; i < count; i++) {
        suites[i].path = copy_text(arena, suites[i].path);
        suites[i].name = copy_text(arena, suites[i].name);
    }
    copy->version = copy_text(arena, start->version);
    copy->hostname = copy_text(arena, start->hostname);
    copy->transport = copy_text(arena, start->transport);
    copy->suites = recording->suites = suites;
    copy->suite_test_counts =
        copy_array(arena, start->suite_test_counts, count, sizeof(size_t));
    return copy;
}

static struct test_label copy_label(struct recording *recording,
                                    const struct test_label *label)
{
    struct test_label copy = *label;

    copy.suite = recording->suites[label->suite.index];
    copy.name = copy_text(&recording->arena, label->name);
    copy.id = copy_text(&recording->arena, label->id);
    return copy;
}

static const struct failure *
copy_failures(struct arena *arena, const struct failure *failures, size_t count)
{
    struct failure *copies =
        copy_array(arena, failures, count, sizeof(*failures));

    for (size_t i = 0; i < count; i++) {
        struct failure *copy = &copies[i];
        struct place *at = &copy->at;

        copy->subject = copy_text(arena, copy->subject);
        copy->path = copy_text(arena, copy->path);
        copy->expected = copy_text(arena, copy->expected);
        copy->actual = copy_text(arena, copy->actual);
        copy->message = copy_text(arena, copy->message);
        at->path = copy_text(arena, at->path);
        if (at->excerpt)
            at->excerpt =
                arena_copy_bytes(arena, at->excerpt, at->excerpt_length);
    }
    return copies;
}

static const struct attempt_report *
copy_attempts(struct arena *arena, const struct test_report *report)
{
    struct attempt_report *copies =
        copy_array(arena, report->retried, report->retried_count,
                   sizeof(*report->retried));

    for (size_t i = 0; i < report->retried_count; i++) {
        copies[i].failures =
            copy_failures(arena, copies[i].failures, copies[i].failure_count);
    }
    return copies;
}

static const struct input *copy_inputs(struct arena *arena,
                                       const struct test_report *report)
{
    struct input *copies = copy_array(
        arena, report->inputs, report->input_count, sizeof(*report->inputs));

    for (size_t i = 0; i < report->input_count; i++) {
        copies[i].variable = copy_text(arena, copies[i].variable);
        copies[i].value = copy_text(arena, copies[i].value);
        copies[i].test = copy_text(arena, copies[i].test);
    }
    return copies;
}

static const struct header *copy_headers(struct recording *recording,
                                         const struct header *headers,
                                         size_t count)
{
    struct arena *arena = &recording->arena;
    struct header *copies = copy_array(arena, headers, count, sizeof(*headers));

    for (size_t i = 0; i < count; i++) {
        copies[i].name = copy_text(arena, headers[i].name);
        copies[i].value = copy_text(arena, headers[i].value);
        recording->transcript_length +=
            strlen(headers[i].name) +
            (headers[i].value ? strlen(headers[i].value) : 0);
    }
    return copies;
}

static const char *copy_body(struct recording *recording, const char *body,
                             size_t length)
{
    recording->transcript_length += length;
    return body ? arena_copy_bytes(&recording->arena, body, length) : NULL;
}

/* NULL where there is none, or no room for one more. */
static const struct transcript *
copy_transcript(struct recording *recording,
                const struct transcript *transcript)
{
    struct arena *arena = &recording->arena;
    struct transcript *copy;

    if (!transcript || recording->transcript_length > LIMIT_RECORDED)
        return NULL;
    copy = copy_array(arena, transcript, 1, sizeof(*transcript));
    copy->curl = copy_text(arena, transcript->curl);
    recording->transcript_length += copy->curl ? strlen(copy->curl) : 0;
    copy->request_headers = copy_headers(recording, copy->request_headers,
                                         transcript->request_header_count);
    copy->request_body = copy_body(recording, transcript->request_body,
                                   transcript->request_body_length);
    copy->response_headers = copy_headers(recording, copy->response_headers,
                                          transcript->response_header_count);
    copy->response_body = copy_body(recording, transcript->response_body,
                                    transcript->response_body_length);
    return copy;
}

static const struct exchange_report *
copy_exchanges(struct recording *recording, const struct test_report *report)
{
    struct arena *arena = &recording->arena;
    struct exchange_report *copies =
        copy_array(arena, report->exchanges, report->exchange_count,
                   sizeof(*report->exchanges));

    for (size_t i = 0; i < report->exchange_count; i++) {
        struct exchange_report *copy = &copies[i];

        copy->step_name = copy_text(arena, copy->step_name);
        copy->method = copy_text(arena, copy->method);
        copy->url = copy_text(arena, copy->url);
        copy->trouble = copy_text(arena, copy->trouble);
        copy->transcript = copy_transcript(recording, copy->transcript);
    }
    return copies;
}

static const struct test_report *copy_test(struct recording *recording,
                                           const struct test_report *report)
{
    struct arena *arena = &recording->arena;
    struct test_report *copy = copy_array(arena, report, 1, sizeof(*report));

    copy->label = copy_label(recording, &report->label);
    copy->skip_reason = copy_text(arena, report->skip_reason);
    copy->skip_because = copy_text(arena, report->skip_because);
    copy->quarantine = copy_text(arena, report->quarantine);
    copy->retried = copy_attempts(arena, report);
    copy->failures =
        copy_failures(arena, report->failures, report->failure_count);
    copy->exchanges = copy_exchanges(recording, report);
    copy->inputs = copy_inputs(arena, report);
    return copy;
}

static const struct suite_end *copy_suite_end(struct recording *recording,
                                              const struct suite_end *end)
{
    struct suite_end *copy =
        copy_array(&recording->arena, end, 1, sizeof(*end));

    copy->label = recording->suites[end->label.index];
    return copy;
}

static const struct test_label *copy_dispatched(struct recording *recording,
                                                const struct test_label *label)
{
    struct test_label *copy = arena_take(&recording->arena, sizeof(*copy));

    *copy = copy_label(recording, label);
    return copy;
}

void recording_keep(struct recording *recording, const struct event *event)
{
    struct recorded *kept = arena_take(&recording->arena, sizeof(*kept));
    struct event *copy = &kept->event;

    *copy = *event;
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        copy->run_start = copy_start(recording, event->run_start);
        break;
    case EVENT_DISPATCHED:
    case EVENT_ANSWERED:
        copy->dispatched.label =
            copy_dispatched(recording, event->dispatched.label);
        break;
    case EVENT_TEST_FINISHED:
        copy->test = copy_test(recording, event->test);
        break;
    case EVENT_SUITE_FINISHED:
        copy->suite_end = copy_suite_end(recording, event->suite_end);
        break;
    case EVENT_COMPARED:
    case EVENT_RUN_FINISHED: assert(!"an end is not recorded"); break;
    }
    if (recording->last)
        recording->last->next = kept;
    else
        recording->first = kept;
    recording->last = kept;
}

void recording_tell(const struct recording *recording,
                    void (*tell)(void *listener, const struct event *event),
                    void *listener)
{
    for (const struct recorded *kept = recording->first; kept;
         kept = kept->next)
        tell(listener, &kept->event);
}

void recording_clear(struct recording *recording)
{
    arena_finish(&recording->arena);
    *recording = (struct recording){0};
}
