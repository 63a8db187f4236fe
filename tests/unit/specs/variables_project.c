/* What an environment of the project file and files of secrets give to suites,
 * and where each variable is said to come from. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/supply.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>
#include <sys/stat.h>

#include "specs/project.h"

/* The environment "s" of a project file with this text as its value. */
static const struct environment *read_environment(struct project *project,
                                                  const char *text)
{
    struct faults faults = {0};

    folder_write("volley.json", text);
    ck_assert_msg(project_read("volley.json", project, &faults), "%s",
                  faults.count ? faults.faults[0].text : "");
    ck_assert_uint_eq(faults.total, 0);
    ck_assert_uint_eq(project->environment_count, 1);
    return project_environment(project, "s");
}

static void expect_origin(const struct supply *supply, const char *name,
                          const char *wanted)
{
    const char *told =
        json_string_value(json_object_get(supply->suite.origins, name));

    if (!told)
        told = json_string_value(json_object_get(supply->plan.origins, name));
    ck_assert_msg(told && strcmp(told, wanted) == 0, "%s: %s", name, told);
}

START_TEST(an_environment_ranks_between_the_shell_and_the_suite)
{
    static const struct definition variables[] = {{"d", "line"}};
    char *environment[] = {(char[]){"VOLLEY_VAR_c=shell"}, NULL};
    struct project project = {0};
    struct supply supply = {
        .options = {.environment = environment,
                    .variables = variables,
                    .variable_count = COUNT(variables),
                    .wants_origins = true},
    };

    folder_enter();
    supply.options.project = read_environment(
        &project, "{\"environments\": {\"s\": {\"variables\":\n"
                  "{\"b\": \"<{{d}}{{x}}>\", \"c\": 1, \"d\": 2, \"x\": 3}}}}");
    supply_load(&supply, "{\"a\": \"{{b}}\", \"b\": 0, \"c\": 0}", "[]");
    ck_assert(supply.good);
    ck_assert_str_eq(supply.told, "");
    supply_expect(&supply, "a", "\"<line3>\"");
    supply_expect(&supply, "b", "\"<line3>\"");
    supply_expect(&supply, "c", "\"shell\"");
    supply_expect(&supply, "d", "\"line\"");
    supply_expect(&supply, "x", "3");
    expect_origin(&supply, "a", "suite s.json:1:7");
    expect_origin(&supply, "b", "environment \"s\" in volley.json:2:7");
    expect_origin(&supply, "c", "VOLLEY_VAR_c");
    expect_origin(&supply, "d", "--var");
    supply_finish(&supply);
    project_finish(&project);
    folder_leave();
}
END_TEST

START_TEST(secrets_of_an_environment_are_those_of_every_suite)
{
    char *environment[] = {(char[]){"key=open sesame"}, NULL};
    struct project project = {0};
    struct supply supply = {.options = {.environment = environment}};

    folder_enter();
    supply.options.project = read_environment(
        &project, "{\"environments\": {\"s\": {\"secrets\": [\"key\",\n"
                  "\"gone\"], \"variables\": {\"a\": \"{{key}}!\"}}}}");
    supply_load(&supply, "{\"key\": 1}", "[]");
    ck_assert_str_eq(supply.told,
                     "volley.json:2:1: secret \"gone\": it has no value: write "
                     "--secret NAME=VALUE or --secrets-file FILE, or set an "
                     "environment variable of that name\n");
    supply_expect(&supply, "key", "\"open sesame\"");
    supply_expect(&supply, "a", "\"open sesame!\"");
    ck_assert_uint_eq(supply.suite.secret_count, 1);
    ck_assert_str_eq(supply.suite.secrets[0], "open sesame");
    ck_assert_ptr_null(supply.suite.origins); /* nobody asked */
    supply_finish(&supply);
    project_finish(&project);
    folder_leave();
}
END_TEST

START_TEST(files_of_secrets_rank_above_the_shell_and_below_the_line)
{
    static const struct definition secrets[] = {{"a", "line"}, {"b", NULL}};
    static const char *const files[] = {"one", "two"};
    char *environment[] = {(char[]){"a=shell"}, (char[]){"b=shell"},
                           (char[]){"d=shell"}, NULL};
    struct supply supply = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .secret_files = files,
                    .secret_file_count = COUNT(files),
                    .wants_origins = true},
    };

    folder_enter();
    folder_write("one", "a=file\nb=file\nc=overruled\n");
    folder_write("two", "{\"c\": 12345}");
    ck_assert_int_eq(chmod("one", 0600), 0);
    ck_assert_int_eq(chmod("two", 0600), 0);
    supply_load(&supply, "{\"c\": 1}", "[\"c\", \"d\"]");
    ck_assert(supply.good);
    ck_assert_str_eq(supply.told, "");
    supply_expect(&supply, "a", "\"line\"");
    supply_expect(&supply, "b", "\"file\"");
    supply_expect(&supply, "c", "\"12345\"");
    supply_expect(&supply, "d", "\"shell\"");
    ck_assert_uint_eq(supply.suite.secret_count, 4);
    expect_origin(&supply, "a", "--secret");
    expect_origin(&supply, "b", "--secrets-file one:2:1");
    expect_origin(&supply, "c", "--secrets-file two:1:2");
    expect_origin(&supply, "d", "environment variable of that name");
    supply_finish(&supply);
    folder_leave();
}
END_TEST

START_TEST(what_is_wrong_in_a_file_of_secrets_is_told)
{
    static const char *const files[] = {"one", "two", "gone"};
    struct supply supply = {
        .options = {.secret_files = files, .secret_file_count = COUNT(files)},
    };

    folder_enter();
    folder_write("one", "a=\nb=null\n");
    folder_write("two", "{\"c\": {}, \"d\": \"x\\u0000\", \"e\": \"\"}");
    ck_assert_int_eq(chmod("one", 0604), 0);
    ck_assert_int_eq(chmod("two", 0640), 0);
    supply_load(&supply, "{}", "[]");
    ck_assert(!supply.good);
    ck_assert_str_eq(
        supply.told,
        "one:1:1: the secret \"a\" is empty\n"
        "one:2:1: a secret must be a string, a number, true or false, not "
        "null\n"
        "two:1:7: a secret must be a string, a number, true or false, not an "
        "object\n"
        "two:1:11: the secret \"d\" cannot hold a NUL\n"
        "two:1:27: the secret \"e\" is empty\n"
        "gone: the variables cannot be read: No such file or directory\n"
        "one: everybody on this machine can read these secrets; \"chmod 600\" "
        "hides them\n");
    supply_finish(&supply);
    folder_leave();
}
END_TEST

UNIT("variables_project", an_environment_ranks_between_the_shell_and_the_suite,
     secrets_of_an_environment_are_those_of_every_suite,
     files_of_secrets_rank_above_the_shell_and_below_the_line,
     what_is_wrong_in_a_file_of_secrets_is_told)
