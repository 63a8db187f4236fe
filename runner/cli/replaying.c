#include "runner/cli/replaying.h"

#include <stdio.h>

static enum status tell(const struct fault *fault)
{
    fputs("volley: --replay: ", stderr);
    fault_print(fault, stderr);
    return STATUS_USAGE;
}

enum status replaying_begin(struct settings *settings, struct replay **replay)
{
    struct fault fault = {0};

    if (!settings->replay)
        return STATUS_PASSED;
    *replay = replay_open(settings->replay, &fault);
    if (!*replay)
        return tell(&fault);
    if (!settings_have(settings, "seed"))
        settings->seed = replay_seed(*replay);
    if (!settings_have(settings, "jobs"))
        settings->limits.jobs = replay_jobs(*replay);
    if (!settings_have(settings, "max-per-host"))
        settings->limits.per_host = settings->limits.jobs;
    return STATUS_PASSED;
}

enum status replaying_match(struct replay *replay, const struct plan *plan)
{
    struct fault fault = {0};

    if (replay && !replay_match(replay, plan, &fault))
        return tell(&fault);
    return STATUS_PASSED;
}

/* A fault's text is shown with its control characters made visible, and names
 * may have some. */
static void tell_missed(const struct replay_missed *missed)
{
    struct fault fault = {0};
    const struct place nowhere = {0};

    fault_raise(&fault, nowhere, "  %s: %s, step %zu, attempt %zu",
                missed->suite, missed->test, missed->step + 1,
                missed->attempt + 1);
    fault_print(&fault, stderr);
}

void replaying_tell(const struct replay *replay,
                    const struct run_result *result, bool everything)
{
    struct replay_account account;
    struct replay_missed missed;
    size_t place = 0;

    if (!replay || result->interrupted_by || result->timed_out)
        return;
    account = replay_account(replay);
    if (account.missed_count) {
        fprintf(stderr,
                "volley: replay: %zu of %zu sends could not be followed%s\n",
                account.missed_count, account.send_count,
                everything ? ":" : "; -v tells which");
    }
    while (everything && replay_next_missed(replay, &place, &missed))
        tell_missed(&missed);
    if (account.stray_count && (account.missed_count || everything)) {
        fprintf(stderr,
                "volley: replay: %zu request%s sent that the log does not have "
                "there\n",
                account.stray_count,
                account.stray_count == 1 ? " was" : "s were");
    }
}
