/* The project file, volley.json: where it is, and what it says of options. */
#pragma once

#include "runner/cli/options.h"

/* Finds the file, reads it and chooses the environment, as --project and -e
 * say. False with the fault raised for wrong usage. What is wrong in the file
 * is entered among the mistakes of the settings. */
bool project_open(struct settings *settings, char **environment,
                  struct fault *fault) NODISCARD;

/* Sets what the file says of options, then what its environment says; what a
 * variable of the shell's environment says of an option outranks both. What is
 * not for this taker goes to `idle`, which is settings that nobody uses: so
 * that mistakes are found, which are entered, too. */
void project_set_options(enum taker taker, struct settings *settings,
                         struct settings *idle, char **environment);
