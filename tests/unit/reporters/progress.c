#include "reporters/progress.h"

#include "tests/unit/unit.h"
#include <pty.h>
#include <string.h>
#include <unistd.h>

#include "reporters/paint.h"

enum { ROOM = 4096 };

static struct progress living(int descriptor)
{
    static const struct run_start run = {.test_count = 22};
    struct progress progress = {.is_living = true, .descriptor = descriptor};
    const struct event event = {.kind = EVENT_RUN_STARTED, .run_start = &run};

    progress_hear(&progress, &event);
    return progress;
}

/* Of three exchanges: what was answered counts at once. */
static void hear_test(struct progress *progress)
{
    static const struct test_report test = {.exchange_count = 3};
    const struct event answered = {.kind = EVENT_ANSWERED, .in_flight = 3};
    const struct event event = {
        .kind = EVENT_TEST_FINISHED, .in_flight = 3, .test = &test};

    for (size_t i = 1; i < test.exchange_count; i++)
        progress_hear(progress, &answered);
    progress_hear(progress, &event);
}

static void expect_drawn(struct progress *progress, int64_t at_ns,
                         const char *wanted)
{
    struct buffer out = buffer_with_ceiling(ROOM);

    progress_draw(progress, at_ns, &out);
    ck_assert_str_eq(buffer_text(&out), wanted);
    buffer_finish(&out);
}

START_TEST(the_line_says_how_far_it_is)
{
    struct progress progress = living(-1);

    for (int i = 0; i < 17; i++)
        hear_test(&progress);
    expect_drawn(&progress, 300 * NS_PER_MS,
                 "17/22  3 in flight  170/s  0.3 s");
}
END_TEST

START_TEST(it_is_drawn_ten_times_a_second)
{
    struct progress progress = living(-1);

    expect_drawn(&progress, 0, "0/22  0 in flight  0.0/s  0.0 s");
    hear_test(&progress);
    expect_drawn(&progress, 99 * NS_PER_MS, "");
    expect_drawn(&progress, 100 * NS_PER_MS,
                 "\r\x1b[K1/22  3 in flight  30/s  0.1 s");
    expect_drawn(&progress, 150 * NS_PER_MS, "");
}
END_TEST

START_TEST(it_gives_way_and_comes_back)
{
    struct progress progress = living(-1);
    struct buffer out = buffer_with_ceiling(ROOM);

    expect_drawn(&progress, 0, "0/22  0 in flight  0.0/s  0.0 s");
    progress_erase(&progress, &out);
    ck_assert_str_eq(buffer_text(&out), "\r\x1b[K");
    progress_erase(&progress, &out);
    ck_assert_uint_eq(out.length, 4);
    expect_drawn(&progress, 1, "0/22  0 in flight  0.0/s  0.0 s");
    buffer_finish(&out);
}
END_TEST

START_TEST(it_ends_with_the_run)
{
    struct progress progress = living(-1);
    const struct run_end end = {0};
    const struct event event = {.kind = EVENT_RUN_FINISHED, .run_end = &end};

    progress_hear(&progress, &event);
    expect_drawn(&progress, NS_PER_S, "");
}
END_TEST

START_TEST(it_never_wraps)
{
    const struct winsize size = {.ws_row = 24, .ws_col = 12};
    struct progress progress;
    int master, terminal;

    ck_assert_int_eq(openpty(&master, &terminal, NULL, NULL, &size), 0);
    progress = living(terminal);
    expect_drawn(&progress, 0, "0/22  0 in ");
    close(master);
    close(terminal);
}
END_TEST

START_TEST(only_a_real_terminal_has_one)
{
    static const char *const rows[][3] = {
        {"TERM=xterm"}, {"TERM=dumb"}, {"TERM=xterm", "CI=true"}};
    static const bool wanted[] = {true, false, false};
    int master, terminal, ends[2];

    ck_assert_int_eq(openpty(&master, &terminal, NULL, NULL, NULL), 0);
    ck_assert_int_eq(pipe(ends), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report_options options = {0};

        memcpy(&options.environment, &(const void *){rows[i]}, sizeof(char **));
        ck_assert_int_eq(paint_choose(&options, terminal).is_living, wanted[i]);
        ck_assert(!paint_choose(&options, ends[1]).is_living);
        options.verbosity = -1;
        ck_assert(!paint_choose(&options, terminal).is_living);
    }
    close(master);
    close(terminal);
}
END_TEST

UNIT("progress", the_line_says_how_far_it_is, it_is_drawn_ten_times_a_second,
     it_gives_way_and_comes_back, it_ends_with_the_run, it_never_wraps,
     only_a_real_terminal_has_one)
