#include "specs/base/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t clock_monotonic_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall_ns(void)
{
    return read_clock(CLOCK_REALTIME);
}

void clock_stamp(int64_t wall_ns, char stamp[20])
{
    time_t seconds = (time_t)(wall_ns / NS_PER_S);
    struct tm parts;

    gmtime_r(&seconds, &parts);
    strftime(stamp, 20, "%Y-%m-%dT%H:%M:%S", &parts);
}
