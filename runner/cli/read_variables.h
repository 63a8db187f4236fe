/* Options that the environment gives. Private to read*.c. */
#pragma once

#include "runner/cli/read.h"

/* Sets those of this command, in the order of --help; false when one is
 * wrong. */
bool option_variables_read(const struct invocation *invocation,
                           struct settings *settings,
                           struct fault *fault) NODISCARD;

/* Sets those alone that must be known before the project file can be read; what
 * is wrong is for option_variables_read() to tell. */
void option_variables_read_early(const struct invocation *invocation,
                                 struct settings *settings);

/* Notes as doubts what other commands would refuse of theirs. */
void option_variables_try(const struct invocation *invocation,
                          struct settings *settings);
