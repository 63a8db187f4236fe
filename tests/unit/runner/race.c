#include "runner/transport/race.h"

#include "tests/unit/unit.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

static struct exchange exchanges[3];
static struct exchange *racers[] = {&exchanges[0], &exchanges[1],
                                    &exchanges[2]};

static struct lineup *line_up(void)
{
    for (size_t i = 0; i < COUNT(exchanges); i++)
        exchanges[i] = (struct exchange){.racer_number = i};
    return lineup_open(NULL, racers, COUNT(racers));
}

static void set_all(struct lineup *lineup, enum racer_state state)
{
    for (size_t i = 0; i < lineup->count; i++)
        lineup->racers[i].state = state;
}

START_TEST(a_race_starts_when_nobody_connects_any_more)
{
    struct lineup *lineup = line_up();

    ck_assert(!lineup_may_start(lineup));
    set_all(lineup, RACER_CONNECTED);
    lineup->racers[1].state = RACER_CONNECTS;
    ck_assert(!lineup_may_start(lineup));
    racer_leave(&lineup->racers[1]);
    ck_assert_ptr_null(exchanges[1].racer);
    ck_assert(lineup_may_start(lineup));
    lineup_start(lineup);
    ck_assert(!lineup_may_start(lineup));
    ck_assert(!lineup_may_go(lineup));
    set_all(lineup, RACER_IS_OUT);
    lineup_release(lineup);
}
END_TEST

START_TEST(a_race_goes_when_all_are_ready_or_out)
{
    struct lineup *lineup = line_up();

    set_all(lineup, RACER_IS_READY);
    lineup->racers[2].state = RACER_SENDS;
    ck_assert(!lineup_may_go(lineup));
    racer_leave(&lineup->racers[2]);
    ck_assert(lineup_may_go(lineup));
    ck_assert_ptr_nonnull(exchanges[0].racer);
    lineup_release(lineup);
    ck_assert_ptr_null(exchanges[0].racer);
}
END_TEST

START_TEST(connecting_is_no_queueing)
{
    struct lineup *lineup = line_up();

    exchanges[0].ready_ns = lineup->begun_ns - NS_PER_S;
    usleep(2000);
    lineup_start(lineup);
    ck_assert_int_ge(exchanges[0].ready_ns,
                     lineup->begun_ns - NS_PER_S + 2 * NS_PER_MS);
    set_all(lineup, RACER_IS_OUT);
    lineup_release(lineup);
}
END_TEST

START_TEST(how_long_one_was_held_is_known)
{
    struct lineup *lineup = line_up();
    int64_t now_ns = clock_monotonic_ns();

    set_all(lineup, RACER_IS_READY);
    lineup->racers[0].ready_ns = now_ns - 3 * NS_PER_MS;
    lineup->racers[1].ready_ns = now_ns - 5 * NS_PER_S;
    lineup->racers[2].ready_ns = now_ns;
    lineup_release(lineup);
    ck_assert_int_ge(exchanges[0].held_ns, 3 * NS_PER_MS);
    ck_assert_int_lt(exchanges[0].held_ns, 200 * NS_PER_MS);
    ck_assert_int_eq(exchanges[1].held_ns, 200 * NS_PER_MS); /* the kernel's */
}
END_TEST

static int cork_of(int fd)
{
    int corked = -1;
    socklen_t length = sizeof(corked);

    getsockopt(fd, IPPROTO_TCP, TCP_CORK, &corked, &length);
    return corked;
}

START_TEST(one_that_is_ready_is_corked_until_the_release)
{
    struct lineup *lineup = line_up();
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    set_all(lineup, RACER_SENDS);
    ck_assert_int_eq(cork_of(fd), 0);
    racer_hold(&lineup->racers[1], fd);
    ck_assert_int_eq(cork_of(fd), 1);
    ck_assert(!lineup_may_go(lineup));
    racer_leave(&lineup->racers[0]);
    racer_leave(&lineup->racers[2]);
    ck_assert(lineup_may_go(lineup));
    lineup_release(lineup);
    ck_assert_int_eq(cork_of(fd), 0);
    close(fd);
}
END_TEST

START_TEST(a_socket_that_nobody_took_is_closed)
{
    struct lineup *lineup = line_up();
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    lineup->racers[0].fd = fd;
    lineup->racers[0].state = RACER_CONNECTED;
    racer_leave(&lineup->racers[0]);
    ck_assert_int_eq(close(fd), -1);
    set_all(lineup, RACER_IS_OUT);
    lineup_release(lineup);
}
END_TEST

/* What one racer was given stays, whatever the others had before. */
START_TEST(a_jar_follows_what_changed)
{
    static const char old[] = "h\tFALSE\t/\tFALSE\t0\told\t1";
    static const char new[] = "h\tFALSE\t/\tFALSE\t0\told\t2";
    static const char gone[] = "h\tFALSE\t/\tFALSE\t0\tgone\t1";
    static const char more[] = "h\tFALSE\t/\tFALSE\t0\tmore\t1";
    struct jar before = {0}, first = {0}, second = {0}, jar = {0};

    jar_add(&before, old);
    jar_add(&before, gone);
    jar_merge(&jar, &before);
    jar_add(&first, new);
    jar_add(&first, gone);
    jar_add(&second, old);
    jar_add(&second, more);
    jar_follow(&jar, &before, &first);
    jar_follow(&jar, &before, &second);
    ck_assert_uint_eq(jar.count, 2);
    ck_assert_str_eq(jar.lines[0], new);
    ck_assert_str_eq(jar.lines[1], more);
    jar_finish(&before);
    jar_finish(&first);
    jar_finish(&second);
    jar_finish(&jar);
}
END_TEST

UNIT("race", a_race_starts_when_nobody_connects_any_more,
     a_race_goes_when_all_are_ready_or_out, connecting_is_no_queueing,
     how_long_one_was_held_is_known,
     one_that_is_ready_is_corked_until_the_release,
     a_socket_that_nobody_took_is_closed, a_jar_follows_what_changed)
