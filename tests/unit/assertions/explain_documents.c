/* What is said of two documents or texts that differ: the smallest places, all
 * of them up to a limit. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* The only verdict of the document, or of the text where that is no JSON. */
static const struct verdict *verdict_of(struct trial *trial,
                                        const char *subject,
                                        const char *expected, const char *body)
{
    trial_prepare(trial, "{\"expect\": {\"%s\": {\"equals\": %s}}}", subject,
                  expected);
    trial_answer(trial, body);
    trial_judge(trial);
    ck_assert_uint_eq(trial->judged.verdict_count, 1);
    return trial->judged.verdicts;
}

START_TEST(every_difference_is_told_by_its_path)
{
    static const struct {
        const char *expected, *body, *message, *lines;
    } rows[] = {
        {"{\"a\": 1, \"b\": {\"c\": [1, 2], \"d\": \"x\"}, \"e\": 1}",
         "{\"a\": 2, \"b\": {\"c\": [1, 3], \"d\": \"y\"}, \"f\": null}",
         "json $.a: expected 1, got 2 (and 4 more differences)",
         "$.b.c[1]: expected 2, got 3\n"
         "$.b.d: expected \"x\", got \"y\"\n"
         "$.e: nothing there, expected 1\n"
         "$.f: expected nothing there, got null"},
        /* One is missing, one came: the others keep their partners. */
        {"[1, 2, 3, 4, 5]", "[1, 2, 4, 5]",
         "json $[2]: expected 3, got no such element", NULL},
        {"[1, 2, 4, 5]", "[1, 2, 3, 4, 5]",
         "json $[2]: expected no such element, got 3", NULL},
        {"[1, 2]", "[1, 2, 3]", "json $[2]: expected nothing there, got 3",
         NULL},
        {"[0, 1, 2, 3]", "[1, 2, 9, 3]",
         "json $[0]: expected 0, got no such element (and 1 more difference)",
         "$[2]: expected no such element, got 9"},
        /* One moved. */
        {"[{\"id\": 1}, {\"id\": 2}, {\"id\": 3}, {\"id\": 4}]",
         "[{\"id\": 2}, {\"id\": 3}, {\"id\": 4}, {\"id\": 1}]",
         "json $[0]: expected {\"id\":1}, got this element at $[3]", NULL},
        {"{\"l\": [1, 2, 3, 4]}", "{\"l\": [4, 1, 2, 3]}",
         "json $.l[3]: expected 4, got this element at $.l[0]", NULL},
        /* Changed elements are looked into. */
        {"[{\"id\": 1, \"n\": 1}, {\"id\": 2, \"n\": 2}]",
         "[{\"id\": 0, \"n\": 0}, {\"id\": 1, \"n\": 5}, {\"id\": 2, "
         "\"n\": 2}]",
         "json $[0]: expected no such element, got {\"id\":0,\"n\":0} (and 1 "
         "more difference)",
         "$[1].n: expected 1, got 5"},
        {"[{\"a\": 1, \"b\": 2, \"c\": 3}]",
         "[1, {\"a\": 1, \"b\": 0, \"c\": 0}]",
         "json $[0]: expected {\"a\":1,\"b\":2,\"c\":3}, got no such element "
         "(and 2 more differences)",
         "$[0]: expected no such element, got 1\n"
         "$[1]: expected nothing there, got {\"a\":1,\"b\":0,\"c\":0}"},
        {"[[1, 2], {\"a\": 1}]", "[[1, 3], {\"a\": 2}]",
         "json $[0][1]: expected 2, got 3 (and 1 more difference)",
         "$[1].a: expected 1, got 2"},
        {"{\"a\": {\"$match\": {\"gt\": 1}}, \"b\": {\"$match\": {\"gt\": 1, "
         "\"lt\": 2}}}",
         "{\"a\": 1, \"b\": 2}",
         "json $.a: expected greater than 1, got 1 (and 1 more difference)",
         "$.b: expected less than 2, got 2"},
        {"[{\"$match\": {\"gt\": 1}}, 7, {\"$match\": {\"gt\": 5}}]",
         "[2, 7, 5]", "json $[2]: expected greater than 5, got 5", NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        const struct verdict *verdict =
            verdict_of(&trial, "json", rows[i].expected, rows[i].body);

        ck_assert_str_eq(verdict->message, rows[i].message);
        ck_assert_pstr_eq(verdict->lines, rows[i].lines);
        trial_finish(&trial);
    }
}
END_TEST

static char *make_object(size_t count, const char *value)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s\"key%05zu\":%s", i ? "," : "{", i, value);
    fputc('}', out);
    fclose(out);
    return text;
}

static size_t count_lines(const char *lines)
{
    size_t count = 1;

    while ((lines = strchr(lines, '\n')))
        lines++, count++;
    return count;
}

START_TEST(so_many_differences_are_told_at_most)
{
    char *expected = make_object(10000, "1"), *body = make_object(10000, "2");
    char *few = make_object(21, "1"), *others = make_object(21, "2");
    struct trial trial;
    const struct verdict *verdict = verdict_of(&trial, "json", expected, body);

    ck_assert_str_eq(
        verdict->message,
        "json $.key00000: expected 1, got 2 (and 9999 more differences)");
    ck_assert_uint_eq(count_lines(verdict->lines), 21);
    ck_assert_ptr_nonnull(strstr(verdict->lines, "\n... and 9979 more "));
    ck_assert_ptr_null(strstr(verdict->lines, "key00021"));
    trial_finish(&trial);
    verdict = verdict_of(&trial, "json", few, others);
    ck_assert_uint_eq(count_lines(verdict->lines), 20);
    ck_assert_ptr_null(strstr(verdict->lines, "..."));
    trial_finish(&trial);
    free(expected);
    free(body);
    free(few);
    free(others);
}
END_TEST

/* Long values, and long paths, leave room for fewer lines. */
START_TEST(the_lines_are_a_few_kilobytes)
{
    char value[2000], text[2048], wrong[2048];
    char *expected, *body;
    struct trial trial;
    const struct verdict *verdict;

    memset(value, 'x', sizeof(value));
    snprintf(text, sizeof(text), "\"a%.1900s\"", value);
    snprintf(wrong, sizeof(wrong), "\"b%.1900s\"", value);
    expected = make_object(100, text);
    body = make_object(100, wrong);
    verdict = verdict_of(&trial, "json", expected, body);
    ck_assert_uint_le(strlen(verdict->lines), 4096);
    ck_assert_uint_ge(count_lines(verdict->lines), 10);
    ck_assert_ptr_nonnull(strstr(verdict->lines, "\n... and "));
    trial_finish(&trial);
    free(expected);
    free(body);
}
END_TEST

static char *make_list(size_t count, size_t from, size_t step)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s{\"n\":%zu}", i ? "," : "[", from + i * step);
    fputc(']', out);
    fclose(out);
    return text;
}

/* Where nothing can be aligned the elements are compared in their places. */
START_TEST(long_lists_are_explained_in_little_time)
{
    char *expected = make_list(50000, 0, 2), *body = make_list(50000, 1, 2);
    char *shorter = make_list(40000, 1, 2), *more = make_list(50001, 0, 2);
    struct trial trial;

    ck_assert_str_eq(
        verdict_of(&trial, "json", expected, body)->message,
        "json $[0].n: expected 0, got 1 (and 49999 more differences)");
    trial_finish(&trial);
    ck_assert_ptr_nonnull(verdict_of(&trial, "json", expected, shorter)->lines);
    trial_finish(&trial);
    ck_assert_str_eq(verdict_of(&trial, "json", more, expected)->message,
                     "json $[50000]: nothing there, expected {\"n\":100000}");
    trial_finish(&trial);
    free(shorter);
    shorter = make_list(50000, 2, 2);
    ck_assert_str_eq(verdict_of(&trial, "json", more, shorter)->message,
                     "json $[0]: expected {\"n\":0}, got no such element");
    trial_finish(&trial);
    free(expected);
    free(body);
    free(shorter);
    free(more);
}
END_TEST

START_TEST(texts_are_told_by_their_line)
{
    static const struct {
        const char *expected, *body, *lines;
    } rows[] = {
        {"\"one\\ntwo\\nthree\\nfour\\n\"", "one\ntwo\ntree\nfour\n",
         "line 3 differs, at character 2\n"
         "     1  one\n     2  two\n-    3  three\n+    3  tree"},
        {"\"a\\nb\"", "A\nb",
         "line 1 differs, at character 1\n-    1  a\n+    1  A"},
        {"\"a\\nb\\nc\\n\"", "a\nb\n",
         "line 3 differs, at character 1\n"
         "     1  a\n     2  b\n-    3  c\n+    3  "},
        {"\"a\\n\xc3\xa4x\"", "a\n\xc3\xb6x",
         "line 2 differs, at character 1\n"
         "     1  a\n-    2  \xc3\xa4x\n+    2  \xc3\xb6x"},
        {"\"a\\n\\t\\u001b\"", "a\n\t\x1b[2J",
         "line 2 differs, at character 3\n"
         "     1  a\n-    2  \\t\\u001b\n+    2  \\t\\u001b[2J"},
        {"\"one\"", "two", NULL},
        {"\"ab\"", "a\xff",
         "the bytes differ from offset 1 (0x1) on: 0x62 is expected, 0xff is "
         "there"},
        {"\"0123456789abcdef0123456789abcdefxy\"",
         "0123456789abcdef0123456789abcdef\xfe",
         "the bytes differ from offset 32 (0x20) on: 0x78 is expected, 0xfe is "
         "there"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        ck_assert_pstr_eq(
            verdict_of(&trial, "body", rows[i].expected, rows[i].body)->lines,
            rows[i].lines);
        trial_finish(&trial);
    }
}
END_TEST

/* A line of a megabyte is cut, and so are those around it. */
START_TEST(the_context_is_a_few_kilobytes)
{
    size_t size = 1 << 20;
    char *body = must_alloc(size + 1);
    const struct verdict *verdict;
    struct trial trial;

    memset(body, 'x', size);
    body[1000] = '\n';
    verdict = verdict_of(&trial, "body", "\"x\\ny\"", body);
    ck_assert_uint_le(strlen(verdict->lines), 2048);
    ck_assert_ptr_nonnull(strstr(verdict->lines, "..."));
    trial_finish(&trial);
    free(body);
}
END_TEST

UNIT("explain_documents", every_difference_is_told_by_its_path,
     so_many_differences_are_told_at_most, the_lines_are_a_few_kilobytes,
     long_lists_are_explained_in_little_time, texts_are_told_by_their_line,
     the_context_is_a_few_kilobytes)
