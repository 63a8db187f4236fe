/* The options that choose tests, applied to a plan. */
#pragma once

#include "runner/cli/settings.h"
#include "runner/cli/status.h"

/* Tells of each test that is `only`, under CI and unless that is permitted. */
void choose_refuse_only(const struct settings *settings,
                        const struct plan *plan, struct faults *faults);

/* Where .volley/ is: the project's folder, or the working folder. */
const char *choose_state_folder(const struct settings *settings);

/* Leaves tests out. What is wrong with the options, and why no test is left
 * then, is told on stderr: STATUS_USAGE, STATUS_EMPTY. */
enum status choose_tests(const struct settings *settings, struct plan *plan);
