/* What reports hold: to the byte at each limit, and one past it. */
#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct suite_label suite = {0, "a.json", "a"};

static char path[] = "/tmp/volley-limits-XXXXXX";
static struct reporter *reporter;

static void begin(const char *kind)
{
    const size_t count = 1;

    memcpy(path, "/tmp/volley-limits-XXXXXX", sizeof(path));
    close(mkstemp(path));
    reporter = must_open(kind, path);
    tell_start(reporter, &suite, &count, 1);
}

/* A failed test whose one message is this byte, so many times. */
static void tell_failure(char byte, size_t length)
{
    CLEANUP(freep) char *message = must_alloc(length + 1);
    const struct failure failure = {.message = message, .difference = SIZE_MAX};
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = &failure,
    };

    memset(message, byte, length);
    tell_test(reporter, &test);
}

/* The file, which is gone then; the caller frees it. */
static char *finish(void)
{
    char *text;

    must_close(reporter);
    text = must_read(path);
    unlink(path);
    return text;
}

/* What the last element that begins so holds, of text in which nothing had to
 * be escaped. Looked for from the end: a sanitizer looks through all of what
 * strstr() is given, every time. */
static size_t last_length(char *text, const char *begin, const char *end)
{
    size_t width = strlen(begin), length = strlen(text);
    const char *at = text + length - width, *close;

    while (at > text && (*at != *begin || memcmp(at, begin, width) != 0))
        at--;
    at = strchr(at, '>');
    close = at ? strstr(at, end) : NULL;
    length = close ? (size_t)(close - at - 1) : 0;
    free(text);
    return length;
}

static size_t failure_length(char *text)
{
    return last_length(text, "<failure", "</failure>");
}

static char *report_one(char byte, size_t length)
{
    begin("junit");
    tell_failure(byte, length);
    return finish();
}

/* Bytes that the report adds to a failure's message. */
static size_t bytes_around(void)
{
    enum { SOME = 5000 };

    return failure_length(report_one('x', SOME)) - SOME;
}

static void expect_cut(char *text, bool is_cut)
{
    ck_assert_int_eq(strstr(text, "bytes left out") != NULL, is_cut);
    free(text);
}

START_TEST(texts_have_a_limit)
{
    size_t most = LIMIT_NODE_TOLD - bytes_around();

    ck_assert_uint_eq(failure_length(report_one('x', most)), LIMIT_NODE_TOLD);
    expect_cut(report_one('x', most), false);
    expect_cut(report_one('x', most + 1), true);
    ck_assert_uint_le(failure_length(report_one('x', most + 1)),
                      LIMIT_NODE_TOLD);
}
END_TEST

START_TEST(references_have_a_limit)
{
    expect_cut(report_one('<', LIMIT_REFERENCES_TOLD), false);
    expect_cut(report_one('<', LIMIT_REFERENCES_TOLD + 1), true);
}
END_TEST

static size_t message_length(char *text)
{
    static const char name[] = "message=\"";
    const char *begin = strstr(text, name) + strlen(name);
    size_t length = strcspn(begin, "\"");

    ck_assert_int_eq(strncmp(begin + length - 3, "...", 3) == 0,
                     length == LIMIT_MESSAGE_TOLD);
    free(text);
    return length;
}

/* A message that is cut ends in "...", which counts. */
START_TEST(messages_have_a_limit)
{
    enum { WHOLE = LIMIT_MESSAGE_TOLD - 3 };

    ck_assert_uint_eq(message_length(report_one('x', WHOLE)), WHOLE);
    ck_assert_uint_eq(message_length(report_one('x', WHOLE + 1)),
                      LIMIT_MESSAGE_TOLD);
    ck_assert_uint_eq(message_length(report_one('x', LIMIT_MESSAGE_TOLD + 1)),
                      LIMIT_MESSAGE_TOLD);
}
END_TEST

/* Tells tests whose texts are, escaped, so many bytes long together. Most of
 * them hold nothing but references, since those are quickly made. */
static void tell_bytes(size_t left)
{
    enum {
        REFERENCE = 5, /* bytes that one counts, as long as the longest */
        COUNT_OF_THEM = LIMIT_REFERENCES_TOLD / 2,
        MESSAGE = REFERENCE * (LIMIT_MESSAGE_TOLD - 3) + 3,
    };
    const size_t around = bytes_around();
    const size_t dense = MESSAGE + around + REFERENCE * COUNT_OF_THEM;

    begin("junit");
    for (; left > 2 * dense; left -= dense)
        tell_failure('<', COUNT_OF_THEM);
    tell_failure('x', left - around - LIMIT_MESSAGE_TOLD);
}

/* Once all texts are longer together than the limit, a test is told with its
 * message only: what stands in its text is that message again. */
START_TEST(texts_have_a_limit_together)
{
    enum { SOME = 1000 };

    for (size_t extra = 0; extra < 2; extra++) {
        tell_bytes(LIMIT_JUNIT_TOLD + extra);
        tell_failure('x', SOME);
        ck_assert_uint_eq(failure_length(finish()) > LIMIT_MESSAGE_TOLD,
                          !extra);
    }
}
END_TEST

/* A flaky test whose one attempt that failed said this byte so many times. */
static void tell_flaky_test(char byte, size_t length)
{
    CLEANUP(freep) char *message = must_alloc(length + 1);
    const struct failure failure = {.message = message, .difference = SIZE_MAX};
    const struct attempt_report attempt = {1, OUTCOME_FAILED, 0, 0,
                                           1, &failure};
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1},
        .attempt_count = 2,
        .retry_count = 1,
        .retried_count = 1,
        .retried = &attempt,
    };

    memset(message, byte, length);
    tell_test(reporter, &test);
}

/* The text of the last attempt that the report tells. */
static size_t rerun_length(char *text)
{
    return last_length(text, "<stackTrace", "</stackTrace>");
}

/* Tells flaky tests whose texts are so many bytes long together. */
static void tell_attempt_bytes(size_t left)
{
    enum {
        AROUND = LIMIT_MESSAGE_TOLD + 1, /* the message, and a line's end */
        SOME = LIMIT_NODE_TOLD / 4,
    };

    begin("junit");
    for (; left > 2 * (SOME + AROUND); left -= SOME + AROUND)
        tell_flaky_test('x', SOME);
    tell_flaky_test('x', left - AROUND);
}

/* Attempts that were made anew count like everything else, and become short
 * like everything else. */
START_TEST(texts_of_attempts_count_too)
{
    enum { SOME = 1000 };

    for (size_t extra = 0; extra < 2; extra++) {
        tell_attempt_bytes(LIMIT_JUNIT_TOLD + extra);
        tell_flaky_test('x', SOME);
        ck_assert_uint_eq(rerun_length(finish()),
                          extra ? LIMIT_MESSAGE_TOLD : SOME + 1);
    }
}
END_TEST

START_TEST(texts_of_attempts_have_a_limit)
{
    begin("junit");
    tell_flaky_test('x', LIMIT_NODE_TOLD - 1);
    ck_assert_uint_eq(rerun_length(finish()), LIMIT_NODE_TOLD);
    begin("junit");
    tell_flaky_test('x', LIMIT_NODE_TOLD);
    expect_cut(finish(), true);
}
END_TEST

/* The length of the log's last line, its end included. */
static size_t line_length(size_t length, bool *is_cut)
{
    char *text, *line;

    begin("log");
    tell_failure('x', length);
    text = finish();
    text[strlen(text) - 1] = '\0';
    line = strrchr(text, '\n') + 1;
    *is_cut = strstr(line, "\"cut\":true") != NULL;
    length = strlen(line) + 1;
    free(text);
    return length;
}

START_TEST(lines_of_the_log_have_a_limit)
{
    enum { SOME = 1000 };
    bool is_cut;
    size_t around = line_length(SOME, &is_cut) - SOME;

    ck_assert(!is_cut);
    ck_assert_uint_eq(line_length(LIMIT_LOG_LINE - around, &is_cut),
                      LIMIT_LOG_LINE);
    ck_assert(!is_cut);
    ck_assert_uint_lt(line_length(LIMIT_LOG_LINE - around + 1, &is_cut), SOME);
    ck_assert(is_cut);
}
END_TEST

UNIT("limits", texts_have_a_limit, references_have_a_limit,
     messages_have_a_limit, texts_have_a_limit_together,
     texts_of_attempts_count_too, texts_of_attempts_have_a_limit,
     lines_of_the_log_have_a_limit)
