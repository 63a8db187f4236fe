/* Those who hear of a run: the console, and a reporter for each --report. */
#pragma once

#include "runner/cli/settings.h"
#include "runner/cli/status.h"

struct audience {
    size_t count;
    struct reporter **reporters;
    size_t path_count;
    const char **paths; /* of the reports that are written to files */
};

/* A report that cannot be opened is told on stderr and left out: the status
 * is then STATUS_REPORT, and the others hear the run. The console is opened
 * when `with_console`, unless a report goes to stdout. */
enum status audience_open(struct audience *audience,
                          const struct settings *settings, bool with_console);

/* To all, in order of opening; `audience` is a struct audience. */
void audience_tell(void *audience, const struct event *event);

/* What could not be written is told on stderr: STATUS_REPORT. */
enum status audience_close(struct audience *audience);

/* Whether one of the reports goes to stdout. */
bool reports_take_stdout(const struct settings *settings);
