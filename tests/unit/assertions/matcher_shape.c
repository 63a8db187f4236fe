/* Distance, formats, and what a list or an object looks like as a whole. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

START_TEST(near_is_exact)
{
    static const struct matcher_row rows[] = {
        {"{\"near\": [1.5, 0.1]}", "1.6", NULL},
        {"{\"near\": [1.5, 0.1]}", "1.4", NULL},
        {"{\"near\": [1.5, 0.1]}", "1.6000000000000001",
         ": expected within 0.1 of 1.5, got 1.6000000000000001"},
        {"{\"near\": [1.5, 0.1]}", "1.39",
         ": expected within 0.1 of 1.5, got 1.39"},
        {"{\"near\": [0.3, 0]}", "0.30", NULL},
        {"{\"near\": [0, 0]}", "-0.0", NULL},
        {"{\"near\": [-2, 3]}", "1", NULL},
        {"{\"near\": [-2, 3]}", "-5", NULL},
        {"{\"near\": [-2, 3]}", "-5.0001",
         ": expected within 3 of -2, got -5.0001"},
        {"{\"near\": [99999999999999999999, 2]}", "100000000000000000001",
         NULL},
        {"{\"near\": [99999999999999999999, 2]}", "100000000000000000002",
         ": expected within 2 of 99999999999999999999, got "
         "100000000000000000002"},
        {"{\"near\": [1e400, 1e399]}", "1.1e400", NULL},
        {"{\"near\": [1e400, 1e399]}", "1.1000000001e400",
         ": expected within 1e399 of 1e400, got 1.1000000001e400"},
        {"{\"near\": [1, 1]}", "\"1\"", ": expected within 1 of 1, got \"1\""},
        {"{\"near\": [1, 1]}", NULL, ": nothing there, expected within 1 of 1"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(near_knows_what_it_is_asked_of)
{
    static const struct header headers[] = {{"x-left", "12"}};
    static const char told[] =
        "time total: expected within 10ms of 100ms, got 111ms\n"
        "header x-left: expected within 1 of 10, got \"12\"\n"
        "size body: expected within 3 bytes of 8 bytes, got 4 bytes\n"
        "json $.at: expected a date within 90s of \"2026-11-21T10:00:00Z\", "
        "got 2026-11-21T10:01:31Z";
    struct trial trial;

    trial_prepare(
        &trial,
        "{\"expect\": {\"time\": {\"total\": {\"near\": [100, \"10ms\"]}},"
        " \"headers\": {\"x-left\": {\"near\": [10, 1]}},"
        " \"status\": {\"near\": [201, 1]},"
        " \"size\": {\"body\": {\"near\": [8, 3]}},"
        " \"json\": {\"$.at\": {\"date\": {\"near\": "
        "[\"2026-11-21T10:00:00Z\", \"90s\"]}}}}}");
    trial_answer(&trial, "{\"at\": \"2026-11-21T11:01:31+01:00\"}");
    trial.response.headers = headers;
    trial.response.header_count = 1;
    trial.response.timings.total_ns = 111000000;
    trial.response.body_size = 4;
    trial_judge(&trial);
    trial_expect(&trial, told);
    trial_finish(&trial);
}
END_TEST

START_TEST(near_includes_both_ends)
{
    static const struct matcher_row rows[] = {
        {"{\"date\": {\"near\": [\"2026-11-21T10:00:00.2Z\", \"500ms\"]}}",
         "\"2026-11-21T09:59:59.7Z\"", NULL},
        {"{\"date\": {\"near\": [\"2026-11-21T10:00:00.7Z\", \"500ms\"]}}",
         "\"2026-11-21T10:00:01.2Z\"", NULL},
        {"{\"date\": {\"near\": [\"2026-11-21T10:00:00.2Z\", \"500ms\"]}}",
         "\"2026-11-21T09:59:59.699Z\"",
         ": expected a date within 500ms of \"2026-11-21T10:00:00.2Z\", got "
         "2026-11-21T09:59:59.699Z"},
    };
    struct trial trial;

    matcher_rows_judge(rows, COUNT(rows));
    trial_prepare(&trial, "{\"expect\": {\"time\": {\"total\": {\"near\": "
                          "[\"100ms\", 10]}}}}");
    trial.response.timings.total_ns = 110000000;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial.response.timings.total_ns = 90000000;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

/* The sum has one place more than a thousand, and no less is refused. */
START_TEST(near_adds_so_many_digits_at_most)
{
    struct trial trial;

    ck_assert_int_eq(LIMIT_NEAR_DIGITS, 1000);
    trial_body(&trial, "{\"json\": {\"near\": [1e999, 1]}}", "1e999");
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    trial_refuse("{\"expect\": {\"json\": {\"near\": [1e1000, 1]}}}",
                 "1:30: the two numbers are more than 1000 digits apart");
    trial_refuse("{\"expect\": {\"json\": {\"near\": [1e99999999, 1]}}}",
                 "1:30: the two numbers are more than 1000 digits apart");
}
END_TEST

START_TEST(formats_are_those_of_schemas)
{
    static const struct matcher_row rows[] = {
        {"{\"format\": \"uuid\"}", "\"2eb8aa08-aa98-11ea-b4aa-73b441d16380\"",
         NULL},
        {"{\"format\": \"uuid\"}", "\"2eb8aa08\"",
         ": expected of the format uuid, got \"2eb8aa08\""},
        {"{\"format\": \"ipv4\"}", "\"127.0.0.1\"", NULL},
        {"{\"format\": \"ipv4\"}", "127",
         ": expected of the format ipv4, got 127"},
        {"{\"format\": \"date\"}", "\"2026-02-29\"",
         ": expected of the format date, got \"2026-02-29\""},
        {"{\"not\": {\"format\": \"email\"}}", "\"nobody\"", NULL},
    };
    static const struct header headers[] = {{"x-a", "/\xff"}};
    struct trial trial;

    matcher_rows_judge(rows, COUNT(rows));
    trial_prepare(&trial, "{\"expect\": {\"headers\": {\"x-a\": {\"format\": "
                          "\"json-pointer\"}}}}");
    trial_answer(&trial, "");
    trial.response.headers = headers;
    trial.response.header_count = 1;
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.verdict_count, 1);
    trial_finish(&trial);
}
END_TEST

START_TEST(elements_are_unique)
{
    static const struct matcher_row rows[] = {
        {"{\"unique\": true}", "[1, 2, \"1\", [1], {\"a\": 1}]", NULL},
        {"{\"unique\": true}", "[]", NULL},
        {"{\"unique\": true}", "[1, 2, 1.0]",
         "[2]: expected no element twice, got 1.0 as at $.v[0]"},
        {"{\"unique\": true}",
         "[{\"a\": 1, \"b\": 2}, 3, {\"b\": 2, \"a\": 1}, 3, 3]",
         "[2]: expected no element twice, got {\"b\":2,\"a\":1} as at $.v[0] "
         "(and 2 more elements)"},
        {"{\"unique\": false}", "[1, 1]", NULL},
        {"{\"unique\": false}", "[1, 2]",
         ": expected an element twice, got [1,2]"},
        {"{\"unique\": true}", "{\"a\": 1}",
         ": expected no element twice, got {\"a\":1}"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

/* Of each pair of letters either may be the key: objects of one hash. */
static char *make_alike(unsigned count)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (unsigned i = 0; i < count; i++) {
        for (unsigned bit = 0; bit < 11; bit++) {
            int a = 'a' + (int)bit * 2, b = a + 1;
            bool turned = i & 1U << bit;

            fprintf(out, "%s\"%c\":\"%c\"",
                    bit ? ","
                    : i ? ",{"
                        : "[{",
                    turned ? b : a, turned ? a : b);
        }
        fputc('}', out);
    }
    fputc(']', out);
    fclose(out);
    return text;
}

START_TEST(unique_gives_up_at_its_limit)
{
    char *few = make_alike(1000), *many = make_alike(2000);
    struct trial trial;

    ck_assert_int_eq(LIMIT_INCLUDES_STEPS, 1000000);
    trial_body(&trial, "{\"json\": {\"unique\": true}}", few);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    trial_body(&trial, "{\"json\": {\"unique\": true}}", many);
    trial_expect(&trial, "json: \"unique\" gave up after 1000000 comparisons");
    trial_finish(&trial);
    free(few);
    free(many);
}
END_TEST

START_TEST(lists_are_sorted)
{
    static const struct matcher_row rows[] = {
        {"{\"sorted\": true}", "[-1, 0, 0.5, 0.5, 1e3]", NULL},
        {"{\"sorted\": \"asc\"}", "[\"A\", \"a\", \"ab\", \"b\"]", NULL},
        {"{\"sorted\": \"desc\"}", "[3, 3, 1]", NULL},
        {"{\"sorted\": \"desc\"}", "[]", NULL},
        {"{\"sorted\": true}", "[{}]", NULL},
        {"{\"sorted\": true}", "[1, 3, 2, 0]",
         "[2]: expected at least 3, the element before it, got 2"},
        {"{\"sorted\": \"desc\"}", "[\"a\", \"b\"]",
         "[1]: expected at most \"a\", the element before it, got \"b\""},
        {"{\"sorted\": true}", "[1, \"2\"]",
         "[1]: expected at least 1, the element before it, got \"2\""},
        {"{\"sorted\": true}", "5", ": expected in ascending order, got 5"},
        {"{\"not\": {\"sorted\": true}}", "[2, 1]", NULL},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

/* Texts of a document that has no numbers are numbers where they look so. */
START_TEST(nodes_of_xml_are_sorted_as_what_they_are)
{
    static const char body[] = "<a><n>9</n><n>10</n><t>9</t><t>10x</t></a>";
    struct trial trial;

    trial_body(&trial, "{\"xml\": {\"//n\": {\"sorted\": true}}}", body);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    trial_body(&trial, "{\"xml\": {\"//t\": {\"sorted\": \"desc\"}}}", body);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(keys_are_a_set_or_a_list)
{
    static const struct matcher_row rows[] = {
        {"{\"keys\": [\"b\", \"a\"]}", "{\"a\": 1, \"b\": null}", NULL},
        {"{\"keys\": []}", "{}", NULL},
        {"{\"keys\": {\"includes\": [\"b\"]}}", "{\"a\": 1, \"b\": 2}", NULL},
        {"{\"keys\": {\"equals\": [\"b\", \"a\"]}}", "{\"b\": 1, \"a\": 2}",
         NULL},
        {"{\"keys\": {\"all\": {\"matches\": \"^x-\"}}}",
         "{\"x-a\": 1, \"x-b\": 2}", NULL},
        {"{\"keys\": [\"a\", {\"$match\": {\"starts_with\": \"x\"}}]}",
         "{\"xy\": 1, \"a\": 2}", NULL},
        {"{\"keys\": [\"a\", \"b\"]}", "{\"a\": 1, \"c\": 1}",
         ": expected keys: [\"a\",\"b\"] in any order, got a list without "
         "\"b\" and with \"c\""},
        {"{\"keys\": [\"a\"]}", "[\"a\"]",
         ": expected keys: [\"a\"] in any order, got [\"a\"]"},
        {"{\"keys\": {\"count\": 1}}", "{\"a\": 1, \"c\": 1}",
         ": expected keys: a count of 1, got 2"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_are_told)
{
    static const char *const rows[][2] = {
        {"{\"near\": 1}", "1:30: \"near\" takes a list of two, the value and "
                          "how far from it"},
        {"{\"near\": [1, -1]}", "1:34: no number is nearer than 0"},
        {"{\"near\": [\"a\", 1]}", "1:31: a number is wanted here"},
        {"{\"sorted\": \"up\"}",
         "1:32: \"sorted\" takes true, \"asc\" or \"desc\"; that a list is not "
         "sorted is written {\"not\": {\"sorted\": true}}"},
        {"{\"sorted\": false}",
         "1:32: \"sorted\" takes true, \"asc\" or \"desc\"; that a list is not "
         "sorted is written {\"not\": {\"sorted\": true}}"},
        {"{\"unique\": 1}", "1:32: true or false is wanted here"},
        {"{\"keys\": 1}", "1:30: \"keys\" takes a list of names, or a matcher "
                          "for the list of them"},
        {"{\"format\": \"uid\"}",
         "1:32: unknown format \"uid\"; did you mean \"uuid\"?"},
        {"{\"format\": \"xxxxxxxxxx\"}", "1:32: unknown format \"xxxxxxxxxx\""},
        {"{\"format\": 5}",
         "1:32: \"format\" takes a name, as \"uuid\" or \"date-time\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\": %s}}",
                 rows[i][0]);
        trial_refuse(spec, rows[i][1]);
    }
}
END_TEST

UNIT("matcher_shape", near_is_exact, near_includes_both_ends,
     unique_gives_up_at_its_limit, near_knows_what_it_is_asked_of,
     near_adds_so_many_digits_at_most, formats_are_those_of_schemas,
     elements_are_unique, lists_are_sorted,
     nodes_of_xml_are_sorted_as_what_they_are, keys_are_a_set_or_a_list,
     mistakes_are_told)
