#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reporters/figures.h"
#include "reporters/junit.h"
#include "reporters/tally.h"
#include "reporters/text.h"

enum { NAME_BYTES = 4096 };

/* One line, never empty: some readers refuse a test without a name. */
static const char *keep_name(struct arena *arena, const char *name)
{
    struct buffer line = buffer_with_ceiling(NAME_BYTES);
    const char *kept;

    text_add_line(&line, name, strlen(name));
    kept = arena_copy(arena, line.length > 0 ? line.bytes : "(no name)");
    buffer_finish(&line);
    return kept;
}

static void add_property(struct junit_story *story, const char *name,
                         const char *value)
{
    struct junit_property *property =
        arena_take(&story->arena, sizeof(*property));

    property->name = keep_name(&story->arena, name);
    property->value = keep_name(&story->arena, value);
    if (story->last_property)
        story->last_property->next = property;
    else
        story->properties = property;
    story->last_property = property;
}

/* Readers look for the file from the project's root, which is where volley was
 * started. */
static const char *relative_path(const char *path)
{
    char *root = getcwd(NULL, 0);
    size_t length = root ? strlen(root) : 0;

    if (length > 0 && strncmp(path, root, length) == 0 && path[length] == '/')
        path += length + 1;
    free(root);
    return path;
}

/* "tests/api/users.volley.json" is of the class "tests.api.users": readers
 * take what is behind the last dot for the name. */
static const char *class_name(struct arena *arena, const char *path)
{
    static const char *const endings[] = {".volley.json", ".json"};
    size_t length;
    char *name;

    if (strcmp(path, "-") == 0)
        return "stdin";
    while (*path == '/')
        path++;
    length = strlen(path);
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t end = strlen(endings[i]);

        if (length > end && strcmp(path + length - end, endings[i]) == 0) {
            length -= end;
            break;
        }
    }
    name = arena_copy_bytes(arena, path, length);
    for (char *at = name; *at; at++)
        *at = *at == '/' ? '.' : *at == '.' ? '_' : *at;
    return *name ? name : "suite";
}

static void start(struct junit_story *story, const struct run_start *run)
{
    char jobs[FIGURE_ROOM];

    assert(!story->suites);
    story->hostname =
        keep_name(&story->arena, run->hostname && *run->hostname ? run->hostname
                                                                 : "localhost");
    story->wall_ns = run->wall_ns;
    story->suite_count = run->suite_count;
    story->suites = arena_take(&story->arena,
                               (run->suite_count + 1) * sizeof(*story->suites));
    for (size_t i = 0; i < run->suite_count; i++) {
        struct junit_suite *suite = &story->suites[i];

        suite->path =
            keep_name(&story->arena, relative_path(run->suites[i].path));
        suite->class_name = class_name(&story->arena, suite->path);
    }
    add_property(story, "volley.version", run->version);
    add_property(story, "volley.transport", run->transport);
    add_property(story, "volley.jobs",
                 figure_decimal((double)run->jobs, 0, jobs));
    add_property(story, "volley.seed",
                 arena_print(&story->arena, "%" PRIu64, run->seed));
    add_property(story, "volley.insecure", run->insecure ? "true" : "false");
}

/* At most what a text takes when it is escaped. */
static size_t escaped_length(const char *text)
{
    size_t length = strlen(text);

    for (text = strpbrk(text, "&<>\r"); text; text = strpbrk(text + 1, "&<>\r"))
        length += 4;
    return length;
}

static size_t told_length(const struct junit_told *told)
{
    size_t length = escaped_length(told->message) + escaped_length(told->text) +
                    escaped_length(told->output);

    for (size_t i = 0; i < told->rerun_count; i++)
        length += escaped_length(told->reruns[i].message) +
                  escaped_length(told->reruns[i].text);
    return length;
}

static void hear_test(struct junit_story *story, const struct test_report *test)
{
    struct junit_case *kept;

    assert(test->label.suite.index < story->suite_count);
    if (story->case_count == story->case_room) {
        story->case_room = story->case_room ? story->case_room * 2 : 64;
        story->cases =
            must_resize(story->cases, story->case_room * sizeof(*story->cases));
    }
    kept = &story->cases[story->case_count++];
    *kept = (struct junit_case){
        .name = keep_name(&story->arena, test->label.name),
        .duration_ns = test->duration_ns,
        .ordinal = test->label.ordinal,
        .suite = (unsigned)test->label.suite.index,
        .line = test->label.line,
        /* What does not count may not be a failure to those who read it. */
        .outcome = test_is_quarantined(test) ? OUTCOME_SKIPPED : test->outcome,
    };
    if (test->outcome == OUTCOME_PASSED && !test->retried_count)
        return;
    kept->told =
        junit_tell(&story->arena, test, story->told_length > LIMIT_JUNIT_TOLD);
    story->told_length += told_length(kept->told);
}

static void hear_suite_end(struct junit_story *story,
                           const struct suite_end *end)
{
    assert(end->label.index < story->suite_count);
    story->suites[end->label.index].started_ns = end->started_ns;
    story->suites[end->label.index].duration_ns = end->duration_ns;
}

static void add_strategy(struct junit_story *story,
                         const struct strategy_report *strategy)
{
    const struct {
        const char *name;
        double value;
        unsigned places;
    } rows[] = {
        {"runs", (double)strategy->run_count, 0},
        {"mean", strategy->mean, 6},
        {"deviation", strategy->deviation, 6},
        {"median", strategy->median, 6},
        {"min", strategy->least, 6},
        {"max", strategy->most, 6},
        {"speedup", strategy->speedup, 3},
        {"speedup_deviation", strategy->speedup_deviation, 3},
        {"saved_percent", strategy->saved_percent, 1},
        {"requests_per_second", strategy->requests_per_second, 1},
        {"connections", strategy->connections, 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char value[FIGURE_ROOM];

        add_property(story,
                     arena_print(&story->arena, "volley.compare.%s.%s",
                                 strategy->name, rows[i].name),
                     figure_decimal(rows[i].value, rows[i].places, value));
    }
}

static void hear_comparison(struct junit_story *story,
                            const struct comparison *comparison)
{
    char path[FIGURE_ROOM];

    for (size_t i = 0; i < comparison->strategy_count; i++)
        add_strategy(story, &comparison->strategies[i]);
    add_property(story, "volley.compare.critical_path",
                 figure_decimal(comparison->critical_path, 6, path));
    add_property(story, "volley.compare.same_verdicts",
                 comparison->same_verdicts ? "true" : "false");
}

void story_hear(struct junit_story *story, const struct event *event)
{
    switch (event->kind) {
    case EVENT_RUN_STARTED: start(story, event->run_start); break;
    case EVENT_TEST_FINISHED: hear_test(story, event->test); break;
    case EVENT_SUITE_FINISHED: hear_suite_end(story, event->suite_end); break;
    case EVENT_COMPARED: hear_comparison(story, event->comparison); break;
    case EVENT_RUN_FINISHED:
        story->duration_ns = event->run_end->duration_ns;
        break;
    case EVENT_DISPATCHED:
    case EVENT_ANSWERED: break;
    }
}

static int by_plan(const void *left, const void *right)
{
    const struct junit_case *a = left, *b = right;

    if (a->suite != b->suite)
        return a->suite < b->suite ? -1 : 1;
    return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

/* The second "read" becomes "read (2)". `names` maps each name of the suite to
 * how often it was wanted. */
static const char *unique_name(struct arena *arena, struct map *names,
                               const char *name)
{
    size_t *wanted = map_find(names, name);
    const char *unique = name;

    if (wanted) {
        do
            unique = arena_print(arena, "%s (%zu)", name, ++*wanted);
        while (map_find(names, unique));
    }
    wanted = arena_take(arena, sizeof(*wanted));
    *wanted = 1;
    map_set(names, unique, wanted);
    return unique;
}

static void count_case(struct counts *counts, enum outcome outcome)
{
    counts->tests++;
    counts->failed += outcome == OUTCOME_FAILED;
    counts->erred += outcome == OUTCOME_ERRED;
    counts->skipped += outcome == OUTCOME_SKIPPED;
}

void story_settle(struct junit_story *story)
{
    struct map names = {0};
    size_t at = 0;

    if (story->case_count > 0)
        qsort(story->cases, story->case_count, sizeof(*story->cases), by_plan);
    for (size_t i = 0; i < story->suite_count; i++) {
        struct junit_suite *suite = &story->suites[i];

        suite->first = at;
        for (; at < story->case_count && story->cases[at].suite == i; at++) {
            struct junit_case *kept = &story->cases[at];

            kept->name = unique_name(&story->arena, &names, kept->name);
            count_case(&suite->counts, kept->outcome);
        }
        map_finish(&names);
        names = (struct map){0};
    }
}

void story_finish(struct junit_story *story)
{
    free(story->cases);
    arena_finish(&story->arena);
}
