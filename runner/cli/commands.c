#include "runner/cli/commands.h"

#include <string.h>
#include <unistd.h>

enum { ANY = INT32_MAX };

static const struct command rows[] = {
    {"run", FOR_RUN, "PATH...", 1, ANY, "runs tests",
     "Runs the tests of the suites and tells what came out. A PATH is a file, "
     "a folder (its *.volley.json, and every *.json whose $schema names "
     "volley's, at any depth), a glob, or \"-\" for stdin.",
     command_run},
    {"compare", FOR_COMPARE, "PATH...", 1, ANY,
     "runs the same tests under several strategies and compares them",
     "Runs the same tests several times under each strategy, in turn: serial "
     "opens a new connection for each request, session keeps one connection, "
     "async has many requests in flight on one thread. Tells how long they "
     "took, how sure that is, and whether the verdicts were the same.",
     command_compare},
    {"check", FOR_CHECK, "PATH...", 1, ANY,
     "finds every mistake that can be found without a request",
     "Loads the suites and tells every mistake with its place. Sends nothing.",
     command_check},
    {"list", FOR_LIST, "PATH...", 1, ANY, "lists the tests",
     "Lists the tests that run would run, each with its place. Sends nothing.",
     command_list},
    {"plan", FOR_PLAN, "PATH...", 1, ANY,
     "shows what each test waits for, and why",
     "Shows the graph of the tests: what each waits for and why, the flows "
     "(parts of the graph that do not depend on each other), and the critical "
     "path: the chain that took longest in the last run, or that has the most "
     "requests where no run is known. Sends nothing.",
     command_plan},
    {"new", FOR_NEW, "[FILE]", 0, 1, "writes a first suite to edit",
     "Writes a suite to begin with, to api.volley.json unless a FILE is named; "
     "\"-\" is stdout. What is there already stays as it is.",
     command_new},
    {"schema", FOR_SCHEMA, "[project]", 0, 1,
     "prints the JSON Schema of the suite format",
     "Prints the JSON Schema (2020-12) that describes a suite, or with "
     "\"project\" a project file (volley.json), for editors.",
     command_schema},
    {"completion", FOR_COMPLETION, "bash", 1, 1,
     "prints a script that completes command lines",
     "Prints a script for the shell; in ~/.bashrc: "
     "eval \"$(volley completion bash)\"",
     command_completion},
    {"help", FOR_HELP, "[COMMAND]", 0, 1, "tells how to use a command",
     "Tells how to use a command, or which commands there are.", command_help},
};

const struct command *command_rows(size_t *count)
{
    *count = COUNT(rows);
    return rows;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    }
    return NULL;
}

bool command_refuse(const char *name, struct fault *fault)
{
    static const struct place nowhere;
    const char *names[COUNT(rows)], *near;

    for (size_t i = 0; i < COUNT(rows); i++)
        names[i] = rows[i].name;
    near = nearest_name(name, names, COUNT(names));
    if (near) {
        return fault_raise(fault, nowhere,
                           "no command \"%s\"; did you mean \"%s\"?", name,
                           near);
    }
    if (access(name, F_OK) == 0) {
        return fault_raise(fault, nowhere,
                           "no command \"%s\"; did you mean \"volley run %s\"?",
                           name, name);
    }
    return fault_raise(fault, nowhere, "no command \"%s\"", name);
}

enum status command_refuse_drawing(const struct settings *settings,
                                   const char *name)
{
    struct fault fault = {0};

    fault_raise(&fault, (struct place){0},
                "%s: \"mermaid\" is for plan; %s takes text or json",
                settings->format_label, name);
    return tell_usage(command_find(name), &fault);
}
