/* Checks that are written alike are one, and each failure is told where it was
 * asked. */
#include "assertions/sharing.h"

#include "tests/unit/unit.h"
#include <string.h>

#include "assertions/judgement.h"
#include "specs/load.h"

#define TEST(name, expect)                                                     \
    "{ \"name\": \"" name "\", \"request\": { \"url\": \"http://h/\" },\n"     \
    "  \"expect\": " expect " }"

#define NO_DIGEST                                                              \
    "00000000000000000000000000000000"                                         \
    "00000000000000000000000000000000"

static struct plan *plan;
static struct faults faults;

static void load(const char *text)
{
    struct expectation_compiler compiler;

    expectation_compiler_init(&compiler, NULL);
    ck_assert_int_eq(plan_load_text(text, strlen(text), &plan, &faults),
                     PLAN_LOADED);
    plan_compile(plan, &compiler.base, &faults);
    ck_assert_uint_eq(faults.total, 0);
    expectation_compiler_finish(&compiler);
}

static void release(void)
{
    plan_freep(&plan);
    faults_finish(&faults);
}

static const struct judgement *judgement_of(size_t test)
{
    return plan->tests[test].steps->judgement;
}

static const struct check *check_of(size_t test, size_t number)
{
    ck_assert_uint_gt(judgement_of(test)->check_count, number);
    return judgement_of(test)->checks[number].check;
}

START_TEST(what_is_written_alike_is_compiled_once)
{
    load("{ \"tests\": [\n" TEST(
        "a",
        "{ \"status\": 200, \"json\": {"
        " \"$.a\": 1, \"$.b\": [ 1 ] } }") ",\n\n" TEST("b",
                                                        "{ \"json\": { \"$.b\": [ 1 ], \"$.a\": 2 }, \"status\": 200 }") ",\n" TEST("c",
                                                                                                                                    "{}") ",\n" TEST("d",
                                                                                                                                                     "{}") " ] }");
    ck_assert_ptr_eq(check_of(0, 0), check_of(1, 2));
    ck_assert_ptr_eq(check_of(0, 2), check_of(1, 0));
    ck_assert_ptr_ne(check_of(0, 1), check_of(1, 1));
    ck_assert_ptr_eq(check_of(0, 1)->path, check_of(1, 1)->path);
    ck_assert_ptr_eq(check_of(2, 0), check_of(3, 0));
    release();
}
END_TEST

/* A header of the same words is no status, and a subject is part of a text. */
START_TEST(what_is_asked_of_another_subject_is_not_alike)
{
    load("{ \"tests\": [\n" TEST(
        "a", "{ \"status\": \"200\", \"headers\": { \"status\": \"200\","
             " \"a\": \"200\" } }") " ] }");
    ck_assert_ptr_ne(check_of(0, 0), check_of(0, 1));
    ck_assert_ptr_ne(check_of(0, 1), check_of(0, 2));
    release();
}
END_TEST

/* Templates become something else for each, named matchers are looked for, and
 * probes and digests are counted by the judgement. The implied status, which
 * nobody wrote, is shared. */
START_TEST(what_depends_on_more_than_its_text_is_compiled_for_each)
{
    static const char *const expects[] = {
        "{ \"status\": \"{{s}}\" }",
        "{ \"headers\": { \"a\": { \"use\": \"m\" } } }",
        "{ \"body\": { \"contains\": \"x\" }, \"status\": \"any\" }",
        "{ \"headers\": { \"a\": { \"sha256\": \"" NO_DIGEST "\" } } }",
    };

    for (size_t i = 0; i < COUNT(expects); i++) {
        char text[1024];

        snprintf(text, sizeof(text),
                 "{ \"variables\": { \"s\": \"200\" },"
                 " \"matchers\": { \"m\": \"x\" }, \"tests\": [ " TEST(
                     "a", "%s") ", " TEST("b", "%s") " ] }",
                 expects[i], expects[i]);
        load(text);
        for (size_t j = 0; j < judgement_of(0)->check_count; j++) {
            ck_assert_msg(check_of(0, j) != check_of(1, j) ||
                              !check_of(0, j)->name,
                          "%s", expects[i]);
        }
        ck_assert_uint_eq(judgement_of(0)->more->watchers.count,
                          judgement_of(1)->more->watchers.count);
        release();
    }
}
END_TEST

/* "line:column" of each verdict on an answer that is wrong in everything. */
static const char *places(struct arena *arena, size_t test)
{
    static const struct response response = {
        .status = 500,
        .body_held = true,
        .body = "{\"a\": 7}",
        .body_length = 8,
    };
    struct scope scope = {0};
    struct judged judged =
        judge(judgement_of(test), &response, NULL, &scope, arena);
    const char *told = "";

    for (size_t i = 0; i < judged.verdict_count; i++) {
        struct place place = spot_place(judged.verdicts[i].at);

        told = arena_print(arena, "%s%u:%u ", told, place.line, place.column);
    }
    judged_finish(&judged);
    return told;
}

START_TEST(a_failure_is_told_where_it_was_asked)
{
    struct arena arena = {0};

    load("{ \"tests\": [\n" TEST(
        "a",
        "{ \"status\": 200,\n"
        "    \"headers\": { \"x\": \"y\" },\n"
        "    \"json\": { \"$.a\": { \"gt\": 1,\n"
        "      \"lt\": 5 } } }") ",\n" TEST("b",
                                            "{ \"json\": {\n   \"$.a\": { \"gt\": 1,\n"
                                            "      \"lt\": 5 } },\n"
                                            "\"headers\": { \"x\": \"y\" }, \"status\": 200 }") ",\n" TEST("c",
                                                                                                           "{}") ",\n" TEST("d",
                                                                                                                            "{}") " ] }");
    ck_assert_str_eq(places(&arena, 0), "3:25 4:23 6:7 ");
    ck_assert_ptr_eq(check_of(0, 2), check_of(1, 0));
    ck_assert_str_eq(places(&arena, 1), "10:7 11:19 11:36 ");
    ck_assert_ptr_eq(check_of(2, 0), check_of(3, 0));
    ck_assert_str_eq(places(&arena, 2), "12:1 ");
    ck_assert_str_eq(places(&arena, 3), "14:1 ");
    release();
    arena_finish(&arena);
}
END_TEST

UNIT("sharing", what_is_written_alike_is_compiled_once,
     what_is_asked_of_another_subject_is_not_alike,
     what_depends_on_more_than_its_text_is_compiled_for_each,
     a_failure_is_told_where_it_was_asked)
