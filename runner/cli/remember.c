#include "runner/cli/remember.h"

#include <stdlib.h>
#include <string.h>

#include "reporters/reporters.h"
#include "runner/cli/choose.h"

void memory_open(struct memory *memory)
{
    const struct plan *plan = memory->plan;

    memory->copy_count = 0;
    memory->ordinals = must_alloc(plan->test_count * sizeof(size_t));
    memory->endings = must_alloc(plan->test_count * sizeof(struct ending));
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        memory->ordinals[i] = memory->copy_count;
        if (test->selection != LEFT_OUT)
            memory->copy_count += test->copy_count;
    }
}

/* The last one that begins at the ordinal or before it; one that is left out
 * begins where the next one does. */
static const struct test *find_test(const struct memory *memory, size_t ordinal)
{
    size_t low = 0, high = memory->plan->test_count;

    ordinal %= memory->copy_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (memory->ordinals[middle] <= ordinal)
            low = middle;
        else
            high = middle;
    }
    return &memory->plan->tests[low];
}

/* A name that is told otherwise than it is written holds a secret, which goes
 * into no file. */
static void note(struct memory *memory, const struct test_report *report)
{
    static const enum ending_kind kinds[] = {
        [OUTCOME_PASSED] = ENDING_PASSED,
        [OUTCOME_SKIPPED] = ENDING_SKIPPED,
        [OUTCOME_FAILED] = ENDING_FAILED,
        [OUTCOME_ERRED] = ENDING_ERRED,
    };
    const struct test *test = find_test(memory, report->label.ordinal);
    struct ending *ending = &memory->endings[test->index];
    enum ending_kind kind = test_is_quarantined(report)
                                ? ENDING_QUARANTINED
                                : kinds[report->outcome];

    if (strncmp(report->label.name, test->name, strlen(test->name)) != 0)
        return;
    if (kind > ending->kind)
        ending->kind = kind;
    if (report->duration_ns > ending->ns)
        ending->ns = report->duration_ns;
}

void memory_tell(void *memory, const struct event *event)
{
    struct memory *self = memory;

    if (event->kind == EVENT_TEST_FINISHED)
        note(self, event->test);
    self->tell(self->listener, event);
}

void memory_save(const struct memory *memory, const struct settings *settings)
{
    struct fault fault = {0};

    if (last_run_save(memory->plan, choose_state_folder(settings),
                      memory->endings, &fault) ||
        settings->telling.verbosity < 1)
        return;
    fputs("volley: ", stderr);
    fault_print(&fault, stderr);
}

void memory_close(struct memory *memory)
{
    free(memory->ordinals);
    free(memory->endings);
}
