/* Moments, read from text so that they can be compared whatever their zone and
 * whichever way they are written. Nothing here asks the clock, the locale or
 * the zone of the process.
 *
 * A form says how a text is written: one of the names below, or a pattern with
 * "%". Years have four digits, 0000 to 9999, as the text shows them; so every
 * moment lies within a day of these years. A leap second is taken where there
 * can be one, at 23:59:60 UTC, and is the first second of the next day, as in
 * the count of seconds since 1970 (POSIX). */
#pragma once

#include "assertions/pattern.h"
#include "specs/base/fault.h"

/* Since 1970-01-01T00:00:00Z; `ns` counts on from `s`, also before 1970. */
struct instant {
    int64_t s;
    int32_t ns; /* 0 to 999999999 */
};

/* The forms that have a name, sorted; now() writes all but "date":
 *   date     "2026-11-21", its first second in UTC
 *   http     "Sat, 21 Nov 2026 09:30:00 GMT" (RFC 9110, section 5.6.7), and the
 *            two obsolete forms, years of two digits as by %y; the day of the
 *            week must be the right one
 *   iso      "2026-11-21T09:30:00.5+01:00" (RFC 3339, section 5.6)
 *   unix     seconds since 1970
 *   unix_ms  milliseconds since 1970
 */
const char *const *instant_forms(size_t *count);

/* Whether it is a form. In a pattern what is no conversion must be there as it
 * is written. Conversions are those of strftime() in the C locale:
 *   %Y %y (69 to 99: 19..) %m %d %e %j   %b %h %B %a %A, in any case
 *   %H %I with %p, %M %S %f (1 to 9 digits of a second) %L (3 of them)
 *   %z "+01:00", "+0100", "+01" or "Z"   %Z UTC, GMT, EST..., else UTC is meant
 *   %s (seconds since 1970)   %F %T %R %D   %%
 * "%-d" is one or two digits, and so for every number of two. There must be a
 * year or %s; what else is missing is the first of its kind. */
bool instant_form_check(const char *form, struct trouble *trouble) NODISCARD;

/* False with the trouble told, "expected ..., found ... at character N", where
 * the text is not written so to its end, or is no day of the calendar. The form
 * was checked; NULL: "iso", "date" or "http", whatever the text looks like. */
bool instant_read(const char *form, struct text text, struct instant *result,
                  struct trouble *trouble) NODISCARD;

/* -1, 0, 1 */
int instant_compare(struct instant a, struct instant b);

/* As RFC 3339 writes it in UTC, with as many digits of the second as it has. */
enum { INSTANT_TEXT = 96 };
void instant_print(struct instant instant, char text[INSTANT_TEXT]);

/* Whether it is a full-time of RFC 3339, section 5.6: "09:30:00+01:00". */
bool instant_is_time(struct text text);
