/* The rules for daylight saving time that TZ and the last line of a TZif file
 * have (POSIX, Base Definitions, section 8.3; RFC 9636, section 3.3). */
#include <ctype.h>
#include <string.h>

#include "specs/zone.h"

enum {
    MINUTE = 60,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR,
    HOURS_MOST = 167, /* of a rule's time; a week less an hour */
    NAME_LEAST = 3,
};

enum date_kind { DATE_MONTH, DATE_NO_LEAP, DATE_ANY };

struct date {
    enum date_kind kind;
    int month, week, day; /* only the day, but for DATE_MONTH */
    long time;            /* of that day, in seconds; may be negative */
};

struct rule {
    struct zone_offset standard, saving;
    bool has_saving;
    struct date start, end;
};

int64_t days_of(int64_t year, int month, int day)
{
    /* Years begin in March, so that the leap day is the last one. */
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The readers move *at behind what they read. */
static bool read_number(const char **at, long most, long *result)
{
    if (!isdigit((unsigned char)**at))
        return false;
    for (*result = 0; isdigit((unsigned char)**at); ++*at) {
        *result = *result * 10 + (**at - '0');
        if (*result > most)
            return false;
    }
    return true;
}

static bool read_char(const char **at, char wanted)
{
    if (**at != wanted)
        return false;
    ++*at;
    return true;
}

/* hh[:mm[:ss]], perhaps with a sign. */
static bool read_time(const char **at, long *seconds)
{
    long sign = read_char(at, '-') ? -1 : 1;
    long hours, minutes = 0, rest = 0;

    if (sign > 0)
        read_char(at, '+');
    if (!read_number(at, HOURS_MOST, &hours))
        return false;
    if (read_char(at, ':') && !read_number(at, 59, &minutes))
        return false;
    if (read_char(at, ':') && !read_number(at, 59, &rest))
        return false;
    *seconds = sign * (hours * HOUR + minutes * MINUTE + rest);
    return true;
}

static bool read_name(const char **at, char name[ZONE_NAME])
{
    bool is_quoted = read_char(at, '<');
    size_t length = 0;

    while (
        isalpha((unsigned char)(*at)[length]) ||
        (is_quoted && (*at)[length] && strchr("0123456789+-", (*at)[length])))
        length++;
    if (length < NAME_LEAST || length >= ZONE_NAME)
        return false;
    memcpy(name, *at, length);
    name[length] = '\0';
    *at += length;
    return !is_quoted || read_char(at, '>');
}

static bool read_month(const char **at, struct date *date)
{
    long month, week, day;

    if (!read_number(at, 12, &month) || !read_char(at, '.') ||
        !read_number(at, 5, &week) || !read_char(at, '.') ||
        !read_number(at, 6, &day) || !month || !week)
        return false;
    *date = (struct date){DATE_MONTH, (int)month, (int)week, (int)day, 0};
    return true;
}

static bool read_date(const char **at, struct date *date)
{
    bool is_no_leap;
    long day;

    if (!read_char(at, ','))
        return false;
    if (read_char(at, 'M')) {
        if (!read_month(at, date))
            return false;
    } else {
        is_no_leap = read_char(at, 'J');
        if (!read_number(at, 365, &day) || (is_no_leap && !day))
            return false;
        *date = (struct date){is_no_leap ? DATE_NO_LEAP : DATE_ANY, 0, 0,
                              (int)day, 0};
    }
    date->time = 2L * HOUR;
    return !read_char(at, '/') || read_time(at, &date->time);
}

/* In a rule what is west of Greenwich is positive. */
static bool read_rule(const char *text, struct rule *rule)
{
    long west;

    *rule = (struct rule){0};
    if (!read_name(&text, rule->standard.name) || !read_time(&text, &west))
        return false;
    rule->standard.seconds = -west;
    if (!*text)
        return true;
    rule->has_saving = true;
    if (!read_name(&text, rule->saving.name))
        return false;
    rule->saving.seconds = rule->standard.seconds + HOUR;
    if (*text != ',') {
        if (!read_time(&text, &west))
            return false;
        rule->saving.seconds = -west;
    }
    return read_date(&text, &rule->start) && read_date(&text, &rule->end) &&
           !*text;
}

/* The nth such day of the week of a month; the fifth is the last. */
static int64_t month_day(const struct date *date, int64_t year)
{
    bool is_december = date->month == 12;
    int64_t first = days_of(year, date->month, 1);
    int64_t next = days_of(is_december ? year + 1 : year,
                           is_december ? 1 : date->month + 1, 1);
    int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1970 began on day 4 */
    int64_t day = first + (date->day - weekday + 7) % 7 + 7 * (date->week - 1);

    return day < next ? day : day - 7;
}

/* In seconds since 1970 as a clock shows them that runs ahead by `ahead`. */
static int64_t date_moment(const struct date *date, int64_t year, long ahead)
{
    int64_t day = days_of(year, 1, 1);

    switch (date->kind) {
    case DATE_MONTH: day = month_day(date, year); break;
    case DATE_NO_LEAP:
        day += date->day - 1 + (is_leap(year) && date->day >= 60);
        break;
    case DATE_ANY: day += date->day; break;
    }
    return day * DAY + date->time - ahead;
}

static bool is_saving(const struct rule *rule, int64_t unix_s)
{
    struct tm local;
    int64_t year, start, end;

    moment_split(unix_s + rule->standard.seconds, &local);
    year = local.tm_year + INT64_C(1900);
    start = date_moment(&rule->start, year, rule->standard.seconds);
    end = date_moment(&rule->end, year, rule->saving.seconds);
    if (start < end)
        return unix_s >= start && unix_s < end;
    return unix_s >= start || unix_s < end;
}

bool zone_rule(const char *text, int64_t unix_s, struct zone_offset *result)
{
    struct rule rule;

    if (!read_rule(text, &rule))
        return false;
    *result = rule.has_saving && is_saving(&rule, unix_s) ? rule.saving
                                                          : rule.standard;
    return true;
}
