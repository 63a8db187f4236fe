/* The table of commands. */
#pragma once

#include "runner/cli/load.h"
#include "runner/cli/options.h"

struct command {
    const char *name;
    enum taker taker;
    const char *operands; /* "PATH..." */
    size_t least, most;   /* how many operands */
    const char *summary;
    const char *description; /* for --help; lines are wrapped there */
    /* Everything but telling wrong usage. */
    enum status (*run)(const struct settings *settings);
};

const struct command *command_rows(size_t *count);
const struct command *command_find(const char *name); /* or NULL */

/* Raises why there is no such command. Always false. */
bool command_refuse(const char *name, struct fault *fault);

enum status command_run(const struct settings *settings);
enum status command_compare(const struct settings *settings);
enum status command_check(const struct settings *settings);
enum status command_list(const struct settings *settings);
enum status command_plan(const struct settings *settings);
enum status command_new(const struct settings *settings);
enum status command_schema(const struct settings *settings);
enum status command_completion(const struct settings *settings);
enum status command_help(const struct settings *settings);

/* Wrong usage on stderr: one line, and where to read on. */
enum status tell_usage(const struct command *command,
                       const struct fault *fault);

/* That the format mermaid is not for this command. */
enum status command_refuse_drawing(const struct settings *settings,
                                   const char *name);

void help_print(const struct command *command, FILE *out);
void help_print_all(FILE *out);
