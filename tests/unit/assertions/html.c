/* What `expect.html` says of a body. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <string.h>

static void judge_html(const char *expect, const char *body,
                       const char *messages)
{
    struct trial trial;

    trial_prepare(&trial, "{\"expect\": {\"html\": %s}}", expect);
    trial_answer(&trial, body);
    trial_judge(&trial);
    trial_expect(&trial, messages);
    trial_finish(&trial);
}

START_TEST(pages_are_looked_into)
{
    static const struct {
        const char *expect, *messages;
    } rows[] = {
        {"{\"//title\": \"Todos\"}", NULL},
        {"{\"//li\": [\"milk\", \"bread & butter\"]}", NULL},
        {"{\"//a/@href\": \"/new?a=1&b=2\"}", NULL},
        {"{\"count(//li)\": 2, \"//form\": {\"exists\": false}}", NULL},
        {"{\"//p\": \"caf\xc3\xa9 \xc2\xbd\"}", NULL},
        {"{\"//h1\": \"Todo\"}",
         "html /html/body/h1 (line 2): expected \"Todo\", got \"Todos\""},
        {"{\"//h2\": \"a\"}", "html //h2: nothing there, expected \"a\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        judge_html(rows[i].expect,
                   "<!DOCTYPE html><title>Todos</title>\n"
                   "<h1>Todos</h1><ul><li>milk<li>bread &amp; butter</ul>"
                   "<a href=/new?a=1&b=2>new</A><br><p>caf\xc3\xa9 &frac12;",
                   rows[i].messages);
}
END_TEST

START_TEST(what_is_no_page_is_still_read)
{
    judge_html("{\"//p\": \"just text\"}", "just text", NULL);
    judge_html("{\"//b\": \"a\"}", "</i><b>a", NULL);
    judge_html("{\"//p\": \"a\"}", "", "html: the body is empty, not HTML");
    judge_html("{\"//p\": \"caf\xc3\xa9\"}",
               "<meta charset=iso-8859-1><p>caf\xe9", NULL);
}
END_TEST

START_TEST(a_deep_page_is_refused)
{
    struct arena arena = {0};
    char *body = arena_take(&arena, 5 * (LIMIT_XML_DEPTH + 1) + 1);

    for (int i = 0; i <= LIMIT_XML_DEPTH; i++)
        memcpy(body + (size_t)i * 5, "<div>", 5);
    judge_html("{\"//p\": \"a\"}", body,
               "html: the body is not HTML: it is nested deeper than 257 "
               "elements at line 1, column 1280; it begins "
               "\"<div><div><div><div><div><div><div><div><div><div><div><div>"
               "<div\"");
    arena_finish(&arena);
}
END_TEST

UNIT("html", pages_are_looked_into, what_is_no_page_is_still_read,
     a_deep_page_is_refused)
