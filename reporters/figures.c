#include "reporters/figures.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "specs/base/clock.h"

static int64_t rounded(int64_t value, int64_t unit)
{
    return (value + unit / 2) / unit;
}

/* printf's %f would write the locale's point. */
const char *figure_decimal(double value, unsigned places,
                           char text[FIGURE_ROOM])
{
    const char *sign = value < 0 ? "-" : "";
    int64_t unit = 1;
    int64_t scaled;

    for (unsigned i = 0; i < places; i++)
        unit *= 10;
    value = fabs(value) * (double)unit;
    if (!(value < 9e18))
        value = 0;
    scaled = llround(value);
    if (places == 0)
        snprintf(text, FIGURE_ROOM, "%s%" PRId64, scaled ? sign : "", scaled);
    else
        snprintf(text, FIGURE_ROOM, "%s%" PRId64 ".%0*" PRId64,
                 scaled ? sign : "", scaled / unit, (int)places, scaled % unit);
    return text;
}

const char *figure_duration(int64_t ns, char text[FIGURE_ROOM])
{
    int64_t us = rounded(ns, 1000);
    int64_t ms = rounded(ns, NS_PER_MS);
    int64_t s = rounded(ns, NS_PER_S);
    char number[FIGURE_ROOM];

    if (us < 50)
        snprintf(text, FIGURE_ROOM, "%s", us > 0 ? "<0.1 ms" : "0 ms");
    else if (us < 950)
        snprintf(text, FIGURE_ROOM, "0.%" PRId64 " ms", rounded(us, 100));
    else if (ms < 100)
        snprintf(text, FIGURE_ROOM, "%" PRId64 " ms", ms);
    else if (ms < 59950) {
        snprintf(text, FIGURE_ROOM, "%s s",
                 figure_decimal((double)ns / 1e9, ms < 9995 ? 2 : 1, number));
    } else if (s < 120) {
        snprintf(text, FIGURE_ROOM, "%" PRId64 " s", s);
    } else {
        snprintf(text, FIGURE_ROOM, "%" PRId64 " min %" PRId64 " s", s / 60,
                 s % 60);
    }
    return text;
}

const char *figure_size(uint64_t bytes, char text[FIGURE_ROOM])
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    char number[FIGURE_ROOM];
    double value = (double)bytes;
    size_t unit = 0;

    if (bytes < 1000) {
        snprintf(text, FIGURE_ROOM, "%" PRIu64 " B", bytes);
        return text;
    }
    value /= 1000;
    while (value >= 999.5 && unit + 1 < COUNT(units)) {
        value /= 1000;
        unit++;
    }
    snprintf(text, FIGURE_ROOM, "%s %s",
             figure_decimal(value, value < 9.95 ? 1 : 0, number), units[unit]);
    return text;
}

const char *figure_rate(uint64_t count, int64_t ns, char text[FIGURE_ROOM])
{
    double rate = ns > 0 ? (double)count * 1e9 / (double)ns : 0;
    unsigned places = rate < 9.95 ? 1 : 0;

    if (rate > 0 && rate < 0.995)
        places = 2;
    return figure_decimal(rate, places, text);
}

const char *figure_seconds(int64_t ns, char text[FIGURE_ROOM])
{
    int64_t ms = ns > 0 ? rounded(ns, NS_PER_MS) : 0;

    snprintf(text, FIGURE_ROOM, "%" PRId64 ".%03" PRId64, ms / 1000, ms % 1000);
    return text;
}
