/* Variables of a suite, made of each other. */
#include "tests/unit/specs/supply.h"
#include "tests/unit/unit.h"
#include <string.h>

START_TEST(suites_without_variables_share_one_object)
{
    char *environment[] = {(char[]){"HOME=/root"}, NULL};
    struct supply supply = {.options = {.environment = environment}};
    struct suite other = {0};
    json_t *shared;

    ck_assert(variables_load(&supply.options, &supply.plan, &supply.variables,
                             &supply.faults));
    supply.constants = variables_for_suite(&supply.variables, NULL, NULL,
                                           &supply.suite, &supply.faults);
    shared = variables_for_suite(&supply.variables, NULL, NULL, &other,
                                 &supply.faults);
    ck_assert_ptr_eq(shared, supply.constants);
    json_decref(shared);
    variables_finish(&supply.variables);
    supply_finish(&supply);
}
END_TEST

START_TEST(suite_variables_are_made_of_each_other_in_any_order)
{
    char *environment[] = {(char[]){"HOST=h"}, NULL};
    struct supply supply = {.options = {.environment = environment}};

    supply_load(&supply,
                "{\"url\": \"{{base}}/v{{api.version}}\", \"base\": "
                "\"http://{{host}}\", \"host\": \"{{env.HOST}}\","
                " \"api\": {\"version\": 2}, \"copy\": \"{{api}}\"}",
                "[]");
    ck_assert_str_eq(supply.told, "");
    supply_expect(&supply, "url", "\"http://h/v2\"");
    supply_expect(&supply, "copy", "{\"version\":2}");
    supply_finish(&supply);
}
END_TEST

START_TEST(mistakes_in_suite_variables_are_told_in_their_place)
{
    static const struct {
        const char *written, *told;
    } rows[] = {
        {"{\"a\": \"{{b}}\", \"b\": \"x{{c}}\", \"c\": [\"{{a}}\"]}",
         "s.json:1:2: these variables are made of each other: a → b → c → a\n"},
        {"{\"x\": \"{{a}}\", \"a\": \"{{a}}\"}",
         "s.json:1:16: these variables are made of each other: a → a\n"},
        {"{\"token\": 1, \"b\": \"{{tokn}}\"}",
         "s.json:1:22: no variable \"tokn\"; did you mean \"token\"?\n"},
        {"{\"b\": \"{{session}}\", \"c\": \"{{b}}\"}",
         "s.json:1:10: no variable \"session\"; variables are made of others "
         "that are known before the run\n"},
        {"{\"a\": {\"name\": 1}, \"b\": \"{{a.nam}}\"}",
         "s.json:1:30: \"a\" has no \"nam\"; did you mean \"name\"?\n"},
        {"{\"b\": \"{{env.NOPE}}\"}",
         "s.json:1:14: no environment variable \"NOPE\"\n"},
        {"{\"b\": \"{{}\"}",
         "s.json:1:8: this \"{{\" is never closed by \"}}\"; \"{{{{\" stands "
         "for a literal \"{{\"\n"},
        {"{\"a b\": 1}",
         "s.json:1:2: a variable's name is made of letters, digits, \"_\" and "
         "\"-\" and does not begin with a digit or \"-\"\n"},
        {"{\"env\": 1}",
         "s.json:1:2: \"env\" is the environment, as in {{env.HOME}}; this "
         "variable needs another name\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct supply supply = {0};

        supply_load(&supply, rows[i].written, "[]");
        ck_assert_str_eq(supply.told, rows[i].told);
        supply_finish(&supply);
    }
}
END_TEST

static char *chain_of_variables(size_t length, bool reversed)
{
    struct buffer text = buffer_with_ceiling(10000);

    ck_assert(buffer_print(&text, "{"));
    for (size_t i = 0; i < length; i++) {
        size_t number = reversed ? length - 1 - i : i;

        if (number == length - 1) {
            ck_assert(buffer_print(&text, "\"v%zu\": 1%s", number,
                                   i + 1 < length ? "," : ""));
        } else {
            ck_assert(buffer_print(&text, "\"v%zu\": \"{{v%zu}}\"%s", number,
                                   number + 1, i + 1 < length ? "," : ""));
        }
    }
    ck_assert(buffer_print(&text, "}"));
    return buffer_take(&text);
}

/* Filled from either end of the chain. */
START_TEST(variables_are_made_of_variables_to_a_limit)
{
    for (int reversed = 0; reversed <= 1; reversed++) {
        char *good = chain_of_variables(LIMIT_TEMPLATE_DEPTH + 1, reversed);
        char *bad = chain_of_variables(LIMIT_TEMPLATE_DEPTH + 2, reversed);
        struct supply supply = {0};

        supply_load(&supply, good, "[]");
        ck_assert_str_eq(supply.told, "");
        supply_expect(&supply, "v0", "1");
        supply_finish(&supply);
        supply_load(&supply, bad, "[]");
        ck_assert_ptr_nonnull(strstr(
            supply.told, "variables are made of variables more than 16 deep"));
        ck_assert_uint_eq(supply.faults.total, 1);
        supply_finish(&supply);
        free(good);
        free(bad);
    }
}
END_TEST

UNIT("variables_suite", suites_without_variables_share_one_object,
     suite_variables_are_made_of_each_other_in_any_order,
     mistakes_in_suite_variables_are_told_in_their_place,
     variables_are_made_of_variables_to_a_limit)
