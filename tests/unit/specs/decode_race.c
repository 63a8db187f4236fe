/* Requests of one test that are sent at the same time. */
#include "tests/unit/specs/filled.h"
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"

START_TEST(copies_are_counted)
{
    load("{ \"tests\": [ { \"name\": \"a\", \"race\": { \"copies\": 5.0 }, "
         "\"request\": { \"url\": \"http://h/\" } } ] }");
    ck_assert_uint_eq(plan->tests->race->count, 5);
    ck_assert_ptr_null(plan->tests->race->requests);
    ck_assert_ptr_eq(plan->tests->steps->race, plan->tests->race);
    release();
}
END_TEST

START_TEST(requests_lie_over_the_tests_own)
{
    const struct request *racers;

    load(
        "{ \"defaults\": { \"request\": { \"headers\": { \"a\": \"1\" }, "
        "\"json\": { \"x\": { \"y\": 1 }, \"z\": 1 } } }, \"tests\": [ "
        "{ \"name\": \"a\", \"request\": { \"url\": \"http://h/own\", "
        "\"headers\": { \"b\": \"2\" }, \"json\": { \"x\": { \"own\": 2 } } },"
        " \"race\": { \"requests\": [ {}, { \"method\": \"PUT\", \"url\": "
        "\"http://h/b\", \"headers\": { \"A\": null, \"c\": \"3\" }, \"json\":"
        " { \"x\": { \"y\": null, \"racer\": 3 } } }, { \"json\": null } ] } },"
        "{ \"name\": \"b\", \"request\": { \"url\": \"http://h/next\", "
        "\"json\": { \"n\": 1 } } } ] }");
    racers = plan->tests->race->requests;
    ck_assert_uint_eq(plan->tests->race->count, 3);
    ck_assert_str_eq(filled(racers[0].url), "http://h/own");
    ck_assert_str_eq(filled(racers[0].body),
                     "{\"x\":{\"own\":2,\"y\":1},\"z\":1}");
    ck_assert_uint_eq(racers[0].headers.count, 2);
    ck_assert_str_eq(filled(racers[1].method), "PUT");
    ck_assert_str_eq(filled(racers[1].url), "http://h/b");
    ck_assert_uint_eq(racers[1].headers.count, 2);
    ck_assert_str_eq(racers[1].headers.list[0].name, "c");
    ck_assert_str_eq(racers[1].headers.list[1].name, "b");
    ck_assert_str_eq(filled(racers[1].body),
                     "{\"x\":{\"racer\":3,\"own\":2},\"z\":1}");
    ck_assert_int_eq(racers[2].body_kind, BODY_NONE);
    ck_assert_str_eq(filled(plan->tests[1].steps->request.body),
                     "{\"n\":1,\"x\":{\"y\":1},\"z\":1}");
    release();
}
END_TEST

START_TEST(a_body_of_the_defaults_alone_is_under_racers_too)
{
    load("{ \"defaults\": { \"request\": { \"json\": { \"d\": 1 } } }, "
         "\"tests\": [ { \"name\": \"a\", \"request\": { \"url\": "
         "\"http://h/own\" }, \"race\": { \"requests\": [ {}, { \"json\": "
         "{ \"r\": 2 } }, { \"text\": \"t\" } ] } } ] }");
    ck_assert_str_eq(filled(plan->tests->race->requests[0].body), "{\"d\":1}");
    ck_assert_str_eq(filled(plan->tests->race->requests[1].body),
                     "{\"r\":2,\"d\":1}");
    ck_assert_str_eq(filled(plan->tests->race->requests[2].body), "t");
    release();
}
END_TEST

START_TEST(races_have_a_limit)
{
    for (int more = 0; more < 2; more++) {
        char text[200];

        snprintf(text, sizeof(text),
                 "{ \"tests\": [ { \"name\": \"a\", \"race\": { \"copies\": %d "
                 "}, \"request\": { \"url\": \"http://h/\" } } ] }",
                 LIMIT_RACE + more);
        load_wrong(text);
        ck_assert_uint_eq(faults.total, more);
        if (more)
            ck_assert_str_eq(faults.faults[0].text,
                             "a race has from 2 to 64 requests");
        release();
    }
}
END_TEST

START_TEST(names_in_racers_are_needs_of_the_step)
{
    load("{ \"tests\": [ { \"name\": \"a\", \"request\": { \"url\": "
         "\"http://h/\" }, \"capture\": { \"id\": { \"json\": \"$\" } } }, "
         "{ \"name\": \"b\", \"request\": { \"url\": \"http://h/\" }, "
         "\"race\": { \"requests\": [ {}, { \"text\": \"{{id}}\" } ] } } ] }");
    ck_assert_uint_eq(plan->tests[1].wait_count, 1);
    ck_assert_ptr_eq(plan->tests[1].waits[0].on, &plan->tests[0]);
    ck_assert_uint_eq(plan->tests[1].steps->needs.count, 1);
    ck_assert_str_eq(plan->tests[1].steps->needs.list[0].name, "id");
    release();
}
END_TEST

UNIT("decode_race", copies_are_counted, requests_lie_over_the_tests_own,
     a_body_of_the_defaults_alone_is_under_racers_too, races_have_a_limit,
     names_in_racers_are_needs_of_the_step)
