#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runner/cli/compare.h"
#include "runner/cli/signals.h"

enum { HOSTNAME_MOST = 256 };

/* Which run is the next one. */
struct turn {
    struct lane *lane;
    bool is_measured;
    bool is_told; /* the reporters hear it */
    const struct interrupt *interrupt;
    size_t number; /* of all runs, from 1 */
};

static double seconds(int64_t ns)
{
    return (double)ns / (double)NS_PER_S;
}

static double time_seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* By ordinal. */
static bool *mark_quarantined(const struct plan *plan, size_t count)
{
    bool *marks = must_alloc(count * sizeof(*marks));
    size_t ordinal = 0;

    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (test->selection == LEFT_OUT)
            continue;
        for (size_t copy = 0; copy < test->copy_count; copy++)
            marks[ordinal++] = test->quarantine && !test->quarantine->is_over;
    }
    return marks;
}

void contest_open(struct contest *contest, const struct settings *settings,
                  const struct plan *plan)
{
    const struct name_list *strategies = &settings->compare.strategies;

    contest->plan = plan;
    contest->settings = settings;
    contest->test_count = suites_test_count(plan);
    contest->lane_count = strategies->count;
    contest->lanes = must_alloc(strategies->count * sizeof(*contest->lanes));
    for (size_t i = 0; i < strategies->count; i++) {
        struct lane *lane = &contest->lanes[i];

        lane->strategy = strategies->list[i];
        lane->seconds =
            must_alloc(settings->compare.run_count * sizeof(*lane->seconds));
        lane->endings =
            must_alloc(contest->test_count * sizeof(*lane->endings));
    }
    contest->is_quarantined = mark_quarantined(plan, contest->test_count);
}

void contest_close(struct contest *contest)
{
    for (size_t i = 0; i < contest->lane_count; i++) {
        free(contest->lanes[i].seconds);
        free(contest->lanes[i].endings);
    }
    free(contest->lanes);
    free(contest->is_quarantined);
    recording_clear(&contest->held.recording);
    free(contest->held.path_text);
}

/* To the audience; the end of the run is kept. */
static void tell(void *listener, const struct event *event)
{
    struct held *held = listener;

    if (event->in_flight > held->peak)
        held->peak = event->in_flight;
    if (event->kind != EVENT_RUN_FINISHED) {
        audience_tell(held->audience, event);
        return;
    }
    held->is_held = true;
    held->event = *event;
    held->end = *event->run_end;
    held->event.run_end = &held->end;
    if (held->end.path_text) {
        held->path_text = must_copy(held->end.path_text);
        held->end.path_text = held->path_text;
    }
}

/* To the recording; when the end says that the run was interrupted there will
 * be no other, and the audience hears this one. */
static void record(void *listener, const struct event *event)
{
    struct held *held = listener;

    if (event->kind != EVENT_RUN_FINISHED) {
        recording_keep(&held->recording, event);
        return;
    }
    if (!event->run_end->interrupted_by)
        return;
    recording_tell(&held->recording, audience_tell, held->audience);
    tell(held, event);
}

typedef void listen(void *listener, const struct event *event);

/* Who hears this run; NULL: nobody will, or they have heard theirs. */
static listen *choose_listener(const struct contest *contest,
                               const struct turn *turn)
{
    if (turn->is_told)
        return tell;
    if (contest->held.is_held || contest->held.audience->count == 0)
        return NULL;
    return record;
}

static void keep(struct contest *contest, const struct turn *turn,
                 const struct run_result *result)
{
    struct lane *lane = turn->lane;

    contest->check_count += result->check_count;
    for (size_t i = 0; i < result->outcome_count && i < contest->test_count;
         i++)
        lane->endings[i].times[result->outcomes[i]]++;
    if (!turn->is_measured)
        return;
    lane->path += seconds(result->path_ns);
    lane->sum += seconds(result->sum_ns);
    lane->connection_count += result->connection_count;
    lane->request_count += result->request_count;
}

static void keep_times(struct lane *lane, int64_t took_ns,
                       const struct rusage *before, const struct rusage *after)
{
    lane->seconds[lane->run_count++] = seconds(took_ns);
    lane->user +=
        time_seconds(after->ru_utime) - time_seconds(before->ru_utime);
    lane->system +=
        time_seconds(after->ru_stime) - time_seconds(before->ru_stime);
}

/* Each run draws its own, since what one has made another one meets; that of
 * the reports what `volley run` draws, so that it can be replayed. */
static size_t chance_round(const struct turn *turn)
{
    return turn->is_told ? 0 : turn->number;
}

static enum status take_turn(struct contest *contest, const struct turn *turn)
{
    CLEANUP(run_result_finish) struct run_result result = {0};
    char hostname[HOSTNAME_MOST] = "localhost";
    struct rusage before, after;
    struct fault fault = {0};
    const struct run run = {
        .plan = contest->plan,
        .limits = contest->settings->limits,
        .seed = contest->settings->seed,
        .first_round = chance_round(turn),
        .transport = turn->lane->strategy,
        .interrupt = turn->interrupt,
        .tell = choose_listener(contest, turn),
        .listener = &contest->held,
        .hostname = hostname,
    };
    int64_t began_ns;
    bool has_run;

    gethostname(hostname, sizeof(hostname) - 1);
    getrusage(RUSAGE_SELF, &before);
    began_ns = clock_monotonic_ns();
    has_run = engine_run(&run, &result, &fault);
    began_ns = clock_monotonic_ns() - began_ns;
    getrusage(RUSAGE_SELF, &after);
    if (!has_run) {
        fputs("volley: ", stderr);
        fault_print(&fault, stderr);
        return STATUS_INCOMPLETE;
    }
    recording_clear(&contest->held.recording);
    contest->interrupted_by = result.interrupted_by;
    if (result.interrupted_by)
        return status_of_signal(result.interrupted_by);
    keep(contest, turn, &result);
    if (turn->is_measured)
        keep_times(turn->lane, began_ns, &before, &after);
    return STATUS_PASSED;
}

/* A living line, on a terminal only. */
static void tell_turn(const struct turn *turn, size_t total)
{
    if (!isatty(STDOUT_FILENO))
        return;
    printf("\r  run %zu of %zu: %s%s\033[K", turn->number, total,
           turn->lane->strategy, turn->is_measured ? "" : ", warming up");
    fflush(stdout);
}

static void clear_line(void)
{
    if (isatty(STDOUT_FILENO))
        fputs("\r\033[K", stdout);
}

static enum status take_turns(struct contest *contest, size_t round,
                              struct turn *turn)
{
    const struct compare_settings *compare = &contest->settings->compare;
    size_t total =
        (compare->warmup_count + compare->run_count) * contest->lane_count;

    turn->is_measured = round >= compare->warmup_count;
    for (size_t i = 0; i < contest->lane_count; i++) {
        size_t number = (round + i) % contest->lane_count;
        enum status status;

        turn->lane = &contest->lanes[number];
        turn->is_told =
            round == compare->warmup_count && number == contest->lane_count - 1;
        turn->number++;
        tell_turn(turn, total);
        status = take_turn(contest, turn);
        if (status != STATUS_PASSED)
            return status;
    }
    return STATUS_PASSED;
}

/* Of a round that did not come to its end the numbers are forgotten: the
 * strategies would not have met the same. How its tests ended is kept. */
static enum status take_round(struct contest *contest, size_t round,
                              struct turn *turn)
{
    size_t size = contest->lane_count * sizeof(*contest->lanes);
    struct lane *before = must_alloc(size);
    enum status status;

    memcpy(before, contest->lanes, size);
    status = take_turns(contest, round, turn);
    if (status != STATUS_PASSED)
        memcpy(contest->lanes, before, size);
    else if (turn->is_measured)
        contest->round_count++;
    free(before);
    return status;
}

static void tell_interrupt(const struct contest *contest, size_t number,
                           size_t total)
{
    fprintf(stderr, "volley: interrupted in run %zu of %zu; ", number, total);
    if (contest->round_count == 0)
        fputs("nothing is compared\n", stderr);
    else
        fprintf(stderr, "%zu of %zu rounds are compared\n",
                contest->round_count, contest->settings->compare.run_count);
}

enum status contest_run(struct contest *contest)
{
    const struct compare_settings *compare = &contest->settings->compare;
    size_t rounds = compare->warmup_count + compare->run_count;
    struct turn turn = {.interrupt = signals_hear()};
    enum status status = STATUS_PASSED;

    for (size_t i = 0; i < rounds && status == STATUS_PASSED; i++)
        status = take_round(contest, i, &turn);
    clear_line();
    if (contest->interrupted_by)
        tell_interrupt(contest, turn.number, rounds * contest->lane_count);
    return status;
}
