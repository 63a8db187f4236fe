#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "runner/cli/read.h"
#include "runner/cli/status.h"

enum { WORDS_MOST = 32, VARIABLES_MOST = 16, TEXT_MOST = 2048 };

/* A command line of words with one blank between them. */
struct line {
    char text[256];
    char *words[WORDS_MOST];
    int count;
};

static void split_line(struct line *line, const char *text)
{
    char *rest = line->text;

    ck_assert_uint_lt(strlen(text), sizeof(line->text));
    snprintf(line->text, sizeof(line->text), "%s", text);
    line->count = 0;
    while (rest)
        line->words[line->count++] = strsep(&rest, " ");
    line->words[line->count] = NULL;
}

static enum taker taker_of(const char *word)
{
    static const struct {
        const char *name;
        enum taker taker;
    } rows[] = {{"run", FOR_RUN},
                {"compare", FOR_COMPARE},
                {"check", FOR_CHECK},
                {"list", FOR_LIST},
                {"volley", FOR_TOP}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].name, word) == 0)
            return rows[i].taker;
    }
    ck_abort_msg("no command %s in this test", word);
    return FOR_TOP;
}

/* As a program finds it; one at a time. */
static char **make_environment(const char *const *variables)
{
    static char texts[VARIABLES_MOST][64];
    static char *environment[VARIABLES_MOST + 1];
    size_t count = 0;

    for (; variables && variables[count]; count++) {
        ck_assert_uint_lt(count, VARIABLES_MOST);
        snprintf(texts[count], sizeof(texts[count]), "%s", variables[count]);
        environment[count] = texts[count];
    }
    environment[count] = NULL;
    return environment;
}

static bool read_line(const char *text, const char *const *variables,
                      struct settings *settings, struct fault *fault)
{
    static struct line line; /* the settings borrow it */
    struct invocation invocation;

    split_line(&line, text);
    invocation = (struct invocation){taker_of(line.words[0]), line.count,
                                     line.words, make_environment(variables)};
    return settings_read(&invocation, settings, fault);
}

static void describe_lists(const struct settings *settings, struct buffer *out)
{
    const struct suite_settings *suites = &settings->suites;
    bool added = true;

    for (size_t i = 0; i < suites->variables.count; i++)
        added &= buffer_print(out, " var:%s=%s", suites->variables.list[i].name,
                              suites->variables.list[i].value);
    for (size_t i = 0; i < suites->secrets.count; i++) {
        const struct definition *secret = &suites->secrets.list[i];

        added &= buffer_print(out, " secret:%s=%s", secret->name,
                              secret->value ? secret->value : "(env)");
    }
    for (size_t i = 0; i < suites->files.count; i++)
        added &= buffer_print(out, " vars:%s", suites->files.list[i]);
    if (suites->data)
        added &= buffer_print(out, " data:%s", suites->data);
    for (size_t i = 0; i < settings->reports.count; i++) {
        added &=
            buffer_print(out, " report:%s=%s", settings->reports.list[i].kind,
                         settings->reports.list[i].path);
    }
    for (size_t i = 0; i < suites->paths.count; i++)
        added &= buffer_print(out, " %s", suites->paths.list[i]);
    ck_assert(added);
}

static void describe_strategies(const struct settings *settings,
                                struct buffer *out)
{
    const struct name_list *names = &settings->compare.strategies;

    for (size_t i = 0; i < names->count; i++)
        ck_assert(buffer_print(out, "%s%s", i ? "," : " of:", names->list[i]));
}

/* What a command line means, as one line of text. */
static void describe(const struct settings *settings, struct buffer *out)
{
    const struct run_limits *limits = &settings->limits;
    const struct report_options *telling = &settings->telling;

    ck_assert(buffer_print(
        out, "%s j%zu h%zu b%zu t%lld c%lld m%llu%s", settings->transport,
        limits->jobs, limits->per_host, limits->bail,
        (long long)(limits->timeout_ns / NS_PER_MS),
        (long long)(limits->connect_timeout_ns / NS_PER_MS),
        (unsigned long long)limits->body_most, limits->insecure ? " -k" : ""));
    ck_assert(buffer_print(
        out, " v%d c%d s%zu%s%s%s r%zu w%zu", telling->verbosity,
        (int)telling->color, telling->slowest,
        telling->strict_junit ? " strict" : "",
        settings->format == FORMAT_JSON ? " json" : "",
        settings->allow_empty ? " e" : "", settings->compare.run_count,
        settings->compare.warmup_count));
    describe_strategies(settings, out);
    describe_lists(settings, out);
}

#define NET  "t30000 c10000 m67108864"
#define TOLD "v0 c0 s1 r5 w1 of:serial,session,async"

static const struct {
    const char *line, *meaning;
} meanings[] = {
    {"run a", "async j64 h64 b0 " NET " " TOLD " a"},
    {"run", "async j64 h64 b0 " NET " " TOLD},
    {"run a -j 3 b", "async j3 h3 b0 " NET " " TOLD " a b"},
    {"run -j3 -- -k", "async j3 h3 b0 " NET " " TOLD " -k"},
    {"run --jobs=4096 --max-per-host 2 -",
     "async j4096 h2 b0 " NET " " TOLD " -"},
    {"run --serial x", "serial j64 h64 b0 " NET " " TOLD " x"},
    {"run -x x", "async j64 h64 b1 " NET " " TOLD " x"},
    {"run -x2 x", "async j64 h64 b2 " NET " " TOLD " x"},
    {"run -x=2 x", "async j64 h64 b2 " NET " " TOLD " x"},
    {"run x 2 -x", "async j64 h64 b1 " NET " " TOLD " x 2"},
    {"run -x 2y", "async j64 h64 b1 " NET " " TOLD " 2y"},
    {"run -x -- 2", "async j64 h64 b1 " NET " " TOLD " 2"},
    {"run --bail x", "async j64 h64 b1 " NET " " TOLD " x"},
    {"run --bail=7 x", "async j64 h64 b7 " NET " " TOLD " x"},
    {"run --timeout 2m --connect-timeout 250ms --max-body 1kB -k",
     "async j64 h64 b0 t120000 c250 m1000 -k " TOLD},
    {"run -v",
     "async j64 h64 b0 " NET " v1 c0 s1 r5 w1 of:serial,session,async"},
    {"run -vvv",
     "async j64 h64 b0 " NET " v2 c0 s1 r5 w1 of:serial,session,async"},
    {"run -q --color never --slowest 0 --junit-dialect strict "
     "--allow-empty",
     "async j64 h64 b0 " NET
     " v-1 c2 s0 strict e r5 w1 of:serial,session,async"},
    {"run -q -v",
     "async j64 h64 b0 " NET " v1 c0 s1 r5 w1 of:serial,session,async"},
    {"run --var a=1 --var b= --var c=d=e",
     "async j64 h64 b0 " NET " " TOLD " var:a=1 var:b= var:c=d=e"},
    {"run --secret s --secret t=u=v --vars f --vars g",
     "async j64 h64 b0 " NET " " TOLD
     " secret:s=(env) secret:t=u=v vars:f vars:g"},
    {"check --data rows.csv x",
     "async j64 h64 b0 " NET " " TOLD " data:rows.csv x"},
    {"run --report junit=a=b.xml --report log=c x",
     "async j64 h64 b0 " NET " " TOLD " report:junit=a=b.xml "
     "report:log=c x"},
    {"compare --runs 3 --warmup 0 --strategies async,serial x",
     "async j64 h64 b0 " NET " v0 c0 s1 r3 w0 of:async,serial x"},
    {"list --format json x",
     "async j64 h64 b0 " NET " v0 c0 s1 json r5 w1 of:serial,session,async x"},
};

START_TEST(command_lines_become_settings)
{
    for (size_t i = 0; i < COUNT(meanings); i++) {
        CLEANUP(buffer_finish)
        struct buffer said = buffer_with_ceiling(TEXT_MOST);
        CLEANUP(settings_finish) struct settings settings = {0};
        struct fault fault = {0};

        ck_assert_msg(read_line(meanings[i].line, NULL, &settings, &fault),
                      "%s: %s", meanings[i].line, fault.text);
        describe(&settings, &said);
        ck_assert_msg(strcmp(buffer_text(&said), meanings[i].meaning) == 0,
                      "%s\n  is  %s\n  not %s", meanings[i].line,
                      buffer_text(&said), meanings[i].meaning);
    }
}
END_TEST

static const struct {
    const char *line, *said;
} mistakes[] = {
    {"run --jbos 4", "unknown option --jbos; did you mean --jobs?"},
    {"run --nothing-like-it=4", "unknown option --nothing-like-it"},
    {"run --max 4", "several options begin with --max; write it out"},
    {"run -Z", "unknown option -Z"},
    {"run --jobs", "--jobs needs a value: --jobs N"},
    {"run -j", "-j needs a value: -j N"},
    {"run --insecure=1", "--insecure takes no value"},
    {"run --runs 4", "run does not take --runs; compare does"},
    {"run --strategies=x", "run does not take --strategies; compare does"},
    {"list --strict", "list does not take --strict; check does"},
    {"list --version", "list does not take --version"},
    {"compare --bail", "compare does not take --bail; run does"},
    {"compare -x", "compare does not take -x; run does"},
    {"volley --jobs=4 run",
     "--jobs comes after the command, as in \"volley run --jobs\""},
    {"run --jobs 0", "--jobs: \"0\" is not a number from 1 to 4096"},
    {"run -j 4097", "-j: \"4097\" is not a number from 1 to 4096"},
    {"run -j 4x", "-j: \"4x\" is not a number from 1 to 4096"},
    {"run -j -4", "-j: \"-4\" is not a number from 1 to 4096"},
    {"run --max-per-host 4097",
     "--max-per-host: \"4097\" is not a number from 1 to 4096"},
    {"run --bail=0", "--bail: \"0\" is not a number from 1 to 10000000"},
    {"run --slowest 1001",
     "--slowest: \"1001\" is not a number from 0 to 1000"},
    {"compare --runs 10001",
     "--runs: \"10001\" is not a number from 1 to 10000"},
    {"compare --runs 0", "--runs: \"0\" is not a number from 1 to 10000"},
    {"compare --warmup 10001",
     "--warmup: \"10001\" is not a number from 0 to 10000"},
    {"run --timeout 0", "--timeout: \"0\" is not a duration above zero, "
                        "such as \"500ms\" or \"30s\""},
    {"run --connect-timeout soon",
     "--connect-timeout: \"soon\" is not a duration above zero, such as "
     "\"500ms\" or \"30s\""},
    {"run --max-body 0", "--max-body: \"0\" is not a size above zero, such "
                         "as \"500kB\" or \"64MiB\""},
    {"run --max-body 18446744073709551615",
     "--max-body: \"18446744073709551615\" is not a size above zero, such "
     "as \"500kB\" or \"64MiB\""},
    {"run --cacert /no/such/file",
     "--cacert: \"/no/such/file\" cannot be read"},
    {"run --file-root /etc/passwd",
     "--file-root: there is no folder \"/etc/passwd\""},
    {"run --var a", "--var: \"a\" is not NAME=VALUE"},
    {"run --var =a", "--var: \"=a\" has no name; write NAME=VALUE"},
    {"run --var=", "--var: the value is empty"},
    {"run --jobs=", "--jobs: the value is empty"},
    {"run -x=", "-x: the value is empty"},
    {"run --data=", "--data: the value is empty"},
    {"run --file-root=", "--file-root: the value is empty"},
    {"run --bail 2 x",
     "2: no such file or folder; for so many failures write --bail=2"},
    {"run x -x 10",
     "10: no such file or folder; for so many failures write --bail=10"},
    {"run --shuffle 7 x",
     "7: no such file or folder; for this seed write --shuffle=7"},
    {"run --last-failed run.jsonl x",
     "run.jsonl: a log is no suite; for what failed in it write "
     "--last-failed=run.jsonl"},
    {"run  x", "a path is empty"},
    {"list ", "a path is empty"},
    {"run --secret =a", "--secret: a name must come first"},
    {"run --secret a=", "--secret: the value of \"a\" is empty"},
    {"run --vars=", "--vars: the value is empty"},
    {"run --report junit", "--report: \"junit\" is not KIND=PATH"},
    {"run --report junit=", "--report: \"junit=\" has no path"},
    {"run --report junot=a",
     "--report: \"junot\" is unknown; did you mean \"junit\"?"},
    {"run --report junit=a --report log=a", "--report: two reports for \"a\""},
    {"run --color sometimes",
     "--color: \"sometimes\" is not one of auto, always, never"},
    {"run --junit-dialect strickt",
     "--junit-dialect: \"strickt\" is unknown; did you mean \"strict\"?"},
    {"list --format xml",
     "--format: \"xml\" is not one of text, json, mermaid"},
    {"compare --strategies serial,serail",
     "--strategies: \"serail\" is unknown; did you mean \"serial\"?"},
    {"compare --strategies serial,serial",
     "--strategies: \"serial\" is named twice"},
};

START_TEST(wrong_usage_is_explained)
{
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        CLEANUP(settings_finish) struct settings settings = {0};
        struct fault fault = {0};

        ck_assert_msg(!read_line(mistakes[i].line, NULL, &settings, &fault),
                      "%s", mistakes[i].line);
        ck_assert_msg(strcmp(fault.text, mistakes[i].said) == 0,
                      "%s\n  said %s\n  not  %s", mistakes[i].line, fault.text,
                      mistakes[i].said);
    }
}
END_TEST

START_TEST(the_environment_ranks_below_the_command_line)
{
    static const char *const variables[] = {
        "VOLLEY_JOBS=7",
        "VOLLEY_MAX_PER_HOST=5",
        "VOLLEY_INSECURE=yes",
        "VOLLEY_SERIAL=0",
        "VOLLEY_BAIL=3",
        "VOLLEY_VERBOSE=2",
        "VOLLEY_VAR=a=1\nb=2",
        "VOLLEY_VAR_c=3",
        "VOLLEY_REPORT=junit=x.xml\n\nlog=y",
        "VOLLEY_TIMEOUT=",
        "VOLLEY_RUNS=nonsense for another command",
        NULL};
    CLEANUP(buffer_finish) struct buffer said = buffer_with_ceiling(TEXT_MOST);
    CLEANUP(settings_finish) struct settings settings = {0};
    struct fault fault = {0};

    ck_assert_msg(
        read_line("run -j 9 --var a=4 p", variables, &settings, &fault), "%s",
        fault.text);
    describe(&settings, &said);
    ck_assert_str_eq(
        buffer_text(&said),
        "async j9 h5 b3 " NET " -k v2 c0 s1 r5 w1 of:serial,session,async "
        "var:a=1 var:b=2 var:a=4 report:junit=x.xml report:log=y p");
}
END_TEST

START_TEST(wrong_variables_are_told_by_their_name)
{
    static const struct {
        const char *variable;
        const char *said;
    } rows[] = {
        {"VOLLEY_JOBS=many",
         "VOLLEY_JOBS: \"many\" is not a number from 1 to 4096"},
        {"VOLLEY_INSECURE=perhaps",
         "VOLLEY_INSECURE: \"perhaps\" is not one of 1, yes, true, on, 0, no, "
         "false, off"},
        {"VOLLEY_VERBOSE=3",
         "VOLLEY_VERBOSE: \"3\" is not one of 1, yes, true, "
         "on, 0, no, false, off, 2"},
        {"VOLLEY_MAX_BODY=big", "VOLLEY_MAX_BODY: \"big\" is not a size above "
                                "zero, such as \"500kB\" or \"64MiB\""},
        {"VOLLEY_VAR=a", "VOLLEY_VAR: \"a\" is not NAME=VALUE"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const variables[] = {rows[i].variable, NULL};
        CLEANUP(settings_finish) struct settings settings = {0};
        struct fault fault = {0};

        ck_assert(!read_line("run p", variables, &settings, &fault));
        ck_assert_str_eq(fault.text, rows[i].said);
    }
}
END_TEST

START_TEST(every_option_can_be_read_and_told)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        size_t help_length = strlen(rows[i].help);

        ck_assert_msg(help_length && rows[i].help[help_length - 1] == '.', "%s",
                      rows[i].name);
        ck_assert_msg(i == 0 || rows[i - 1].group <= rows[i].group, "%s",
                      rows[i].name);
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(rows[i].name, rows[j].name);
            ck_assert_msg(!rows[i].letter || rows[i].letter != rows[j].letter,
                          "%s and %s", rows[i].name, rows[j].name);
        }
    }
}
END_TEST

START_TEST(names_of_variables_follow_names_of_options)
{
    const struct option_row row = {.name = "max-per-host"};
    char text[OPTION_VARIABLE_MOST];

    ck_assert_str_eq(option_variable(&row, text), "VOLLEY_MAX_PER_HOST");
}
END_TEST

START_TEST(the_strongest_status_wins)
{
    static const enum status strongest_first[] = {70, 130, 143, 2, 3, 7,
                                                  4,  1,   6,   5, 0};

    for (size_t i = 0; i < COUNT(strongest_first); i++) {
        for (size_t j = i; j < COUNT(strongest_first); j++) {
            enum status a = strongest_first[i], b = strongest_first[j];

            ck_assert_int_eq(status_stronger(a, b), a);
            ck_assert_int_eq(status_stronger(b, a), a);
        }
    }
}
END_TEST

START_TEST(signals_have_a_status)
{
    ck_assert_int_eq(status_of_signal(0), 0);
    ck_assert_int_eq(status_of_signal(SIGINT), 130);
    ck_assert_int_eq(status_of_signal(SIGTERM), 143);
}
END_TEST

UNIT("options", command_lines_become_settings, wrong_usage_is_explained,
     the_environment_ranks_below_the_command_line,
     wrong_variables_are_told_by_their_name, every_option_can_be_read_and_told,
     names_of_variables_follow_names_of_options, the_strongest_status_wins,
     signals_have_a_status)
