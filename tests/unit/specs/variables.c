/* Values from the command line, the environment and files. */
#include "tests/unit/specs/supply.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>
#include <unistd.h>

/* Fills in the path's XXXXXX; whoever calls removes the file. */
static void write_file(char path[], const char *text, size_t length)
{
    int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, length), (ssize_t)length);
    close(file);
}

START_TEST(text_is_a_value_only_in_its_shortest_form)
{
    static const struct {
        const char *text, *value;
    } rows[] = {
        {"1", "1"},
        {"-5", "-5"},
        {"0", "0"},
        {"1.5", "1.5"},
        {"18446744073709551616", "18446744073709551616"},
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {"\"quoted\"", "\"quoted\""},
        {"\"7\"", "\"7\""},
        {"\"a\\nb\"", "\"a\\nb\""},
        {"1.10", "\"1.10\""},
        {"1.100000000000000000000000000", "\"1.100000000000000000000000000\""},
        {"007", "\"007\""},
        {"+1", "\"+1\""},
        {" 1", "\" 1\""},
        {"1 ", "\"1 \""},
        {"True", "\"True\""},
        {"nullify", "\"nullify\""},
        {"\"open", "\"\\\"open\""},
        {"[1]", "\"[1]\""},
        {"", "\"\""},
        {"-", "\"-\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = variables_read_text(rows[i].text);

        value_expect(value, rows[i].value);
    }
    ck_assert_ptr_null(variables_read_text("\xff"));
}
END_TEST

START_TEST(the_documented_rank_decides)
{
    char *environment[] = {
        (char[]){"VOLLEY_VAR_a=environment"},
        (char[]){"VOLLEY_VAR_b=environment"},
        (char[]){"VOLLEY_VAR_c=environment"},
        (char[]){"VOLLEY_VAR_d=4"},
        (char[]){"VOLLEY_VAR_a b=x"},
        (char[]){"HOME=/root"},
        (char[]){"odd"},
        (char[]){"broken=\xff"},
        NULL,
    };
    static const struct definition variables[] = {{"a", "line"}, {"b", "x"}};
    static const struct definition secrets[] = {{"b", "secret"}};
    char first[] = "/tmp/volley-vars-XXXXXX",
         second[] = "/tmp/volley-vars-XXXXXX";
    const char *files[] = {first, second};
    struct supply supply = {
        .options = {.environment = environment,
                    .variables = variables,
                    .variable_count = COUNT(variables),
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .files = files,
                    .file_count = COUNT(files)},
    };
    const char json[] =
        "{\"a\": 1, \"c\": {\"deep\": [1.0]}, \"f\": \"{{a}}\"}";
    const char dotenv[] = "a=2\nf=\"second\"\n";

    write_file(first, json, strlen(json));
    write_file(second, dotenv, strlen(dotenv));
    supply_load(
        &supply,
        "{\"a\": 0, \"c\": 0, \"d\": 0, \"e\": {\"f\": \"{{f}} {{b}}\"}}",
        "[]");
    unlink(first);
    unlink(second);
    ck_assert_str_eq(supply.told, "");
    supply_expect(&supply, "a", "\"line\"");
    supply_expect(&supply, "b", "\"secret\"");
    supply_expect(&supply, "c", "{\"deep\":[1.0]}");
    supply_expect(&supply, "d", "4");
    supply_expect(&supply, "e", "{\"f\":\"second secret\"}");
    ck_assert_str_eq(json_string_value(json_object_get(
                         json_object_get(supply.constants, "env"), "HOME")),
                     "/root");
    supply_finish(&supply);
}
END_TEST

START_TEST(definitions_that_cannot_be_used_are_told)
{
    static const struct definition variables[] = {
        {"1a", "x"}, {"env", "x"}, {"bytes", "\xff"}, {"unknown", "fine"}};
    struct supply supply = {
        .options = {.variables = variables, .variable_count = COUNT(variables)},
    };

    supply_load(&supply, "{}", "[]");
    ck_assert(!supply.good);
    ck_assert_str_eq(
        supply.told,
        " --var 1a: a variable's name is made of letters, digits, \"_\" and "
        "\"-\" and does not begin with a digit or \"-\"\n"
        " --var env: \"env\" is the environment, as in {{env.HOME}}; this "
        "variable needs another name\n"
        " --var bytes: its value is not UTF-8\n");
    supply_finish(&supply);
}
END_TEST

START_TEST(a_missing_file_of_variables_is_told)
{
    static const char *const files[] = {"/nonexistent/vars", "/tmp"};
    struct supply supply = {
        .options = {.files = files, .file_count = COUNT(files)},
    };

    ck_assert(!variables_load(&supply.options, &supply.plan, &supply.variables,
                              &supply.faults));
    supply_tell(&supply);
    ck_assert_str_eq(supply.told,
                     "/nonexistent/vars: the variables cannot be read: No such "
                     "file or directory\n"
                     "/tmp: the variables cannot be read: Is a directory\n");
    variables_finish(&supply.variables);
    supply_finish(&supply);
}
END_TEST

/* What is told of one --vars file, after its path. */
static void expect_told(const char *text, size_t length, const char *wanted)
{
    char path[] = "/tmp/volley-vars-XXXXXX";
    const char *files[] = {path};
    struct supply supply = {.options = {.files = files, .file_count = 1}};
    const char *told;

    write_file(path, text, length);
    supply_load(&supply, "{}", "[]");
    unlink(path);
    ck_assert(supply.good);
    told = supply.told;
    if (strncmp(told, path, strlen(path)) == 0)
        told += strlen(path);
    ck_assert_msg(strncmp(told, wanted, strlen(wanted)) == 0,
                  "%s\ninstead of %s", told, wanted);
    ck_assert_msg(*wanted || !*told, "%s", told);
    supply_finish(&supply);
}

START_TEST(mistakes_in_files_of_variables_are_told_in_their_place)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", ""},
        {"{}", ""},
        {" \n{\"a\": 1,\n \"b\": }", ":3:7: "},
        {"{\"a\": 1, \"a\": 2}", ":1:10: "},
        {"[1]", ":1:1: a file of variables is a JSON object\n"},
        {"\n{\"a\": 1,\n \"b c\": 2}",
         ":3:2: a variable's name is made of letters"},
        {"\xef\xbb\xbf{\"env\": 1}", ":1:2: \"env\" is the environment"},
        {"a=1\nbroken\n", ":2:1: a line must be NAME=value here\n"},
        {"a=1\n\xff=1\n", ":2:1: "},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        expect_told(rows[i].text, strlen(rows[i].text), rows[i].told);
    expect_told("a=\0b", 4, ":1:3: ");
}
END_TEST

UNIT("variables", text_is_a_value_only_in_its_shortest_form,
     the_documented_rank_decides, definitions_that_cannot_be_used_are_told,
     a_missing_file_of_variables_is_told,
     mistakes_in_files_of_variables_are_told_in_their_place)
