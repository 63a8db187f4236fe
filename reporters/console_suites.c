#include <stdlib.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/figures.h"
#include "reporters/text.h"

enum {
    PATH_WIDTH_MOST = 60, /* longer paths push what follows */
    COUNTS_WIDTH = 34,    /* at first */
    NAME_MOST = 200,
    PATH_BYTES = 4096,
};

struct suite_page {
    bool is_ended;
    char *path;
    struct counts counts;
    int64_t duration_ns;
    struct flaky flaky;
    struct failed failed;
    struct skipped skipped;
};

void suites_begin(struct suites *suites, const struct run_start *start)
{
    suites->count = start->suite_count;
    suites->counts_width = COUNTS_WIDTH;
    suites->ration.whole = LIMIT_FAILURES_TOLD;
    suites->pages = must_alloc((suites->count + 1) * sizeof(*suites->pages));
    for (size_t i = 0; i < suites->count; i++) {
        struct buffer path = buffer_with_ceiling(PATH_BYTES);
        size_t width;

        text_add_line(&path, start->suites[i].path,
                      strlen(start->suites[i].path));
        width = text_columns(buffer_text(&path), path.length);
        if (width > suites->path_width && width <= PATH_WIDTH_MOST)
            suites->path_width = width;
        suites->pages[i].path = buffer_take(&path);
    }
}

static void hear_failed(struct suites *suites, struct suite_page *page,
                        const struct test_report *test)
{
    if (!test_is_quarantined(test))
        failed_hear(&page->failed, test, &suites->ration, suites->is_colored);
    else if (!suites->is_quiet)
        failed_hear(&page->failed, test, &suites->quarantine,
                    suites->is_colored);
}

void suites_hear(struct suites *suites, const struct test_report *test)
{
    struct suite_page *page = &suites->pages[test->label.suite.index];

    counts_add(&page->counts, test);
    switch (test->outcome) {
    case OUTCOME_PASSED:
        if (test_is_flaky(test))
            flaky_hear(&page->flaky, test);
        break;
    case OUTCOME_FAILED:
    case OUTCOME_ERRED: hear_failed(suites, page, test); break;
    case OUTCOME_SKIPPED: skipped_hear(&page->skipped, test); break;
    }
}

void suites_end(struct suites *suites, const struct suite_end *end)
{
    struct suite_page *page = &suites->pages[end->label.index];

    page->is_ended = true;
    page->duration_ns = end->duration_ns;
}

static void tell_count(struct canvas *canvas, enum ink ink, size_t count,
                       const char *what)
{
    if (count > 0) {
        canvas_print(canvas, INK_PLAIN, "  ");
        canvas_print(canvas, ink, "%zu %s", count, what);
    }
}

void counts_tell(struct canvas *canvas, const struct counts *counts)
{
    if (counts->flaky > 0) {
        canvas_print(canvas, INK_PLAIN, " (");
        canvas_print(canvas, INK_CARE, "%zu flaky", counts->flaky);
        canvas_print(canvas, INK_PLAIN, ")");
    }
    tell_count(canvas, INK_BAD, counts->failed, "failed");
    tell_count(canvas, INK_BAD, counts->erred, "erred");
    tell_count(canvas, INK_CARE, counts->quarantined, "quarantined");
    tell_count(canvas, INK_CARE, counts->skipped, "skipped");
}

static void tell_counts(struct suites *suites, struct canvas *canvas,
                        const struct suite_page *page)
{
    size_t column = 2 + suites->path_width + 2;
    char took[FIGURE_ROOM];
    bool fits;

    if (suites->is_after_failure)
        canvas_line(canvas);
    suites->is_after_failure = false;
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_show(canvas, INK_PLAIN, page->path, NAME_MOST);
    canvas_advance(canvas, column, 2);
    fits = canvas->column == column;
    canvas_print(canvas, page->counts.passed ? INK_GOOD : INK_PLAIN,
                 "%5zu passed", page->counts.passed);
    counts_tell(canvas, &page->counts);
    canvas_advance(canvas, column + suites->counts_width, 2);
    if (canvas->column > column + suites->counts_width && fits)
        suites->counts_width = canvas->column - column;
    canvas_print(canvas, INK_PLAIN, "%8s",
                 figure_duration(page->duration_ns, took));
    canvas_line(canvas);
}

static void page_finish(struct suite_page *page)
{
    flaky_finish(&page->flaky);
    failed_finish(&page->failed);
    skipped_finish(&page->skipped);
    free(page->path);
    *page = (struct suite_page){0};
}

void suites_tell(struct suites *suites, struct canvas *canvas, bool everything)
{
    while (suites->next < suites->count) {
        struct suite_page *page = &suites->pages[suites->next];

        if (!page->is_ended && !everything)
            return;
        if (!suites->is_quiet) {
            tell_counts(suites, canvas, page);
            flaky_tell(&page->flaky, canvas);
        }
        failed_tell(&page->failed, canvas, &page->skipped);
        suites->is_after_failure |= page->failed.count > 0;
        if (!suites->is_quiet)
            skipped_tell(&page->skipped, canvas, suites->is_after_failure);
        page_finish(page);
        suites->next++;
    }
}

void suites_finish(struct suites *suites)
{
    for (size_t i = suites->next; i < suites->count; i++)
        page_finish(&suites->pages[i]);
    free(suites->pages);
    *suites = (struct suites){0};
}
