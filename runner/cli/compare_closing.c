#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cli/compare.h"

/* What makes the numbers less sure than they look; each is told with what to
 * do about it. */
enum warning { WARNING_SHORT, WARNING_OUTLIERS };
enum { WARNING_COUNT = WARNING_OUTLIERS + 1 };

static const double short_seconds = 0.005;
/* From so many times the longest chain on it is asked why. */
static const double far_times = 1.5;

struct strategy_report *contest_report(const struct contest *contest,
                                       struct comparison *comparison)
{
    struct strategy_report *reports =
        must_alloc(contest->lane_count * sizeof(*reports));
    double path = INFINITY;
    struct sample first = {0};

    for (size_t i = 0; i < contest->lane_count; i++) {
        const struct lane *lane = &contest->lanes[i];
        struct sample sample = sample_of(lane->seconds, lane->run_count);
        struct ratio ratio = sample_ratio(i ? first : sample, sample);
        double runs = (double)lane->run_count;

        if (i == 0)
            first = sample;
        /* The least: what a strategy does to the answers' own times is not
         * the graph's doing. */
        path = fmin(path, lane->path / runs);
        reports[i] = (struct strategy_report){
            .name = lane->strategy,
            .run_count = lane->run_count,
            .mean = sample.mean,
            .deviation = sample.deviation,
            .median = sample.median,
            .least = sample.least,
            .most = sample.most,
            .speedup = ratio.times,
            .speedup_deviation = i ? ratio.deviation : 0,
            .saved_percent = (1 - sample.mean / first.mean) * 100,
            .user = lane->user / runs,
            .system = lane->system / runs,
            .requests_per_second =
                (double)lane->request_count / runs / sample.mean,
            .connections = (double)lane->connection_count / runs,
        };
    }
    *comparison = (struct comparison){
        .strategy_count = contest->lane_count,
        .strategies = reports,
        .critical_path = path,
        .same_verdicts = contest_is_unanimous(contest),
    };
    return reports;
}

static bool is_met(enum warning warning, const struct lane *lane,
                   const struct strategy_report *report, size_t *count)
{
    switch (warning) {
    case WARNING_SHORT: return report->mean < short_seconds;
    case WARNING_OUTLIERS:
        *count = outlier_count(lane->seconds, lane->run_count);
        return *count > 0;
    }
    return false;
}

static void tell_warning(enum warning warning,
                         const struct strategy_report *report, size_t count,
                         FILE *out)
{
    switch (warning) {
    case WARNING_SHORT:
        fprintf(out,
                "warning: %s took %.2f ms, too short to time well; "
                "compare more tests, or give them \"repeat\"\n",
                report->name, report->mean * 1000);
        break;
    case WARNING_OUTLIERS:
        fprintf(out,
                "warning: %zu of %zu runs of %s %s far from the median; "
                "quieten the machine, or use more --runs\n",
                count, report->run_count, report->name,
                count == 1 ? "is" : "are");
        break;
    }
}

static void tell_warnings(const struct contest *contest,
                          const struct comparison *comparison, FILE *out)
{
    if (contest->settings->compare.run_count == 1)
        fputs("warning: one run says nothing about the spread; use --runs 5\n",
              out);
    for (int warning = 0; warning < WARNING_COUNT; warning++) {
        for (size_t i = 0; i < contest->lane_count; i++) {
            const struct strategy_report *report = &comparison->strategies[i];
            size_t count = 0;

            if (is_met((enum warning)warning, &contest->lanes[i], report,
                       &count))
                tell_warning((enum warning)warning, report, count, out);
        }
    }
}

static const struct strategy_report *
find_fastest(const struct comparison *comparison)
{
    const struct strategy_report *fastest = comparison->strategies;

    for (size_t i = 1; i < comparison->strategy_count; i++) {
        if (comparison->strategies[i].mean < fastest->mean)
            fastest = &comparison->strategies[i];
    }
    return fastest;
}

/* Whether as many requests were in flight as may be. Only of the last strategy
 * a run was listened to. */
static bool was_full(const struct contest *contest, const struct lane *lane,
                     size_t limit)
{
    if (lane == &contest->lanes[contest->lane_count - 1])
        return contest->held.peak >= limit;
    return contest->test_count > limit;
}

/* Why the fastest strategy took much longer than the longest chain. */
static void tell_reason(const struct contest *contest, const struct lane *lane,
                        FILE *out)
{
    const struct run_limits *limits = &contest->settings->limits;
    bool is_by_host = limits->per_host < limits->jobs;
    size_t limit = is_by_host ? limits->per_host : limits->jobs;

    if (strcmp(lane->strategy, "async") != 0) {
        fprintf(out, "; it sends one request at a time.");
    } else if (was_full(contest, lane, limit)) {
        fprintf(out, "; %zu request%s in flight, the most that %s permits.",
                limit, limit == 1 ? " was" : "s were",
                is_by_host ? "--max-per-host" : "--jobs");
    } else {
        fputs("; --jobs was not the reason: the server, or this machine, was "
              "busy.",
              out);
    }
}

/* How far the fastest stayed above the critical path. */
static void tell_distance(const struct contest *contest,
                          const struct comparison *comparison, FILE *out)
{
    const struct strategy_report *fastest = find_fastest(comparison);
    double times = fastest->mean / comparison->critical_path;

    if (comparison->critical_path <= 0)
        return;
    if (times < far_times) {
        fprintf(out, "%s took %.1f %% longer than the graph allows.",
                fastest->name, fmax(0, times - 1) * 100);
        return;
    }
    fprintf(out, "%s took %.1f times as long as the graph allows",
            fastest->name, times);
    tell_reason(contest, &contest->lanes[fastest - comparison->strategies],
                out);
}

void contest_tell_closing(const struct contest *contest,
                          const struct comparison *comparison, FILE *out)
{
    fputc('\n', out);
    tell_distance(contest, comparison, out);
    if (comparison->same_verdicts && contest->lane_count > 1)
        fputs(" All strategies gave the same verdicts.", out);
    fputc('\n', out);
    if (contest->interrupted_by) {
        fprintf(out,
                "INCOMPLETE  interrupted when %zu of %zu rounds were "
                "measured; the numbers are theirs\n",
                contest->round_count, contest->settings->compare.run_count);
    }
    tell_warnings(contest, comparison, out);
}
