#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cli/compare.h"

/* What is said of one strategy whose only run took so long. */
struct row {
    const char *strategy;
    double seconds, path;
    size_t test_count, peak, jobs, per_host;
    const char *said;
};

static char *tell(const struct row *row)
{
    double seconds[] = {row->seconds};
    struct lane lane = {.strategy = row->strategy, .run_count = 1};
    struct settings settings = {
        .limits = {.jobs = row->jobs, .per_host = row->per_host},
        .compare = {.run_count = 5}};
    struct contest contest = {.settings = &settings,
                              .lane_count = 1,
                              .lanes = &lane,
                              .test_count = row->test_count,
                              .held = {.peak = row->peak}};
    struct endings *endings = must_alloc(row->test_count * sizeof(*endings));
    bool *marks = must_alloc(row->test_count * sizeof(*marks));
    struct strategy_report *reports;
    struct comparison comparison;
    size_t size;
    char *said;
    FILE *out = open_memstream(&said, &size);

    lane.seconds = seconds;
    lane.path = row->path;
    lane.endings = endings;
    contest.is_quarantined = marks;
    reports = contest_report(&contest, &comparison);
    contest_tell_closing(&contest, &comparison, out);
    fclose(out);
    free(reports);
    free(endings);
    free(marks);
    return said;
}

START_TEST(how_far_above_the_graphs_bound_is_told_and_why)
{
    static const struct row rows[] = {
        {"async", 1.003, 1, 10, 10, 64, 64,
         "async took 0.3 % longer than the graph allows."},
        {"async", 1, 1.001, 10, 10, 64, 64,
         "async took 0.0 % longer than the graph allows."},
        {"async", 1.49, 1, 10, 64, 64, 64,
         "async took 49.0 % longer than the graph allows."},
        {"async", 4, 1, 100, 64, 64, 64,
         "async took 4.0 times as long as the graph allows; 64 requests were "
         "in flight, the most that --jobs permits."},
        {"async", 4, 1, 100, 1, 64, 1,
         "async took 4.0 times as long as the graph allows; 1 request was in "
         "flight, the most that --max-per-host permits."},
        {"async", 4, 1, 100, 63, 64, 64,
         "async took 4.0 times as long as the graph allows; --jobs was not "
         "the reason: the server, or this machine, was busy."},
        {"serial", 4, 1, 100, 1, 1, 1,
         "serial took 4.0 times as long as the graph allows; it sends one "
         "request at a time."},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *said = tell(&rows[i]);

        ck_assert_msg(strncmp(said + 1, rows[i].said, strlen(rows[i].said)) ==
                              0 &&
                          said[1 + strlen(rows[i].said)] == '\n',
                      "row %zu: %s", i, said);
        free(said);
    }
}
END_TEST

UNIT("closing", how_far_above_the_graphs_bound_is_told_and_why)
