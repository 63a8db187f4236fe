#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/unit.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct suite_label suite = {0, "tests/api/v1.2/users.json", "u"};

/* A report on its way, and what was read back of it. */
static struct reporter *reporter;

static void begin(size_t test_count)
{
    reporter = must_begin("junit");
    tell_start(reporter, &suite, &test_count, 1);
}

static xmlDoc *finish(void)
{
    xmlDoc *document;

    must_close(reporter);
    document =
        xmlReadFile(begun_path(), NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    unlink(begun_path());
    ck_assert_msg(document != NULL, "not read back");
    return document;
}

static xmlNode *child(xmlNode *parent, const char *name)
{
    xmlNode *node = xmlFirstElementChild(parent);

    while (node && strcmp((const char *)node->name, name) != 0)
        node = xmlNextElementSibling(node);
    ck_assert_msg(node != NULL, "no <%s>", name);
    return node;
}

static xmlNode *first_case(xmlDoc *document)
{
    xmlNode *root = xmlDocGetRootElement(document);

    return child(child(root, "testsuite"), "testcase");
}

static void expect_attribute(xmlNode *node, const char *name,
                             const char *wanted)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);

    ck_assert_msg(value != NULL, "no attribute %s", name);
    ck_assert_str_eq((const char *)value, wanted);
    xmlFree(value);
}

static size_t content_length(xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    size_t length = strlen((const char *)content);

    xmlFree(content);
    return length;
}

static struct test_report failed_test(const struct failure *failure,
                                      const struct exchange_report *exchange)
{
    return (struct test_report){
        .label = {suite, ROLE_TEST, 0, "fails", "fails", 3},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = failure,
        .exchange_count = 1,
        .exchanges = exchange,
    };
}

/* A failed test whose answer had this body. */
static void tell_body(const char *body, size_t length)
{
    const struct transcript transcript = {.response_body = body,
                                          .response_body_length = length};
    const struct exchange_report exchange = {
        .method = "GET", .url = "http://a/", .transcript = &transcript};
    const struct failure failure = {.message = "no", .difference = SIZE_MAX};
    const struct test_report test = failed_test(&failure, &exchange);

    tell_test(reporter, &test);
}

START_TEST(classes_are_paths_without_endings)
{
    static const struct {
        const char *path, *wanted;
    } rows[] = {
        {"tests/api/users.volley.json", "tests.api.users"},
        {"tests/api.v1/users.json", "tests.api_v1.users"},
        {"a.b.spec", "a_b_spec"},
        {"/tmp/x.json", "tmp.x"},
        {"../x.json", "__.x"},
        {"-", "stdin"},
        {".json", "_json"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct suite_label label = {0, rows[i].path, "s"};
        const struct test_report test = {
            .label = {label, ROLE_TEST, 0, "t", "t", 1}};
        const size_t count = 1;
        xmlDoc *document;

        reporter = must_begin("junit");
        tell_start(reporter, &label, &count, 1);
        tell_test(reporter, &test);
        document = finish();
        expect_attribute(first_case(document), "classname", rows[i].wanted);
        xmlFreeDoc(document);
    }
}
END_TEST

START_TEST(paths_below_the_root_are_told_from_there)
{
    char *root = getcwd(NULL, 0);
    char absolute[4096];
    struct suite_label label = {0, absolute, "s"};
    const struct test_report test = {.label = {.name = "t"}};
    const size_t count = 1;
    xmlDoc *document;

    snprintf(absolute, sizeof(absolute), "%s/tests/x.json", root);
    reporter = must_begin("junit");
    tell_start(reporter, &label, &count, 1);
    tell_test(reporter, &test);
    document = finish();
    expect_attribute(first_case(document), "file", "tests/x.json");
    expect_attribute(first_case(document), "classname", "tests.x");
    xmlFreeDoc(document);
    free(root);
}
END_TEST

START_TEST(messages_are_one_short_line)
{
    enum { LENGTH = 501 };
    char message[LENGTH + 1];
    struct failure failures[2] = {{.message = message}, {.message = "b"}};
    const struct exchange_report exchange = {.method = "GET", .url = "u"};
    struct test_report test = failed_test(failures, &exchange);
    xmlDoc *document;
    xmlChar *told;

    memset(message, 'm', LENGTH);
    message[LENGTH] = '\0';
    message[7] = '\n';
    test.failure_count = 2;
    begin(1);
    tell_test(reporter, &test);
    document = finish();
    told = xmlGetProp(child(first_case(document), "failure"),
                      (const xmlChar *)"message");
    ck_assert_int_le(xmlUTF8Strlen(told), LIMIT_MESSAGE_TOLD);
    ck_assert_int_eq(strncmp((char *)told, "mmmmmmm\\nmm", 10), 0);
    ck_assert_ptr_nonnull(strstr((char *)told, "m... (and 1 more)"));
    xmlFree(told);
    xmlFreeDoc(document);
}
END_TEST

START_TEST(a_body_of_12_MB_is_cut)
{
    enum { LENGTH = 12 << 20 };
    char *body = must_alloc(LENGTH);
    xmlDoc *document;
    size_t length;

    memset(body, 'x', LENGTH);
    begin(1);
    tell_body(body, LENGTH);
    document = finish();
    length = content_length(child(first_case(document), "system-out"));
    ck_assert_uint_le(length, LIMIT_NODE_TOLD);
    ck_assert_uint_ge(length, 10000);
    xmlFreeDoc(document);
    free(body);
}
END_TEST

START_TEST(what_else_differs_is_in_the_text)
{
    const struct failure failure = {.at = {.path = "a.json", .line = 3},
                                    .message = "$.a: no",
                                    .lines = "$.b: no\n$.c: no",
                                    .difference = SIZE_MAX};
    const struct exchange_report exchange = {.method = "GET", .url = "u"};
    const struct test_report test = failed_test(&failure, &exchange);
    xmlDoc *document;
    xmlChar *text;

    begin(1);
    tell_test(reporter, &test);
    document = finish();
    text = xmlNodeGetContent(child(first_case(document), "failure"));
    ck_assert_msg(
        strstr((const char *)text, "a.json:3:0: $.a: no\n$.b: no\n$.c: no\n"),
        "%s", (const char *)text);
    expect_attribute(child(first_case(document), "failure"), "message",
                     "$.a: no");
    xmlFree(text);
    xmlFreeDoc(document);
}
END_TEST

START_TEST(references_stay_below_what_readers_bear)
{
    enum { LENGTH = 20000 };
    char body[LENGTH + 1];
    const struct failure failure = {.message = body, .difference = SIZE_MAX};
    const struct exchange_report exchange = {.method = "GET", .url = "u"};
    const struct test_report test = failed_test(&failure, &exchange);
    size_t references = 0;
    char *text;

    memset(body, '<', LENGTH);
    body[LENGTH] = '\0';
    begin(1);
    tell_test(reporter, &test);
    must_close(reporter);
    text = must_read(begun_path());
    *strstr(text, "</failure>") = '\0';
    for (char *at = strstr(text, "type="); at; at = strstr(at + 1, "&lt;"))
        references++;
    ck_assert_uint_le(references, LIMIT_REFERENCES_TOLD + 1);
    ck_assert_uint_ge(references, LIMIT_REFERENCES_TOLD / 2);
    ck_assert_ptr_nonnull(strstr(text, "bytes left out"));
    free(text);
    unlink(begun_path());
}
END_TEST

/* Whatever bytes a server sends: what was written can be read. */
START_TEST(any_bytes_can_be_read_back)
{
    char body[512];
    uint32_t state = 1;

    begin(2000);
    for (int i = 0; i < 2000; i++) {
        for (size_t j = 0; j < sizeof(body); j++) {
            state = state * 1664525 + 1013904223;
            body[j] = (char)(state >> 24);
            if (i % 4 == 0 && j % 3 == 0)
                body[j] = "]>&<\r\"'\x1b"[state >> 29];
        }
        tell_body(body, sizeof(body));
    }
    xmlFreeDoc(finish());
}
END_TEST

START_TEST(the_report_stays_below_25_MB)
{
    struct stat status;
    char *body = must_alloc(LIMIT_BODY_TOLD);
    xmlDoc *document;
    xmlNode *last;

    memset(body, '&', LIMIT_BODY_TOLD);
    begin(3000);
    for (int i = 0; i < 3000; i++)
        tell_body(body, LIMIT_BODY_TOLD);
    must_close(reporter);
    ck_assert_int_eq(stat(begun_path(), &status), 0);
    ck_assert_int_lt(status.st_size, 25 << 20);
    ck_assert_int_gt(status.st_size, LIMIT_JUNIT_TOLD / 2);
    document = xmlReadFile(begun_path(), NULL, XML_PARSE_NONET);
    unlink(begun_path());
    last =
        xmlLastElementChild(child(xmlDocGetRootElement(document), "testsuite"));
    expect_attribute(child(last, "failure"), "message", "no");
    ck_assert_ptr_null(xmlNextElementSibling(child(last, "failure")));
    xmlFreeDoc(document);
    free(body);
}
END_TEST

/* Of a test that passed only name, place and time are kept. */
START_TEST(ten_thousand_passed_tests_cost_little)
{
    enum { TESTS = 10000, MOST = 2 << 20 };
    size_t before;
    char name[64];

    begin(TESTS);
    before = mallinfo2().uordblks;
    for (int i = 0; i < TESTS; i++) {
        const struct test_report test = {
            .label = {suite, ROLE_TEST, (size_t)i, name, name, 7},
            .duration_ns = 1000000};

        snprintf(name, sizeof(name), "a test of some name, the %dth", i);
        tell_test(reporter, &test);
    }
    ck_assert_uint_lt(mallinfo2().uordblks - before, MOST);
    xmlFreeDoc(finish());
}
END_TEST

START_TEST(names_are_unique_in_the_order_of_the_plan)
{
    static const char *const names[] = {"b", "a", "a", "a (2)", "a"};
    static const char *const wanted[] = {"a", "a (2)", "a (2) (2)", "a (3)",
                                         "b"};
    static const size_t ordinals[] = {4, 0, 1, 2, 3};
    xmlDoc *document;
    xmlNode *node;

    begin(COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct test_report test = {
            .label = {suite, ROLE_TEST, ordinals[i], names[i], "", 1}};

        tell_test(reporter, &test);
    }
    document = finish();
    node = first_case(document);
    for (size_t i = 0; i < COUNT(wanted); i++) {
        expect_attribute(node, "name", wanted[i]);
        node = xmlNextElementSibling(node);
    }
    xmlFreeDoc(document);
}
END_TEST

START_TEST(it_is_whole_without_an_end_of_the_run)
{
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 1}};
    xmlDoc *document;

    begin(2);
    tell_test(reporter, &test);
    document = finish();
    expect_attribute(xmlDocGetRootElement(document), "tests", "1");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(nothing_heard_is_a_valid_file)
{
    xmlDoc *document;

    reporter = must_begin("junit");
    document = finish();
    expect_attribute(xmlDocGetRootElement(document), "tests", "0");
    xmlFreeDoc(document);
}
END_TEST

UNIT("junit", classes_are_paths_without_endings,
     paths_below_the_root_are_told_from_there, messages_are_one_short_line,
     a_body_of_12_MB_is_cut, what_else_differs_is_in_the_text,
     references_stay_below_what_readers_bear, any_bytes_can_be_read_back,
     the_report_stays_below_25_MB, ten_thousand_passed_tests_cost_little,
     names_are_unique_in_the_order_of_the_plan,
     it_is_whole_without_an_end_of_the_run, nothing_heard_is_a_valid_file)
