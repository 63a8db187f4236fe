#include "assertions/instant.h"

#include <stdio.h>
#include <string.h>

#include "assertions/instant_reader.h"
#include "specs/zone.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK_DAYS = 7 };
enum { THURSDAY = 4 }; /* 1970-01-01 */

static int part_or(const struct instant_reader *reader, enum instant_part part,
                   int otherwise)
{
    return reader->places[part] ? reader->parts[part] : otherwise;
}

static int year_of(const struct instant_reader *reader)
{
    enum { TURN = 69 }; /* POSIX, strptime(): the years 1969 to 2068 */
    int year = reader->parts[PART_SHORT_YEAR];

    if (reader->places[PART_SHORT_YEAR])
        return year < TURN ? 2000 + year : 1900 + year;
    return part_or(reader, PART_YEAR, 1970);
}

/* Days since 1970; false where the month or the year has fewer. */
static bool find_days(struct instant_reader *reader, int64_t *days)
{
    int year = year_of(reader);
    int month = part_or(reader, PART_MONTH, 1);
    int64_t first = days_of(year, month, 1);
    int64_t next = days_of(month == 12 ? year + 1 : year, month % 12 + 1, 1);
    int day = part_or(reader, PART_DAY, 1);
    char expected[64];

    if (reader->places[PART_DAY_OF_YEAR]) {
        day = reader->parts[PART_DAY_OF_YEAR];
        if (day > days_of(year + 1, 1, 1) - first)
            return reader_refuse(reader, reader->places[PART_DAY_OF_YEAR], 3,
                                 "a day from 001 to 365");
    } else if (day > next - first) {
        snprintf(expected, sizeof(expected), "a day from 01 to %d",
                 (int)(next - first));
        return reader_refuse(reader, reader->places[PART_DAY], 2, expected);
    }
    *days = first + day - 1;
    return true;
}

static bool check_week_day(struct instant_reader *reader, int64_t days)
{
    static const char *const names[] = {"Sunday",    "Monday",   "Tuesday",
                                        "Wednesday", "Thursday", "Friday",
                                        "Saturday"};
    int64_t day = (days % WEEK_DAYS + WEEK_DAYS + THURSDAY) % WEEK_DAYS;
    char expected[64];

    if (!reader->week_day_at || reader->week_day == day)
        return true;
    snprintf(expected, sizeof(expected), "the week day of this date, %s",
             names[day]);
    return reader_refuse(reader, reader->week_day_at, 3, expected);
}

static int hour_of(const struct instant_reader *reader)
{
    if (!reader->places[PART_HALF_DAY_HOUR])
        return part_or(reader, PART_HOUR, 0);
    return reader->parts[PART_HALF_DAY_HOUR] % 12 +
           (reader->is_evening ? 12 : 0);
}

bool reader_resolve(struct instant_reader *reader, struct instant *result)
{
    int64_t days = 0, s, offset;

    if (reader->unix_at) {
        *result = (struct instant){reader->unix_s, reader->ns};
        return check_week_day(
            reader,
            (reader->unix_s - (reader->unix_s % DAY + DAY) % DAY) / DAY);
    }
    if (!find_days(reader, &days) || !check_week_day(reader, days))
        return false;
    offset = (int64_t)part_or(reader, PART_OFFSET_HOUR, 0) * HOUR +
             (int64_t)part_or(reader, PART_OFFSET_MINUTE, 0) * MINUTE;
    s = days * DAY + (int64_t)hour_of(reader) * HOUR +
        (int64_t)part_or(reader, PART_MINUTE, 0) * MINUTE +
        part_or(reader, PART_SECOND, 0) + (reader->is_west ? offset : -offset);
    if (part_or(reader, PART_SECOND, 0) == 60 && s % DAY != 0) {
        return reader_refuse(reader, reader->places[PART_SECOND], 2,
                             "a second from 00 to 59 (60 is only at 23:59 "
                             "UTC)");
    }
    *result = (struct instant){s, reader->ns};
    return true;
}

static bool read_iso(struct instant_reader *reader)
{
    if (!reader_date(reader))
        return false;
    if (!reader_char(reader, 'T') && !reader_char(reader, 't'))
        return reader_refuse(reader, reader->at, 1, "\"T\" and a time");
    return reader_time(reader) && reader_fraction(reader) &&
           reader_zone(reader, true);
}

/* RFC 9110, section 5.6.7: IMF-fixdate, what RFC 850 had, what asctime()
 * writes. */
static bool read_http(struct instant_reader *reader)
{
    size_t length = (size_t)(reader->end - reader->at);
    const char *comma = length ? memchr(reader->at, ',', length) : NULL;

    reader->is_exact = true;
    if (comma && comma - reader->at > 3)
        return reader_pattern(reader, "%A, %d-%b-%y %T GMT");
    if (!comma && length > 3 && reader->at[3] == ' ')
        return reader_pattern(reader, "%a %b %e %T %Y");
    return reader_pattern(reader, "%a, %d %b %Y %T GMT");
}

static bool read_unix(struct instant_reader *reader)
{
    return reader_count(reader, 1);
}

static bool read_unix_ms(struct instant_reader *reader)
{
    return reader_count(reader, 1000);
}

static const char *const names[] = {"date", "http", "iso", "unix", "unix_ms"};
static bool (*const readers[])(struct instant_reader *reader) = {
    reader_date, read_http, read_iso, read_unix, read_unix_ms};

const char *const *instant_forms(size_t *count)
{
    *count = COUNT(names);
    return names;
}

bool instant_form_check(const char *form, struct trouble *trouble)
{
    const char *nearest;

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(form, names[i]) == 0)
            return true;
    }
    if (strchr(form, '%'))
        return reader_pattern_check(form, trouble);
    nearest = nearest_name(form, names, COUNT(names));
    return trouble_tell(trouble,
                        "no form of dates: neither \"date\", \"http\", "
                        "\"iso\", \"unix\", \"unix_ms\" nor a pattern with "
                        "\"%%\"%s%s%s",
                        nearest ? "; did you mean \"" : "",
                        nearest ? nearest : "", nearest ? "\"?" : "");
}

/* What the text looks like, so that its trouble is told of the right form. */
static const char *likely_form(struct text text)
{
    enum { DATE_LENGTH = 10 };

    if (text.length && (text.bytes[0] | 0x20) >= 'a' &&
        (text.bytes[0] | 0x20) <= 'z')
        return "http";
    return text.length == DATE_LENGTH ? "date" : "iso";
}

static struct instant_reader begin(struct text text, struct trouble *trouble)
{
    const char *bytes = text.bytes ? text.bytes : "";

    return (struct instant_reader){
        .start = bytes,
        .at = bytes,
        .end = bytes + text.length,
        .trouble = trouble,
    };
}

static bool read_form(struct instant_reader *reader, const char *form)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(form, names[i]) == 0)
            return readers[i](reader);
    }
    return reader_pattern(reader, form);
}

bool instant_read(const char *form, struct text text, struct instant *result,
                  struct trouble *trouble)
{
    struct instant_reader reader = begin(text, trouble);

    return read_form(&reader, form ? form : likely_form(text)) &&
           reader_end(&reader) && reader_resolve(&reader, result);
}

int instant_compare(struct instant a, struct instant b)
{
    if (a.s != b.s)
        return a.s < b.s ? -1 : 1;
    return (a.ns > b.ns) - (a.ns < b.ns);
}

void instant_print(struct instant instant, char text[INSTANT_TEXT])
{
    char fraction[16] = "";
    int digits = 9, year;
    struct tm tm;

    moment_split(instant.s, &tm);
    year = tm.tm_year + 1900;
    if (instant.ns) {
        for (; instant.ns % 10 == 0; digits--)
            instant.ns /= 10;
        snprintf(fraction, sizeof(fraction), ".%0*d", digits, instant.ns);
    }
    snprintf(text, INSTANT_TEXT, "%s%04d-%02d-%02dT%02d:%02d:%02d%sZ",
             year < 0 ? "-" : "", year < 0 ? -year : year, tm.tm_mon + 1,
             tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, fraction);
}

bool instant_is_time(struct text text)
{
    struct trouble trouble;
    struct instant instant;
    struct instant_reader reader = begin(text, &trouble);

    return reader_time(&reader) && reader_fraction(&reader) &&
           reader_zone(&reader, true) && reader_end(&reader) &&
           reader_resolve(&reader, &instant);
}
