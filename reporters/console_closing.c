#include <inttypes.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/figures.h"

enum { LABEL_WIDTH = 10, NAME_MOST = 200, CHAIN_MOST = 1000 };

static void tell_rates(struct canvas *canvas, const struct run_end *end)
{
    char text[FIGURE_ROOM];

    canvas_print(canvas, INK_PLAIN, "      %s",
                 figure_duration(end->duration_ns, text));
    if (end->request_count == 0)
        return;
    canvas_print(canvas, INK_PLAIN, "   %s requests/s",
                 figure_rate(end->request_count, end->duration_ns, text));
    canvas_print(canvas, INK_PLAIN, "   %" PRIu64 " connection%s",
                 end->connection_count, end->connection_count == 1 ? "" : "s");
    if (end->reused_count > 0)
        canvas_print(canvas, INK_PLAIN, ", %" PRIu64 " reused",
                     end->reused_count);
}

static void tell_summary(struct canvas *canvas, const struct run_end *end)
{
    const struct counts *counts = &end->counts;

    canvas_print(canvas, INK_STRONG, "%zu test%s", counts->tests,
                 counts->tests == 1 ? "" : "s");
    if (counts->passed > 0) {
        canvas_print(canvas, INK_PLAIN, "  ");
        canvas_print(canvas, INK_GOOD, "%zu passed", counts->passed);
    }
    counts_tell(canvas, counts);
    tell_rates(canvas, end);
    canvas_line(canvas);
}

static void tell_label(struct canvas *canvas, enum ink ink, const char *label)
{
    canvas_print(canvas, ink, "%s", label);
    canvas_advance(canvas, LABEL_WIDTH, 1);
}

static void tell_slowest(struct canvas *canvas, const struct tally *tally)
{
    char took[FIGURE_ROOM];

    for (size_t i = 0; i < tally->slow_count; i++) {
        const struct slow_test *slow = &tally->slow[i];

        tell_label(canvas, INK_FAINT, i == 0 ? "slowest" : "");
        canvas_print(canvas, INK_PLAIN, "%-6s  ",
                     figure_duration(slow->duration_ns, took));
        canvas_show(canvas, INK_PLAIN, slow->suite, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, " > ");
        canvas_show(canvas, INK_PLAIN, slow->name, NAME_MOST);
        if (slow->racer)
            canvas_print(canvas, INK_PLAIN, " (racer %zu)", slow->racer);
        canvas_line(canvas);
    }
}

static void tell_path(struct canvas *canvas, const struct run_end *end)
{
    char path[FIGURE_ROOM], whole[FIGURE_ROOM];

    tell_label(canvas, INK_FAINT, "bound by");
    canvas_show(canvas, INK_PLAIN, end->path_text, CHAIN_MOST);
    canvas_print(canvas, INK_PLAIN, ": %s of the %s",
                 figure_duration(end->path_ns, path),
                 figure_duration(end->duration_ns, whole));
    canvas_line(canvas);
}

/* With it everything random comes out the same again. */
static void tell_seed(struct canvas *canvas, const struct closing *closing)
{
    tell_label(canvas, INK_FAINT, "seed");
    canvas_print(canvas, INK_PLAIN, "%" PRIu64, closing->seed);
    canvas_line(canvas);
}

static void tell_paths(struct canvas *canvas, const struct closing *closing)
{
    for (size_t i = 0; i < closing->report_count; i++) {
        canvas_print(canvas, INK_PLAIN, "%s", i > 0 ? "  " : "");
        canvas_show(canvas, INK_PLAIN, closing->report_paths[i], NAME_MOST);
    }
    canvas_line(canvas);
}

/* There are more failures than anybody reads here. */
static void tell_untold(struct canvas *canvas, const struct closing *closing)
{
    size_t failures = closing->untold_count;
    size_t quarantined = closing->quarantined_untold_count;

    if (failures == 0 && quarantined == 0)
        return;
    canvas_print(canvas, INK_PLAIN, "and ");
    if (failures > 0)
        canvas_print(canvas, INK_BAD, "%zu more failure%s", failures,
                     failures == 1 ? "" : "s");
    if (failures > 0 && quarantined > 0)
        canvas_print(canvas, INK_PLAIN, ", ");
    if (quarantined > 0)
        canvas_print(canvas, INK_CARE, "%zu more quarantined", quarantined);
    canvas_print(canvas, INK_PLAIN, "; %s",
                 closing->report_count > 0
                     ? "all of them are in "
                     : "--report junit=PATH or log=PATH tells all");
    tell_paths(canvas, closing);
    canvas_line(canvas);
}

static void tell_reports(struct canvas *canvas, const struct closing *closing)
{
    tell_label(canvas, INK_FAINT, "reports");
    tell_paths(canvas, closing);
}

static void tell_stops(struct canvas *canvas, const struct run_end *end)
{
    const char *signal = sigabbrev_np(end->interrupted_by);

    if (end->interrupted_by) {
        tell_label(canvas, INK_CARE, "stopped");
        canvas_print(canvas, INK_PLAIN, "by SIG%s before everything was run",
                     signal ? signal : "NAL");
        canvas_line(canvas);
    }
    if (end->timed_out) {
        tell_label(canvas, INK_CARE, "stopped");
        canvas_print(canvas, INK_PLAIN,
                     "by --run-timeout before everything was run");
        canvas_line(canvas);
    }
}

static void tell_left_out(struct canvas *canvas, const struct closing *closing)
{
    size_t count = closing->left_out_count;

    if (count == 0 || closing->is_quiet)
        return;
    tell_label(canvas, INK_CARE, "left out");
    canvas_print(canvas, INK_PLAIN, "%zu test%s not selected", count,
                 count == 1 ? " that was" : "s that were");
    canvas_line(canvas);
}

/* What changes the meaning of everything above it. */
static void tell_warnings(struct canvas *canvas, const struct closing *closing)
{
    const struct run_end *end = closing->end;

    tell_stops(canvas, end);
    tell_left_out(canvas, closing);
    if (closing->is_insecure) {
        tell_label(canvas, INK_CARE, "insecure");
        canvas_print(canvas, INK_PLAIN, "certificates were not verified (-k)");
        canvas_line(canvas);
    }
    if (end->check_count == 0 && end->counts.passed > 0) {
        tell_label(canvas, INK_CARE, "hollow");
        canvas_print(canvas, INK_PLAIN, "no test has an expectation");
        canvas_line(canvas);
    }
}

void closing_tell(struct canvas *canvas, const struct closing *closing)
{
    if (!closing->is_quiet || closing->tally->counts.failed > 0 ||
        closing->tally->counts.erred > 0)
        canvas_line(canvas);
    tell_untold(canvas, closing);
    tell_summary(canvas, closing->end);
    if (!closing->is_quiet) {
        tell_slowest(canvas, closing->tally);
        if (closing->end->path_text)
            tell_path(canvas, closing->end);
        tell_seed(canvas, closing);
    }
    tell_warnings(canvas, closing);
    if (!closing->is_quiet && closing->report_count > 0)
        tell_reports(canvas, closing);
}
