/* Who may use which name, and what is said of names that nobody has. */
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"

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
        sketch_draw(buffer_text(&text), "p 0/2\nu 0/1: p capture x!\n");
        buffer_finish(&text);
    }
}
END_TEST

START_TEST(steps_use_earlier_captures_of_their_test)
{
    struct sketch sketch;
    const struct step *steps;

    sketch_load(
        &sketch,
        "{\"tests\": [{\"name\": \"t\", \"repeat\": 3, \"steps\": ["
        "{" REQUEST(
            "{{index}}") ", \"capture\": {\"a\": {\"json\": \"$\"}}},"
                         "{" REQUEST(
                             "{{a}}/{{a}}") ", \"capture\": {\"a\": {\"json\": \"$\"},"
                                            " \"b\": {\"json\": \"$\"}}},"
                                            "{" REQUEST(
                                                "{{b}}") ", \"expect\": {\"body\": \"{{a}}{{index}}\"}}"
                                                         "]}]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    sketch_expect(&sketch, "t 0/3\n");
    steps = sketch.plan->tests[0].steps;
    ck_assert_uint_eq(steps[0].needs.count, 1);
    ck_assert_str_eq(steps[0].needs.list[0].name, "index");
    ck_assert_uint_eq(steps[1].needs.count, 1);
    ck_assert_str_eq(steps[1].needs.list[0].name, "a");
    ck_assert_uint_eq(steps[2].needs.count, 3);
    ck_assert_str_eq(steps[2].needs.list[0].name, "b");
    ck_assert_str_eq(sketch.plan->tests[0].captures[0], "a");
    ck_assert_str_eq(sketch.plan->tests[0].captures[1], "b");
    ck_assert_ptr_null(sketch.plan->tests[0].captures[2]);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(a_capture_outranks_a_constant_for_all_others)
{
    struct sketch sketch;

    sketch_load(
        &sketch,
        "{\"variables\": {\"token\": \"first\"}, \"tests\": [" CAPTURES(
            "refresh", "{{token}}", "token") "," TEST("use", "{{token}}") "]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    sketch_expect(&sketch, "refresh 0/2\nuse 0/1: refresh capture token!\n");
    ck_assert_uint_eq(sketch.plan->tests[0].steps->needs.count, 0);
    ck_assert_uint_eq(sketch.plan->tests[1].steps->needs.count, 1);
    sketch_finish(&sketch);
}
END_TEST

static const struct {
    const char *text, *told;
} mistakes[] = {
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

START_TEST(mistakes_are_told_in_their_place)
{
    for (size_t i = 0; i < COUNT(mistakes); i++)
        sketch_tell(mistakes[i].text, mistakes[i].told);
}
END_TEST

UNIT("graph_names", every_part_of_a_request_is_looked_at,
     steps_use_earlier_captures_of_their_test,
     a_capture_outranks_a_constant_for_all_others,
     mistakes_are_told_in_their_place)
