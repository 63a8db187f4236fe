#include "schedule_rig.h"
#include "tests/unit/unit.h"

static void begin(int64_t interval_ns, int64_t now_ns)
{
    struct schedule_options options = {.interval_ns = interval_ns};

    rig_build(0);
    schedule_init_with(&rig.schedule, &rig.plan, &options, now_ns);
}

START_TEST(what_is_parked_comes_back_when_it_is_due)
{
    struct schedule *schedule = &rig.schedule;
    int flights[4];

    begin(0, 0);
    ck_assert_int_eq(schedule_next_due(schedule), INT64_MAX);
    schedule_park(schedule, &flights[0], 30);
    schedule_park(schedule, &flights[1], 20);
    schedule_park(schedule, &flights[2], 30);
    schedule_park(schedule, &flights[3], -5);
    ck_assert_int_eq(schedule_next_due(schedule), -5);
    ck_assert_ptr_eq(schedule_due(schedule, 0), &flights[3]);
    ck_assert_int_eq(schedule_next_due(schedule), 20);
    ck_assert_ptr_null(schedule_due(schedule, 19));
    ck_assert_ptr_eq(schedule_due(schedule, 20), &flights[1]);
    ck_assert_ptr_null(schedule_due(schedule, 20));
    ck_assert_ptr_eq(schedule_due(schedule, 99), &flights[0]);
    ck_assert_ptr_eq(schedule_due(schedule, 99), &flights[2]);
    ck_assert_ptr_null(schedule_due(schedule, INT64_MAX));
    schedule_finish(schedule);
}
END_TEST

START_TEST(all_that_is_parked_can_be_had_at_once)
{
    struct schedule *schedule = &rig.schedule;
    int flights[2];
    int64_t due_ns = 0;

    begin(0, 0);
    schedule_park(schedule, &flights[0], 30);
    schedule_park(schedule, &flights[1], 20);
    ck_assert_ptr_eq(schedule_unpark(schedule, &due_ns), &flights[1]);
    ck_assert_int_eq(due_ns, 20);
    ck_assert_ptr_eq(schedule_unpark(schedule, &due_ns), &flights[0]);
    ck_assert_int_eq(due_ns, 30);
    ck_assert_ptr_null(schedule_unpark(schedule, &due_ns));
    schedule_finish(schedule);
}
END_TEST

enum { MS = 1000 * 1000 };

START_TEST(without_a_rate_anything_may_be_sent)
{
    begin(0, 7);
    for (int i = 0; i < 3; i++) {
        ck_assert(schedule_may_send(&rig.schedule, 7));
        schedule_sent(&rig.schedule, 7);
    }
    ck_assert_int_eq(schedule_next_due(&rig.schedule), INT64_MAX);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(who_may_not_send_is_told_when)
{
    struct schedule *schedule = &rig.schedule;
    int flight;

    begin(100 * MS, 0);
    ck_assert(schedule_may_send(schedule, 0));
    schedule_sent(schedule, 0);
    ck_assert_int_eq(schedule_next_due(schedule), INT64_MAX);
    ck_assert(!schedule_may_send(schedule, 100 * MS - 1));
    ck_assert_int_eq(schedule_next_due(schedule), 100 * MS);
    schedule_park(schedule, &flight, 50 * MS);
    ck_assert_int_eq(schedule_next_due(schedule), 50 * MS);
    ck_assert_ptr_eq(schedule_due(schedule, 60 * MS), &flight);
    ck_assert_int_eq(schedule_next_due(schedule), 100 * MS);
    ck_assert(schedule_may_send(schedule, 100 * MS));
    ck_assert_int_eq(schedule_next_due(schedule), INT64_MAX);
    schedule_finish(schedule);
}
END_TEST

/* Who wanted to send is gone; time must not stand still because of that. */
START_TEST(a_wish_to_send_ends_with_its_time)
{
    begin(100 * MS, 0);
    schedule_sent(&rig.schedule, 0);
    ck_assert(!schedule_may_send(&rig.schedule, 1));
    ck_assert_ptr_null(schedule_due(&rig.schedule, 99 * MS));
    ck_assert_int_eq(schedule_next_due(&rig.schedule), 100 * MS);
    ck_assert_ptr_null(schedule_due(&rig.schedule, 100 * MS));
    ck_assert_int_eq(schedule_next_due(&rig.schedule), INT64_MAX);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(idle_times_are_not_made_up_for)
{
    begin(10 * MS, 0);
    schedule_sent(&rig.schedule, 0);
    ck_assert(schedule_may_send(&rig.schedule, 15 * MS)); /* nobody waited */
    schedule_sent(&rig.schedule, 15 * MS);
    ck_assert(!schedule_may_send(&rig.schedule, 25 * MS - 1));
    /* one waits, but comes much too late */
    ck_assert(schedule_may_send(&rig.schedule, 900 * MS));
    schedule_sent(&rig.schedule, 900 * MS);
    ck_assert(!schedule_may_send(&rig.schedule, 910 * MS - 1));
    ck_assert(schedule_may_send(&rig.schedule, 910 * MS));
    schedule_finish(&rig.schedule);
}
END_TEST

/* 2000 a second, by a clock that wakes every 1.3 ms: who always has something
 * to send sends as many as the rate says, not one less a wake. */
START_TEST(the_rate_is_kept_however_late_one_wakes)
{
    const int64_t wake_ns = 1300 * 1000, last_ns = INT64_C(1300) * MS;
    size_t count = 0;

    begin(MS / 2, 0);
    for (int64_t now_ns = 0; now_ns <= last_ns; now_ns += wake_ns) {
        while (schedule_may_send(&rig.schedule, now_ns)) {
            schedule_sent(&rig.schedule, now_ns);
            count++;
        }
        ck_assert_uint_le(count, (size_t)(now_ns / (MS / 2)) + 1);
    }
    ck_assert_uint_eq(count, 2601);
    schedule_finish(&rig.schedule);
}
END_TEST

START_TEST(what_goes_out_together_counts_for_later)
{
    begin(100 * MS, 0);
    ck_assert(schedule_may_send(&rig.schedule, 0));
    for (int i = 0; i < 3; i++)
        schedule_sent(&rig.schedule, 0);
    ck_assert(!schedule_may_send(&rig.schedule, 300 * MS - 1));
    ck_assert(schedule_may_send(&rig.schedule, 300 * MS));
    schedule_finish(&rig.schedule);
}
END_TEST

UNIT("schedule_time", what_is_parked_comes_back_when_it_is_due,
     all_that_is_parked_can_be_had_at_once, without_a_rate_anything_may_be_sent,
     who_may_not_send_is_told_when, a_wish_to_send_ends_with_its_time,
     idle_times_are_not_made_up_for, the_rate_is_kept_however_late_one_wakes,
     what_goes_out_together_counts_for_later)
