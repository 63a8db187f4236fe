#include "runner/cli/compare.h"
#include "runner/cli/text.h"

enum { STRATEGY_WIDTH = 10, FAILED_TOLD_MOST = 10 };

static const char *const outcome_words[OUTCOME_COUNT] = {
    [OUTCOME_PASSED] = "passed",
    [OUTCOME_FAILED] = "failed",
    [OUTCOME_ERRED] = "erred",
    [OUTCOME_SKIPPED] = "skipped",
};

/* How many different ways the test ended in, over all strategies. */
static size_t count_ways(const struct contest *contest, size_t ordinal)
{
    size_t ways = 0;

    for (size_t outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
        bool is_met = false;

        for (size_t i = 0; i < contest->lane_count; i++)
            is_met |= contest->lanes[i].endings[ordinal].times[outcome] > 0;
        ways += is_met;
    }
    return ways;
}

static bool has_failed(const struct contest *contest, size_t ordinal)
{
    for (size_t i = 0; i < contest->lane_count; i++) {
        const struct endings *endings = &contest->lanes[i].endings[ordinal];

        if (endings->times[OUTCOME_FAILED] + endings->times[OUTCOME_ERRED] > 0)
            return true;
    }
    return false;
}

static size_t count_disputed(const struct contest *contest)
{
    size_t count = 0;

    for (size_t i = 0; i < contest->test_count; i++)
        count += count_ways(contest, i) > 1;
    return count;
}

static size_t count_failed(const struct contest *contest)
{
    size_t count = 0;

    for (size_t i = 0; i < contest->test_count; i++)
        count += has_failed(contest, i);
    return count;
}

bool contest_is_unanimous(const struct contest *contest)
{
    return count_disputed(contest) == 0;
}

bool contest_has_failures(const struct contest *contest)
{
    return count_failed(contest) > 0;
}

/* "suite > test" */
static void print_name(const struct plan *plan, size_t ordinal, FILE *out)
{
    struct arena arena = {0};
    const struct test *test = plan->tests;

    for (; test->selection == LEFT_OUT || ordinal >= test->copy_count; test++)
        ordinal -= test->selection == LEFT_OUT ? 0 : test->copy_count;
    text_print(test->suite->name, 0, out);
    fputs(" > ", out);
    text_print(test_copy_name(&arena, test, ordinal, NULL), 0, out);
    arena_finish(&arena);
}

static void print_endings(const struct lane *lane, size_t ordinal, FILE *out)
{
    size_t told = 0;

    fputs("      ", out);
    text_print(lane->strategy, STRATEGY_WIDTH, out);
    for (size_t outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
        unsigned times = lane->endings[ordinal].times[outcome];

        if (!times)
            continue;
        fprintf(out, "%s%s ", told++ ? ", " : "", outcome_words[outcome]);
        if (times == 1)
            fputs("once", out);
        else
            fprintf(out, "%u times", times);
    }
    fputc('\n', out);
}

static void tell_disputed(const struct contest *contest, size_t count,
                          FILE *out)
{
    fprintf(out,
            "\nNOT THE SAME  %zu test%s did not end alike in every run "
            "(warm-up counted):\n",
            count, count == 1 ? "" : "s");
    for (size_t i = 0; i < contest->test_count; i++) {
        if (count_ways(contest, i) < 2)
            continue;
        fputs("  ", out);
        print_name(contest->plan, i, out);
        fputc('\n', out);
        for (size_t j = 0; j < contest->lane_count; j++)
            print_endings(&contest->lanes[j], i, out);
    }
    fputs("  tests that share state need an order: name one in the \"after\" "
          "of the other\n",
          out);
}

static void tell_failed(const struct contest *contest, size_t count, FILE *out)
{
    size_t told = 0;

    fprintf(out,
            "\nFAILED  %zu test%s, under every strategy; "
            "\"volley run\" tells why:\n",
            count, count == 1 ? "" : "s");
    for (size_t i = 0; i < contest->test_count && told < FAILED_TOLD_MOST;
         i++) {
        if (!has_failed(contest, i))
            continue;
        fputs("  ", out);
        print_name(contest->plan, i, out);
        fputc('\n', out);
        told++;
    }
    if (count > told)
        fprintf(out, "  and %zu more\n", count - told);
}

void contest_tell_verdicts(const struct contest *contest, FILE *out)
{
    size_t disputed = count_disputed(contest);
    size_t failed = count_failed(contest);

    if (disputed)
        tell_disputed(contest, disputed, out);
    else if (failed)
        tell_failed(contest, failed, out);
}
