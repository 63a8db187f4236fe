#include <unistd.h>

#include "runner/cli/audience.h"
#include "runner/cli/commands.h"
#include "runner/cli/remember.h"
#include "runner/cli/replaying.h"
#include "runner/cli/signals.h"

enum { HOSTNAME_MOST = 256 };

static enum status status_of(const struct run_result *result,
                             const struct settings *settings)
{
    enum status status = status_of_signal(result->interrupted_by);

    if (result->counts.failed + result->counts.erred > 0)
        status = status_stronger(status, STATUS_FAILED);
    if (result->timed_out)
        status = status_stronger(status, STATUS_INCOMPLETE);
    if (result->counts.flaky > 0 && settings->flaky_fails)
        status = status_stronger(status, STATUS_FLAKY);
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
                            const struct plan *plan, struct replay *replay)
{
    CLEANUP(run_result_finish) struct run_result result = {0};
    struct audience audience;
    struct memory memory = {
        .plan = plan, .tell = audience_tell, .listener = &audience};
    struct fault fault = {0};
    char hostname[HOSTNAME_MOST] = "localhost";
    struct run run = {
        .plan = plan,
        .limits = settings->limits,
        .rounds = settings->rounds,
        .shuffle = settings->shuffle,
        .replay = replay,
        .seed = settings->seed,
        .transport = settings->transport,
        .interrupt = signals_hear(),
        .tell = memory_tell,
        .listener = &memory,
        .hostname = hostname,
    };
    enum status status;

    gethostname(hostname, sizeof(hostname) - 1);
    status = audience_open(&audience, settings, true);
    memory_open(&memory);
    if (!engine_run(&run, &result, &fault)) {
        status = status_stronger(status, tell_trouble(&fault));
    } else {
        status = status_stronger(status, status_of(&result, settings));
        memory_save(&memory, settings);
    }
    memory_close(&memory);
    status = status_stronger(status, audience_close(&audience));
    replaying_tell(replay, &result, settings->telling.verbosity > 0);
    return status;
}

enum status command_run(const struct settings *settings)
{
    CLEANUP(plan_freep) struct plan *plan = NULL;
    CLEANUP(replay_closep) struct replay *replay = NULL;
    struct settings taken = *settings; /* borrows all that it points to */
    enum status status = replaying_begin(&taken, &replay);

    if (status == STATUS_PASSED)
        status = suites_load(&taken, INTENT_SEND, &plan);
    if (status == STATUS_PASSED)
        status = replaying_match(replay, plan);
    if (status != STATUS_PASSED)
        return status;
    suites_warn(plan, settings->telling.verbosity > 0);
    status = run_plan(&taken, plan, replay);
    if (status == STATUS_EMPTY)
        suites_explain_empty(plan);
    return status;
}
