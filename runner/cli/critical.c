#include "runner/cli/critical.h"

#include <stdlib.h>

/* More than any test takes: sums of it stay numbers. */
static const int64_t longest_ns = 1000000 * NS_PER_S;

static bool runs(const struct test *test)
{
    return !test->skip && test->selection != LEFT_OUT;
}

static bool is_known(const struct last_ending *endings, const struct test *test)
{
    return endings && endings[test->index].ns > 0;
}

static int compare_times(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

    return (one > other) - (one < other);
}

/* Of the times that are known; 0 where none is. */
static uint64_t find_median(const struct plan *plan,
                            const struct last_ending *endings)
{
    uint64_t *times = must_alloc(plan->test_count * sizeof(*times));
    size_t count = 0;
    uint64_t median = 0;

    for (size_t i = 0; i < plan->test_count; i++) {
        if (runs(&plan->tests[i]) && is_known(endings, &plan->tests[i]))
            times[count++] = (uint64_t)endings[i].ns;
    }
    if (count) {
        qsort(times, count, sizeof(*times), compare_times);
        median = (times[(count - 1) / 2] + times[count / 2]) / 2;
    }
    free(times);
    return median < longest_ns ? median : (uint64_t)longest_ns;
}

static void set_times(struct critical *critical, const struct plan *plan)
{
    critical->times_ns =
        must_alloc(plan->test_count * sizeof(*critical->times_ns));
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];
        uint64_t time = critical->median_ns;

        if (!runs(test))
            continue;
        if (!is_known(critical->endings, test))
            critical->unknown_count++;
        else if (critical->endings[i].ns < longest_ns)
            time = (uint64_t)critical->endings[i].ns;
        else
            time = (uint64_t)longest_ns;
        critical->times_ns[i] = time;
        critical->sum_ns += time;
    }
}

void critical_find(const struct plan *plan, const struct last_ending *endings,
                   struct critical *critical)
{
    *critical = (struct critical){
        .tests = must_alloc(plan->test_count * sizeof(*critical->tests)),
        .endings = endings,
        .median_ns = find_median(plan, endings),
    };
    if (critical->median_ns)
        set_times(critical, plan);
    critical->count = plan_longest_chain(plan, critical->times_ns,
                                         critical->tests, plan->test_count);
    for (size_t i = 0; critical->times_ns && i < critical->count; i++)
        critical->path_ns += critical->times_ns[critical->tests[i]->index];
}

void critical_finish(struct critical *critical)
{
    free(critical->tests);
    free(critical->times_ns);
}

bool critical_knows(const struct critical *critical, const struct test *test)
{
    return runs(test) && is_known(critical->endings, test);
}
