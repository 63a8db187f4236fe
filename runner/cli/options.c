#include "runner/cli/options.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    FOR_REQUESTS = FOR_RUN | FOR_COMPARE,
    FOR_ALL =
        FOR_TOP | FOR_PATHS | FOR_NEW | FOR_SCHEMA | FOR_COMPLETION | FOR_HELP,
};

static const struct option_help verbose_helps[] = {
    {FOR_RUN, "Tells each test, and what is worth a warning in the suites; "
              "twice: each request, too."},
    {FOR_CHECK, "Tells what each test waits for."},
    {FOR_LIST, "Tells which files of the folders were passed over, too."},
    {0, NULL},
};

static const struct option_help format_helps[] = {
    {FOR_PLAN, "text, json or mermaid, a flowchart."},
    {0, NULL},
};

/* In the order of --help: by group. */
static const struct option_row rows[] = {
    {.name = "var",
     .argument = "NAME=VALUE",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .repeats = true,
     .set = set_variable,
     .help = "Sets a variable: numbers, true, false and null as JSON has "
             "them, \"...\" and all else as text; may be given several "
             "times. The environment variable VOLLEY_VAR_name does the same, "
             "with a lower rank."},
    {.name = "vars",
     .argument = "FILE",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .repeats = true,
     .set = set_variable_file,
     .completion = COMPLETE_FILE,
     .help = "Sets variables from a file: a JSON object, or dotenv lines with "
             "values as above; may be given several times."},
    {.name = "secret",
     .argument = "NAME[=VALUE]",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .repeats = true,
     .set = set_secret,
     .help = "Sets a variable, always a text, whose value no output shows; "
             "without VALUE it is taken from the environment variable of this "
             "very name."},
    {.name = "secrets-file",
     .argument = "FILE",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .repeats = true,
     .set = set_secret_file,
     .completion = COMPLETE_FILE,
     .help = "Sets secrets from a file like those of --vars: each name in it "
             "is a secret; may be given several times."},
    {.name = "env",
     .letter = 'e',
     .argument = "NAME",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .is_early = true,
     .set = set_environment,
     .help = "Takes the variables, options and secrets of this environment of "
             "the project file."},
    {.name = "project",
     .argument = "FILE",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .is_early = true,
     .set = set_project,
     .completion = COMPLETE_FILE,
     .help = "The project file; none: there is none. Unless given: the nearest "
             "volley.json in the working directory or above it."},
    {.name = "data",
     .argument = "FILE",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .set = set_data,
     .completion = COMPLETE_FILE,
     .help = "Makes each test that has no \"each\" once for every row of this "
             "file, .csv, .json or .ndjson, or of the standard input, which is "
             "\"-\". The fields of a row are variables, and rank highest."},
    {.name = "file-root",
     .argument = "DIR",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .set = set_file_root,
     .completion = COMPLETE_FOLDER,
     .help = "No suite reads a file outside of this folder. Unless given: the "
             "nearest folder above the suite with volley.json or .git, else "
             "the suite's own."},
    {.name = "seed",
     .argument = "N",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .set = set_seed,
     .help =
         "What is random is the same with the same number here: the values "
         "of {{uuid()}}, {{random_int(1, 6)}}, {{random_string(8)}}. Unless "
         "given: a number by chance, which every report tells."},
    {.name = "allow-empty",
     .takers = FOR_RUN | FOR_CHECK | FOR_LIST | FOR_PLAN,
     .group = GROUP_INPUT,
     .set = set_allow_empty,
     .help = "Exits with 0 where there is no test, or nothing was checked."},

    {.name = "tag",
     .letter = 't',
     .argument = "EXPR",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .repeats = true,
     .set = set_tag,
     .help = "Takes the tests of whose tags this is true: tags joined by and, "
             "or, not and parentheses, as in \"smoke and not slow\"; a tag "
             "with blanks in double quotes; given several times, all must "
             "be true."},
    {.name = "grep",
     .letter = 'g',
     .argument = "REGEX",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .repeats = true,
     .set = set_grep,
     .help = "Takes the tests in whose name this pattern (PCRE2) is found; "
             "given several times, one of them."},
    {.name = "grep-invert",
     .letter = 'G',
     .argument = "REGEX",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .repeats = true,
     .set = set_grep_invert,
     .help = "Leaves out the tests in whose name this pattern is found; may "
             "be given several times."},
    {.name = "id",
     .argument = "ID",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .repeats = true,
     .set = set_id,
     .help = "Takes the tests of this id, set-up and teardown too; may be "
             "given several times."},
    {.name = "last-failed",
     .argument = "[=LOG]",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .set = set_last_failed,
     .completion = COMPLETE_FILE,
     .help = "Takes the tests that failed when they ran last, or in the run "
             "of this log, and those that were skipped because of them."},
    {.name = "failed-first",
     .takers = FOR_RUN | FOR_COMPARE,
     .group = GROUP_CHOICE,
     .set = set_failed_first,
     .help = "Begins with what failed when it ran last, and what that needs."},
    {.name = "allow-only",
     .takers = FOR_PATHS,
     .group = GROUP_CHOICE,
     .set = set_allow_only,
     .help = "Permits \"only\" in suites where the environment variable CI is "
             "set."},

    {.name = "jobs",
     .letter = 'j',
     .argument = "N",
     .standard = "64",
     .takers = FOR_REQUESTS,
     .group = GROUP_ORDER,
     .set = set_jobs,
     .help = "How many requests are in flight at most."},
    {.name = "max-per-host",
     .argument = "N",
     .takers = FOR_REQUESTS,
     .group = GROUP_ORDER,
     .set = set_per_host,
     .help = "How many requests are in flight to one host at most. Unless "
             "given: as many as --jobs."},
    {.name = "serial",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_serial,
     .help = "One request at a time, each on a new connection, whatever "
             "--jobs says."},
    {.name = "bail",
     .letter = 'x',
     .argument = "[=N]",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_bail,
     .help = "Starts nothing new after N failed tests, one unless given. "
             "Teardown still runs."},

    {.name = "rate",
     .argument = "N/s",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_rate,
     .help = "How many requests are sent in a second (or N/m, N/h) at most, "
             "at even intervals."},
    {.name = "shuffle",
     .argument = "[=SEED]",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_shuffle,
     .help = "Takes what is ready in random order, not the longest chain "
             "first; with a seed, in the order that it had with that one."},
    {.name = "repeat",
     .argument = "N",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_repeat,
     .help = "Runs everything N times, one round after the other."},
    {.name = "until-fail",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_until_fail,
     .help = "Runs everything again until a test fails, --repeat times at "
             "most."},
    {.name = "repeat-for",
     .argument = "DURATION",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_repeat_for,
     .help = "Runs everything again; no round begins when this time is over."},
    {.name = "replay",
     .argument = "LOG",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_replay,
     .completion = COMPLETE_FILE,
     .help = "Sends the requests of the run that wrote this log in the order "
             "in which it sent them, each when the same ones had been "
             "answered. Takes --jobs and --seed of that run unless given."},
    {.name = "retries",
     .argument = "N",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_retries,
     .help = "Tries a test that does not pass N times more where it has no "
             "\"retry\" of its own."},
    {.name = "flaky-result",
     .argument = "WORD",
     .standard = "pass",
     .takers = FOR_RUN,
     .group = GROUP_ORDER,
     .set = set_flaky_result,
     .completion = COMPLETE_WORDS,
     .words = flaky_words,
     .help = "What a run is in which tests passed only when they were tried "
             "again: pass, or fail with exit status 6."},

    {.name = "timeout",
     .argument = "DURATION",
     .standard = "30s",
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_timeout,
     .help = "How long a request may take, up to the last byte of its answer, "
             "where the suite does not say."},
    {.name = "connect-timeout",
     .argument = "DURATION",
     .standard = "10s",
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_connect_timeout,
     .help = "How long a connection may take to open, TLS included, where the "
             "suite does not say."},
    {.name = "test-timeout",
     .argument = "DURATION",
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_test_timeout,
     .help = "How long a test may take, retries and polls included, where it "
             "does not say. Unless given: as long as it takes."},
    {.name = "run-timeout",
     .argument = "DURATION",
     .takers = FOR_RUN,
     .group = GROUP_NETWORK,
     .set = set_run_timeout,
     .help = "How long the run may take. Then nothing more begins but "
             "teardown, and the exit status is 4."},
    {.name = "insecure",
     .letter = 'k',
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_insecure,
     .help = "Takes any certificate. Every report says so."},
    {.name = "cacert",
     .argument = "FILE",
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_ca_path,
     .completion = COMPLETE_FILE,
     .help = "Trusts the certificates of this PEM file instead of the "
             "system's."},
    {.name = "max-body",
     .argument = "SIZE",
     .standard = "64MiB",
     .takers = FOR_REQUESTS,
     .group = GROUP_NETWORK,
     .set = set_body_most,
     .help = "How large an answer's decoded body may be that has to be held "
             "in memory."},

    {.name = "runs",
     .argument = "N",
     .standard = "5",
     .takers = FOR_COMPARE,
     .group = GROUP_COMPARISON,
     .set = set_runs,
     .help = "How many times each strategy is measured."},
    {.name = "warmup",
     .argument = "N",
     .standard = "1",
     .takers = FOR_COMPARE,
     .group = GROUP_COMPARISON,
     .set = set_warmup,
     .help = "How many runs of each strategy come first and are not measured."},
    {.name = "strategies",
     .argument = "LIST",
     .standard = "serial,session,async",
     .takers = FOR_COMPARE,
     .group = GROUP_COMPARISON,
     .set = set_strategies,
     .completion = COMPLETE_WORDS,
     .words = strategy_words,
     .help = "The strategies to compare, with commas between them. Speed-ups "
             "are told against the first."},

    {.name = "report",
     .argument = "KIND=PATH",
     .takers = FOR_REQUESTS,
     .group = GROUP_OUTPUT,
     .repeats = true,
     .set = set_report,
     .completion = COMPLETE_REPORT,
     .words = report_words,
     .help = "Writes a report, junit or log, and makes folders that are "
             "missing; may be given several times. The path \"-\" is stdout "
             "and silences the console."},
    {.name = "junit-dialect",
     .argument = "NAME",
     .standard = "default",
     .takers = FOR_REQUESTS,
     .group = GROUP_OUTPUT,
     .set = set_junit_dialect,
     .completion = COMPLETE_WORDS,
     .words = dialect_words,
     .help = "default, or strict: for the strictest readers of JUnit."},
    {.name = "format",
     .is_early = true,
     .argument = "NAME",
     .standard = "text",
     .takers = FOR_CHECK | FOR_LIST | FOR_PLAN,
     .group = GROUP_OUTPUT,
     .set = set_format,
     .completion = COMPLETE_WORDS,
     .words = format_words,
     .help = "text or json.",
     .helps = format_helps},
    {.name = "strict",
     .takers = FOR_CHECK,
     .group = GROUP_OUTPUT,
     .set = set_strict,
     .help = "Exits with 3 where there is a warning, as for a mistake."},
    {.name = "quiet",
     .letter = 'q',
     .takers = FOR_RUN,
     .group = GROUP_OUTPUT,
     .set = set_quiet,
     .help = "Tells only what went wrong."},
    {.name = "origin",
     .takers = FOR_CHECK,
     .group = GROUP_OUTPUT,
     .is_early = true,
     .set = set_origin,
     .help = "Tells the value of each option that was set and of each "
             "variable, and where it comes from; with -v, of all options."},
    {.name = "verbose",
     .letter = 'v',
     .counts = true,
     .takers = FOR_TOP | FOR_RUN | FOR_CHECK | FOR_LIST,
     .group = GROUP_OUTPUT,
     .set = set_verbose,
     .help = "With --version: tells the libraries, too.",
     .helps = verbose_helps},
    {.name = "color",
     .argument = "WHEN",
     .standard = "auto",
     .takers = FOR_RUN,
     .group = GROUP_OUTPUT,
     .set = set_color,
     .completion = COMPLETE_WORDS,
     .words = color_words,
     .help = "auto, always or never; auto heeds NO_COLOR and CLICOLOR_FORCE."},
    {.name = "slowest",
     .argument = "N",
     .standard = "1",
     .takers = FOR_RUN,
     .group = GROUP_OUTPUT,
     .set = set_slowest,
     .help = "How many of the slowest tests the summary names."},

    {.name = "help",
     .letter = 'h',
     .takers = FOR_ALL,
     .group = GROUP_OTHER,
     .is_action = true,
     .is_early = true,
     .set = set_help,
     .help = "Tells how to use the command."},
    {.name = "version",
     .takers = FOR_TOP,
     .group = GROUP_OTHER,
     .is_action = true,
     .set = set_version,
     .help = "Tells the version."},
};

const struct option_row *option_rows(size_t *count)
{
    *count = COUNT(rows);
    return rows;
}

const struct option_row *option_named(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    }
    return NULL;
}

const char *option_group_title(enum option_group group)
{
    switch (group) {
    case GROUP_INPUT: return "Variables and files";
    case GROUP_CHOICE: return "Which tests";
    case GROUP_ORDER: return "How many at once";
    case GROUP_NETWORK: return "Requests";
    case GROUP_COMPARISON: return "Comparison";
    case GROUP_OUTPUT: return "What is told";
    case GROUP_OTHER: return "Other";
    }
    return NULL;
}

const char *option_help(const struct option_row *row, enum taker taker)
{
    const struct option_help *help = row->helps;

    while (help && help->text && !(help->takers & taker))
        help++;
    return help && help->text ? help->text : row->help;
}

bool option_is_flag(const struct option_row *row)
{
    return !row->argument;
}

bool option_is_lenient(const struct option_row *row)
{
    return row->argument && *row->argument == '[';
}

const char *option_variable(const struct option_row *row,
                            char text[OPTION_VARIABLE_MOST])
{
    snprintf(text, OPTION_VARIABLE_MOST, "VOLLEY_%s", row->name);
    for (char *byte = text; *byte; byte++)
        *byte = *byte == '-' ? '_' : (char)toupper((unsigned char)*byte);
    return text;
}

const char *option_in_environment(const struct option_row *row,
                                  char **environment)
{
    char name[OPTION_VARIABLE_MOST];
    size_t length = strlen(option_variable(row, name));

    for (char **entry = environment; *entry; entry++) {
        const char *value = *entry + length;

        if (strncmp(*entry, name, length) == 0 && *value == '=')
            return value[1] ? value + 1 : NULL;
    }
    return NULL;
}
