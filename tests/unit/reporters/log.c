#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/unit.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct suite_label suite = {0, "a.json", "a"};

static struct reporter *reporter;

static void begin(size_t test_count)
{
    reporter = must_begin("log");
    tell_start(reporter, &suite, &test_count, 1);
}

/* The last line that is in the file now. */
static json_t *last_line(void)
{
    char *text = must_read(begun_path());
    json_t *value;
    char *line;

    ck_assert_int_eq(text[strlen(text) - 1], '\n');
    text[strlen(text) - 1] = '\0';
    line = strrchr(text, '\n');
    value = json_loads(line ? line + 1 : text, JSON_ALLOW_NUL, NULL);
    ck_assert_msg(value != NULL, "not JSON: %s", line);
    free(text);
    return value;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    ck_assert_msg(text != NULL, "no text \"%s\"", key);
    return text;
}

static void finish(void)
{
    must_close(reporter);
    unlink(begun_path());
}

START_TEST(every_event_is_in_the_file_at_once)
{
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1}};
    const struct event sent = {.kind = EVENT_DISPATCHED,
                               .in_flight = 1,
                               .dispatched = {.label = &test.label}};
    json_t *line;

    begin(1);
    line = last_line();
    ck_assert_str_eq(text_of(line, "event"), "run_started");
    ck_assert_str_eq(text_of(line, "start"), "2026-11-20T23:11:04");
    json_decref(line);
    reporter->hear(reporter, &sent);
    line = last_line();
    ck_assert_str_eq(text_of(line, "event"), "dispatched");
    json_decref(line);
    tell_test(reporter, &test);
    line = last_line();
    ck_assert_str_eq(text_of(line, "event"), "test_finished");
    ck_assert_str_eq(text_of(line, "outcome"), "passed");
    json_decref(line);
    finish();
}
END_TEST

/* Tells a test with this answer; the response as it was recorded. */
static json_t *record_body(const char *body, size_t length)
{
    const struct transcript transcript = {.response_body = body,
                                          .response_body_length = length};
    const struct exchange_report exchange = {
        .method = "GET", .url = "u", .transcript = &transcript};
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1},
        .outcome = OUTCOME_FAILED,
        .exchange_count = 1,
        .exchanges = &exchange,
    };

    tell_test(reporter, &test);
    return last_line();
}

static json_t *response_of(json_t *line)
{
    json_t *exchange = json_array_get(json_object_get(line, "exchanges"), 0);

    return json_object_get(json_object_get(exchange, "transcript"), "response");
}

START_TEST(bodies_are_text_or_base64)
{
    json_t *line;

    begin(1);
    line = record_body("\xc3\xa4\x1b\"\x7f\xc2\x9b\xc2\xa0", 9);
    ck_assert_str_eq(text_of(response_of(line), "body"),
                     "\xc3\xa4\x1b\"\x7f\xc2\x9b\xc2\xa0");
    json_decref(line);
    line = record_body("a\0b", 3);
    ck_assert_uint_eq(
        json_string_length(json_object_get(response_of(line), "body")), 3);
    json_decref(line);
    line = record_body("\xff\xfe\x00", 3);
    ck_assert_str_eq(text_of(response_of(line), "body_base64"), "//4A");
    ck_assert_ptr_null(json_object_get(response_of(line), "body"));
    json_decref(line);
    finish();
}
END_TEST

START_TEST(no_control_character_is_in_the_file)
{
    char *text;

    reporter = must_begin("log");
    story_find("hostile")->tell(reporter);
    text = must_read(begun_path());
    for (const char *at = text; *at; at++)
        ck_assert(*at == '\n' || ((unsigned char)*at >= ' ' && *at != 0x7f));
    ck_assert_ptr_null(strstr(text, "\xc2\x9b"));
    free(text);
    finish();
}
END_TEST

/* One byte past the limit of a line, it is told without its transcripts; when
 * even the failures are too much, without them. */
START_TEST(what_else_differs_is_kept)
{
    const struct failure failures[] = {
        {.message = "m", .lines = "$.b: no\n$.c: no", .difference = SIZE_MAX},
        {.message = "m", .difference = SIZE_MAX},
    };
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1},
        .outcome = OUTCOME_FAILED,
        .failure_count = COUNT(failures),
        .failures = failures,
    };
    json_t *line, *told;

    begin(1);
    tell_test(reporter, &test);
    line = last_line();
    told = json_object_get(line, "failures");
    ck_assert_str_eq(text_of(json_array_get(told, 0), "lines"),
                     "$.b: no\n$.c: no");
    ck_assert_ptr_null(json_object_get(json_array_get(told, 1), "lines"));
    json_decref(line);
    finish();
}
END_TEST

START_TEST(lines_have_a_limit)
{
    char *body = must_alloc(LIMIT_LOG_LINE + 1);
    const struct failure failure = {.message = body, .difference = SIZE_MAX};
    struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = &failure,
    };
    json_t *line;

    memset(body, 'x', LIMIT_LOG_LINE);
    begin(1);
    line = record_body(body, LIMIT_LOG_LINE / 2);
    ck_assert_ptr_null(json_object_get(line, "cut"));
    json_decref(line);
    line = record_body(body, LIMIT_LOG_LINE);
    ck_assert(json_is_true(json_object_get(line, "cut")));
    ck_assert_uint_eq(json_array_size(json_object_get(line, "exchanges")), 1);
    json_decref(line);
    tell_test(reporter, &test);
    line = last_line();
    ck_assert(json_is_true(json_object_get(line, "cut")));
    ck_assert_ptr_null(json_object_get(line, "failures"));
    ck_assert_str_eq(text_of(line, "outcome"), "failed");
    json_decref(line);
    free(body);
    finish();
}
END_TEST

START_TEST(a_full_disk_does_not_stop_the_story)
{
    struct fault fault = {0};

    reporter = must_open("log", "/dev/full");
    story_find("login")->tell(reporter);
    ck_assert(!reporter->close(reporter, &fault));
    ck_assert_str_eq(fault.text,
                     "cannot write /dev/full: No space left on device");
}
END_TEST

START_TEST(an_unknown_kind_is_refused)
{
    const struct report_options options = {.path = "x"};
    struct fault fault = {0};
    size_t count;
    const char *const *names = reporter_names(&count);

    ck_assert_ptr_null(reporter_open("junti", &options, &fault));
    ck_assert_str_eq(fault.text,
                     "no report kind \"junti\"; did you mean \"junit\"?");
    for (size_t i = 1; i < count; i++)
        ck_assert_int_lt(strcmp(names[i - 1], names[i]), 0);
}
END_TEST

UNIT("log", every_event_is_in_the_file_at_once, bodies_are_text_or_base64,
     no_control_character_is_in_the_file, what_else_differs_is_kept,
     lines_have_a_limit, a_full_disk_does_not_stop_the_story,
     an_unknown_kind_is_refused)
