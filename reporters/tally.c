#include "reporters/tally.h"

#include <stdlib.h>
#include <string.h>

#include "reporters/wording.h"

void counts_add(struct counts *counts, const struct test_report *test)
{
    counts->tests++;
    counts->flaky += test_is_flaky(test);
    if (test_is_quarantined(test)) {
        counts->quarantined++;
        return;
    }
    switch (test->outcome) {
    case OUTCOME_PASSED: counts->passed++; break;
    case OUTCOME_FAILED: counts->failed++; break;
    case OUTCOME_ERRED: counts->erred++; break;
    case OUTCOME_SKIPPED: counts->skipped++; break;
    }
}

static void drop_last(struct tally *tally)
{
    struct slow_test *last = &tally->slow[--tally->slow_count];

    free(last->suite);
    free(last->name);
}

/* Of equally slow tests the one heard first stays in front. */
static void keep_slow(struct tally *tally, const struct test_report *test)
{
    size_t at = tally->slow_count;

    while (at > 0 && tally->slow[at - 1].duration_ns < test->duration_ns)
        at--;
    if (at == tally->slow_most)
        return;
    if (tally->slow_count == tally->slow_most)
        drop_last(tally);
    tally->slow = must_resize(tally->slow,
                              (tally->slow_count + 1) * sizeof(*tally->slow));
    memmove(&tally->slow[at + 1], &tally->slow[at],
            (tally->slow_count - at) * sizeof(*tally->slow));
    tally->slow[at] = (struct slow_test){
        .duration_ns = test->duration_ns,
        .racer = slowest_racer(test),
        .suite = must_copy(test->label.suite.name),
        .name = must_copy(test->label.name),
    };
    tally->slow_count++;
}

void tally_hear(struct tally *tally, const struct test_report *test)
{
    counts_add(&tally->counts, test);
    if (test->outcome != OUTCOME_SKIPPED)
        keep_slow(tally, test);
}

void tally_finish(struct tally *tally)
{
    while (tally->slow_count > 0)
        drop_last(tally);
    free(tally->slow);
    *tally = (struct tally){0};
}
