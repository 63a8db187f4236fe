#include "runner/cli/compare.h"

#include <stdlib.h>

#include "runner/cli/commands.h"

/* The last event but one tells the comparison, if there is one. */
static void release_held(struct held *held, const struct comparison *comparison)
{
    struct event event = held->event;

    if (!held->is_held)
        return;
    if (comparison) {
        event.kind = EVENT_COMPARED;
        event.comparison = comparison;
        audience_tell(held->audience, &event);
    }
    audience_tell(held->audience, &held->event);
    held->is_held = false;
}

/* The run that the reporters heard may have ended before the interrupt. */
static void tell_end(struct contest *contest,
                     const struct comparison *comparison)
{
    struct run_end *end = &contest->held.end;

    if (contest->interrupted_by)
        end->interrupted_by = contest->interrupted_by;
    release_held(&contest->held, comparison);
}

static enum status status_of(const struct contest *contest)
{
    if (contest->check_count == 0)
        return STATUS_EMPTY;
    if (contest_has_failures(contest) || !contest_is_unanimous(contest))
        return STATUS_FAILED;
    return STATUS_PASSED;
}

/* What is known when every run ended, or whole rounds before an interrupt. */
static enum status conclude(struct contest *contest)
{
    struct comparison comparison;
    struct strategy_report *reports = contest_report(contest, &comparison);

    contest_tell_table(contest, &comparison, stdout);
    contest_tell_verdicts(contest, stdout);
    contest_tell_closing(contest, &comparison, stdout);
    tell_end(contest, &comparison);
    free(reports);
    if (contest->check_count == 0)
        fputs("volley: nothing was checked\n", stderr);
    return status_of(contest);
}

static enum status compare(const struct settings *settings,
                           const struct plan *plan, struct audience *audience)
{
    struct contest contest = {.held.audience = audience};
    enum status status;

    contest_open(&contest, settings, plan);
    status = contest_run(&contest);
    if (status == STATUS_PASSED ||
        (contest.interrupted_by && contest.round_count))
        status = status_stronger(status, conclude(&contest));
    else
        tell_end(&contest, NULL);
    contest_close(&contest);
    return status;
}

enum status command_compare(const struct settings *settings)
{
    static const struct place nowhere;
    CLEANUP(plan_freep) struct plan *plan = NULL;
    struct audience audience;
    struct fault fault = {0};
    enum status status;

    if (reports_take_stdout(settings)) {
        fault_raise(&fault, nowhere,
                    "--report: \"-\" is where the comparison goes");
        return tell_usage(command_find("compare"), &fault);
    }
    status = suites_load(settings, INTENT_SEND, &plan);
    if (status != STATUS_PASSED)
        return status;
    if (suites_test_count(plan) == 0) {
        fputs("volley: there is no test to compare\n", stderr);
        return STATUS_EMPTY;
    }
    suites_warn(plan, false);
    status = audience_open(&audience, settings, false);
    status = status_stronger(status, compare(settings, plan, &audience));
    return status_stronger(status, audience_close(&audience));
}
