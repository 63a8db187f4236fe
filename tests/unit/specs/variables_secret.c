/* Secrets: where their values come from, and what is told of those without. */
#include "tests/unit/specs/supply.h"
#include "tests/unit/unit.h"

START_TEST(secrets_come_from_the_command_line_or_the_environment)
{
    char *environment[] = {
        (char[]){"one=environment"},
        (char[]){"two=from-environment"},
        (char[]){"three=12345"},
        NULL,
    };
    static const struct definition secrets[] = {
        {"one", "from-line"}, {"two", NULL}, {"four", "from-line"}};
    static const struct definition variables[] = {{"three", "public"}};
    struct supply supply = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .variables = variables,
                    .variable_count = COUNT(variables)},
    };

    supply_load(&supply,
                "{\"one\": \"suite\", \"header\": \"Bearer {{three}}\"}",
                "[\"one\", \"three\"]");
    ck_assert_str_eq(
        supply.told,
        " --var has no say in the secret \"three\", which is taken "
        "from --secret, --secrets-file or the environment variable "
        "of that name alone\n");
    supply_expect(&supply, "one", "\"from-line\"");
    supply_expect(&supply, "two", "\"from-environment\"");
    supply_expect(&supply, "three", "\"12345\"");
    supply_expect(&supply, "four", "\"from-line\"");
    supply_expect(&supply, "header", "\"Bearer 12345\"");
    ck_assert_uint_eq(supply.suite.secret_count, 3);
    ck_assert_str_eq(supply.suite.secrets[0], "from-line");
    ck_assert_str_eq(supply.suite.secrets[1], "from-environment");
    ck_assert_str_eq(supply.suite.secrets[2], "12345");
    supply_finish(&supply);
}
END_TEST

START_TEST(secrets_without_a_value_are_told_and_short_ones_warned_of)
{
    char *environment[] = {(char[]){"none="}, (char[]){"pin=äöü"}, NULL};
    static const struct definition secrets[] = {
        {"gone", NULL}, {"void", ""}, {"key", "abc"}, {"a b", "long enough"}};
    struct supply supply = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets)},
    };

    supply_load(&supply, "{\"use\": \"{{missing}}\"}",
                "[\"missing\", \"none\",\n \"pin\", \"key\"]");
    ck_assert(!supply.good);
    ck_assert_str_eq(
        supply.told,
        " --secret gone: it has no value: write --secret NAME=VALUE or "
        "--secrets-file FILE, or set an environment variable of that name\n"
        " --secret void: its value is empty\n"
        " --secret a b: a variable's name is made of letters, digits, \"_\" "
        "and \"-\" and does not begin with a digit or \"-\"\n"
        "s.json:1:2: secret \"missing\": it has no value: write --secret "
        "NAME=VALUE or --secrets-file FILE, or set an environment variable of "
        "that name\n"
        "s.json:1:13: secret \"none\": its value is empty\n"
        " the secret \"key\" has fewer than 4 characters: whatever looks like "
        "it will be hidden too\n"
        "s.json:2:2: the secret \"pin\" has fewer than 4 characters: whatever "
        "looks like it will be hidden too\n");
    supply_finish(&supply);
}
END_TEST

START_TEST(secrets_may_be_missing_where_nothing_is_sent)
{
    char *environment[] = {(char[]){"none="}, NULL};
    static const struct definition secrets[] = {{"gone", NULL}};
    struct supply supply = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .secrets_may_be_missing = true},
    };

    supply_load(&supply, "{\"use\": \"<{{missing}}{{none}}{{gone}}>\"}",
                "[\"missing\", \"none\"]");
    ck_assert(supply.good);
    ck_assert_uint_eq(supply.faults.total, 0);
    ck_assert_uint_eq(supply.plan.warning_count, 3);
    ck_assert_str_eq(
        supply.told,
        " --secret gone: it has no value: write --secret NAME=VALUE or "
        "--secrets-file FILE, or set an environment variable of that name\n"
        "s.json:1:2: secret \"missing\": it has no value: write --secret "
        "NAME=VALUE or --secrets-file FILE, or set an environment variable of "
        "that name\n"
        "s.json:1:13: secret \"none\": its value is empty\n");
    supply_expect(&supply, "use", "\"<>\"");
    ck_assert_uint_eq(supply.suite.secret_count, 0);
    supply_finish(&supply);
}
END_TEST

UNIT("variables_secret", secrets_come_from_the_command_line_or_the_environment,
     secrets_without_a_value_are_told_and_short_ones_warned_of,
     secrets_may_be_missing_where_nothing_is_sent)
