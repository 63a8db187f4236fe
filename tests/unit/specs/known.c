/* What is known of templates before the run: which of them are looked at, and
 * what their texts must be like. */
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"
#include <string.h>

/* The text of the one mistake, "" without any. */
static void check_told(const char *text, const char *wanted)
{
    load_wrong(text);
    ck_assert_msg(faults.total == (*wanted != '\0'), "%s: %zu mistakes", text,
                  faults.total);
    if (*wanted)
        ck_assert_str_eq(faults.faults[0].text, wanted);
    release();
}

START_TEST(texts_are_for_their_use)
{
    static const struct {
        enum text_use use;
        const char *text;
        size_t length;
        const char *trouble; /* NULL: none */
        size_t at;
        bool is_blind; /* it says the same without the value */
    } rows[] = {
        {TEXT_ANY, "a\0\r\n;:", 6, NULL, 0, false},
        {TEXT_PLAIN, "\r\n;:", 4, NULL, 0, false},
        {TEXT_PLAIN, "ab\0", 3, "a NUL byte cannot be sent here", 2, false},
        {TEXT_METHOD, "PURGE", 5, NULL, 0, false},
        {TEXT_METHOD, "", 0, "\"\" cannot be a method", 0, true},
        {TEXT_METHOD, "A B", 3, "\"A B\" cannot be a method", 0, true},
        {TEXT_METHOD, "AB\0", 3, "\"AB\" cannot be a method", 0, true},
        {TEXT_METHOD, "connect", 7,
         "\"CONNECT\" asks for a tunnel, which no test can use", 0, false},
        {TEXT_HEADER, "a;b:c", 5, NULL, 0, false},
        {TEXT_HEADER, "a\r", 2, "a header cannot hold a line break or a NUL", 1,
         false},
        {TEXT_HEADER, "\0", 1, "a header cannot hold a line break or a NUL", 0,
         false},
        {TEXT_COOKIE, "a:b", 3, NULL, 0, false},
        {TEXT_COOKIE, "a;b", 3, "a cookie's value cannot hold \";\"", 1, false},
        {TEXT_COOKIE, "\n", 1, "a cookie cannot hold a line break or a NUL", 0,
         false},
        {TEXT_USER, "a;b", 3, NULL, 0, false},
        {TEXT_USER, "a:b", 3, "a user's name cannot hold a colon", 1, false},
        {TEXT_URL, "http://a.test:80/a b{{c}}?d#e", 29, NULL, 0, false},
        {TEXT_URL, "a.test", 6,
         "\"a.test\" is relative, and the suite has no \"base_url\"", 0, true},
        {TEXT_URL, "http:///a", 9, "\"http:///a\" names no host", 0, true},
        {TEXT_URL, "http://{{a}}:x/", 15, "a port is a number up to 65535", 13,
         false},
        {TEXT_URL, "a.test:80", 9,
         "\"a.test:80\" has no scheme; did you mean \"http://a.test:80\"?", 0,
         true},
        {TEXT_URL, "http://a.test/\x7f", 15,
         "a URL cannot hold a control character; write %7F", 0, false},
    };
    const struct suite suite = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trouble trouble = {0};
        bool good = text_check(rows[i].use, rows[i].text, rows[i].length,
                               &suite, &trouble);

        ck_assert_msg(good == !rows[i].trouble, "row %zu: %s", i, trouble.text);
        if (good)
            continue;
        ck_assert_str_eq(trouble.text, rows[i].trouble);
        ck_assert_uint_eq(trouble.at, rows[i].at);
        ck_assert_int_eq(trouble.blind != NULL, rows[i].is_blind);
        if (trouble.blind && *rows[i].text)
            ck_assert_ptr_null(strstr(trouble.blind, rows[i].text));
    }
}
END_TEST

#define SUITE(more) "{\"variables\": {\"v\": \"nope\"}, \"tests\": [" more "]}"
#define STATUS      "\"expect\": {\"status\": \"{{v}}\"}"
#define URL         "\"request\": {\"url\": \"http://h/\"}"
#define WRONG                                                                  \
    "\"{{v}}\" is \"nope\" here; a status is a number from 100 to 999, or a "  \
    "text like \"2xx\""

/* What a capture has another value for is not looked at. */
START_TEST(captures_are_not_known)
{
    check_told(SUITE("{\"name\": \"a\", " URL ", " STATUS "}"), WRONG);
    check_told(SUITE("{\"name\": \"a\", " URL ", \"capture\": {\"v\": "
                     "{\"json\": \"$\"}}}, {\"name\": \"b\", " URL ", " STATUS
                     "}"),
               "");
    check_told(SUITE("{\"name\": \"a\", \"steps\": [{" URL
                     ", \"capture\": {\"v\": {\"json\": \"$\"}}}, {" URL
                     ", " STATUS "}]}"),
               "");
    check_told(SUITE("{\"name\": \"a\", \"steps\": [{" URL ", " STATUS
                     "}, {" URL ", \"capture\": {\"v\": {\"json\": \"$\"}}}]}"),
               WRONG);
    check_told(SUITE("{\"name\": \"a\", \"repeat\": 2, " URL
                     ", \"expect\": {\"status\": \"{{index}}\"}}"),
               "");
}
END_TEST

START_TEST(what_is_filled_has_a_limit)
{
    enum { HALF = LIMIT_TEMPLATE_BYTES / 2 };
    char *half = must_alloc(HALF + 1);
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);

    memset(half, 'x', HALF);
    ck_assert(buffer_print(&text, "{\"variables\": {\"v\": \"%s\"}, ", half));
    free(half);
    ck_assert(buffer_add_text(
        &text, "\"tests\": [{\"name\": \"a\", \"request\": {\"url\": "
               "\"http://h/\", \"headers\": {\"x\": \"{{v}}{{v}}\", "
               "\"y\": \"{{v}}{{v}}.\"}}}]}"));
    check_told(buffer_text(&text),
               "templates make too long a text here: 16 MiB are the limit");
}
END_TEST

/* Without a scope there is nothing that a template could be filled with. */
START_TEST(what_is_known_is_part_of_the_judgement)
{
    const struct header header = {"x", "(nope) nope"};
    const struct response response = {
        .arrival = ARRIVED,
        .status = 200,
        .header_count = 1,
        .headers = &header,
    };
    struct arena arena = {0};
    struct judged judged;

    load("{\"variables\": {\"v\": \"nope\", \"n\": 200}, \"tests\": ["
         "{\"name\": \"a\", " URL ", \"expect\": {\"status\": \"{{n}}\", "
         "\"headers\": {\"x\": {\"equals\": \"({{v}}) nope\", "
         "\"contains\": \"{{v}}\", \"matches\": \"^.{{v}}. {{v}}$\", "
         "\"in\": [\"{{v}}\", \"({{v}}) {{v}}\"]}}}}]}");
    judged =
        judge(plan->tests[0].steps[0].judgement, &response, NULL, NULL, &arena);
    ck_assert_msg(judged.verdict_count == 0, "%s",
                  judged.verdict_count ? judged.verdicts[0].message : "");
    ck_assert_uint_eq(judged.check_count, 2);
    judged_finish(&judged);
    arena_finish(&arena);
    release();
}
END_TEST

UNIT("known", texts_are_for_their_use, captures_are_not_known,
     what_is_filled_has_a_limit, what_is_known_is_part_of_the_judgement)
