#include <stdlib.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/figures.h"
#include "reporters/text.h"
#include "reporters/wording.h"

enum {
    PATH_WIDTH_MOST = 60, /* longer paths push what follows */
    COUNTS_WIDTH = 34,
    NAMES_TOLD = 10, /* of tests that were skipped for one reason */
    NAME_MOST = 200,
    NAMES_BYTES = 16 << 10,
    REASON_BYTES = 4096,
};

/* Tests that were skipped for the same reason, by order of finishing. */
struct skip_group {
    char *key; /* see group_key() */
    char *reason;
    size_t count;
    struct buffer names;
    struct skip_group *next;
};

/* A test that did not pass, as it will be told. */
struct told_failure {
    size_t ordinal;
    char *name;
    char *text;
};

struct suite_page {
    bool is_ended;
    char *path;
    struct counts counts;
    int64_t duration_ns;
    size_t failure_count;
    struct told_failure *failures;
    struct map groups; /* by key */
    struct skip_group *first, *last;
};

void suites_begin(struct suites *suites, const struct run_start *start)
{
    suites->count = start->suite_count;
    suites->pages = must_alloc((suites->count + 1) * sizeof(*suites->pages));
    for (size_t i = 0; i < suites->count; i++) {
        struct buffer path = buffer_with_ceiling(REASON_BYTES);
        size_t width;

        text_add_line(&path, start->suites[i].path,
                      strlen(start->suites[i].path));
        width = text_columns(buffer_text(&path), path.length);
        if (width > suites->path_width && width <= PATH_WIDTH_MOST)
            suites->path_width = width;
        suites->pages[i].path = buffer_take(&path);
    }
}

/* One group for each test that was the reason, and one for each reason that has
 * no such test. */
static struct buffer group_key(const char *because, const char *reason)
{
    struct buffer key = buffer_with_ceiling(REASON_BYTES);

    (void)!buffer_print(&key, "%c", because ? 'b' : 'r');
    text_add_short(&key, because ? because : reason, NAME_MOST);
    return key;
}

static struct skip_group *group_add(struct suite_page *page, struct buffer *key,
                                    struct buffer *reason)
{
    struct skip_group *group = must_alloc(sizeof(*group));

    group->key = buffer_take(key);
    group->reason = buffer_take(reason);
    group->names = buffer_with_ceiling(NAMES_BYTES);
    map_set(&page->groups, group->key, group);
    if (page->last)
        page->last->next = group;
    else
        page->first = group;
    page->last = group;
    return group;
}

static void keep_skipped(struct suite_page *page,
                         const struct test_report *test)
{
    struct buffer reason = buffer_with_ceiling(REASON_BYTES);
    struct buffer key;
    struct skip_group *group;

    wording_add_skip(&reason, test);
    key = group_key(test->skip_because, buffer_text(&reason));
    group = map_find(&page->groups, buffer_text(&key));
    if (!group)
        group = group_add(page, &key, &reason);
    if (group->count++ < NAMES_TOLD)
        (void)!buffer_print(&group->names, "%s\"%s\"",
                            group->count > 1 ? ", " : "", test->label.name);
    buffer_finish(&reason);
    buffer_finish(&key);
}

static void keep_failure(struct suites *suites, struct suite_page *page,
                         const struct test_report *test)
{
    struct canvas canvas = canvas_open(suites->is_colored);
    struct told_failure *failure;

    if (suites->failure_count++ < LIMIT_FAILURES_TOLD)
        failure_tell(&canvas, test);
    else
        failure_tell_short(&canvas, test);
    page->failures = must_resize(page->failures, (page->failure_count + 1) *
                                                     sizeof(*page->failures));
    failure = &page->failures[page->failure_count++];
    failure->ordinal = test->label.ordinal;
    failure->name = must_copy(test->label.name);
    failure->text = buffer_take(&canvas.text);
    canvas_finish(&canvas);
}

void suites_hear(struct suites *suites, const struct test_report *test)
{
    struct suite_page *page = &suites->pages[test->label.suite.index];

    counts_add(&page->counts, test->outcome);
    switch (test->outcome) {
    case OUTCOME_PASSED: break;
    case OUTCOME_FAILED:
    case OUTCOME_ERRED: keep_failure(suites, page, test); break;
    case OUTCOME_SKIPPED: keep_skipped(page, test); break;
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

static void tell_counts(struct suites *suites, struct canvas *canvas,
                        const struct suite_page *page)
{
    size_t column = 2 + suites->path_width + 2;
    char took[FIGURE_ROOM];

    if (suites->is_after_failure)
        canvas_line(canvas);
    suites->is_after_failure = false;
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_show(canvas, INK_PLAIN, page->path, NAME_MOST);
    canvas_advance(canvas, column, 2);
    canvas_print(canvas, page->counts.passed ? INK_GOOD : INK_PLAIN,
                 "%5zu passed", page->counts.passed);
    tell_count(canvas, INK_BAD, page->counts.failed, "failed");
    tell_count(canvas, INK_BAD, page->counts.erred, "erred");
    tell_count(canvas, INK_CARE, page->counts.skipped, "skipped");
    canvas_advance(canvas, column + COUNTS_WIDTH, 2);
    canvas_print(canvas, INK_PLAIN, "%8s",
                 figure_duration(page->duration_ns, took));
    canvas_line(canvas);
}

static void tell_names(struct canvas *canvas, const struct skip_group *group)
{
    canvas_print(canvas, INK_PLAIN, ": ");
    canvas_show(canvas, INK_PLAIN, buffer_text(&group->names), NAMES_BYTES);
    if (group->count > NAMES_TOLD)
        canvas_print(canvas, INK_PLAIN, " and %zu more",
                     group->count - NAMES_TOLD);
}

/* `skipped: "read" (the reason)` */
static void tell_group(struct canvas *canvas, const struct skip_group *group)
{
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_print(canvas, INK_CARE, "skipped");
    tell_names(canvas, group);
    if (strcmp(group->reason, "skipped") != 0) {
        canvas_print(canvas, INK_PLAIN, " (");
        canvas_show(canvas, INK_PLAIN, group->reason, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, ")");
    }
    canvas_line(canvas);
}

/* `skipped because "create" failed: "read", "delete"`, once. */
static void tell_because(struct canvas *canvas, struct suite_page *page,
                         const char *failed)
{
    struct buffer key = group_key(failed, NULL);
    struct skip_group *group = map_find(&page->groups, buffer_text(&key));

    buffer_finish(&key);
    if (!group || group->count == 0)
        return;
    canvas_line(canvas);
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_print(canvas, INK_CARE, "skipped");
    canvas_print(canvas, INK_PLAIN, " because \"");
    canvas_show(canvas, INK_PLAIN, failed, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, "\" failed");
    tell_names(canvas, group);
    canvas_line(canvas);
    group->count = 0;
}

static int by_plan(const void *left, const void *right)
{
    const struct told_failure *a = left, *b = right;

    return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

static void tell_failures(struct suites *suites, struct canvas *canvas,
                          struct suite_page *page)
{
    if (page->failure_count > 0)
        qsort(page->failures, page->failure_count, sizeof(*page->failures),
              by_plan);
    for (size_t i = 0; i < page->failure_count; i++) {
        canvas_line(canvas);
        (void)!buffer_add_text(&canvas->text, page->failures[i].text);
        tell_because(canvas, page, page->failures[i].name);
        suites->is_after_failure = true;
    }
}

static void tell_skipped(struct suites *suites, struct canvas *canvas,
                         const struct suite_page *page)
{
    bool is_first = true;

    for (struct skip_group *group = page->first; group; group = group->next) {
        if (group->count == 0)
            continue;
        if (is_first && suites->is_after_failure)
            canvas_line(canvas);
        is_first = false;
        tell_group(canvas, group);
    }
}

static void page_finish(struct suite_page *page)
{
    for (size_t i = 0; i < page->failure_count; i++) {
        free(page->failures[i].name);
        free(page->failures[i].text);
    }
    free(page->failures);
    while (page->first) {
        struct skip_group *next = page->first->next;

        buffer_finish(&page->first->names);
        free(page->first->key);
        free(page->first->reason);
        free(page->first);
        page->first = next;
    }
    map_finish(&page->groups);
    free(page->path);
    *page = (struct suite_page){0};
}

void suites_tell(struct suites *suites, struct canvas *canvas, bool everything)
{
    while (suites->next < suites->count) {
        struct suite_page *page = &suites->pages[suites->next];

        if (!page->is_ended && !everything)
            return;
        if (!suites->is_quiet)
            tell_counts(suites, canvas, page);
        tell_failures(suites, canvas, page);
        if (!suites->is_quiet)
            tell_skipped(suites, canvas, page);
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
