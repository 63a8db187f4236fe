/* Numbers as reports write them, the same in every locale. */
#pragma once

#include "specs/base/base.h"

enum { FIGURE_ROOM = 32 };

/* For people: "<0.1 ms", "0.4 ms", "12 ms", "0.34 s", "61 s", "12 min 5 s". */
const char *figure_duration(int64_t ns, char text[FIGURE_ROOM]);
/* "123 B", "1.2 kB", "64 MB": powers of 1000. */
const char *figure_size(uint64_t bytes, char text[FIGURE_ROOM]);
/* A second's worth of something: "0.05", "1.5", "58". */
const char *figure_rate(uint64_t count, int64_t ns, char text[FIGURE_ROOM]);
/* Seconds with 3 decimals: "0.250". */
const char *figure_seconds(int64_t ns, char text[FIGURE_ROOM]);
/* `places` decimals, at most 9; "0" for what is no number. */
const char *figure_decimal(double value, unsigned places,
                           char text[FIGURE_ROOM]);
