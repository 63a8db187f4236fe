/* Schedules of random plans, driven by chance under a false clock, against the
 * model that looks at everything at every step. */
#include "schedule_model.h"
#include "tests/unit/unit.h"
#include <stdlib.h>

#include "runner/schedule.h"

struct drive {
    uint64_t seed;
    struct dice dice;
    struct graph graph;
    struct model model;
    struct schedule schedule;
    size_t jobs;
    size_t flying; /* of the model's trips, those not parked */
    size_t parked_count;
    size_t idle_steps;
    int64_t now_ns;
};

static void insist(const struct drive *drive, bool holds, const char *what)
{
    ck_assert_msg(holds, "seed %llu, round %zu: %s",
                  (unsigned long long)drive->seed, drive->schedule.round, what);
}

static struct task *task_of(struct drive *drive, const struct test *test)
{
    return &drive->schedule.tasks[test->index];
}

static int64_t some_time(struct drive *drive)
{
    return (int64_t)dice_below(&drive->dice, 20);
}

static void settle(struct drive *drive, const struct test *test,
                   enum outcome outcome)
{
    int64_t duration_ns = outcome == OUTCOME_SKIPPED ? 0 : some_time(drive);

    model_end(&drive->model, test, outcome, duration_ns);
    schedule_settle(&drive->schedule, task_of(drive, test), outcome,
                    duration_ns, drive->now_ns);
    drive->idle_steps = 0;
}

static void forget(struct drive *drive, struct trip *trip)
{
    struct trip **link = &drive->model.trips;

    while (*link != trip)
        link = &(*link)->next;
    *link = trip->next;
    free(trip);
}

static void check_copy(struct drive *drive, const struct task *task,
                       size_t copy, bool is_skipped)
{
    const struct task *blocker = schedule_blocker(&drive->schedule, task);
    struct fact *fact = &drive->model.facts[task->test->index];

    insist(drive, copy == fact->begun++, "copies are out of order");
    insist(drive, copy < task->test->copy_count, "there is no such copy");
    insist(drive, !blocker || is_skipped, "blocked and yet not skipped");
    insist(drive,
           (blocker ? blocker->test : NULL) ==
               model_blocker(&drive->model, task->test),
           "another one is to blame");
}

/* False when nothing began. */
static bool begin_one(struct drive *drive)
{
    size_t copy = 0;
    const char *skip = NULL;
    const struct task *task = schedule_next(&drive->schedule, &copy, &skip);
    const char *complaint =
        model_complain(&drive->model, task ? task->test : NULL, skip);
    struct trip *trip;

    insist(drive, !complaint, complaint);
    if (!task)
        return false;
    drive->idle_steps = 0;
    check_copy(drive, task, copy, skip);
    if (skip) {
        settle(drive, task->test, OUTCOME_SKIPPED);
        return true;
    }
    trip = must_alloc(sizeof(*trip));
    trip->test = task->test;
    trip->next = drive->model.trips;
    drive->model.trips = trip;
    drive->flying++;
    return true;
}

static void fill(struct drive *drive)
{
    while (drive->flying < drive->jobs && !dice_say(&drive->dice, 10)) {
        if (!begin_one(drive))
            return;
    }
}

/* Those that are due go on, as far as there is room. */
static void wake(struct drive *drive)
{
    while (drive->flying < drive->jobs) {
        struct trip *first = model_first_due(&drive->model);
        bool is_due = first && first->due_ns <= drive->now_ns;

        insist(drive,
               schedule_due(&drive->schedule, drive->now_ns) ==
                   (is_due ? first : NULL),
               "another flight is due");
        if (!is_due)
            return;
        first->is_parked = false;
        drive->flying++;
        drive->idle_steps = 0;
    }
}

static void park(struct drive *drive, struct trip *trip)
{
    trip->is_parked = true;
    trip->due_ns = drive->now_ns + some_time(drive);
    trip->number = drive->parked_count++;
    drive->flying--;
    schedule_park(&drive->schedule, trip, trip->due_ns);
}

/* One that flies settles, or is parked. */
static void land(struct drive *drive)
{
    static const enum outcome outcomes[] = {
        OUTCOME_PASSED, OUTCOME_PASSED, OUTCOME_PASSED, OUTCOME_PASSED,
        OUTCOME_FAILED, OUTCOME_ERRED,  OUTCOME_SKIPPED};
    size_t which = dice_below(&drive->dice, drive->flying);
    struct trip *trip = drive->model.trips;
    const struct test *test;

    while (trip->is_parked || which-- > 0)
        trip = trip->next;
    if (dice_say(&drive->dice, 20)) {
        park(drive, trip);
        return;
    }
    test = trip->test;
    forget(drive, trip);
    drive->flying--;
    settle(drive, test, outcomes[dice_below(&drive->dice, COUNT(outcomes))]);
}

static void pass_time(struct drive *drive)
{
    const struct trip *first = model_first_due(&drive->model);
    int64_t due_ns = first ? first->due_ns : INT64_MAX;

    insist(drive, schedule_next_due(&drive->schedule) == due_ns,
           "something else is due next");
    if (first && due_ns > drive->now_ns && drive->flying == 0)
        drive->now_ns = due_ns;
    else
        drive->now_ns += 1 + some_time(drive) / 4;
}

/* All that is parked ends here. */
static void end_parked(struct drive *drive)
{
    struct trip *trip;
    int64_t due_ns = 0;

    while ((trip = schedule_unpark(&drive->schedule, &due_ns))) {
        const struct test *test = trip->test;

        insist(drive, trip == model_first_due(&drive->model),
               "another one is the first that is parked");
        insist(drive, trip->due_ns == due_ns, "it was due at another time");
        forget(drive, trip);
        settle(drive, test, OUTCOME_ERRED);
    }
    insist(drive, !model_first_due(&drive->model), "one was forgotten");
}

static void stop(struct drive *drive)
{
    bool teardown_too = dice_say(&drive->dice, 30);

    schedule_stop(&drive->schedule, "stopped", teardown_too);
    if (!drive->model.is_stopped ||
        (teardown_too && !drive->model.is_teardown_stopped))
        drive->model.is_draining = false; /* it is found anew what is next */
    drive->model.is_teardown_stopped |= teardown_too;
    drive->model.is_stopped = true;
    if (dice_say(&drive->dice, 50))
        end_parked(drive);
}

static void check_end(struct drive *drive)
{
    const struct task *last = drive->schedule.last_of_path;

    insist(drive, model_is_done(&drive->model), "not all is done");
    insist(drive, !drive->model.trips, "something still runs");
    insist(drive, (last ? last->path_ns : 0) == model_path_ns(&drive->model),
           "the longest chain is another one");
}

static void run_round(struct drive *drive, size_t stops_per_thousand)
{
    enum { IDLE_MOST = 1000 };

    while (!schedule_is_done(&drive->schedule)) {
        insist(drive, drive->idle_steps++ < IDLE_MOST, "it is stuck");
        wake(drive);
        fill(drive);
        if (dice_below(&drive->dice, 1000) < stops_per_thousand)
            stop(drive);
        if (drive->flying && dice_say(&drive->dice, 75))
            land(drive);
        else
            pass_time(drive);
    }
    check_end(drive);
}

static void check_ordinals(struct drive *drive)
{
    size_t ordinal = 0, part = 0;

    for (size_t i = 0; i < drive->graph.plan.test_count; i++) {
        const struct test *test = &drive->graph.tests[i];

        if (test->selection == LEFT_OUT)
            continue;
        insist(drive, task_of(drive, test)->first_ordinal == ordinal,
               "ordinals have gaps");
        ordinal += test->copy_count;
        part++;
    }
    insist(drive, drive->schedule.copy_count == ordinal, "too many copies");
    insist(drive, drive->schedule.task_count == part, "too many tests");
}

static void rewind_all(struct drive *drive)
{
    for (size_t i = 0; i < drive->graph.plan.test_count; i++) {
        struct fact *fact = &drive->model.facts[i];

        *fact = (struct fact){.longest_ns = fact->longest_ns};
    }
    schedule_rewind(&drive->schedule, drive->now_ns);
}

static void run_seed(uint64_t seed, size_t tests_most,
                     size_t stops_per_thousand)
{
    struct drive drive = {.seed = seed, .dice.state = seed, .now_ns = 1000};
    struct schedule_options options = {.seed = seed};
    size_t rounds;

    graph_make(&drive.graph, &drive.dice, tests_most);
    drive.jobs = 1 + dice_below(&drive.dice, 8);
    options.shuffle = dice_say(&drive.dice, 40);
    rounds = 1 + dice_below(&drive.dice, 3);
    drive.model.graph = &drive.graph;
    drive.model.is_shuffled = options.shuffle;
    drive.model.facts =
        must_alloc(drive.graph.plan.test_count * sizeof(struct fact));
    schedule_init_with(&drive.schedule, &drive.graph.plan, &options,
                       drive.now_ns);
    check_ordinals(&drive);
    run_round(&drive, stops_per_thousand);
    while (--rounds > 0) {
        rewind_all(&drive);
        run_round(&drive, stops_per_thousand);
    }
    schedule_finish(&drive.schedule);
    free(drive.model.facts);
    graph_finish(&drive.graph);
}

START_TEST(small_plans_run_as_they_must)
{
    for (uint64_t seed = 1; seed <= 8000; seed++)
        run_seed(seed, seed % 4 ? 12 : 40, seed % 3 ? 0 : 15);
}
END_TEST

START_TEST(large_plans_run_as_they_must)
{
    for (uint64_t seed = 100001; seed <= 100006; seed++)
        run_seed(seed, 2000, seed % 3 ? 0 : 1);
}
END_TEST

UNIT("schedule_oracle", small_plans_run_as_they_must,
     large_plans_run_as_they_must)
