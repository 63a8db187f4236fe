/* The command line and the environment become settings. */
#pragma once

#include "runner/cli/options.h"

/* What somebody typed: `words[0]` is the command, or the program's name where
 * `taker` is FOR_TOP. */
struct invocation {
    enum taker taker;
    int word_count;
    char **words;
    char **environment; /* NAME=value, NULL-ended */
};

/* Defaults, then the project file, then its environment, then the variables of
 * the shell's environment, then the command line: the later one wins, and
 * options that repeat add up. False with the fault raised when the usage is
 * wrong, or with settings->project.mistakes when the project file is. Give the
 * settings to settings_finish() either way. Not for two threads at once, as
 * getopt_long() is not. */
bool settings_read(const struct invocation *invocation,
                   struct settings *settings, struct fault *fault) NODISCARD;
