/* Texts read by patterns as strftime() writes them. strptime() would not do: it
 * asks the locale, knows no fractions, leaves the zone to the process, and
 * takes what is not of the form. */
#include <stdio.h>
#include <string.h>

#include "assertions/instant_reader.h"
#include "specs/json.h"

/* What a conversion tells; none is told twice. */
enum {
    TELLS_YEAR = 1 << 0,
    TELLS_MONTH = 1 << 1,
    TELLS_DAY = 1 << 2,
    TELLS_HOUR = 1 << 3,
    TELLS_MINUTE = 1 << 4,
    TELLS_SECOND = 1 << 5,
    TELLS_FRACTION = 1 << 6,
    TELLS_HALF = 1 << 7, /* of a day */
    TELLS_WEEK_DAY = 1 << 8,
    TELLS_ZONE = 1 << 9,
    TELLS_DATE = TELLS_YEAR | TELLS_MONTH | TELLS_DAY,
    TELLS_TIME = TELLS_HOUR | TELLS_MINUTE | TELLS_SECOND,
};

struct conversion {
    char letter;
    int tells;
    enum instant_part part;
    /* NULL: the part, which alone can be written without padding */
    bool (*read)(struct instant_reader *reader);
};

static const char *const months[] = {
    "Jan",     "Feb",      "Mar",       "Apr",     "May",      "Jun",
    "Jul",     "Aug",      "Sep",       "Oct",     "Nov",      "Dec",
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static const char *const week_days[] = {
    "Sun",       "Mon",      "Tue",    "Wed",      "Thu",
    "Fri",       "Sat",      "Sunday", "Monday",   "Tuesday",
    "Wednesday", "Thursday", "Friday", "Saturday",
};

enum { MONTHS = 12, WEEK_DAYS = 7 };

/* The short names or the long ones, which are the second half. */
static bool read_month(struct instant_reader *reader, const char *const *names,
                       const char *expected)
{
    const char *at = reader->at;
    int month = reader_name(reader, names, MONTHS);

    if (month < 0)
        return reader_refuse(reader, at, 3, expected);
    reader->parts[PART_MONTH] = month + 1;
    reader->places[PART_MONTH] = at;
    return true;
}

static bool read_short_month(struct instant_reader *reader)
{
    return read_month(reader, months, "a month from \"Jan\" to \"Dec\"");
}

static bool read_long_month(struct instant_reader *reader)
{
    return read_month(reader, months + MONTHS,
                      "a month from \"January\" to \"December\"");
}

static bool read_week_day(struct instant_reader *reader,
                          const char *const *names, const char *expected)
{
    const char *at = reader->at;

    reader->week_day = reader_name(reader, names, WEEK_DAYS);
    reader->week_day_at = at;
    return reader->week_day >= 0 || reader_refuse(reader, at, 3, expected);
}

static bool read_short_week_day(struct instant_reader *reader)
{
    return read_week_day(reader, week_days,
                         "a day of the week from \"Mon\" to \"Sun\"");
}

static bool read_long_week_day(struct instant_reader *reader)
{
    return read_week_day(reader, week_days + WEEK_DAYS,
                         "a day of the week from \"Monday\" to \"Sunday\"");
}

/* " 6", "06" or "6" */
static bool read_spaced_day(struct instant_reader *reader)
{
    (void)reader_char(reader, ' ');
    return reader_part(reader, PART_DAY, false);
}

static bool read_half(struct instant_reader *reader)
{
    static const char *const halves[] = {"AM", "PM"};
    int half = reader_name(reader, halves, COUNT(halves));

    reader->is_evening = half == 1;
    return half >= 0 ||
           reader_refuse(reader, reader->at, 2, "\"AM\" or \"PM\"");
}

static bool read_fraction(struct instant_reader *reader)
{
    return reader_digits(reader, 1, 9);
}

static bool read_milliseconds(struct instant_reader *reader)
{
    return reader_digits(reader, 3, 3);
}

static bool read_offset(struct instant_reader *reader)
{
    return reader_zone(reader, false);
}

/* RFC 5322, section 4.3: other names mean more than one zone. */
static bool read_zone_name(struct instant_reader *reader)
{
    static const char *const names[] = {
        "EDT", "EST", "CDT", "CST", "MDT", "MST",
        "PDT", "PST", "UTC", "GMT", "UT",  "Z",
    };
    static const int west[] = {4, 5, 5, 6, 6, 7, 7, 8, 0, 0, 0, 0};
    const char *at = reader->at;
    int zone = reader_name(reader, names, COUNT(names));

    if (zone < 0)
        return reader_refuse(reader, at, 3, "a zone like \"UTC\" or \"EST\"");
    reader->is_west = true;
    reader->parts[PART_OFFSET_HOUR] = west[zone];
    reader->places[PART_OFFSET_HOUR] = at;
    return true;
}

static bool read_seconds(struct instant_reader *reader)
{
    return reader_count(reader, 1);
}

static bool read_short_time(struct instant_reader *reader)
{
    return reader_part(reader, PART_HOUR, true) && reader_expect(reader, ':') &&
           reader_part(reader, PART_MINUTE, true);
}

static bool read_american_date(struct instant_reader *reader)
{
    return reader_part(reader, PART_MONTH, true) &&
           reader_expect(reader, '/') && reader_part(reader, PART_DAY, true) &&
           reader_expect(reader, '/') &&
           reader_part(reader, PART_SHORT_YEAR, true);
}

static bool read_percent(struct instant_reader *reader)
{
    return reader_expect(reader, '%');
}

static const struct conversion conversions[] = {
    {'%', 0, 0, read_percent},
    {'A', TELLS_WEEK_DAY, 0, read_long_week_day},
    {'B', TELLS_MONTH, 0, read_long_month},
    {'D', TELLS_DATE, 0, read_american_date},
    {'F', TELLS_DATE, 0, reader_date},
    {'H', TELLS_HOUR, PART_HOUR, NULL},
    {'I', TELLS_HOUR, PART_HALF_DAY_HOUR, NULL},
    {'L', TELLS_FRACTION, 0, read_milliseconds},
    {'M', TELLS_MINUTE, PART_MINUTE, NULL},
    {'R', TELLS_HOUR | TELLS_MINUTE, 0, read_short_time},
    {'S', TELLS_SECOND, PART_SECOND, NULL},
    {'T', TELLS_TIME, 0, reader_time},
    {'Y', TELLS_YEAR, PART_YEAR, NULL},
    {'Z', TELLS_ZONE, 0, read_zone_name},
    {'a', TELLS_WEEK_DAY, 0, read_short_week_day},
    {'b', TELLS_MONTH, 0, read_short_month},
    {'d', TELLS_DAY, PART_DAY, NULL},
    {'e', TELLS_DAY, 0, read_spaced_day},
    {'f', TELLS_FRACTION, 0, read_fraction},
    {'h', TELLS_MONTH, 0, read_short_month},
    {'j', TELLS_MONTH | TELLS_DAY, PART_DAY_OF_YEAR, NULL},
    {'m', TELLS_MONTH, PART_MONTH, NULL},
    {'p', TELLS_HALF, 0, read_half},
    {'s', TELLS_DATE | TELLS_TIME | TELLS_ZONE, 0, read_seconds},
    {'y', TELLS_YEAR, PART_SHORT_YEAR, NULL},
    {'z', TELLS_ZONE, 0, read_offset},
};

/* Moves behind the conversion at a "%". NULL where it stands for nothing. */
static const struct conversion *take_conversion(const char **pattern,
                                                bool *is_padded)
{
    const char *at = *pattern + 1;

    *is_padded = *at != '-';
    if (!*is_padded)
        at++;
    for (size_t i = 0; i < COUNT(conversions); i++) {
        bool is_number = !conversions[i].read &&
                         conversions[i].part != PART_YEAR &&
                         conversions[i].part != PART_DAY_OF_YEAR;

        if (conversions[i].letter == *at && (*is_padded || is_number)) {
            *pattern = at + 1;
            return &conversions[i];
        }
    }
    return NULL;
}

bool reader_pattern(struct instant_reader *reader, const char *pattern)
{
    while (*pattern) {
        const struct conversion *conversion;
        bool is_padded;

        if (*pattern != '%') {
            size_t length = json_character_length(pattern, strlen(pattern));

            length = length ? length : 1; /* a byte that is not UTF-8 */
            if (!reader_literal(reader, pattern, length))
                return false;
            pattern += length;
            continue;
        }
        conversion = take_conversion(&pattern, &is_padded);
        if (!conversion)
            return reader_pattern_check(pattern, reader->trouble);
        if (conversion->read
                ? !conversion->read(reader)
                : !reader_part(reader, conversion->part, is_padded))
            return false;
    }
    return true;
}

/* Names what two conversions tell. */
static const char *told_name(int told)
{
    static const char *const names[] = {
        "year",     "month",          "day",      "hour",
        "minute",   "second",         "fraction", "half of the day",
        "week day", "offset or zone",
    };
    size_t index = 0;

    while (!(told & 1 << index))
        index++;
    return names[index];
}

static bool check_whole(int told, bool is_half, struct trouble *trouble)
{
    if (!(told & TELLS_YEAR))
        return trouble_tell(trouble, "a form of dates must tell the year: "
                                     "with %%Y, %%y, %%F, %%D or %%s");
    if (is_half != !!(told & TELLS_HALF))
        return trouble_tell(trouble, "%%I and %%p need each other: an hour "
                                     "from 01 to 12, and \"AM\" or \"PM\"");
    return true;
}

static bool refuse_conversion(const char *form, const char *at,
                              struct trouble *trouble)
{
    size_t flag = at[1] == '-';
    const char *letter = at + 1 + flag;
    size_t length = json_character_length(letter, strlen(letter));

    trouble_tell(trouble,
                 "\"%.*s\" stands for nothing in a form of dates; a literal %% "
                 "is written %%%%",
                 (int)(1 + flag + length), at);
    trouble->at = (size_t)(at - form);
    trouble->length = 1 + flag + length;
    return false;
}

bool reader_pattern_check(const char *pattern, struct trouble *trouble)
{
    const char *form = pattern;
    bool is_half = false;
    int told = 0;

    while (*(pattern += strcspn(pattern, "%"))) {
        const char *at = pattern;
        bool is_padded;
        const struct conversion *conversion =
            take_conversion(&pattern, &is_padded);

        if (!conversion)
            return refuse_conversion(form, at, trouble);
        if (told & conversion->tells) {
            trouble_tell(trouble, "\"%.*s\" tells the %s a second time",
                         (int)(pattern - at), at,
                         told_name(told & conversion->tells));
            trouble->at = (size_t)(at - form);
            trouble->length = (size_t)(pattern - at);
            return false;
        }
        told |= conversion->tells;
        is_half = is_half || conversion->part == PART_HALF_DAY_HOUR;
    }
    return check_whole(told, is_half, trouble);
}
