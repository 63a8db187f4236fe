#include "runner/cli/recording.h"

#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

/* A run's start, a test and a suite's end, of which every text lies in one
 * piece of memory that is gone when the recording is told. */
struct story {
    struct arena arena;
    struct run_start start;
    struct suite_label suite;
    size_t test_count;
    struct transcript transcript;
    struct header header;
    struct exchange_report exchange;
    struct failure failure, retried_failure;
    struct attempt_report retried;
    struct input input;
    struct test_report test;
    struct suite_end end;
};

static void add_exchange(struct story *story, const char *body, size_t length)
{
    struct arena *arena = &story->arena;

    story->header =
        (struct header){arena_copy(arena, "Accept"), arena_copy(arena, "x/y")};
    story->transcript = (struct transcript){
        .curl = arena_copy(arena, "curl"),
        .request_header_count = 1,
        .request_headers = &story->header,
        .response_body = arena_copy_bytes(arena, body, length),
        .response_body_length = length,
    };
    story->exchange = (struct exchange_report){
        .method = arena_copy(arena, "GET"),
        .url = arena_copy(arena, "http://a/"),
        .trouble = arena_copy(arena, "refused"),
        .status = 500,
        .transcript = &story->transcript,
    };
}

static struct story *story_make(const char *body, size_t length)
{
    struct story *story = must_alloc(sizeof(*story));
    struct arena *arena = &story->arena;

    story->suite = (struct suite_label){0, arena_copy(arena, "a.json"),
                                        arena_copy(arena, "suite")};
    story->test_count = 1;
    story->start = (struct run_start){
        .version = arena_copy(arena, "1"),
        .hostname = arena_copy(arena, "host"),
        .transport = arena_copy(arena, "serial"),
        .suite_count = 1,
        .suites = &story->suite,
        .suite_test_counts = &story->test_count,
    };
    add_exchange(story, body, length);
    story->failure = (struct failure){
        .at = {.path = arena_copy(arena, "a.json"),
               .line = 7,
               .excerpt = arena_copy_bytes(arena, "line", 4),
               .excerpt_length = 4},
        .subject = arena_copy(arena, "status"),
        .expected = arena_copy(arena, "200"),
        .actual = arena_copy(arena, "500"),
        .message = arena_copy(arena, "not so"),
    };
    story->retried_failure = (struct failure){
        .message = arena_copy(arena, "not yet"),
    };
    story->retried = (struct attempt_report){
        .number = 1, .failure_count = 1, .failures = &story->retried_failure};
    story->input =
        (struct input){arena_copy(arena, "id"), arena_copy(arena, "17"),
                       arena_copy(arena, "log in")};
    story->test = (struct test_report){
        .label = {.suite = story->suite,
                  .name = arena_copy(arena, "test"),
                  .id = arena_copy(arena, "suite/test")},
        .outcome = OUTCOME_FAILED,
        .quarantine = arena_copy(arena, "until then"),
        .retry_count = 1,
        .retried_count = 1,
        .retried = &story->retried,
        .failure_count = 1,
        .failures = &story->failure,
        .exchange_count = 1,
        .exchanges = &story->exchange,
        .input_count = 1,
        .inputs = &story->input,
    };
    story->end = (struct suite_end){.label = story->suite, .duration_ns = 5};
    return story;
}

static void record(struct recording *recording, const struct event *event)
{
    recording_keep(recording, event);
}

/* Records all of it; the story is gone afterwards. */
static void record_story(struct recording *recording, const char *body,
                         size_t length)
{
    struct story *story = story_make(body, length);

    record(recording, &(struct event){.kind = EVENT_RUN_STARTED,
                                      .run_start = &story->start});
    record(recording,
           &(struct event){.kind = EVENT_DISPATCHED,
                           .at_ns = 3,
                           .in_flight = 2,
                           .dispatched = {.label = &story->test.label}});
    record(recording,
           &(struct event){.kind = EVENT_TEST_FINISHED, .test = &story->test});
    record(recording, &(struct event){.kind = EVENT_SUITE_FINISHED,
                                      .suite_end = &story->end});
    arena_finish(&story->arena);
    memset(story, 0xee, sizeof(*story));
    free(story);
}

static void expect_test(const struct test_report *test)
{
    const struct exchange_report *exchange = &test->exchanges[0];
    const struct failure *failure = &test->failures[0];

    ck_assert_str_eq(test->label.suite.path, "a.json");
    ck_assert_str_eq(test->label.name, "test");
    ck_assert_str_eq(test->label.id, "suite/test");
    ck_assert_str_eq(test->quarantine, "until then");
    ck_assert_str_eq(test->retried[0].failures[0].message, "not yet");
    ck_assert_str_eq(failure->at.path, "a.json");
    ck_assert_mem_eq(failure->at.excerpt, "line", 4);
    ck_assert_uint_eq(failure->at.line, 7);
    ck_assert_str_eq(failure->subject, "status");
    ck_assert_str_eq(failure->expected, "200");
    ck_assert_str_eq(failure->actual, "500");
    ck_assert_str_eq(failure->message, "not so");
    ck_assert_ptr_null(failure->path);
    ck_assert_str_eq(test->inputs[0].variable, "id");
    ck_assert_str_eq(test->inputs[0].value, "17");
    ck_assert_str_eq(test->inputs[0].test, "log in");
    ck_assert_str_eq(exchange->method, "GET");
    ck_assert_str_eq(exchange->url, "http://a/");
    ck_assert_str_eq(exchange->trouble, "refused");
    ck_assert_ptr_null(exchange->step_name);
}

static void expect_event(const struct event *event)
{
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        ck_assert_str_eq(event->run_start->version, "1");
        ck_assert_str_eq(event->run_start->hostname, "host");
        ck_assert_str_eq(event->run_start->transport, "serial");
        ck_assert_str_eq(event->run_start->suites[0].name, "suite");
        ck_assert_uint_eq(event->run_start->suite_test_counts[0], 1);
        break;
    case EVENT_DISPATCHED:
        ck_assert_int_eq(event->at_ns, 3);
        ck_assert_uint_eq(event->in_flight, 2);
        ck_assert_str_eq(event->dispatched.label->name, "test");
        break;
    case EVENT_TEST_FINISHED: expect_test(event->test); break;
    case EVENT_SUITE_FINISHED:
        ck_assert_str_eq(event->suite_end->label.path, "a.json");
        ck_assert_int_eq(event->suite_end->duration_ns, 5);
        break;
    case EVENT_ANSWERED:
    case EVENT_COMPARED:
    case EVENT_RUN_FINISHED: ck_abort_msg("not recorded"); break;
    }
}

/* The kinds in the order of telling, and how many transcripts were told. */
struct heard {
    enum event_kind kinds[16];
    size_t count;
    size_t transcript_count;
    char *body; /* of the last transcript */
};

static void hear(void *listener, const struct event *event)
{
    struct heard *heard = listener;
    const struct transcript *transcript = NULL;

    ck_assert_uint_lt(heard->count, COUNT(heard->kinds));
    heard->kinds[heard->count++] = event->kind;
    expect_event(event);
    if (event->kind == EVENT_TEST_FINISHED)
        transcript = event->test->exchanges[0].transcript;
    if (!transcript)
        return;
    heard->transcript_count++;
    free(heard->body);
    heard->body = transcript->response_body
                      ? strndup(transcript->response_body, 8)
                      : NULL;
    ck_assert_str_eq(transcript->curl, "curl");
    ck_assert_str_eq(transcript->request_headers[0].name, "Accept");
    ck_assert_str_eq(transcript->request_headers[0].value, "x/y");
}

START_TEST(all_is_told_again_when_its_teller_is_gone)
{
    static const enum event_kind kinds[] = {EVENT_RUN_STARTED, EVENT_DISPATCHED,
                                            EVENT_TEST_FINISHED,
                                            EVENT_SUITE_FINISHED};
    struct recording recording = {0};
    struct heard heard = {0};

    record_story(&recording, "body", 4);
    recording_tell(&recording, hear, &heard);
    ck_assert_uint_eq(heard.count, COUNT(kinds));
    for (size_t i = 0; i < COUNT(kinds); i++)
        ck_assert_int_eq(heard.kinds[i], kinds[i]);
    ck_assert_str_eq(heard.body, "body");
    free(heard.body);
    recording_clear(&recording);
}
END_TEST

START_TEST(what_is_cleared_is_not_told)
{
    struct recording recording = {0};
    struct heard heard = {0};

    record_story(&recording, "body", 4);
    recording_clear(&recording);
    recording_tell(&recording, hear, &heard);
    ck_assert_uint_eq(heard.count, 0);
}
END_TEST

/* The verdicts are kept all the same: expect_test() sees them. */
START_TEST(transcripts_have_a_limit_together)
{
    size_t length = LIMIT_RECORDED / 2;
    char *body = must_alloc(length);
    struct recording recording = {0};
    struct heard heard = {0};

    memset(body, 'x', length);
    for (size_t i = 0; i < 3; i++)
        record_story(&recording, body, length);
    recording_tell(&recording, hear, &heard);
    ck_assert_uint_eq(heard.count, 12);
    ck_assert_uint_eq(heard.transcript_count, 2);
    free(heard.body);
    recording_clear(&recording);
    free(body);
}
END_TEST

UNIT("recording", all_is_told_again_when_its_teller_is_gone,
     what_is_cleared_is_not_told, transcripts_have_a_limit_together)
