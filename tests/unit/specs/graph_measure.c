/* Tests that wait for each other. */
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"

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

    for (size_t i = 0; i < COUNT(rows); i++)
        sketch_tell(rows[i].text, rows[i].told);
}
END_TEST

START_TEST(a_long_circle_is_cut)
{
    struct buffer text = buffer_with_ceiling(10000);

    ck_assert(buffer_print(&text, "{\"tests\": ["));
    for (int i = 0; i < 20; i++) {
        ck_assert(buffer_print(&text,
                               "%s{\"name\": \"t%d\", \"after\": [\"t%d\"], "
                               "\"request\": {\"url\": \"http://h\"}}",
                               i ? "," : "", i, (i + 1) % 20));
    }
    ck_assert(buffer_print(&text, "]}"));
    sketch_tell(buffer_text(&text),
                "1:21 these tests wait for each other: t0 → t1 → t2 → t3 "
                "→ t4 → t5 → t6 → t7 → ... → t0\n");
    buffer_finish(&text);
}
END_TEST

UNIT("graph_measure", circles_are_told_once_each_from_their_first_test,
     a_long_circle_is_cut)
