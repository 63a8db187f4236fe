#include "specs/decode.h"

#include "tests/unit/specs/filled.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/load.h"

static struct plan *plan;
static struct faults faults;

static void load(const char *text)
{
    enum plan_outcome outcome =
        plan_load_text(text, strlen(text), &plan, &faults);

    if (outcome != PLAN_LOADED)
        faults_print(&faults, stderr);
    ck_assert_int_eq(outcome, PLAN_LOADED);
}

static void release(void)
{
    plan_freep(&plan);
    faults_finish(&faults);
}

static const struct request *request_of(size_t test)
{
    return &plan->tests[test].steps[0].request;
}

/* "name=value,value name=..." */
static const char *listed(const struct field_list *list)
{
    const char *text = "";

    for (size_t i = 0; i < list->count; i++) {
        const struct field *field = &list->list[i];

        text = arena_print(&plan->arena, "%s%s%s=", text, i ? " " : "",
                           field->name);
        for (size_t j = 0; j < field->value_count; j++)
            text = arena_print(&plan->arena, "%s%s%s", text, j ? "," : "",
                               filled(field->values[j]));
    }
    return text;
}

START_TEST(a_request_is_read_whole)
{
    const struct request *request;

    load("{ \"tests\": [ { \"name\": \"a\", \"request\": {"
         " \"method\": \"PUT\", \"url\": \"http://a.test/x\","
         " \"query\": { \"b\": 1, \"a\": [ true, \"x\" ], \"e\": [] },"
         " \"headers\": { \"X-B\": \"\", \"x-a\": [ \"1\", 2.5 ] },"
         " \"cookies\": { \"c\": \"d\" }, \"text\": \"body\","
         " \"auth\": { \"basic\": { \"user\": \"u\", \"password\": \"p\" } },"
         " \"follow\": true, \"compressed\": true,"
         " \"tls\": { \"verify\": false },"
         " \"timeout\": { \"connect\": \"1s\", \"total\": 2500 } } } ] }");
    request = request_of(0);
    ck_assert_str_eq(filled(request->method), "PUT");
    ck_assert_str_eq(filled(request->url), "http://a.test/x");
    ck_assert_uint_eq(spot_place(request->url_at).column, 66);
    ck_assert_str_eq(listed(&request->query), "b=1 a=true,x e=");
    ck_assert_str_eq(listed(&request->headers), "X-B= x-a=1,2.5");
    ck_assert_str_eq(listed(&request->manner->cookies), "c=d");
    ck_assert_int_eq(request->body_kind, BODY_TEXT);
    ck_assert_str_eq(filled(request->body), "body");
    ck_assert_int_eq(request->manner->auth_kind, AUTH_BASIC);
    ck_assert_str_eq(filled(request->manner->user), "u");
    ck_assert_str_eq(filled(request->manner->password), "p");
    ck_assert_uint_eq(request->manner->follow_most, 10);
    ck_assert(request->manner->compressed);
    ck_assert(!request->manner->verify);
    ck_assert_int_eq(request->manner->connect_timeout_ns, NS_PER_S);
    ck_assert_int_eq(request->manner->timeout_ns, 2500 * NS_PER_MS);
    release();
}
END_TEST

START_TEST(a_short_request_has_the_usual_manners)
{
    const struct request *request;

    load("{ \"tests\": [ { \"name\": \"a\","
         " \"request\": { \"url\": \"http://a.test/\" } } ] }");
    request = request_of(0);
    ck_assert_ptr_null(request->method);
    ck_assert_int_eq(request->body_kind, BODY_NONE);
    ck_assert_int_eq(request->manner->auth_kind, AUTH_NONE);
    ck_assert_uint_eq(request->manner->follow_most, 0);
    ck_assert(request->manner->verify);
    ck_assert(!request->manner->compressed);
    ck_assert_int_eq(request->manner->timeout_ns, 0);
    release();
}
END_TEST

#define DEFAULTS                                                               \
    "{ \"base_url\": \"http://a.test\", \"defaults\": { \"request\": {"        \
    " \"url\": \"/d\", \"method\": \"PATCH\","                                 \
    " \"query\": { \"q\": 1, \"r\": 2 },"                                      \
    " \"headers\": { \"Accept\": \"x\", \"B\": \"y\" },"                       \
    " \"json\": { \"a\": { \"b\": 1, \"c\": [ 2 ] }, \"z\": 0 },"              \
    " \"auth\": { \"basic\": { \"user\": \"u\", \"password\": \"p\" } },"      \
    " \"tls\": { \"verify\": false }, \"follow\": 3, \"compressed\": true,"    \
    " \"timeout\": { \"connect\": \"1s\", \"total\": \"9s\" } } },"            \
    " \"tests\": [ { \"name\": \"a\", \"request\": {"
#define END " } } ] }"

START_TEST(defaults_lie_under_every_request)
{
    const struct request *request;

    load(DEFAULTS END);
    request = request_of(0);
    ck_assert_str_eq(filled(request->url), "/d");
    ck_assert_str_eq(filled(request->method), "PATCH");
    ck_assert_str_eq(listed(&request->headers), "Accept=x B=y");
    ck_assert_str_eq(filled(request->body),
                     "{\"a\":{\"b\":1,\"c\":[2]},\"z\":0}");
    ck_assert_int_eq(request->manner->timeout_ns, 9 * NS_PER_S);
    ck_assert_uint_eq(request->manner->follow_most, 3);
    release();
}
END_TEST

START_TEST(own_values_are_merged_over_defaults_key_by_key)
{
    const struct request *request;

    load(DEFAULTS " \"query\": { \"r\": [ 3, 4 ], \"s\": 5 },"
                  " \"headers\": { \"c\": \"z\", \"ACCEPT\": \"w\" },"
                  " \"json\": { \"a\": { \"c\": [], \"d\": 4 } },"
                  " \"auth\": { \"basic\": { \"user\": \"v\" } },"
                  " \"timeout\": \"2s\"" END);
    request = request_of(0);
    ck_assert_str_eq(listed(&request->query), "r=3,4 s=5 q=1");
    ck_assert_str_eq(listed(&request->headers), "c=z ACCEPT=w B=y");
    ck_assert_str_eq(filled(request->body),
                     "{\"a\":{\"c\":[],\"d\":4,\"b\":1},\"z\":0}");
    ck_assert_str_eq(filled(request->manner->user), "v");
    ck_assert_str_eq(filled(request->manner->password), "p");
    ck_assert_int_eq(request->manner->timeout_ns, 2 * NS_PER_S);
    ck_assert_int_eq(request->manner->connect_timeout_ns, NS_PER_S);
    release();
}
END_TEST

START_TEST(null_takes_defaults_away)
{
    const struct request *request;

    load(DEFAULTS " \"method\": null, \"query\": null,"
                  " \"headers\": { \"accept\": null, \"unknown\": null },"
                  " \"json\": null, \"auth\": null, \"tls\": null,"
                  " \"follow\": null, \"compressed\": null,"
                  " \"timeout\": { \"total\": null }" END);
    request = request_of(0);
    ck_assert_ptr_null(request->method);
    ck_assert_str_eq(listed(&request->query), "");
    ck_assert_str_eq(listed(&request->headers), "B=y");
    ck_assert_int_eq(request->body_kind, BODY_NONE);
    ck_assert_int_eq(request->manner->auth_kind, AUTH_NONE);
    ck_assert(request->manner->verify);
    ck_assert_uint_eq(request->manner->follow_most, 0);
    ck_assert(!request->manner->compressed);
    ck_assert_int_eq(request->manner->timeout_ns, 0);
    ck_assert_int_eq(request->manner->connect_timeout_ns, NS_PER_S);
    release();
}
END_TEST

START_TEST(another_kind_of_body_or_auth_replaces_the_defaults)
{
    const struct request *request;

    load(DEFAULTS " \"form\": { \"f\": [ 1, 2 ] },"
                  " \"auth\": { \"bearer\": \"t\" }" END);
    request = request_of(0);
    ck_assert_int_eq(request->body_kind, BODY_FORM);
    ck_assert_ptr_null(request->body);
    ck_assert_str_eq(listed(&request->manner->form), "f=1,2");
    ck_assert_int_eq(request->manner->auth_kind, AUTH_BEARER);
    ck_assert_str_eq(filled(request->manner->token), "t");
    ck_assert_ptr_null(request->manner->user);
    release();
}
END_TEST

START_TEST(expectations_lie_over_those_of_the_defaults)
{
    struct node expect;

    load("{ \"defaults\": { \"expect\": { \"status\": 200 } }, \"tests\": ["
         " { \"name\": \"a\", \"request\": { \"url\": \"http://a.test\" } },"
         " { \"name\": \"b\", \"request\": { \"url\": \"http://a.test\" },"
         "   \"expect\": { \"body\": \"x\" } } ] }");
    expect = *plan->tests[0].steps[0].expect;
    ck_assert_ptr_nonnull(json_object_get(expect.json, "status"));
    ck_assert_ptr_null(expect.over);
    expect = *plan->tests[1].steps[0].expect;
    ck_assert_ptr_nonnull(json_object_get(expect.json, "body"));
    ck_assert_ptr_nonnull(json_object_get(expect.over->json, "status"));
    ck_assert_ptr_null(plan->tests[1].steps[0].capture);
    release();
}
END_TEST

START_TEST(a_null_takes_all_expectations_of_the_defaults_away)
{
    load("{ \"defaults\": { \"expect\": { \"status\": 404 } }, \"tests\": ["
         " { \"name\": \"a\", \"request\": { \"url\": \"http://a.test\" },"
         "   \"expect\": null } ] }");
    ck_assert_ptr_null(plan->tests[0].steps[0].expect);
    release();
}
END_TEST

START_TEST(tests_are_read_whole)
{
    const struct test *test;

    load("{ \"name\": \"s\", \"tags\": [ \"t\" ], \"sequential\": true,"
         " \"setup\": [ { \"name\": \"u\", \"request\": {"
         "   \"url\": \"http://a.test\" } } ],"
         " \"tests\": [ { \"name\": \"a\", \"id\": \"i\", \"tags\": [ \"w\" ],"
         "   \"description\": \"d\", \"after\": [ \"u\" ], \"repeat\": 3.0,"
         "   \"skip\": \"because\","
         "   \"steps\": [ { \"request\": { \"url\": \"http://a.test\" } },"
         "     { \"name\": \"n\", \"request\": { \"url\": \"http://b.test\" },"
         "       \"capture\": { \"c\": { \"json\": \"$\" } } } ] } ],"
         " \"teardown\": [ { \"name\": \"v\", \"skip\": true, \"request\": {"
         "   \"url\": \"http://a.test\" } } ] }");
    ck_assert_uint_eq(plan->test_count, 3);
    ck_assert(plan->suites[0].sequential);
    ck_assert_str_eq(plan->suites[0].name, "s");
    test = &plan->tests[0];
    ck_assert_int_eq(test->role, ROLE_SETUP);
    ck_assert_str_eq(test->id, "u");
    ck_assert_uint_eq(test->tag_count, 1);
    ck_assert_uint_eq(test->copy_count, 1);
    ck_assert(!test->is_repeated);
    ck_assert_ptr_null(test->skip);
    test = &plan->tests[1];
    ck_assert_uint_eq(test->index, 1);
    ck_assert_ptr_eq(test->suite, &plan->suites[0]);
    ck_assert_str_eq(test->id, "i");
    ck_assert_uint_eq(test->tag_count, 2);
    ck_assert_str_eq(test->tags[0], "t");
    ck_assert_str_eq(test->tags[1], "w");
    ck_assert_uint_eq(test->after_count, 1);
    ck_assert_str_eq(test->after[0].id, "u");
    ck_assert_uint_eq(test->copy_count, 3);
    ck_assert(test->is_repeated);
    ck_assert_str_eq(test->skip, "because");
    ck_assert_uint_eq(test->step_count, 2);
    ck_assert_uint_eq(test->steps[1].number, 1);
    ck_assert_str_eq(test->steps[1].name, "n");
    ck_assert_ptr_nonnull(test->steps[1].capture);
    test = &plan->tests[2];
    ck_assert_int_eq(test->role, ROLE_TEARDOWN);
    ck_assert_str_eq(test->skip, "");
    release();
}
END_TEST

START_TEST(a_test_may_have_as_many_steps_and_copies_as_the_limits_say)
{
    struct buffer text = buffer_with_ceiling(1 << 20);
    bool good = buffer_print(&text,
                             "{ \"tests\": [ { \"name\": \"a\","
                             " \"repeat\": %d, \"steps\": [",
                             LIMIT_REPEAT);

    for (size_t i = 0; i < LIMIT_STEPS; i++) {
        good &= buffer_print(&text,
                             "%s{ \"request\": {"
                             " \"url\": \"http://a.test\" } }",
                             i ? "," : "");
    }
    ck_assert(good && buffer_add_text(&text, "] } ] }"));
    load(text.bytes);
    ck_assert_uint_eq(plan->tests[0].step_count, LIMIT_STEPS);
    ck_assert_uint_eq(plan->tests[0].copy_count, LIMIT_REPEAT);
    buffer_finish(&text);
    release();
}
END_TEST

START_TEST(urls_with_templates_are_left_alone)
{
    static const char *const urls[] = {
        "{{base}}/x{{ a }}",         "http://{{host}}/",
        "http://{{host}}:{{port}}/", "http://a.test:{{ port }}/",
        "{{scheme}}://a.test",       "http{{s}}://a",
        "http://[::1]:80/?q#f",      "HTTPS://A.test",
    };

    for (size_t i = 0; i < COUNT(urls); i++) {
        char text[256];

        snprintf(text, sizeof(text),
                 "{ \"tests\": [ { \"name\": \"a\", \"request\": {"
                 " \"url\": \"%s\" } } ] }",
                 urls[i]);
        load(text);
        release();
    }
}
END_TEST

START_TEST(a_method_in_small_letters_is_worth_a_warning)
{
    load("{ \"tests\": [ { \"name\": \"a\", \"request\": {"
         " \"method\": \"get\", \"url\": \"http://a.test/\" } } ] }");
    ck_assert_uint_eq(plan->warning_count, 1);
    ck_assert_str_eq(plan->warnings[0].text,
                     "methods are case-sensitive: \"get\" is not \"GET\"");
    ck_assert_str_eq(filled(request_of(0)->method), "get");
    release();
}
END_TEST

UNIT("decode", a_request_is_read_whole, a_short_request_has_the_usual_manners,
     defaults_lie_under_every_request,
     own_values_are_merged_over_defaults_key_by_key, null_takes_defaults_away,
     another_kind_of_body_or_auth_replaces_the_defaults,
     expectations_lie_over_those_of_the_defaults,
     a_null_takes_all_expectations_of_the_defaults_away, tests_are_read_whole,
     a_test_may_have_as_many_steps_and_copies_as_the_limits_say,
     urls_with_templates_are_left_alone,
     a_method_in_small_letters_is_worth_a_warning)
