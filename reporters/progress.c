#include "reporters/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "reporters/figures.h"

enum { DRAW_EVERY_NS = 100000000, COLUMNS_UNKNOWN = 80 };

/* Asked each time, since windows are resized. */
static size_t columns(int descriptor)
{
    struct winsize size;

    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLUMNS_UNKNOWN;
    return size.ws_col;
}

void progress_hear(struct progress *progress, const struct event *event)
{
    progress->in_flight = event->in_flight;
    switch (event->kind) {
    case EVENT_RUN_STARTED:
        progress->test_count = event->run_start->test_count;
        progress->done_count = 0;
        break;
    case EVENT_TEST_FINISHED:
        progress->done_count++;
        progress->exchange_count += event->test->exchange_count > 0;
        break;
    case EVENT_ANSWERED: progress->exchange_count++; break;
    case EVENT_RUN_FINISHED: progress->is_living = false; break;
    case EVENT_DISPATCHED:
    case EVENT_SUITE_FINISHED:
    case EVENT_COMPARED: break;
    }
}

void progress_erase(struct progress *progress, struct buffer *out)
{
    if (progress->is_drawn)
        (void)!buffer_add_text(out, "\r\x1b[K");
    progress->is_drawn = false;
}

void progress_draw(struct progress *progress, int64_t at_ns, struct buffer *out)
{
    char line[160], rate[FIGURE_ROOM], elapsed[FIGURE_ROOM];
    size_t room, length;
    bool is_due =
        !progress->is_drawn || at_ns - progress->drawn_ns >= DRAW_EVERY_NS;

    if (!progress->is_living || !is_due)
        return;
    progress_erase(progress, out);
    length = (size_t)snprintf(
        line, sizeof(line), "%zu/%zu  %zu in flight  %s/s  %s s",
        progress->done_count, progress->test_count, progress->in_flight,
        figure_rate(progress->exchange_count, at_ns, rate),
        figure_decimal((double)at_ns / 1e9, 1, elapsed));
    room = columns(progress->descriptor) - 1; /* the last would wrap */
    (void)!buffer_add(out, line, length < room ? length : room);
    progress->is_drawn = true;
    progress->drawn_ns = at_ns;
}
