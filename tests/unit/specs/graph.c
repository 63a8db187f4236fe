#include "specs/graph.h"

#include "tests/unit/unit.h"
#include <string.h>

#include "specs/load.h"

/* What assertions/ would make: here, expectations are values with templates,
 * and nothing else is known of them. */
struct judgement {
    const struct template *expect;
};

static const struct judgement *compile(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    struct judgement *judgement = arena_take(arena, sizeof(*judgement));

    (void)compiler;
    if (step->expect.json)
        judgement->expect = template_compile(arena, &step->expect, faults);
    return judgement;
}

static struct needs needs_of(struct compiler *compiler,
                             const struct judgement *judgement)
{
    (void)compiler;
    return judgement->expect ? template_needs(judgement->expect)
                             : (struct needs){0};
}

struct fixture {
    struct plan *plan;
    struct faults faults;
    struct buffer told; /* faults, then warnings: "line:column text\n" */
};

static void tell(struct buffer *told, const struct fault *fault)
{
    ck_assert(buffer_print(told, "%u:%u %s\n", fault->at.line, fault->at.column,
                           fault->text));
}

static void load(struct fixture *fixture, const char *text)
{
    struct compiler compiler = {.compile = compile, .needs = needs_of};

    *fixture = (struct fixture){.told = buffer_with_ceiling(1 << 20)};
    (void)plan_load_text(text, strlen(text), &fixture->plan, &fixture->faults);
    ck_assert_msg(!fixture->faults.total, "%s: %s", text,
                  fixture->faults.total ? fixture->faults.faults[0].text : "");
    plan_compile(fixture->plan, &compiler, &fixture->faults);
    faults_sort(&fixture->faults);
    for (size_t i = 0; i < fixture->faults.count; i++)
        tell(&fixture->told, &fixture->faults.faults[i]);
    for (size_t i = 0; i < fixture->plan->warning_count; i++)
        tell(&fixture->told, &fixture->plan->warnings[i]);
}

static void finish(struct fixture *fixture)
{
    plan_free(fixture->plan);
    faults_finish(&fixture->faults);
    buffer_finish(&fixture->told);
}

static const char *reason_name(enum wait_reason reason)
{
    switch (reason) {
    case WAIT_CAPTURE: return "capture";
    case WAIT_AFTER: return "after";
    case WAIT_SETUP: return "setup";
    case WAIT_SEQUENTIAL: return "sequential";
    case WAIT_TEARDOWN: return "teardown";
    }
    return NULL;
}

/* "name flow/height: on reason variable!, ...\n" for each test; the "!" says
 * that it requires the other one. */
static void expect_graph(const struct fixture *fixture, const char *wanted)
{
    struct buffer drawn = buffer_with_ceiling(1 << 20);

    for (size_t i = 0; i < fixture->plan->test_count; i++) {
        const struct test *test = &fixture->plan->tests[i];

        ck_assert(buffer_print(&drawn, "%s %zu/%zu", test->name, test->flow,
                               test->height));
        for (size_t j = 0; j < test->wait_count; j++) {
            const struct wait *wait = &test->waits[j];

            ck_assert(buffer_print(&drawn, "%s %s %s%s%s%s", j ? "," : ":",
                                   wait->on->name, reason_name(wait->reason),
                                   wait->variable ? " " : "",
                                   wait->variable ? wait->variable : "",
                                   wait->requires ? "!" : ""));
        }
        ck_assert(buffer_print(&drawn, "\n"));
    }
    ck_assert_str_eq(buffer_text(&drawn), wanted);
    buffer_finish(&drawn);
}

static void draw(const char *text, const char *wanted)
{
    struct fixture fixture;

    load(&fixture, text);
    ck_assert_msg(!fixture.faults.total, "%s", buffer_text(&fixture.told));
    expect_graph(&fixture, wanted);
    finish(&fixture);
}

#define REQUEST(path)    "\"request\": {\"url\": \"http://h/" path "\"}"
#define TEST(name, path) "{\"name\": \"" name "\", " REQUEST(path) "}"
#define CAPTURES(name, path, key)                                              \
    "{\"name\": \"" name "\", " REQUEST(path) ", \"capture\": {\"" key         \
                                              "\": {\"json\": \"$.x\"}}}"

START_TEST(names_make_waits)
{
    draw(
        "{\"variables\": {\"id\": 1}, \"tests\": [" TEST("read", "{{token}}/{{id}}") "," TEST(
            "alone",
            "{{id}}") "," CAPTURES("log in", "",
                                   "token") ","
                                            "{\"name\": \"expects\", " REQUEST(
                                                "") ","
                                                    " \"expect\": {\"body\": \"{{token}}\"}}]}",
        "read 0/1: log in capture token!\n"
        "alone 1/1\n"
        "log in 0/2\n"
        "expects 0/1: log in capture token!\n");
}
END_TEST

START_TEST(every_part_of_a_request_is_looked_at)
{
    static const char *const parts[] = {
        "\"method\": \"{{x}}\"",
        "\"query\": {\"a\": [\"b\", \"{{x}}\"]}",
        "\"headers\": {\"a\": \"{{x}}\"}",
        "\"cookies\": {\"a\": \"{{x}}\"}",
        "\"json\": {\"a\": [{\"b\": \"{{x}}\"}]}",
        "\"text\": \"{{x}}\"",
        "\"form\": {\"a\": \"{{x}}\"}",
        "\"auth\": {\"bearer\": \"{{x}}\"}",
        "\"auth\": {\"basic\": {\"user\": \"{{x}}\", \"password\": \"\"}}",
        "\"auth\": {\"basic\": {\"user\": \"\", \"password\": \"{{x}}\"}}",
    };

    for (size_t i = 0; i < COUNT(parts); i++) {
        struct buffer text = buffer_with_ceiling(1000);

        ck_assert(buffer_print(&text,
                               "{\"tests\": [%s, {\"name\": \"u\", "
                               "\"request\": {\"url\": \"http://h\", %s}}]}",
                               CAPTURES("p", "", "x"), parts[i]));
        draw(buffer_text(&text), "p 0/2\nu 0/1: p capture x!\n");
        buffer_finish(&text);
    }
}
END_TEST

START_TEST(set_up_and_teardown_surround_the_tests)
{
    draw("{\"setup\": [" CAPTURES("s1", "", "a") "," TEST(
             "s2", "") "],"
                       " \"tests\": [" TEST("t1", "{{a}}") "," CAPTURES(
                           "t2", "", "b") "],"
                                          " \"teardown\": [" TEST(
                                              "d1", "{{b}}") "," TEST("d2",
                                                                      "") "]}",
         "s1 0/3\n"
         "s2 0/2: s1 setup!\n"
         "t1 0/1: s1 capture a!, s2 setup!\n"
         "t2 0/1: s2 setup!\n"
         "d1 0/1: t2 capture b!, d2 teardown\n"
         "d2 0/2: s2 teardown, t1 teardown, t2 teardown\n");
}
END_TEST

START_TEST(an_order_that_is_there_already_is_not_doubled)
{
    draw(
        "{\"sequential\": true,"
        " \"setup\": [" CAPTURES(
            "s", "",
            "a") "],"
                 " \"tests\": [" CAPTURES(
                     "t1", "{{a}}",
                     "b") ","
                          "{\"name\": \"t2\", \"after\": [\"t1\"], " REQUEST("{{b}}") "}," TEST(
                              "t3",
                              "") "],"
                                  " \"teardown\": [{\"name\": \"d\", \"after\": [\"t2\"], " REQUEST(
                                      "{{a}}") "}]}",
        "s 0/4\n"
        "t1 0/3: s capture a!\n"
        "t2 0/2: t1 capture b!, t1 after!, s setup!\n"
        "t3 0/1: s setup!, t2 sequential\n"
        "d 0/1: s capture a!, t2 after!, t1 teardown, t3 teardown\n");
}
END_TEST

START_TEST(steps_use_earlier_captures_of_their_test)
{
    struct fixture fixture;
    const struct step *steps;

    load(
        &fixture,
        "{\"tests\": [{\"name\": \"t\", \"repeat\": 3, \"steps\": ["
        "{" REQUEST(
            "{{index}}") ", \"capture\": {\"a\": {\"json\": \"$\"}}},"
                         "{" REQUEST(
                             "{{a}}/{{a}}") ", \"capture\": {\"a\": {\"json\": \"$\"},"
                                            " \"b\": {\"json\": \"$\"}}},"
                                            "{" REQUEST(
                                                "{{b}}") ", \"expect\": {\"body\": \"{{a}}{{index}}\"}}"
                                                         "]}]}");
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    expect_graph(&fixture, "t 0/3\n");
    steps = fixture.plan->tests[0].steps;
    ck_assert_uint_eq(steps[0].needs.count, 1);
    ck_assert_str_eq(steps[0].needs.list[0].name, "index");
    ck_assert_uint_eq(steps[1].needs.count, 1);
    ck_assert_str_eq(steps[1].needs.list[0].name, "a");
    ck_assert_uint_eq(steps[2].needs.count, 3);
    ck_assert_str_eq(steps[2].needs.list[0].name, "b");
    ck_assert_str_eq(fixture.plan->tests[0].captures[0], "a");
    ck_assert_str_eq(fixture.plan->tests[0].captures[1], "b");
    ck_assert_ptr_null(fixture.plan->tests[0].captures[2]);
    finish(&fixture);
}
END_TEST

START_TEST(a_capture_outranks_a_constant_for_all_others)
{
    struct fixture fixture;

    load(
        &fixture,
        "{\"variables\": {\"token\": \"first\"}, \"tests\": [" CAPTURES(
            "refresh", "{{token}}", "token") "," TEST("use", "{{token}}") "]}");
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    expect_graph(&fixture, "refresh 0/2\nuse 0/1: refresh capture token!\n");
    ck_assert_uint_eq(fixture.plan->tests[0].steps->needs.count, 0);
    ck_assert_uint_eq(fixture.plan->tests[1].steps->needs.count, 1);
    finish(&fixture);
}
END_TEST

START_TEST(mistakes_are_told_in_their_place)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"{\"tests\": [\n" CAPTURES("log in", "",
                                    "token") ",\n" TEST("use", "{{tokn}}") "]}",
         "3:48 no variable \"tokn\"; \"token\" is captured by \"log in\" (line "
         "2)\n"},
        {"{\"variables\": {\"host\": 1},\n\"tests\": [\n" TEST(
             "use", "{{hots}}/{{zzz}}") "]}",
         "3:48 no variable \"hots\"; did you mean \"host\"?\n"
         "3:57 no variable \"zzz\"\n"},
        {"{\"variables\": {\"user\": {\"name\": 1}},\n\"tests\": [\n" TEST(
             "use", "{{user.nam}}/{{user[0]}}") "]}",
         "3:53 \"user\" has no \"nam\"; did you mean \"name\"?\n"
         "3:65 \"user\" is an object and has no [0]\n"},
        {"{\"tests\": [\n" TEST("use", "{{env.NOPE}}") "]}",
         "2:52 no environment variable \"NOPE\"\n"},
        {"{\"tests\": [\n" TEST("use", "{{index}}") "]}",
         "2:48 no variable \"index\"; only a test with \"repeat\" has it\n"},
        {"{\"tests\": [\n" CAPTURES("log in", "{{token}}", "token") "]}",
         "2:51 \"log in\" cannot use \"token\", which it captures itself, from "
         "the answer to this request\n"},
        {"{\"tests\": [{\"name\": \"t\", \"steps\": [\n{" REQUEST(
             "{{a}}") "},\n"
                      "{" REQUEST(
                          "") ", \"capture\": {\"a\": {\"json\": \"$\"}}}]}]}",
         "2:33 \"t\" cannot use \"a\" here: only a later step captures it (line "
         "3)\n"},
        {"{\"tests\": [\n" CAPTURES("one", "", "x") ",\n" CAPTURES(
             "two", "", "x") ",\n" TEST("use", "{{x}}") "]}",
         "3:62 \"x\" is already captured by \"one\" (line 2): two tests cannot "
         "capture one name\n"},
        {"{\"tests\": [{\"repeat\": 2, \"name\": \"many\",\n" REQUEST(
             "") ",\n"
                 "\"capture\": {\"x\": {\"json\": \"$\"}}},\n" TEST(
                     "use", "{{x}}") "," TEST("use too", "{{x}}") "]}",
         "3:13 \"x\" is captured by every copy of \"many\": only later steps of "
         "that test could use it\n"},
        {"{\"tests\": [{\"repeat\": 2, \"name\": \"many\",\n" REQUEST(
             "") ",\n"
                 "\"capture\": {\"index\": {\"json\": \"$\"}}}]}",
         "3:13 \"index\" is the number of each copy here; this capture needs "
         "another name\n"},
        {"{\"tests\": [\n{\"name\": \"t\", " REQUEST(
             "") ",\n"
                 "\"capture\": {\"my x\": {\"json\": \"$\"}}}]}",
         "3:13 a variable's name is made of letters, digits, \"_\" and \"-\" "
         "and does not begin with a digit or \"-\"\n"},
        {"{\"tests\": [\n{\"name\": \"list todos\", " REQUEST(
             "") "},\n"
                 "{\"name\": \"b\", \"after\": [\"list todo\"], " REQUEST(
                     "") "},\n"
                         "{\"name\": \"c\", \"after\": [\"nothing\", \"c\"], " REQUEST(
                             "") "}]}",
         "3:25 no test has the id \"list todo\"; did you mean \"list todos\"?\n"
         "4:25 no test of this suite has the id \"nothing\"\n"
         "4:36 \"c\" cannot wait for itself\n"},
        {"{\"base_url\": \"http://{{host}}:{{prot}}\",\n"
         "\"variables\": {\"port\": 1}, \"tests\": [" CAPTURES("find", "",
                                                               "host") "]}",
         "1:24 \"base_url\" is known before the run and cannot use \"host\", "
         "which \"find\" captures (line 2)\n"
         "1:33 no variable \"prot\"; did you mean \"port\"?\n"},
        {"{\"tests\": [\n" CAPTURES("one", "", "unused") "]}",
         "2:62 \"unused\" is captured but never used\n"},
        {"{\"defaults\": {\"request\": {\"headers\": {\"a\": \"{{x.y}}\"}}},\n"
         "\"tests\": [" TEST("a", "") "," TEST("b", "") "]}",
         "1:47 no variable \"x\"\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;

        load(&fixture, rows[i].text);
        ck_assert_str_eq(buffer_text(&fixture.told), rows[i].told);
        finish(&fixture);
    }
}
END_TEST

#define AFTER(name, id)                                                        \
    "{\"name\": \"" name "\", \"after\": [\"" id "\"], " REQUEST("") "}"

START_TEST(circles_are_told_once_each_from_their_first_test)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"{\"tests\": [\n" AFTER("z", "a") ",\n" AFTER("a", "b") ",\n" AFTER(
             "b", "a") ",\n" AFTER("y", "z") "]}",
         "3:10 these tests wait for each other: a → b → a\n"},
        {"{\"tests\": [\n" AFTER("a", "c") ",\n" AFTER("b", "a") ",\n" AFTER(
             "c", "b") ",\n" AFTER("d", "e") ",\n" AFTER("e", "d") "]}",
         "2:10 these tests wait for each other: a → c → b → a\n"
         "5:10 these tests wait for each other: d → e → d\n"},
        {"{\"sequential\": true, \"tests\": [\n" TEST(
             "a", "{{x}}") ",\n" CAPTURES("b", "", "x") "]}",
         "2:10 these tests wait for each other: a → b → a\n"},
        {"{\"setup\": [\n" TEST("s", "{{x}}") "],\n\"tests\": [" CAPTURES(
             "t", "", "x") "]}",
         "2:10 these tests wait for each other: s → t → s\n"},
        {"{\"setup\": [\n" TEST("s1", "{{x}}") ",\n" CAPTURES(
             "s2", "", "x") "], \"tests\": []}",
         "2:10 these tests wait for each other: s1 → s2 → s1\n"},
        {"{\"tests\": [\n" CAPTURES("a", "{{y}}", "x") ",\n" CAPTURES(
             "b", "{{x}}", "y") ",\n" AFTER("c", "a") "]}",
         "2:10 these tests wait for each other: a → b → a\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;

        load(&fixture, rows[i].text);
        ck_assert_str_eq(buffer_text(&fixture.told), rows[i].told);
        finish(&fixture);
    }
}
END_TEST

START_TEST(a_long_circle_is_cut)
{
    struct buffer text = buffer_with_ceiling(10000);
    struct fixture fixture;

    ck_assert(buffer_print(&text, "{\"tests\": ["));
    for (int i = 0; i < 20; i++) {
        ck_assert(buffer_print(&text,
                               "%s{\"name\": \"t%d\", \"after\": [\"t%d\"], "
                               "\"request\": {\"url\": \"http://h\"}}",
                               i ? "," : "", i, (i + 1) % 20));
    }
    ck_assert(buffer_print(&text, "]}"));
    load(&fixture, buffer_text(&text));
    ck_assert_str_eq(buffer_text(&fixture.told),
                     "1:21 these tests wait for each other: t0 → t1 → t2 → t3 "
                     "→ t4 → t5 → t6 → t7 → ... → t0\n");
    finish(&fixture);
    buffer_finish(&text);
}
END_TEST

START_TEST(the_critical_path_has_the_most_steps)
{
    const struct test *chain[2];
    struct fixture fixture;

    load(
        &fixture,
        "{\"setup\": [" TEST("s", "") "], \"tests\": [" TEST(
            "a",
            "") ","
                "{\"name\": \"long\", \"steps\": [{" REQUEST("") "}, {" REQUEST(
                    "") "}]}," AFTER("short",
                                     "a") "," AFTER("end",
                                                    "long") "],"
                                                            " \"teardown\": [" TEST(
                                                                "d1",
                                                                "") "," TEST("d2",
                                                                             "") "]}");
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    ck_assert_uint_eq(plan_critical_path(fixture.plan, chain, COUNT(chain)), 5);
    ck_assert_str_eq(chain[0]->name, "s");
    ck_assert_str_eq(chain[1]->name, "long");
    ck_assert_uint_eq(fixture.plan->tests[0].height, 4);
    finish(&fixture);
}
END_TEST

START_TEST(the_critical_path_is_what_a_run_waits_for)
{
    static const char *const wanted[] = {"li", "mk", "second", "rm"};
    const struct test *chain[COUNT(wanted)];
    struct fixture fixture;

    load(
        &fixture,
        "{\"setup\": [" TEST("li", "") "], \"tests\": [" TEST("mk", "") "," AFTER(
            "second",
            "mk") ","
                  "{\"name\": \"off\", \"skip\": true, \"steps\": [{" REQUEST(
                      "") "}, {" REQUEST("") "}, {" REQUEST("") "}]}],"
                                                                " \"teardown\": [" TEST(
                                                                    "rm",
                                                                    "") "]}");
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    ck_assert_uint_eq(plan_critical_path(fixture.plan, chain, COUNT(chain)),
                      COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        ck_assert_str_eq(chain[i]->name, wanted[i]);
    finish(&fixture);
}
END_TEST

/* Waiters are told once, however many reasons there are. */
START_TEST(waiters_mirror_waits)
{
    struct fixture fixture;
    const struct test *tests;

    load(
        &fixture,
        "{\"tests\": [{\"name\": \"p\", " REQUEST(
            "") ", "
                "\"capture\": {\"a\": {\"json\": \"$\"}, \"b\": {\"json\": \"$\"}}},"
                "{\"name\": \"u\", \"after\": [\"p\"], " REQUEST(
                    "{{a}}{{b}}") "}," TEST("v", "{{a}}") "," TEST("w",
                                                                   "") "]}");
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    tests = fixture.plan->tests;
    ck_assert_uint_eq(tests[1].wait_count, 3);
    ck_assert_uint_eq(tests[0].waiter_count, 2);
    ck_assert_ptr_eq(tests[0].waiters[0], &tests[1]);
    ck_assert_ptr_eq(tests[0].waiters[1], &tests[2]);
    ck_assert_uint_eq(tests[3].waiter_count, 0);
    ck_assert_uint_eq(fixture.plan->flow_count, 2);
    finish(&fixture);
}
END_TEST

/* No part of the making may take time by the square of the tests. */
START_TEST(many_tests_make_few_waits)
{
    enum { TESTS = 20000 };
    struct buffer text = buffer_with_ceiling(64 << 20);
    struct fixture fixture;
    size_t waits = 0;

    ck_assert(buffer_print(&text,
                           "{\"sequential\": true, \"setup\": [%s], "
                           "\"tests\": [",
                           CAPTURES("s", "", "x")));
    for (int i = 0; i < TESTS; i++) {
        ck_assert(buffer_print(&text,
                               "%s{\"name\": \"t%d\", \"request\": {\"url\": "
                               "\"http://h/{{x}}\"}}",
                               i ? "," : "", i));
    }
    ck_assert(buffer_print(&text, "], \"teardown\": [%s]}", TEST("d", "")));
    load(&fixture, buffer_text(&text));
    ck_assert_str_eq(buffer_text(&fixture.told), "");
    for (size_t i = 0; i < fixture.plan->test_count; i++)
        waits += fixture.plan->tests[i].wait_count;
    ck_assert_uint_eq(waits, TESTS + (TESTS - 1) + (TESTS + 1));
    ck_assert_uint_eq(fixture.plan->tests[0].height, TESTS + 1);
    ck_assert_uint_eq(fixture.plan->flow_count, 1);
    finish(&fixture);
    buffer_finish(&text);
}
END_TEST

START_TEST(copies_are_named_by_their_number)
{
    struct arena arena = {0};
    struct test test = {.name = "ping"};

    ck_assert_str_eq(test_copy_name(&arena, &test, 0), "ping");
    test.is_repeated = true;
    ck_assert_str_eq(test_copy_name(&arena, &test, 3), "ping [3]");
    arena_finish(&arena);
}
END_TEST

UNIT("graph", names_make_waits, every_part_of_a_request_is_looked_at,
     set_up_and_teardown_surround_the_tests,
     an_order_that_is_there_already_is_not_doubled,
     steps_use_earlier_captures_of_their_test,
     a_capture_outranks_a_constant_for_all_others,
     mistakes_are_told_in_their_place,
     circles_are_told_once_each_from_their_first_test, a_long_circle_is_cut,
     the_critical_path_has_the_most_steps,
     the_critical_path_is_what_a_run_waits_for, waiters_mirror_waits,
     many_tests_make_few_waits, copies_are_named_by_their_number)
