/* --replay: from the log to what is told at the end. */
#pragma once

#include "runner/cli/settings.h"
#include "runner/cli/status.h"

/* Reads the log, if one is given, and takes over what that run was given. What
 * is wrong with it is told. */
enum status replaying_begin(struct settings *settings, struct replay **replay);

/* Finds its tests in the plan; likewise. */
enum status replaying_match(struct replay *replay, const struct plan *plan);

/* What could not be followed, on stderr. Nothing of a run that was cut short.
 */
void replaying_tell(const struct replay *replay,
                    const struct run_result *result, bool everything);
