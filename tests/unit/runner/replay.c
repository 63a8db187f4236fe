/* Runs by chance, their logs, and replays of them. */
#include "runner/replay.h"

#include "replay_play.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 400, ONE_IN = 4 };

static char log_path[] = "/tmp/replay-XXXXXX";
static struct story first, again;
static char names[RIG_TESTS][16];

static bool by_chance(unsigned one_in)
{
    return dice() % one_in == 0;
}

static void script_anew(size_t test, size_t copy)
{
    struct script *script = &scripts[test][copy];

    *script = (struct script){
        .attempt_count = by_chance(12) ? 0 : 1 + dice() % PLAY_ATTEMPTS,
        .fails = by_chance(8),
    };
    for (size_t i = 0; i < script->attempt_count; i++)
        script->step_counts[i] = 1 + dice() % PLAY_STEPS;
}

/* Tests that wait for each other, with copies and locks. */
static void make_plan(void)
{
    static const char *const locks[] = {"a", "b", "*"};

    rig_build(RIG_TESTS);
    rig.suite.path = "s.json";
    rig.suite.name = "s";
    for (size_t i = 0; i < RIG_TESTS; i++) {
        struct test *test = &rig.tests[i];

        snprintf(names[i], sizeof(names[i]), "t%zu", i);
        test->name = names[i];
        test->is_repeated = by_chance(2);
        test->copy_count = test->is_repeated ? 1 + dice() % PLAY_COPIES : 1;
        test->repeat_count = test->copy_count;
        test->height = 1 + (uint32_t)(dice() % 4);
        if (by_chance(2))
            rig_lock(i, 1, &locks[dice() % COUNT(locks)]);
        for (size_t on = 0; on < i; on++) {
            if (by_chance(ONE_IN))
                rig_wait_for(i, on, by_chance(2));
        }
        for (size_t copy = 0; copy < PLAY_COPIES; copy++)
            script_anew(i, copy);
    }
}

static struct replay *open_log(void)
{
    struct fault fault = {0};
    struct replay *replay = replay_open(log_path, &fault);

    ck_assert_msg(replay != NULL, "%s", fault.text);
    return replay;
}

static void set_up_log(void)
{
    int file = mkstemp(log_path);

    ck_assert_int_ge(file, 0);
    close(file);
}

static bool is_same(const struct happening *a, const struct happening *b)
{
    return a->kind == b->kind && strcmp(a->name, b->name) == 0 &&
           (a->kind == ENDED ||
            (a->step == b->step && a->attempt == b->attempt));
}

/* The next sending at or behind that number. */
static size_t next_sending(const struct story *story, size_t number)
{
    while (number < story->count && story->list[number].kind != SENT)
        number++;
    return number;
}

static bool happens_before(const struct story *story, size_t end,
                           const struct happening *wanted)
{
    for (size_t i = 0; i < end; i++) {
        if (is_same(&story->list[i], wanted))
            return true;
    }
    return false;
}

/* The same sendings, each when the same answers had come. */
static void expect_same(size_t count, unsigned long round)
{
    size_t there = 0;

    for (size_t here = next_sending(&first, 0); here < count;
         here = next_sending(&first, here + 1)) {
        there = next_sending(&again, there);
        ck_assert_msg(there < again.count &&
                          is_same(&first.list[here], &again.list[there]),
                      "seed %lu: sending %zu is another one", round, here);
        for (size_t i = 0; i < here; i++)
            ck_assert_msg(happens_before(&again, there, &first.list[i]),
                          "seed %lu: sending %zu comes too early", round, here);
        there++;
    }
}

START_TEST(a_run_is_replayed)
{
    set_up_log();
    for (unsigned long round = 0; round < ROUNDS; round++) {
        struct replay_account account;
        struct fault fault = {0};
        struct replay *replay;

        roll_seed(round);
        make_plan();
        play(NULL, 1 + dice() % 9, &first);
        if (next_sending(&first, 0) == first.count)
            continue;
        story_write(&first, first.count, log_path);
        replay = open_log();
        ck_assert(replay_match(replay, &rig.plan, &fault));
        play(replay, 1 + dice() % 9, &again);
        ck_assert_uint_eq(again.count, first.count);
        expect_same(first.count, round);
        account = replay_account(replay);
        ck_assert_uint_eq(account.missed_count, 0);
        ck_assert_uint_eq(account.stray_count, 0);
        replay_closep(&replay);
    }
    unlink(log_path);
}
END_TEST

START_TEST(the_beginning_of_a_run_is_replayed)
{
    set_up_log();
    for (unsigned long round = 0; round < ROUNDS; round++) {
        struct replay_account account;
        struct fault fault = {0};
        struct replay *replay;
        size_t count;

        roll_seed(round);
        make_plan();
        play(NULL, 1 + dice() % 9, &first);
        if (next_sending(&first, 0) == first.count)
            continue;
        count = next_sending(&first, 0) + 1;
        count += dice() % (first.count - count + 1);
        story_write(&first, count, log_path);
        replay = open_log();
        ck_assert(replay_match(replay, &rig.plan, &fault));
        play(replay, 1 + dice() % 9, &again);
        ck_assert_uint_eq(again.count, first.count);
        expect_same(count, round);
        account = replay_account(replay);
        ck_assert_uint_eq(account.missed_count, 0);
        replay_closep(&replay);
    }
    unlink(log_path);
}
END_TEST

/* Tests go another way, are left out, have another name. */
static void change_plan(void)
{
    for (size_t i = 0; i < RIG_TESTS; i++) {
        if (by_chance(8))
            rig.tests[i].selection = LEFT_OUT;
        if (by_chance(8))
            names[i][0] = 'n';
        for (size_t copy = 0; copy < PLAY_COPIES; copy++) {
            if (by_chance(4))
                script_anew(i, copy);
        }
    }
}

static bool is_missed(const struct replay *replay,
                      const struct happening *sending)
{
    struct replay_missed missed;
    size_t place = 0;

    while (replay_next_missed(replay, &place, &missed)) {
        ck_assert_str_eq(missed.suite, "s.json");
        if (strcmp(missed.test, sending->name) == 0 &&
            missed.step == sending->step && missed.attempt == sending->attempt)
            return true;
    }
    return false;
}

static bool is_left_out(const struct happening *sending)
{
    size_t test = (size_t)(sending->name[1] - '0');

    return rig.tests[test].selection == LEFT_OUT &&
           rig.tests[test].name[0] == sending->name[0];
}

/* What was not missed was sent, in the order of the log. */
static void expect_rest(const struct replay *replay, unsigned long round)
{
    struct replay_account account = replay_account(replay);
    size_t there = 0, sent_count = 0, kept_count = 0;

    for (size_t here = next_sending(&first, 0); here < first.count;
         here = next_sending(&first, here + 1)) {
        const struct happening *sending = &first.list[here];

        if (is_left_out(sending) || is_missed(replay, sending))
            continue;
        kept_count++;
        do {
            there = next_sending(&again, there);
            ck_assert_msg(there < again.count,
                          "seed %lu: sending %zu is missing", round, here);
        } while (!is_same(&again.list[there++], sending));
    }
    for (size_t i = next_sending(&again, 0); i < again.count;
         i = next_sending(&again, i + 1))
        sent_count++;
    ck_assert_uint_eq(kept_count, account.send_count - account.missed_count);
    ck_assert_uint_eq(sent_count, kept_count + account.stray_count);
}

START_TEST(what_has_changed_is_followed_as_far_as_it_goes)
{
    size_t followed = 0, missed = 0;

    set_up_log();
    for (unsigned long round = 0; round < ROUNDS; round++) {
        struct replay_account account;
        struct fault fault = {0};
        struct replay *replay;

        roll_seed(round);
        make_plan();
        play(NULL, 1 + dice() % 9, &first);
        story_write(&first, first.count, log_path);
        replay = open_log();
        change_plan();
        if (!replay_match(replay, &rig.plan, &fault)) {
            ck_assert_ptr_nonnull(strstr(fault.text, "of other tests"));
            replay_closep(&replay);
            continue;
        }
        play(replay, 1 + dice() % 9, &again);
        expect_rest(replay, round);
        account = replay_account(replay);
        followed += account.send_count - account.missed_count;
        missed += account.missed_count;
        replay_closep(&replay);
    }
    unlink(log_path);
    ck_assert_uint_gt(missed, 1000);
    ck_assert_uint_gt(followed, 2 * missed);
}
END_TEST

START_TEST(a_log_says_how_its_run_was_made)
{
    struct fault fault = {0};
    struct replay *replay;

    set_up_log();
    roll_seed(1);
    make_plan();
    first.count = 0;
    story_write(&first, 0, log_path);
    replay = open_log();
    ck_assert_uint_eq(replay_jobs(replay), 7);
    ck_assert_uint_eq(replay_seed(replay), UINT64_MAX);
    ck_assert(!replay_match(replay, &rig.plan, &fault));
    replay_closep(&replay);
    unlink(log_path);
}
END_TEST

START_TEST(a_run_that_is_cut_short_holds_nobody)
{
    static const struct happening happenings[] = {
        {SENT, "t0", 0, 0}, {SENT, "t1", 0, 0},  {ANSWERED, "t0", 0, 0},
        {SENT, "t0", 1, 0}, {ENDED, "t1", 0, 0}, {SENT, "t1", 2, 0}};
    struct replay_key key = {.step = 1};
    struct fault fault = {0};
    struct replay *replay;
    int waiter;

    set_up_log();
    rig_build(2);
    rig.suite.path = "s.json";
    rig.tests[0].name = "t0";
    rig.tests[1].name = "t1";
    rig.tests[0].repeat_count = rig.tests[1].repeat_count = 1;
    memcpy(first.list, happenings, sizeof(happenings));
    story_write(&first, COUNT(happenings), log_path);
    replay = open_log();
    ck_assert(replay_match(replay, &rig.plan, &fault));
    ck_assert_uint_eq(replay_place(replay), 0);
    ck_assert_uint_eq(replay_places(replay)[1], 1);
    replay_sent(replay, (struct replay_key){.ordinal = 0});
    replay_answered(replay, (struct replay_key){.ordinal = 0});
    ck_assert_uint_eq(replay_place(replay), 1);
    ck_assert(!replay_may_send(replay, key, &waiter));
    ck_assert_ptr_null(replay_next(replay));
    ck_assert_ptr_null(replay_next_stray(replay));
    replay_stop(replay);
    ck_assert_ptr_eq(replay_next(replay), &waiter);
    ck_assert_ptr_null(replay_next(replay));
    ck_assert_uint_eq(replay_place(replay), SIZE_MAX);
    ck_assert_uint_eq(replay_account(replay).missed_count, 0);
    ck_assert(!replay_skip(replay));
    replay_closep(&replay);
    unlink(log_path);
}
END_TEST

UNIT("runner/replay", a_run_is_replayed, the_beginning_of_a_run_is_replayed,
     what_has_changed_is_followed_as_far_as_it_goes,
     a_log_says_how_its_run_was_made, a_run_that_is_cut_short_holds_nobody)
