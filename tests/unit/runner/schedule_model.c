#include "schedule_model.h"

#include <stdlib.h>

static bool has_part(const struct test *test)
{
    return test->selection != LEFT_OUT;
}

static const struct fact *fact_of(const struct model *model,
                                  const struct test *test)
{
    return &model->facts[test->index];
}

static uint64_t locks_of(const struct model *model, const struct test *test)
{
    return model->graph->locks[test->index];
}

static bool is_settled(const struct model *model, const struct test *test)
{
    return fact_of(model, test)->done == test->copy_count;
}

bool model_is_done(const struct model *model)
{
    for (size_t i = 0; i < model->graph->plan.test_count; i++) {
        const struct test *test = &model->graph->tests[i];

        if (has_part(test) && !is_settled(model, test))
            return false;
    }
    return true;
}

static bool is_ready(const struct model *model, const struct test *test)
{
    if (!has_part(test) || fact_of(model, test)->begun == test->copy_count)
        return false;
    for (size_t i = 0; i < test->wait_count; i++) {
        const struct test *on = test->waits[i].on;

        if (has_part(on) && !is_settled(model, on))
            return false;
    }
    return true;
}

static bool is_stopped(const struct model *model, const struct test *test)
{
    return model->is_stopped &&
           (model->is_teardown_stopped || test->role != ROLE_TEARDOWN);
}

/* The one that it requires and that did not pass. */
static const struct test *find_unmet(const struct model *model,
                                     const struct test *test)
{
    for (size_t i = 0; i < test->wait_count; i++) {
        const struct wait *wait = &test->waits[i];

        if (has_part(wait->on) && wait->requires &&
            fact_of(model, wait->on)->outcome != OUTCOME_PASSED)
            return wait->on;
    }
    return NULL;
}

const struct test *model_blocker(const struct model *model,
                                 const struct test *test)
{
    const struct test *blocker = NULL;

    if (test->skip || is_stopped(model, test))
        return NULL;
    while ((test = find_unmet(model, test)))
        blocker = test;
    return blocker;
}

static bool must_skip(const struct model *model, const struct test *test)
{
    return test->skip || is_stopped(model, test) || find_unmet(model, test);
}

static uint64_t busy_locks(const struct model *model)
{
    uint64_t busy = 0;

    for (const struct trip *trip = model->trips; trip; trip = trip->next)
        busy |= locks_of(model, trip->test);
    return busy;
}

static bool is_candidate(const struct model *model, const struct test *test,
                         uint64_t busy)
{
    uint64_t locks = locks_of(model, test);

    return is_ready(model, test) &&
           (must_skip(model, test) || locks & GRAPH_ALONE || !(locks & busy));
}

static bool wants_alone(const struct model *model, const struct test *test)
{
    return locks_of(model, test) & GRAPH_ALONE && !must_skip(model, test);
}

/* Shuffled ones have no order that is known here. */
static bool is_before(const struct model *model, const struct test *a,
                      const struct test *b)
{
    if (a->goes_first != b->goes_first)
        return a->goes_first;
    if (model->is_shuffled)
        return false;
    if (a->height != b->height)
        return a->height > b->height;
    return a->index < b->index;
}

/* The most urgent candidate, of those that run alone or of all. */
static const struct test *find_best(const struct model *model, bool only_alone)
{
    const struct test *best = NULL;
    uint64_t busy = busy_locks(model);

    for (size_t i = 0; i < model->graph->plan.test_count; i++) {
        const struct test *test = &model->graph->tests[i];

        if (!is_candidate(model, test, busy) ||
            (only_alone && !wants_alone(model, test)))
            continue;
        if (!best || is_before(model, test, best))
            best = test;
    }
    return best;
}

/* Nothing was given out: could it have been? */
static const char *complain_of_none(struct model *model)
{
    const struct test *best = find_best(model, false);
    const struct test *alone = find_best(model, true);

    if (busy_locks(model) & GRAPH_ALONE || !best)
        return NULL;
    if (!model->trips)
        return "nothing began though nothing ran";
    if (model->is_draining)
        return NULL;
    if (!alone || (!model->is_shuffled && best != alone) ||
        is_before(model, best, alone))
        return "nothing began though something could have";
    model->is_draining = true;
    return NULL;
}

const char *model_complain(struct model *model, const struct test *test,
                           bool is_skipped)
{
    const struct test *best = find_best(model, model->is_draining);

    if (!test)
        return complain_of_none(model);
    if (!has_part(test))
        return "it is left out";
    if (!is_candidate(model, test, busy_locks(model)))
        return "it must wait";
    if (is_skipped != must_skip(model, test))
        return is_skipped ? "it is skipped" : "it is not skipped";
    if (busy_locks(model) & GRAPH_ALONE)
        return "another one runs alone";
    if (wants_alone(model, test) && model->trips)
        return "it runs alone beside another";
    if (model->is_draining && !wants_alone(model, test))
        return "it is no turn of its";
    if (model->is_shuffled ? is_before(model, best, test) : best != test)
        return "another one is more urgent";
    if (!is_skipped)
        model->is_draining = false;
    return NULL;
}

static bool is_due_before(const struct trip *a, const struct trip *b)
{
    return a->due_ns != b->due_ns ? a->due_ns < b->due_ns
                                  : a->number < b->number;
}

struct trip *model_first_due(const struct model *model)
{
    struct trip *first = NULL;

    for (struct trip *trip = model->trips; trip; trip = trip->next) {
        if (trip->is_parked && (!first || is_due_before(trip, first)))
            first = trip;
    }
    return first;
}

void model_end(struct model *model, const struct test *test,
               enum outcome outcome, int64_t duration_ns)
{
    static const enum outcome by_badness[] = {OUTCOME_SKIPPED, OUTCOME_FAILED,
                                              OUTCOME_ERRED};
    struct fact *fact = &model->facts[test->index];
    enum outcome before = fact->outcome;

    fact->done++;
    for (size_t i = 0; i < COUNT(by_badness); i++) {
        if (outcome == by_badness[i] || before == by_badness[i])
            fact->outcome = by_badness[i];
    }
    if (duration_ns > fact->longest_ns)
        fact->longest_ns = duration_ns;
}

/* Tests may wait for later ones, so all are looked at until nothing grows. */
int64_t model_path_ns(const struct model *model)
{
    size_t count = model->graph->plan.test_count;
    int64_t *paths = must_alloc(count * sizeof(*paths)), most = 0;
    bool grew = true;

    while (grew) {
        grew = false;
        for (size_t i = 0; i < count; i++) {
            const struct test *test = &model->graph->tests[i];
            int64_t path = 0;

            for (size_t j = 0; has_part(test) && j < test->wait_count; j++) {
                if (paths[test->waits[j].on->index] > path)
                    path = paths[test->waits[j].on->index];
            }
            path += has_part(test) ? model->facts[i].longest_ns : 0;
            grew |= path > paths[i];
            paths[i] = path;
            most = path > most ? path : most;
        }
    }
    free(paths);
    return most;
}
