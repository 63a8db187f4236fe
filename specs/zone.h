/* Time zones and days, without the process's own zone having to change. */
#pragma once

#include <time.h>

#include "specs/base/base.h"

enum { ZONE_NAME = 16 };

/* What a clock there shows: so many seconds more than UTC. */
struct zone_offset {
    long seconds;
    char name[ZONE_NAME]; /* "CEST" */
};

/* At a moment, in seconds since 1970: "UTC", "Z", "local" (the process's own),
 * "+02:00", or a name of the system's time zone database. False for no such
 * zone. */
bool zone_find(const char *zone, int64_t unix_s,
               struct zone_offset *result) NODISCARD;

/* The same by a file of that database. */
bool zone_file(const char *path, int64_t unix_s,
               struct zone_offset *result) NODISCARD;

/* The same by the bytes of a TZif file (RFC 9636) of version 2 or later. False
 * where they are none. */
bool zone_read(const unsigned char *bytes, size_t length, int64_t unix_s,
               struct zone_offset *result) NODISCARD;

/* The same by a rule as such a file ends with: "CET-1CEST,M3.5.0,M10.5.0/3". */
bool zone_rule(const char *rule, int64_t unix_s,
               struct zone_offset *result) NODISCARD;

/* Days since 1970 of a day of the Gregorian calendar, months from 1. */
int64_t days_of(int64_t year, int month, int day);

/* Seconds since 1970 as UTC shows them; years from 1000 to 9999. */
void moment_split(int64_t unix_s, struct tm *result);
