#include "specs/variables.h"

#include "tests/unit/unit.h"
#include <string.h>
#include <unistd.h>

#include "specs/dotenv.h"
#include "specs/json.h"

/* A run's variables and one suite's. */
struct fixture {
    struct plan plan;
    struct plan_options options;
    struct variables variables;
    struct suite suite;
    struct faults faults;
    json_t *written;
    json_t *secrets;
    json_t *constants;
    bool good;  /* the command line */
    char *told; /* all faults and warnings: "line:column text\n" */
};

static struct node make_node(struct arena *arena, const char *text,
                             json_t **json)
{
    struct json_trouble trouble;
    const struct source *source =
        source_new(arena, "s.json", text, strlen(text));

    *json = json_read(text, strlen(text), 32, 0, &trouble);
    ck_assert_msg(*json, "%s: %s", text, trouble.text);
    return (struct node){.json = *json, .at = {source, 0, 0}};
}

static void tell(struct buffer *told, const struct fault *fault)
{
    if (fault->at.path)
        ck_assert(buffer_print(told, "%s:", fault->at.path));
    if (fault->at.line)
        ck_assert(
            buffer_print(told, "%u:%u:", fault->at.line, fault->at.column));
    ck_assert(buffer_print(told, " %s\n", fault->text));
}

static void tell_all(struct fixture *fixture)
{
    struct buffer told = buffer_with_ceiling(1 << 20);

    for (size_t i = 0; i < fixture->faults.count; i++)
        tell(&told, &fixture->faults.faults[i]);
    for (size_t i = 0; i < fixture->plan.warning_count; i++)
        tell(&told, &fixture->plan.warnings[i]);
    fixture->told = buffer_take(&told);
}

/* The options are set before; the texts are those of `variables` and `secrets`
 * of a suite. */
static void load(struct fixture *fixture, const char *written,
                 const char *secrets)
{
    struct node of_written =
        make_node(&fixture->plan.arena, written, &fixture->written);
    struct node of_secrets =
        make_node(&fixture->plan.arena, secrets, &fixture->secrets);

    fixture->good = variables_load(&fixture->options, &fixture->plan,
                                   &fixture->variables, &fixture->faults);
    fixture->constants =
        variables_for_suite(&fixture->variables, &of_written, &of_secrets,
                            &fixture->suite, &fixture->faults);
    ck_assert_ptr_eq(fixture->constants, fixture->suite.constants);
    variables_finish(&fixture->variables);
    tell_all(fixture);
}

static void finish(struct fixture *fixture)
{
    json_decref(fixture->written);
    json_decref(fixture->secrets);
    json_decref(fixture->constants);
    faults_finish(&fixture->faults);
    arena_finish(&fixture->plan.arena);
    free(fixture->told);
    *fixture = (struct fixture){0};
}

static void expect_json(json_t *value, const char *wanted)
{
    struct buffer text = buffer_with_ceiling(10000);

    ck_assert_msg(value, "no value instead of %s", wanted);
    ck_assert(json_print(value, &text));
    ck_assert_str_eq(buffer_text(&text), wanted);
    buffer_finish(&text);
}

static void expect(struct fixture *fixture, const char *name,
                   const char *wanted)
{
    expect_json(json_object_get(fixture->constants, name), wanted);
}

/* A file that is gone when the fixture's test ends. */
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

        expect_json(value, rows[i].value);
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
    struct fixture fixture = {
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
    load(&fixture,
         "{\"a\": 0, \"c\": 0, \"d\": 0, \"e\": {\"f\": \"{{f}} {{b}}\"}}",
         "[]");
    unlink(first);
    unlink(second);
    ck_assert_str_eq(fixture.told, "");
    expect(&fixture, "a", "\"line\"");
    expect(&fixture, "b", "\"secret\"");
    expect(&fixture, "c", "{\"deep\":[1.0]}");
    expect(&fixture, "d", "4");
    expect(&fixture, "e", "{\"f\":\"second secret\"}");
    ck_assert_str_eq(json_string_value(json_object_get(
                         json_object_get(fixture.constants, "env"), "HOME")),
                     "/root");
    finish(&fixture);
}
END_TEST

START_TEST(suites_without_variables_share_one_object)
{
    char *environment[] = {(char[]){"HOME=/root"}, NULL};
    struct fixture fixture = {.options = {.environment = environment}};
    struct suite other = {0};
    json_t *shared;

    ck_assert(variables_load(&fixture.options, &fixture.plan,
                             &fixture.variables, &fixture.faults));
    fixture.constants = variables_for_suite(&fixture.variables, NULL, NULL,
                                            &fixture.suite, &fixture.faults);
    shared = variables_for_suite(&fixture.variables, NULL, NULL, &other,
                                 &fixture.faults);
    ck_assert_ptr_eq(shared, fixture.constants);
    json_decref(shared);
    variables_finish(&fixture.variables);
    finish(&fixture);
}
END_TEST

START_TEST(suite_variables_are_made_of_each_other_in_any_order)
{
    char *environment[] = {(char[]){"HOST=h"}, NULL};
    struct fixture fixture = {.options = {.environment = environment}};

    load(&fixture,
         "{\"url\": \"{{base}}/v{{api.version}}\", \"base\": "
         "\"http://{{host}}\", \"host\": \"{{env.HOST}}\","
         " \"api\": {\"version\": 2}, \"copy\": \"{{api}}\"}",
         "[]");
    ck_assert_str_eq(fixture.told, "");
    expect(&fixture, "url", "\"http://h/v2\"");
    expect(&fixture, "copy", "{\"version\":2}");
    finish(&fixture);
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
        struct fixture fixture = {0};

        load(&fixture, rows[i].written, "[]");
        ck_assert_str_eq(fixture.told, rows[i].told);
        finish(&fixture);
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
        struct fixture fixture = {0};

        load(&fixture, good, "[]");
        ck_assert_str_eq(fixture.told, "");
        expect(&fixture, "v0", "1");
        finish(&fixture);
        load(&fixture, bad, "[]");
        ck_assert_ptr_nonnull(strstr(
            fixture.told, "variables are made of variables more than 16 deep"));
        ck_assert_uint_eq(fixture.faults.total, 1);
        finish(&fixture);
        free(good);
        free(bad);
    }
}
END_TEST

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
    struct fixture fixture = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .variables = variables,
                    .variable_count = COUNT(variables)},
    };

    load(&fixture, "{\"one\": \"suite\", \"header\": \"Bearer {{three}}\"}",
         "[\"one\", \"three\"]");
    ck_assert_str_eq(fixture.told, "");
    expect(&fixture, "one", "\"from-line\"");
    expect(&fixture, "two", "\"from-environment\"");
    expect(&fixture, "three", "\"12345\"");
    expect(&fixture, "four", "\"from-line\"");
    expect(&fixture, "header", "\"Bearer 12345\"");
    ck_assert_uint_eq(fixture.suite.secret_count, 3);
    ck_assert_str_eq(fixture.suite.secrets[0], "from-line");
    ck_assert_str_eq(fixture.suite.secrets[1], "from-environment");
    ck_assert_str_eq(fixture.suite.secrets[2], "12345");
    finish(&fixture);
}
END_TEST

START_TEST(secrets_without_a_value_are_told_and_short_ones_warned_of)
{
    char *environment[] = {(char[]){"none="}, (char[]){"pin=äöü"}, NULL};
    static const struct definition secrets[] = {
        {"gone", NULL}, {"void", ""}, {"key", "abc"}, {"a b", "long enough"}};
    struct fixture fixture = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets)},
    };

    load(&fixture, "{\"use\": \"{{missing}}\"}",
         "[\"missing\", \"none\",\n \"pin\", \"key\"]");
    ck_assert(!fixture.good);
    ck_assert_str_eq(
        fixture.told,
        " --secret gone: it has no value: write --secret NAME=VALUE, or set an "
        "environment variable of that name\n"
        " --secret void: its value is empty\n"
        " --secret a b: a variable's name is made of letters, digits, \"_\" "
        "and \"-\" and does not begin with a digit or \"-\"\n"
        "s.json:1:2: secret \"missing\": it has no value: write --secret "
        "NAME=VALUE, or set an environment variable of that name\n"
        "s.json:1:13: secret \"none\": its value is empty\n"
        " the secret \"key\" has fewer than 4 characters: whatever looks like "
        "it will be hidden too\n"
        "s.json:2:2: the secret \"pin\" has fewer than 4 characters: whatever "
        "looks like it will be hidden too\n");
    finish(&fixture);
}
END_TEST

START_TEST(secrets_may_be_missing_where_nothing_is_sent)
{
    char *environment[] = {(char[]){"none="}, NULL};
    static const struct definition secrets[] = {{"gone", NULL}};
    struct fixture fixture = {
        .options = {.environment = environment,
                    .secrets = secrets,
                    .secret_count = COUNT(secrets),
                    .secrets_may_be_missing = true},
    };

    load(&fixture, "{\"use\": \"<{{missing}}{{none}}{{gone}}>\"}",
         "[\"missing\", \"none\"]");
    ck_assert(fixture.good);
    ck_assert_uint_eq(fixture.faults.total, 0);
    ck_assert_uint_eq(fixture.plan.warning_count, 3);
    ck_assert_str_eq(
        fixture.told,
        " --secret gone: it has no value: write --secret NAME=VALUE, or set an "
        "environment variable of that name\n"
        "s.json:1:2: secret \"missing\": it has no value: write --secret "
        "NAME=VALUE, or set an environment variable of that name\n"
        "s.json:1:13: secret \"none\": its value is empty\n");
    expect(&fixture, "use", "\"<>\"");
    ck_assert_uint_eq(fixture.suite.secret_count, 0);
    finish(&fixture);
}
END_TEST

START_TEST(definitions_that_cannot_be_used_are_told)
{
    static const struct definition variables[] = {
        {"1a", "x"}, {"env", "x"}, {"bytes", "\xff"}, {"unknown", "fine"}};
    struct fixture fixture = {
        .options = {.variables = variables, .variable_count = COUNT(variables)},
    };

    load(&fixture, "{}", "[]");
    ck_assert(!fixture.good);
    ck_assert_str_eq(
        fixture.told,
        " --var 1a: a variable's name is made of letters, digits, \"_\" and "
        "\"-\" and does not begin with a digit or \"-\"\n"
        " --var env: \"env\" is the environment, as in {{env.HOME}}; this "
        "variable needs another name\n"
        " --var bytes: its value is not UTF-8\n");
    finish(&fixture);
}
END_TEST

START_TEST(a_missing_file_of_variables_is_told)
{
    static const char *const files[] = {"/nonexistent/vars", "/tmp"};
    struct fixture fixture = {
        .options = {.files = files, .file_count = COUNT(files)},
    };

    ck_assert(!variables_load(&fixture.options, &fixture.plan,
                              &fixture.variables, &fixture.faults));
    tell_all(&fixture);
    ck_assert_str_eq(fixture.told,
                     "/nonexistent/vars: the variables cannot be read: No such "
                     "file or directory\n"
                     "/tmp: the variables cannot be read: Is a directory\n");
    variables_finish(&fixture.variables);
    finish(&fixture);
}
END_TEST

/* What is told of one --vars file, after its path. */
static void expect_told(const char *text, size_t length, const char *wanted)
{
    char path[] = "/tmp/volley-vars-XXXXXX";
    const char *files[] = {path};
    struct fixture fixture = {.options = {.files = files, .file_count = 1}};
    const char *told;

    write_file(path, text, length);
    load(&fixture, "{}", "[]");
    unlink(path);
    ck_assert(fixture.good);
    told = fixture.told;
    if (strncmp(told, path, strlen(path)) == 0)
        told += strlen(path);
    ck_assert_msg(strncmp(told, wanted, strlen(wanted)) == 0,
                  "%s\ninstead of %s", told, wanted);
    ck_assert_msg(*wanted || !*told, "%s", told);
    finish(&fixture);
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

START_TEST(reads_dotenv_lines)
{
    static const char text[] =
        "\xef\xbb\xbf# a comment\r\n"
        "\n"
        "  PLAIN=word\r\n"
        "export EXPORTED = two words  # comment\n"
        "exported=x\n"
        "HASH=a#b #c\n"
        "NUMBER=12\n"
        "TEXT='12'\n"
        "EMPTY=\n"
        "ONLY=# nothing\n"
        "SINGLE='a \"b\" \\n # c' # d\n"
        "DOUBLE=\"tab\\tline\\nquote\\\" back\\\\ \\r #\"\n"
        "LINES=\"one\ntwo\"\n"
        "BLANKS=\" x \"\n"
        "AGAIN=1\nAGAIN=2\n"
        "URL=https://h/p?a=b&c=d\n"
        "LAST=end";
    struct arena arena = {0};
    struct faults faults = {0};
    const struct source *source = source_new(&arena, "f", text, strlen(text));
    json_auto_t *values = dotenv_read(source, &faults);

    ck_assert_msg(!faults.total, "%s",
                  faults.total ? faults.faults[0].text : "");
    expect_json(values,
                "{\"PLAIN\":\"word\",\"EXPORTED\":\"two words\","
                "\"exported\":\"x\",\"HASH\":\"a#b\",\"NUMBER\":12,"
                "\"TEXT\":\"12\",\"EMPTY\":\"\",\"ONLY\":\"\","
                "\"SINGLE\":\"a \\\"b\\\" \\\\n # c\","
                "\"DOUBLE\":\"tab\\tline\\nquote\\\" back\\\\ \\r #\","
                "\"LINES\":\"one\\ntwo\",\"BLANKS\":\" x \",\"AGAIN\":2,"
                "\"URL\":\"https://h/p?a=b&c=d\",\"LAST\":\"end\"}");
    arena_finish(&arena);
}
END_TEST

START_TEST(every_mistake_in_dotenv_lines_is_told)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *said;
    } rows[] = {
        {"word", 1, 1, "a line must be NAME=value here"},
        {"a=1\nb c=2", 2, 1, "a line must be NAME=value here"},
        {"1=2", 1, 1, NULL},
        {"=2", 1, 1, NULL},
        {"a=\"x", 1, 3, "this quote is never closed"},
        {"a=1\n\nb='x\ny\n", 3, 3, "this quote is never closed"},
        {"a=\"\\q\"", 1, 4,
         "no such escape; known are \\n, \\r, \\t, \\\" and \\\\"},
        {"a=\"\\", 1, 4,
         "no such escape; known are \\n, \\r, \\t, \\\" and \\\\"},
        {"a=\"x\" y", 1, 7,
         "behind the closing quote only a comment may stand"},
        {"export", 1, 1, "a line must be NAME=value here"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct faults faults = {0};
        const struct source *source =
            source_new(&arena, "f", rows[i].text, strlen(rows[i].text));
        json_auto_t *values = dotenv_read(source, &faults);

        ck_assert(json_is_object(values));
        ck_assert_msg(faults.total == 1, "%s", rows[i].text);
        ck_assert_uint_eq(faults.faults[0].at.line, rows[i].line);
        ck_assert_msg(faults.faults[0].at.column == rows[i].column, "%s: %u",
                      rows[i].text, faults.faults[0].at.column);
        if (rows[i].said)
            ck_assert_str_eq(faults.faults[0].text, rows[i].said);
        faults_finish(&faults);
        arena_finish(&arena);
    }
}
END_TEST

UNIT("variables", text_is_a_value_only_in_its_shortest_form,
     the_documented_rank_decides, suites_without_variables_share_one_object,
     suite_variables_are_made_of_each_other_in_any_order,
     mistakes_in_suite_variables_are_told_in_their_place,
     variables_are_made_of_variables_to_a_limit,
     secrets_come_from_the_command_line_or_the_environment,
     secrets_without_a_value_are_told_and_short_ones_warned_of,
     secrets_may_be_missing_where_nothing_is_sent,
     definitions_that_cannot_be_used_are_told,
     a_missing_file_of_variables_is_told,
     mistakes_in_files_of_variables_are_told_in_their_place, reads_dotenv_lines,
     every_mistake_in_dotenv_lines_is_told)
