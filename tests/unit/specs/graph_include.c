/* Which tests wait for those of included suites. */
#include "tests/unit/specs/included.h"
#include "tests/unit/unit.h"

START_TEST(tests_begin_behind_the_set_up_of_included_suites)
{
    included_begin();
    folder_write("a.json",
                 "{\"include\": \"b.json\", \"setup\": [" PLAIN(
                     "as") "],"
                           "\"tests\": [" PLAIN(
                               "at") "], \"teardown\": [" PLAIN("ad") "]}");
    folder_write("b.json", "{\"setup\": [" PLAIN("b1") "," PLAIN(
                               "b2") "], \"tests\": [" PLAIN("bt") "]}");
    included_draw("a.json", "b1 0/4\n"
                            "b2 0/3: b1 setup!\n"
                            "bt 0/1: b2 setup!\n"
                            "as 0/2: b2 setup!\n"
                            "at 0/1: as setup!, b2 setup!\n"
                            "ad 0/1: as teardown, at teardown, b2 teardown\n");
    included_end();
}
END_TEST

START_TEST(set_ups_are_found_behind_suites_without_one)
{
    included_begin();
    folder_write("a.json", "{\"include\": [\"b.json\", \"c.json\"], "
                           "\"tests\": [" PLAIN("a") "]}");
    folder_write("b.json", "{\"include\": \"c.json\"}");
    folder_write("c.json", "{\"setup\": [" PLAIN("c") "]}");
    included_draw("a.json", "c 0/2\n"
                            "a 0/1: c setup!\n");
    included_end();
}
END_TEST

START_TEST(captures_and_ids_reach_into_included_suites)
{
    included_begin();
    folder_write(
        "a.json",
        "{\"include\": \"b.json\", \"tests\": [" TEST(
            "a", "{{id}}/{{own}}") "," AFTER("after",
                                             "make") "," CAPTURES("own", "",
                                                                  "own") "]}");
    folder_write("b.json", "{\"include\": \"c.json\", \"tests\": [" CAPTURES(
                               "own b", "", "own") "]}");
    folder_write("c.json", "{\"tests\": [" CAPTURES("make", "", "id") "]}");
    included_draw("a.json", "make 0/2\n"
                            "own b 1/1\n"
                            "a 0/1: make capture id!, own capture own!\n"
                            "after 0/1: make after!\n"
                            "own 0/2\n");
    included_end();
}
END_TEST

START_TEST(teardown_comes_behind_all_that_include)
{
    included_begin();
    folder_write("a.json", "{\"include\": \"b.json\", \"tests\": [" PLAIN(
                               "a1") "," PLAIN("a2") "]}");
    folder_write("b.json",
                 "{\"include\": \"c.json\", \"tests\": [" PLAIN("b") "]}");
    folder_write("c.json", "{\"teardown\": [" PLAIN("c1") "," PLAIN("c2") "]}");
    included_draw("a.json", "c1 0/1: c2 teardown\n"
                            "c2 0/2: b teardown, a1 teardown, a2 teardown\n"
                            "b 0/1\n"
                            "a1 0/1\n"
                            "a2 0/1\n");
    folder_write(
        "b.json",
        "{\"include\": \"c.json\", \"tests\": [" PLAIN(
            "b") "], \"teardown\": [" PLAIN("b1") "," PLAIN("b2") "]}");
    included_draw("a.json", "c1 0/1: c2 teardown\n"
                            "c2 0/2: b1 teardown\n"
                            "b 0/1\n"
                            "b1 0/3: b2 teardown\n"
                            "b2 0/4: b teardown, a1 teardown, a2 teardown\n"
                            "a1 0/1\n"
                            "a2 0/1\n");
    included_end();
}
END_TEST

START_TEST(who_includes_by_two_ways_is_waited_for_once)
{
    included_begin();
    folder_write("a.json", "{\"include\": [\"b.json\", \"c.json\"], "
                           "\"tests\": [" PLAIN("a") "]}");
    folder_write("b.json", "{\"include\": \"d.json\"}");
    folder_write("c.json",
                 "{\"include\": \"d.json\", \"setup\": [" PLAIN("c") "]}");
    folder_write("d.json", "{\"teardown\": [" PLAIN("d") "]}");
    included_draw("a.json", "d 0/1: a teardown, c teardown\n"
                            "c 0/2\n"
                            "a 0/1: c setup!\n");
    included_end();
}
END_TEST

START_TEST(captures_are_used_by_those_that_include)
{
    included_begin();
    folder_write("a.json", "{\"include\": \"b.json\", \"tests\": [" TEST(
                               "a", "{{id}}") "]}");
    folder_write("b.json",
                 "{\"tests\": [" CAPTURES("b", "", "id") ",\n" CAPTURES(
                     "c", "", "other") "]}");
    included_tell("a.json",
                  ""); /* nor is "other" unused: it may be by others */
    included_end();
}
END_TEST

UNIT("graph_include", tests_begin_behind_the_set_up_of_included_suites,
     set_ups_are_found_behind_suites_without_one,
     captures_and_ids_reach_into_included_suites,
     teardown_comes_behind_all_that_include,
     who_includes_by_two_ways_is_waited_for_once,
     captures_are_used_by_those_that_include)
