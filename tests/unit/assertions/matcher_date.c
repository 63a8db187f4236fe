/* Dates are compared as moments, and with the time of the answer. */
#include "tests/unit/assertions/matcher_row.h"
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>

START_TEST(dates_are_moments)
{
    static const struct matcher_row rows[] = {
        {"{\"date\": \"2026-11-21T08:30:00Z\"}",
         "\"2026-11-21T09:30:00+01:00\"", NULL},
        {"{\"date\": \"Sat, 21 Nov 2026 08:30:00 GMT\"}",
         "\"2026-11-21T08:30:00.000Z\"", NULL},
        {"{\"date\": \"2026-11-21\"}", "\"2026-11-21T00:00:00Z\"", NULL},
        {"{\"date\": {\"gt\": \"2026-11-20T23:59:59.999Z\", \"lt\": "
         "\"2026-11-21T00:00:00.001Z\"}}",
         "\"2026-11-21\"", NULL},
        {"{\"date\": {\"between\": [\"2026-01-01\", "
         "\"Sat, 21 Nov 2026 08:30:00 GMT\"]}}",
         "\"2026-11-21T09:30:00+01:00\"", NULL},
        {"{\"date\": {\"in\": [\"2026-01-01\", \"2026-01-02\"]}}",
         "\"2026-01-02T01:00:00+01:00\"", NULL},
        {"{\"date\": {\"exists\": true, \"not\": \"1970-01-01\"}}",
         "\"9999-12-31T23:59:59Z\"", NULL},
        {"{\"date\": {\"gte\": \"2026-11-21\"}}", "\"2026-11-20T23:00:00Z\"",
         ": expected a date at least \"2026-11-21\", got 2026-11-20T23:00:00Z"},
        {"{\"date\": {\"between\": [\"2026-01-01\", \"2026-01-02\"]}}",
         "\"2026-01-03\"",
         ": expected a date from \"2026-01-01\" to \"2026-01-02\", got "
         "2026-01-03T00:00:00Z"},
        {"{\"date\": \"2026-11-21\"}", "\"2026-02-30\"",
         ": expected a date \"2026-11-21\", got date: expected a day from 01 to "
         "28, found \"30\" at character 9: \"2026-02-30\""},
        {"{\"date\": \"2026-11-21\"}", "1795000000",
         ": expected a date \"2026-11-21\", got date: no text: 1795000000"},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

START_TEST(dates_have_formats)
{
    static const struct matcher_row rows[] = {
        {"{\"date\": [\"%d.%m.%Y\", \"21.11.2026\"]}", "\"21.11.2026\"", NULL},
        {"{\"date\": [\"%d.%m.%Y\", {\"gt\": \"2026-11-20\", \"in\": "
         "[\"21.11.2026\"], \"between\": [\"01.01.2026\", "
         "\"2026-11-21T00:00:00Z\"]}]}",
         "\"21.11.2026\"", NULL},
        {"{\"date\": [\"%d.%m.%Y\", {\"between\": [\"20.11.2026\", "
         "\"01.12.2026\"]}]}",
         "\"21.11.2026\"", NULL},
        {"{\"date\": [\"unix\", \"2026-11-21T09:30:00Z\"]}", "1795253400",
         NULL},
        {"{\"date\": [\"unix\", {\"lte\": 1795253400}]}", "\"1795253400\"",
         NULL},
        {"{\"date\": [\"unix_ms\", {\"gt\": 1795253400000}]}", "1795253400001",
         NULL},
        {"{\"date\": [\"%d.%m.%Y\", \"21.11.2026\"]}", "\"22.11.2026\"",
         ": expected a date written \"%d.%m.%Y\" \"21.11.2026\", got "
         "2026-11-22T00:00:00Z"},
        {"{\"date\": [\"http\", {\"exists\": true}]}", "\"2026-11-22\"",
         ": expected a date written \"http\" something there, got date: "
         "expected a day of the week from \"Mon\" to \"Sun\", found \"202\" at "
         "character 1: \"2026-11-22\""},
    };

    matcher_rows_judge(rows, COUNT(rows));
}
END_TEST

static void judge_header(const char *matcher, const char *date,
                         const char *message)
{
    const struct header headers[] = {
        {"Expires", "Sat, 21 Nov 2026 10:30:00 GMT"}, {"Date", date}};
    struct trial trial;

    trial_prepare(&trial,
                  "{\"expect\": {\"headers\": {\"expires\": {\"date\": "
                  "%s}}}}",
                  matcher);
    trial_answer(&trial, "");
    trial.response.header_count = date ? 2 : 1;
    trial.response.headers = headers;
    trial_judge(&trial);
    trial_expect(&trial, message);
    trial_finish(&trial);
}

START_TEST(answers_have_a_time_of_their_own)
{
    static const struct {
        const char *matcher, *date, *message;
    } rows[] = {
        {"{\"expires_in\": \"1h\"}", "Sat, 21 Nov 2026 09:30:00 GMT", NULL},
        {"{\"expires_in\": {\"gte\": \"1h\", \"lt\": \"2h\"}}",
         "Sat, 21 Nov 2026 09:30:00 GMT", NULL},
        {"{\"age\": {\"between\": [\"1m\", 60000]}}",
         "Saturday, 21-Nov-26 10:31:00 GMT", NULL},
        {"{\"expires_in\": {\"gte\": \"1h\"}}", "Sat, 21 Nov 2026 09:30:01 GMT",
         "header expires: expected a date expiring in at least 1h, got 3599s"},
        {"{\"age\": {\"gte\": 0}}", "Sat, 21 Nov 2026 10:29:59 GMT",
         "header expires: expected a date an age of at least 0us, got -1s"},
        {"{\"age\": {\"gte\": 0}}", NULL,
         "header expires: expected a date an age of at least 0us, got age: "
         "there is no Date header to measure it by: 2026-11-21T10:30:00Z"},
        {"{\"expires_in\": {\"lt\": \"1h\"}}", "soon",
         "header expires: expected a date expiring in less than 1h, got "
         "expires_in: the Date header is no date: expected a day of the week "
         "from \"Mon\" to \"Sun\", found \"soo\" at character 1: "
         "2026-11-21T10:30:00Z"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        judge_header(rows[i].matcher, rows[i].date, rows[i].message);
}
END_TEST

/* Longer than nanoseconds can count is as long as they can. */
START_TEST(ages_have_no_end)
{
    static const struct header date = {"Date", "Sat, 21 Nov 2026 09:30:00 GMT"};
    struct trial trial;

    trial_compile(&trial,
                  "{\"expect\": {\"json\": {\"$[0]\": {\"date\": {\"age\": "
                  "{\"gt\": \"100000d\"}}}, \"$[1]\": {\"date\": {\"age\": "
                  "{\"lt\": 0}, \"expires_in\": {\"gt\": \"100000d\"}}}}}}");
    trial_answer(&trial, "[\"0001-01-01\", \"9999-01-01\"]");
    trial.response.header_count = 1;
    trial.response.headers = &date;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(dates_may_be_templates)
{
    struct trial trial;

    trial_compile(&trial,
                  "{\"expect\": {\"json\": {"
                  "\"$[0]\": {\"date\": [\"%Y/%m/%d\", {\"gt\": \"{{day}}\", "
                  "\"in\": \"{{days}}\"}]}, "
                  "\"$[1]\": {\"date\": {\"gt\": \"{{day}}\"}}}}}");
    trial_answer(&trial, "[\"2026/11/21\", \"2026-11-21\"]");
    trial.variables = json_pack("{s:s, s:[s, s]}", "day", "2026/11/20", "days",
                                "2026-11-21", "2026/11/22");
    trial_judge(&trial);
    trial_expect(&trial,
                 "json: a date is wanted here, as \"2026-11-21\" or "
                 "\"2026-11-21T09:30:00Z\": expected \"-\", found \"/\" at "
                 "character 5");
    trial_finish(&trial);
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *matcher, *told;
    } mistakes[] = {
        {"{\"date\": \"soon\"}",
         "1:34: a date is wanted here, as \"2026-11-21\" or \"2026-11-21T09:30:00Z\": expected a day of the week from \"Mon\" to \"Sun\", found \"soo\" at character 1"},
        {"{\"date\": 1795253400}",
         "1:34: a date is wanted here, as \"2026-11-21\" or "
         "\"2026-11-21T09:30:00Z\""},
        {"{\"date\": {\"gt\": \"2026-02-30\"}}",
         "1:41: a date is wanted here, as \"2026-11-21\" or \"2026-11-21T09:30:00Z\": expected a day from 01 to 28, found \"30\" at character 9"},
        {"{\"date\": {\"between\": [\"2026-01-01\", \"2026\"]}}",
         "1:61: a date is wanted here, as \"2026-11-21\" or \"2026-11-21T09:30:00Z\": expected \"-\", found the end at character 5"},
        {"{\"date\": {\"between\": [\"2026-01-02\", "
         "\"2026-01-02T01:00:00+02:00\"]}}",
         "1:46: \"between\" takes two numbers or two texts, the least first"},
        {"{\"date\": {\"in\": [\"2026-01-02\", true]}}",
         "1:56: a date is wanted here, as \"2026-11-21\" or \"2026-11-21T09:30:00Z\""},
        {"{\"date\": {\"contains\": \"2026\"}}",
         "1:35: \"contains\" cannot be asked of a date"},
        {"{\"date\": [\"%d.%m.%Y\", \"2026-11-21T\"]}",
         "1:47: a date is wanted here, as \"2026-11-21\" or \"2026-11-21T09:30:00Z\": expected \".\", found \"2\" at character 3"},
        {"{\"date\": [\"%d.%m.%Y\"]}",
         "1:34: \"date\" takes a list of two, a format and a matcher"},
        {"{\"date\": [\"%d.%m\", \"2026-11-21\"]}",
         "1:35: a form of dates must tell the year: with %Y, %y, %F, %D or %s"},
        {"{\"date\": [\"{{f}}%Y\", \"2026-11-21\"]}",
         "1:35: the format of a date cannot hold a template"},
        {"{\"date\": [\"%Y\\u0000\", \"2026-11-21\"]}",
         "1:35: the format of a date is a text, as \"%d.%m.%Y\""},
        {"{\"date\": [1, \"2026-11-21\"]}",
         "1:35: the format of a date is a text, as \"%d.%m.%Y\""},
        {"{\"date\": {\"age\": \"1 hour\"}}",
         "1:42: a duration is a text like \"500ms\", or a number of "
         "milliseconds"},
        {"{\"age\": \"1h\"}",
         "1:26: \"age\" is asked of dates: {\"date\": {\"age\": ...}}"},
        {"{\"length\": {\"expires_in\": 1}}",
         "1:37: \"expires_in\" is asked of dates: {\"date\": "
         "{\"expires_in\": ...}}"},
    };

    for (size_t i = 0; i < COUNT(mistakes); i++) {
        char spec[256];

        snprintf(spec, sizeof(spec), "{\"expect\": {\"json\":{\"$\":%s}}}",
                 mistakes[i].matcher);
        trial_refuse(spec, mistakes[i].told);
    }
}
END_TEST

UNIT("matcher_date", dates_are_moments, dates_have_formats,
     answers_have_a_time_of_their_own, ages_have_no_end, dates_may_be_templates,
     mistakes_are_told_at_their_place)
