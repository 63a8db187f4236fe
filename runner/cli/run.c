#include <unistd.h>

#include "runner/cli/audience.h"
#include "runner/cli/commands.h"
#include "runner/cli/signals.h"

enum { HOSTNAME_MOST = 256 };

static enum status status_of(const struct run_result *result,
                             const struct settings *settings)
{
    enum status status = status_of_signal(result->interrupted_by);

    if (result->counts.failed + result->counts.erred > 0)
        status = status_stronger(status, STATUS_FAILED);
    if (result->check_count == 0 && !settings->allow_empty)
        status = status_stronger(status, STATUS_EMPTY);
    return status;
}

static enum status tell_trouble(const struct fault *fault)
{
    fputs("volley: ", stderr);
    fault_print(fault, stderr);
    return STATUS_INCOMPLETE;
}

static enum status run_plan(const struct settings *settings,
                            const struct plan *plan)
{
    CLEANUP(run_result_finish) struct run_result result = {0};
    struct audience audience;
    struct fault fault = {0};
    char hostname[HOSTNAME_MOST] = "localhost";
    struct run run = {
        .plan = plan,
        .limits = settings->limits,
        .transport = settings->transport,
        .interrupt = signals_hear(),
        .tell = audience_tell,
        .listener = &audience,
        .hostname = hostname,
    };
    enum status status;

    gethostname(hostname, sizeof(hostname) - 1);
    status = audience_open(&audience, settings, true);
    if (!engine_run(&run, &result, &fault))
        status = status_stronger(status, tell_trouble(&fault));
    else
        status = status_stronger(status, status_of(&result, settings));
    return status_stronger(status, audience_close(&audience));
}

enum status command_run(const struct settings *settings)
{
    CLEANUP(suites_freep) struct plan *plan = NULL;
    enum status status = suites_load(settings, INTENT_SEND, &plan);

    if (status != STATUS_PASSED)
        return status;
    suites_warn(plan, settings->telling.verbosity > 0);
    status = run_plan(settings, plan);
    if (status == STATUS_EMPTY)
        suites_explain_empty(plan);
    return status;
}
