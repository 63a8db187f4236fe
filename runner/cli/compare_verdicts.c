#include "runner/cli/compare.h"
#include "runner/cli/page.h"
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

/* What is said of a test when all runs are over. */
typedef bool finding(const struct contest *contest, size_t ordinal);

static bool is_disputed(const struct contest *contest, size_t ordinal)
{
    return !contest->is_quarantined[ordinal] &&
           count_ways(contest, ordinal) > 1;
}

static bool is_bad(const struct contest *contest, size_t ordinal)
{
    return !contest->is_quarantined[ordinal] && has_failed(contest, ordinal);
}

static bool is_excused(const struct contest *contest, size_t ordinal)
{
    return contest->is_quarantined[ordinal] && has_failed(contest, ordinal);
}

static size_t count(const struct contest *contest, finding *is_found)
{
    size_t found = 0;

    for (size_t i = 0; i < contest->test_count; i++)
        found += is_found(contest, i);
    return found;
}

bool contest_is_unanimous(const struct contest *contest)
{
    return count(contest, is_disputed) == 0;
}

bool contest_has_failures(const struct contest *contest)
{
    return count(contest, is_bad) > 0;
}

/* "suite > test" */
static void print_name(struct page *page, const struct plan *plan,
                       size_t ordinal)
{
    const struct test *test = plan->tests;

    for (; test->selection == LEFT_OUT || ordinal >= test->copy_count; test++)
        ordinal -= test->selection == LEFT_OUT ? 0 : test->copy_count;
    page_print(page, test->suite->name);
    fputs(" > ", page->out);
    page_print(page, test_copy_name(&page->arena, test, ordinal, NULL));
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

static void tell_disputed(const struct contest *contest, size_t disputed,
                          struct page *page)
{
    fprintf(page->out,
            "\nNOT THE SAME  %zu test%s did not end alike in every run "
            "(warm-up counted):\n",
            disputed, disputed == 1 ? "" : "s");
    for (size_t i = 0; i < contest->test_count; i++) {
        if (!is_disputed(contest, i))
            continue;
        fputs("  ", page->out);
        print_name(page, contest->plan, i);
        fputc('\n', page->out);
        for (size_t j = 0; j < contest->lane_count; j++)
            print_endings(&contest->lanes[j], i, page->out);
    }
    fputs("  tests that share state need an order: name one in the \"after\" "
          "of the other\n",
          page->out);
}

static void tell_names(const struct contest *contest, finding *is_found,
                       size_t found, struct page *page)
{
    size_t told = 0;

    for (size_t i = 0; i < contest->test_count && told < FAILED_TOLD_MOST;
         i++) {
        if (!is_found(contest, i))
            continue;
        fputs("  ", page->out);
        print_name(page, contest->plan, i);
        fputc('\n', page->out);
        told++;
    }
    if (found > told)
        fprintf(page->out, "  and %zu more\n", found - told);
}

static void tell_failed(const struct contest *contest, size_t failed,
                        struct page *page)
{
    fprintf(page->out,
            "\nFAILED  %zu test%s, under every strategy; "
            "\"volley run\" tells why:\n",
            failed, failed == 1 ? "" : "s");
    tell_names(contest, is_bad, failed, page);
}

static void tell_excused(const struct contest *contest, size_t excused,
                         struct page *page)
{
    fprintf(page->out,
            "\nQUARANTINED  %zu test%s failed, which does not count:\n",
            excused, excused == 1 ? "" : "s");
    tell_names(contest, is_excused, excused, page);
}

void contest_tell_verdicts(const struct contest *contest, FILE *out)
{
    size_t disputed = count(contest, is_disputed);
    size_t failed = count(contest, is_bad);
    size_t excused = count(contest, is_excused);
    struct page page;

    page_open(&page, contest->plan, out);
    if (disputed)
        tell_disputed(contest, disputed, &page);
    else if (failed)
        tell_failed(contest, failed, &page);
    if (excused)
        tell_excused(contest, excused, &page);
    page_close(&page);
}
