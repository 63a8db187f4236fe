/* Of a log only that is read what it says of how tests ended. A test is known
 * there by its name as told, which may be that of a copy: "name [3]",
 * "name [row 2] [0]". */
#include <stdlib.h>
#include <string.h>

#include "specs/last_run.h"
#include "specs/rows.h"
#include "specs/run_log.h"

struct log {
    const struct plan *plan;
    struct map suites;         /* of the plan, by path */
    struct map *tests;         /* of each suite, by name */
    size_t told_count;         /* of the suites that the run named */
    const struct suite **told; /* NULL: not in the plan */
    struct last_ending *endings;
};

static void open_log(struct log *log)
{
    const struct plan *plan = log->plan;

    log->tests = must_alloc(plan->suite_count * sizeof(*log->tests));
    log->endings = must_alloc(plan->test_count * sizeof(*log->endings));
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];

        map_set(&log->suites, suite->path, (void *)(uintptr_t)suite);
        for (size_t j = 0; j < suite->test_count; j++)
            map_set(&log->tests[i], suite->tests[j].name,
                    (void *)(uintptr_t)&suite->tests[j]);
    }
}

static void close_log(struct log *log)
{
    for (size_t i = 0; i < log->plan->suite_count; i++)
        map_finish(&log->tests[i]);
    map_finish(&log->suites);
    free(log->tests);
    free(log->told);
}

static void note_suites(struct log *log, const json_t *suites)
{
    size_t i;
    json_t *suite;

    free(log->told);
    log->told_count = json_array_size(suites);
    log->told = must_alloc(log->told_count * sizeof(const struct suite *));
    json_array_foreach (suites, i, suite) {
        const char *path = json_string_value(json_object_get(suite, "path"));

        log->told[i] = path ? map_find(&log->suites, path) : NULL;
    }
}

/* The test of exactly that name; else the one whose copy has it: what stands
 * behind its name has a limit, too, and is all that is looked at. */
static const struct test *find_test(const struct map *tests, const char *name)
{
    CLEANUP(freep) char *shorter = must_copy(name);
    size_t at = strlen(name);
    size_t least = at > COPY_WORDS_MOST ? at - COPY_WORDS_MOST : 0;
    const struct test *test = map_find(tests, shorter);

    if (!at || name[at - 1] != ']')
        return test;
    while (!test && at-- > least) {
        if (strncmp(shorter + at, " [", 2) != 0)
            continue;
        shorter[at] = '\0';
        test = map_find(tests, shorter);
    }
    return test;
}

static void note_test(struct log *log, const json_t *event)
{
    const json_t *index = json_object_get(event, "suite");
    const char *name = json_string_value(json_object_get(event, "name"));
    struct last_ending ending = last_ending_read(event);
    size_t number = (size_t)json_integer_value(index);
    const struct suite *suite;
    const struct test *test;

    if (!json_is_integer(index) || number >= log->told_count || !name)
        return;
    suite = log->told[number];
    test = suite ? find_test(&log->tests[suite->index], name) : NULL;
    if (!test)
        return;
    log->endings[test->index].has_failed |=
        ending.has_failed && !json_object_get(event, "quarantine");
    log->endings[test->index].was_skipped |= ending.was_skipped;
}

static bool hear(void *listener, const struct log_event *event,
                 struct fault *fault)
{
    struct log *log = listener;

    (void)fault;
    if (strcmp(event->kind, "run_started") == 0)
        note_suites(log, json_object_get(event->members, "suites"));
    else if (strcmp(event->kind, "test_finished") == 0)
        note_test(log, event->members);
    return true;
}

struct last_ending *last_run_recall_log(const struct plan *plan,
                                        const char *path, struct fault *fault)
{
    struct log log = {.plan = plan};

    open_log(&log);
    if (!run_log_read(path, hear, &log, fault)) {
        free(log.endings);
        log.endings = NULL;
    }
    close_log(&log);
    return log.endings;
}
