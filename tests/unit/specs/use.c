/* Requests that use named ones. */
#include "tests/unit/specs/included.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "specs/base/buffer.h"

static const struct request *request_of(const struct sketch *sketch,
                                        const char *test)
{
    return &included_test(sketch, test)->steps[0].request;
}

/* What is filled from no values; "" where there is no template. */
static void expect_filled(const struct template *template, const char *wanted)
{
    struct buffer text = buffer_with_ceiling(1 << 16);
    struct scope scope = {0};
    struct fault fault = {0};

    if (template)
        ck_assert(template_fill_text(template, &scope, &text, &fault));
    ck_assert_str_eq(buffer_text(&text), wanted);
    buffer_finish(&text);
}

static void expect_header(const struct request *request, size_t i,
                          const char *name, const char *value)
{
    ck_assert_uint_lt(i, request->headers.count);
    ck_assert_str_eq(request->headers.list[i].name, name);
    expect_filled(request->headers.list[i].values[0], value);
}

START_TEST(defaults_lie_below_what_is_used_and_that_below_what_is_written)
{
    struct sketch sketch;
    const struct request *request;

    sketch_load(
        &sketch,
        "{\"defaults\": {\"request\": {\"headers\": {\"d\": \"1\", \"x\": "
        "\"d\", \"gone\": \"d\"}, \"timeout\": \"1s\","
        " \"json\": {\"a\": {\"d\": 1, \"x\": \"d\", \"gone\": 1}}}},"
        " \"requests\": {\"api\": {\"url\": \"http://h/api\", \"headers\": "
        "{\"X\": \"api\", \"Gone\": null}, \"timeout\": \"2s\","
        " \"json\": {\"a\": {\"x\": \"api\", \"gone\": null, \"y\": 0}}},"
        " \"more\": {\"use\": \"api\", \"method\": \"PUT\","
        " \"json\": {\"a\": {\"y\": null, \"z\": 3}}}},"
        " \"tests\": [{\"name\": \"t\", \"request\": {\"use\": \"more\","
        " \"headers\": {\"own\": \"o\"}, \"json\": {\"a\": {\"x\": "
        "\"own\"}}}}, {\"name\": \"plain\", \"request\": {\"use\": \"api\", "
        "\"json\": null}}]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    request = request_of(&sketch, "t");
    expect_filled(request->url, "http://h/api");
    expect_filled(request->method, "PUT");
    expect_filled(request->body, "{\"a\":{\"x\":\"own\",\"z\":3,\"d\":1}}");
    ck_assert_int_eq(request->manner->timeout_ns, 2 * NS_PER_S);
    ck_assert_uint_eq(request->headers.count, 3);
    expect_header(request, 0, "own", "o");
    expect_header(request, 1, "X", "api");
    expect_header(request, 2, "d", "1");
    ck_assert_int_eq(request_of(&sketch, "plain")->body_kind, BODY_NONE);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(defaults_and_races_use_named_requests)
{
    struct sketch sketch;
    const struct race *race;

    sketch_load(
        &sketch,
        "{\"requests\": {\"api\": {\"url\": \"http://h/api\", \"headers\": "
        "{\"a\": \"api\", \"b\": \"api\"}}, \"other\": {\"headers\": {\"a\": "
        "\"other\"}, \"json\": {\"o\": 1}}},"
        " \"defaults\": {\"request\": {\"use\": \"api\", \"headers\": {\"b\": "
        "\"defaults\"}}},"
        " \"tests\": [{\"name\": \"t\", \"request\": {\"use\": \"other\"}},"
        " {\"name\": \"r\", \"request\": {\"headers\": {\"a\": \"own\"}},"
        " \"race\": {\"requests\": [{\"use\": \"other\", \"json\": {\"n\": "
        "1}}, {}]}}]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    expect_filled(request_of(&sketch, "t")->url, "http://h/api");
    expect_header(request_of(&sketch, "t"), 0, "a", "other");
    expect_header(request_of(&sketch, "t"), 1, "b", "defaults");
    race = included_test(&sketch, "r")->race;
    expect_header(&race->requests[0], 0, "a", "other");
    expect_filled(race->requests[0].body, "{\"n\":1,\"o\":1}");
    expect_header(&race->requests[1], 0, "a", "own");
    ck_assert_ptr_null(race->requests[1].body);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(null_removes_what_is_used_below)
{
    struct sketch sketch;
    const struct race *race;

    sketch_load(
        &sketch,
        "{\"requests\": {\"api\": {\"url\": \"http://h/api\", \"headers\": "
        "{\"a\": \"api\"}, \"timeout\": \"2s\", \"json\": {\"api\": 1}},"
        " \"more\": {\"headers\": {\"m\": \"more\"}},"
        " \"bare\": {\"use\": null, \"url\": \"http://h/bare\"}},"
        " \"defaults\": {\"request\": {\"use\": \"api\", \"headers\": {\"d\": "
        "\"1\"}, \"json\": {\"d\": 1}}}, \"tests\": ["
        "{\"name\": \"t\", \"request\": {\"use\": null, \"url\": "
        "\"http://h/t\", \"json\": {\"t\": 1}}},"
        " {\"name\": \"n\", \"request\": {\"use\": \"bare\"}},"
        " {\"name\": \"a\", \"request\": {}},"
        " {\"name\": \"r\", \"request\": {\"use\": \"more\", \"headers\": "
        "{\"o\": \"1\"}}, \"race\": {\"requests\": [{\"use\": null, \"url\": "
        "\"http://h/r\"}, {}]}}]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    expect_filled(request_of(&sketch, "t")->body, "{\"t\":1,\"d\":1}");
    ck_assert_int_eq(request_of(&sketch, "t")->manner->timeout_ns, 0);
    expect_filled(request_of(&sketch, "n")->url, "http://h/bare");
    expect_filled(request_of(&sketch, "n")->body, "{\"d\":1}");
    ck_assert_uint_eq(request_of(&sketch, "n")->headers.count, 1);
    expect_header(request_of(&sketch, "n"), 0, "d", "1");
    ck_assert_uint_eq(request_of(&sketch, "a")->headers.count, 2);
    race = included_test(&sketch, "r")->race;
    ck_assert_uint_eq(race->requests[0].headers.count, 2);
    expect_header(&race->requests[0], 0, "o", "1");
    expect_header(&race->requests[0], 1, "d", "1");
    ck_assert_uint_eq(race->requests[1].headers.count, 4);
    expect_header(&race->requests[1], 1, "m", "more");
    sketch_finish(&sketch);
}
END_TEST

START_TEST(null_is_nothing_where_nothing_is_used)
{
    sketch_tell("{\"defaults\": {\"request\": {\"use\": null, \"method\": "
                "\"get\"}}, \"tests\": [{\"name\": \"t\", \"request\": "
                "{\"use\": null, \"url\": \"http://h/\"}}]}",
                "1:50 methods are case-sensitive: \"get\" is not \"GET\"\n");
    sketch_tell(
        "{\"requests\": {\"a\": {\"use\": null, \"url\": \"http://h/\"}},"
        " \"tests\": [{\"name\": \"t\", \"request\": {\"use\": "
        "\"a\"}}]}",
        "");
}
END_TEST

/* The own name hides an included one, but not for what is included. */
START_TEST(names_are_looked_up_where_they_are_written)
{
    const char *path = "a.json";
    struct sketch sketch;

    included_begin();
    folder_write("a.json",
                 "{\"include\": [\"b.json\", \"c.json\"], \"requests\": "
                 "{\"one\": {\"url\": \"http://h/own\"}}, \"tests\": ["
                 "{\"name\": \"own\", \"request\": {\"use\": \"one\"}},"
                 "{\"name\": \"first\", \"request\": {\"use\": \"two\"}},"
                 "{\"name\": \"chain\", \"request\": {\"use\": \"chain\"}},"
                 "{\"name\": \"deep\", \"request\": {\"use\": \"deep\"}}]}");
    folder_write("b.json",
                 "{\"include\": \"d.json\", \"requests\": {\"one\": {\"url\": "
                 "\"http://h/b\"}, \"chain\": {\"use\": \"one\"}}}");
    folder_write("c.json", "{\"requests\": {\"two\": {\"url\": \"http://h/c\"},"
                           " \"deep\": {\"url\": \"http://h/c\"}}}");
    folder_write("d.json",
                 "{\"requests\": {\"deep\": {\"url\": \"http://h/d\"}}}");
    included_load(&sketch, 1, &path);
    expect_filled(request_of(&sketch, "own")->url, "http://h/own");
    expect_filled(request_of(&sketch, "first")->url, "http://h/c");
    expect_filled(request_of(&sketch, "chain")->url, "http://h/b");
    expect_filled(request_of(&sketch, "deep")->url, "http://h/d");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    sketch_finish(&sketch);
    included_end();
}
END_TEST

/* Each suite has defaults and a base_url of its own below. */
START_TEST(what_is_used_lies_over_the_defaults_of_the_user)
{
    static const char *const paths[] = {"a.json", "b.json"};
    struct sketch sketch;

    included_begin();
    folder_write("a.json",
                 "{\"include\": \"c.json\", \"base_url\": \"http://h\","
                 " \"defaults\": {\"request\": {\"headers\": {\"d\": \"a\"}}},"
                 " \"tests\": [{\"name\": \"a\", \"request\": {\"use\": "
                 "\"api\"}}]}");
    folder_write("b.json",
                 "{\"include\": \"c.json\", \"base_url\": \"http://h\","
                 " \"defaults\": {\"request\": {\"headers\": {\"d\": \"b\"}}},"
                 " \"tests\": [{\"name\": \"b\", \"request\": {\"use\": "
                 "\"api\"}}, {\"name\": \"b2\", \"request\": {\"use\": "
                 "\"api\"}}]}");
    folder_write("c.json", "{\"defaults\": {\"request\": {\"headers\": {\"c\": "
                           "\"c\"}}},"
                           " \"requests\": {\"api\": {\"url\": \"/x\"}}}");
    included_load(&sketch, COUNT(paths), paths);
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    ck_assert_uint_eq(request_of(&sketch, "a")->headers.count, 1);
    expect_header(request_of(&sketch, "a"), 0, "d", "a");
    expect_header(request_of(&sketch, "b"), 0, "d", "b");
    /* It is decoded once for all tests of a suite. */
    ck_assert_ptr_eq(request_of(&sketch, "b")->url,
                     request_of(&sketch, "b2")->url);
    ck_assert_ptr_ne(request_of(&sketch, "b")->url,
                     request_of(&sketch, "a")->url);
    sketch_finish(&sketch);
    included_end();
}
END_TEST

START_TEST(variables_are_those_of_the_test_that_uses_them)
{
    included_begin();
    folder_write(
        "a.json",
        "{\"include\": \"b.json\", \"variables\": {\"user\": 1},"
        " \"tests\": [" CAPTURES(
            "make", "",
            "id") ","
                  "{\"name\": \"a\", \"request\": {\"use\": \"one\"}}]}");
    folder_write("b.json", "{\"requests\": {\"one\": {\"url\": "
                           "\"http://h/{{user}}/{{id}}\"}}}");
    included_draw("a.json", "make 0/2\n"
                            "a 0/1: make capture id!\n");
    included_end();
}
END_TEST

START_TEST(requests_use_each_other_to_a_limit)
{
    for (size_t count = LIMIT_USE_DEPTH; count <= LIMIT_USE_DEPTH + 1;
         count++) {
        struct buffer text = buffer_with_ceiling(1 << 20);
        struct faults faults = {0};
        struct plan *plan;

        included_begin();
        ck_assert(buffer_print(&text, "{\"requests\": {"));
        for (size_t i = 1; i < count; i++)
            ck_assert(
                buffer_print(&text, "\"%zu\": {\"use\": \"%zu\"},", i, i + 1));
        ck_assert(buffer_print(&text,
                               "\"%zu\": {\"url\": \"http://h/\"}}, \"tests\": "
                               "[{\"name\": \"a\", \"request\": {\"use\": "
                               "\"1\"}}]}",
                               count));
        folder_write("a.json", buffer_text(&text));
        ck_assert_int_eq(
            plan_load(
                &(struct plan_options){.path_count = 1,
                                       .paths = (const char *[]){"a.json"}},
                &plan, &faults),
            count > LIMIT_USE_DEPTH ? PLAN_WRONG : PLAN_LOADED);
        if (faults.total) {
            ck_assert_str_eq(faults.faults[0].text,
                             "named requests use each other more than 64 deep "
                             "here");
        }
        faults_finish(&faults);
        plan_free(plan);
        buffer_finish(&text);
        included_end();
    }
}
END_TEST

/* The next example of the page behind *at, which moves on; the caller's. */
static char *next_example(const char **at)
{
    const char *start = strstr(*at, "```json\n");
    const char *end = start ? strstr(start, "\n```") : NULL;

    ck_assert_ptr_nonnull(end);
    *at = end;
    return strndup(start + 8, (size_t)(end - start) - 8);
}

START_TEST(the_examples_of_the_page_are_suites)
{
    static char page[1 << 17];
    FILE *file = fopen("specs/README.md", "r");
    const char *at, *path = "api.json";
    struct sketch sketch;
    char *shared, *api;

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(page, 1, sizeof(page) - 1, file), sizeof(page) - 1);
    fclose(file);
    at = strstr(page, "### Files that include others");
    shared = next_example(&at);
    api = next_example(&at);
    included_begin();
    mkdir("shared", 0755);
    folder_write("shared/login.json", shared);
    folder_write("api.json", api);
    included_load(&sketch, 1, &path);
    sketch_expect(&sketch, "log in 0/2\n"
                           "log out 0/1: log in capture token!, make a todo "
                           "teardown\n"
                           "make a todo 0/1: log in capture token!\n");
    sketch_finish(&sketch);
    included_end();
    free(shared);
    free(api);
}
END_TEST

UNIT("use", defaults_lie_below_what_is_used_and_that_below_what_is_written,
     defaults_and_races_use_named_requests, null_removes_what_is_used_below,
     null_is_nothing_where_nothing_is_used,
     names_are_looked_up_where_they_are_written,
     what_is_used_lies_over_the_defaults_of_the_user,
     variables_are_those_of_the_test_that_uses_them,
     requests_use_each_other_to_a_limit, the_examples_of_the_page_are_suites)
