/* Lines for people. Every event makes at most one write(): the living line is
 * taken away, what is to be told follows, and the line is drawn again. */

#include "reporters/console.h"

#include <stdlib.h>

#include "reporters/kinds.h"
#include "reporters/outfile.h"
#include "reporters/progress.h"

struct console {
    struct reporter base;
    struct outfile out;
    struct canvas canvas; /* what this event adds; empty between events */
    struct progress progress;
    struct suites suites;
    struct tally tally;
    int verbosity;
    bool is_insecure;
    uint64_t seed;
    size_t left_out_count;
    size_t report_count;
    char **report_paths;
};

static void hear_end(struct console *console, const struct run_end *end)
{
    struct closing closing = {
        .end = end,
        .tally = &console->tally,
        .is_insecure = console->is_insecure,
        .seed = console->seed,
        .left_out_count = console->left_out_count,
        .is_quiet = console->verbosity < 0,
        .report_count = console->report_count,
        .report_paths = console->report_paths,
    };

    suites_tell(&console->suites, &console->canvas, true);
    closing.untold_count = console->suites.ration.untold;
    closing.quarantined_untold_count = console->suites.quarantine.untold;
    closing_tell(&console->canvas, &closing);
}

static void fold(struct console *console, const struct event *event)
{
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        suites_finish(&console->suites);
        console->suites.is_quiet = console->verbosity < 0;
        console->suites.is_colored = console->canvas.is_colored;
        console->is_insecure = event->run_start->insecure;
        console->seed = event->run_start->seed;
        console->left_out_count = event->run_start->left_out_count;
        suites_begin(&console->suites, event->run_start);
        break;
    case EVENT_TEST_FINISHED:
        tally_hear(&console->tally, event->test);
        suites_hear(&console->suites, event->test);
        if (console->verbosity > 0)
            test_tell(&console->canvas, event->test, console->verbosity);
        break;
    case EVENT_SUITE_FINISHED:
        suites_end(&console->suites, event->suite_end);
        suites_tell(&console->suites, &console->canvas, false);
        break;
    case EVENT_RUN_FINISHED: hear_end(console, event->run_end); break;
    case EVENT_DISPATCHED:
    case EVENT_ANSWERED:
    case EVENT_COMPARED: break; /* `compare` has a table of its own */
    }
}

static void flush(struct console *console, int64_t at_ns)
{
    struct buffer page = buffer_with_ceiling(SIZE_MAX / 2);
    struct buffer *told = &console->canvas.text;

    if (told->length > 0)
        progress_erase(&console->progress, &page);
    (void)!buffer_add(&page, buffer_text(told), told->length);
    progress_draw(&console->progress, at_ns, &page);
    if (page.length > 0)
        outfile_write(&console->out, page.bytes, page.length);
    buffer_finish(&page);
    buffer_clear(told);
}

static void hear(struct reporter *reporter, const struct event *event)
{
    struct console *console = container_of(reporter, struct console, base);

    progress_hear(&console->progress, event);
    fold(console, event);
    flush(console, event->at_ns);
}

static bool finish(struct reporter *reporter, struct fault *fault)
{
    struct console *console = container_of(reporter, struct console, base);
    bool is_written;

    /* Without an end of the run there is still something left to tell. */
    console->progress.is_living = false;
    suites_tell(&console->suites, &console->canvas, true);
    flush(console, 0);
    is_written = outfile_close(&console->out, fault);
    for (size_t i = 0; i < console->report_count; i++)
        free(console->report_paths[i]);
    free(console->report_paths);
    suites_finish(&console->suites);
    tally_finish(&console->tally);
    canvas_finish(&console->canvas);
    free(console);
    return is_written;
}

struct reporter *console_open(const struct report_options *options,
                              struct fault *fault)
{
    struct console *console = must_alloc(sizeof(*console));
    struct paint paint;

    if (!outfile_open(&console->out, options->path, OUTFILE_APPEND, fault)) {
        free(console);
        return NULL;
    }
    paint = paint_choose(options, console->out.descriptor);
    console->base = (struct reporter){.hear = hear, .close = finish};
    console->canvas = canvas_open(paint.is_colored);
    console->progress.is_living = paint.is_living;
    console->progress.descriptor = console->out.descriptor;
    console->verbosity = options->verbosity;
    console->tally.slow_most = options->slowest;
    console->report_count = options->report_count;
    console->report_paths =
        must_alloc((options->report_count + 1) * sizeof(char *));
    for (size_t i = 0; i < options->report_count; i++)
        console->report_paths[i] = must_copy(options->report_paths[i]);
    return &console->base;
}
