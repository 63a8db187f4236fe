#include "runner/cli/options.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    FOR_REQUESTS = FOR_RUN | FOR_COMPARE,
    FOR_ALL = FOR_TOP | FOR_PATHS | FOR_SCHEMA | FOR_COMPLETION | FOR_HELP,
};

static const struct option_help verbose_helps[] = {
    {FOR_RUN, "Tells each test, and what is worth a warning in the suites; "
              "twice: each request, too."},
    {FOR_CHECK, "Tells what each test waits for."},
    {FOR_LIST, "Tells which files of the folders were passed over, too."},
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
    {.name = "file-root",
     .argument = "DIR",
     .takers = FOR_PATHS,
     .group = GROUP_INPUT,
     .set = set_file_root,
     .completion = COMPLETE_FOLDER,
     .help = "No suite reads a file outside of this folder. Unless given: the "
             "nearest folder above the suite with volley.json or .git, else "
             "the suite's own."},
    {.name = "allow-empty",
     .takers = FOR_RUN | FOR_CHECK | FOR_LIST | FOR_PLAN,
     .group = GROUP_INPUT,
     .set = set_allow_empty,
     .help = "Exits with 0 where there is no test, or nothing was checked."},

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
     .help = "default or strict: strict writes only what the strictest "
             "readers of JUnit files know."},
    {.name = "format",
     .argument = "NAME",
     .standard = "text",
     .takers = FOR_LIST | FOR_PLAN,
     .group = GROUP_OUTPUT,
     .set = set_format,
     .completion = COMPLETE_WORDS,
     .words = format_words,
     .help = "text or json."},
    {.name = "quiet",
     .letter = 'q',
     .takers = FOR_RUN,
     .group = GROUP_OUTPUT,
     .set = set_quiet,
     .help = "Tells only what went wrong."},
    {.name = "verbose",
     .letter = 'v',
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

const char *option_group_title(enum option_group group)
{
    switch (group) {
    case GROUP_INPUT: return "Variables and files";
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
