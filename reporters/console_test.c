#include "reporters/console.h"
#include "reporters/figures.h"
#include "reporters/wording.h"

enum {
    NAME_COLUMN = 14,
    TIME_COLUMN = 65,
    NAME_MOST = 200,
    WORDING_MOST = 1 << 20
};

static enum ink outcome_ink(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_PASSED: return INK_GOOD;
    case OUTCOME_FAILED:
    case OUTCOME_ERRED: return INK_BAD;
    case OUTCOME_SKIPPED: return INK_CARE;
    }
    return INK_PLAIN;
}

/* Why it was skipped, else how long it took, and of a race who did. */
static void tell_end(struct canvas *canvas, const struct test_report *test)
{
    struct buffer wording = buffer_with_ceiling(WORDING_MOST);
    char took[FIGURE_ROOM];

    if (test->outcome == OUTCOME_SKIPPED) {
        wording_add_skip(&wording, test);
        canvas_show(canvas, INK_PLAIN, buffer_text(&wording), NAME_MOST);
    } else {
        canvas_print(canvas, INK_PLAIN, "%9s",
                     figure_duration(test->duration_ns, took));
        if (slowest_racer(test))
            canvas_print(canvas, INK_PLAIN, "  racer %zu was the slowest",
                         slowest_racer(test));
    }
    buffer_finish(&wording);
    canvas_line(canvas);
}

static void tell_phase(struct canvas *canvas, const char *name, int64_t ns)
{
    char took[FIGURE_ROOM];

    canvas_print(canvas, INK_FAINT, "%s %s", name, figure_duration(ns, took));
}

static void tell_timings(struct canvas *canvas,
                         const struct exchange_report *exchange)
{
    const struct timings *timings = &exchange->timings;
    char sent[FIGURE_ROOM], received[FIGURE_ROOM], body[FIGURE_ROOM];

    canvas_advance(canvas, NAME_COLUMN + 2, 0);
    tell_phase(canvas, "queued", exchange->queue_ns);
    tell_phase(canvas, ", dns", timings->dns_ns);
    tell_phase(canvas, ", connect", timings->connect_ns);
    tell_phase(canvas, ", tls", timings->tls_ns);
    tell_phase(canvas, ", first byte", timings->first_byte_ns);
    tell_phase(canvas, ", all", timings->total_ns);
    canvas_print(
        canvas, INK_FAINT, "; %s sent, %s received, body %s",
        figure_size(exchange->sent_size, sent),
        figure_size(exchange->headers_size + exchange->wire_size, received),
        figure_size(exchange->body_size, body));
    canvas_line(canvas);
}

static void tell_exchange(struct canvas *canvas,
                          const struct exchange_report *exchange)
{
    struct buffer wording = buffer_with_ceiling(WORDING_MOST);

    wording_add_exchange(&wording, exchange);
    canvas_advance(canvas, NAME_COLUMN, 0);
    canvas_show(canvas, INK_PLAIN, buffer_text(&wording), WORDING_MOST);
    canvas_line(canvas);
    buffer_finish(&wording);
    tell_timings(canvas, exchange);
}

void test_tell(struct canvas *canvas, const struct test_report *test,
               int verbosity)
{
    canvas_print(canvas, INK_PLAIN, "  ");
    if (test_is_flaky(test))
        canvas_print(canvas, INK_CARE, "flaky");
    else if (test_is_quarantined(test))
        canvas_print(canvas, INK_CARE, "quarantined");
    else
        canvas_print(canvas, outcome_ink(test->outcome), "%s",
                     outcome_name(test->outcome));
    canvas_advance(canvas, NAME_COLUMN, 1);
    canvas_show(canvas, INK_PLAIN, test->label.suite.name, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, " > ");
    canvas_show(canvas, INK_PLAIN, test->label.name, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, "%s", role_note(test->label.role));
    canvas_advance(canvas, TIME_COLUMN, 2);
    tell_end(canvas, test);
    for (size_t i = 0; verbosity > 1 && i < test->exchange_count; i++)
        tell_exchange(canvas, &test->exchanges[i]);
}
