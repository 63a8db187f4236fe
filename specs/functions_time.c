/* now(format, offset, zone) */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "specs/base/clock.h"
#include "specs/functions.h"
#include "specs/json.h"
#include "specs/zone.h"

enum { MS_PER_S = 1000, PART_MOST = 128 };
enum { ARGUMENT_FORMAT, ARGUMENT_OFFSET, ARGUMENT_ZONE };

/* What strftime() knows of the C locale's, and has no use for other parts of
 * the time than struct tm has. "%s" and "%L" are made here. */
static const char conversions[] = "aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyYzZ%";
static const char flags[] = "-_0^#";

/* A moment, and how a clock shows it. */
struct moment {
    int64_t unix_ms;
    struct tm tm;
    struct zone_offset zone;
};

static json_t *refuse(size_t argument, struct trouble *trouble)
{
    trouble->element = argument + 1;
    return NULL;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int milliseconds(const struct moment *moment)
{
    return (int)(moment->unix_ms -
                 floor_divide(moment->unix_ms, MS_PER_S) * MS_PER_S);
}

/* Milliseconds of "d"; 0 for no unit. */
static int64_t unit_ms(const char *unit, size_t length)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {
        {"ms", 1},
        {"s", MS_PER_S},
        {"m", INT64_C(60) * MS_PER_S},
        {"h", INT64_C(3600) * MS_PER_S},
        {"d", INT64_C(86400) * MS_PER_S},
        {"w", INT64_C(7) * 86400 * MS_PER_S},
    };

    for (size_t i = 0; i < COUNT(units); i++) {
        if (strlen(units[i].name) == length &&
            memcmp(units[i].name, unit, length) == 0)
            return units[i].ms;
    }
    return 0;
}

/* "+1d", "-2h30m": a sign, then numbers with units. */
static bool read_offset(const char *text, int64_t *ms)
{
    enum { DIGITS_MOST = 9 };
    bool is_negative = *text == '-';

    *ms = 0;
    if ((*text != '+' && *text != '-') || !text[1])
        return false;
    for (text++; *text;) {
        size_t digits = strspn(text, "0123456789");
        size_t letters = strspn(text + digits, "abcdefghijklmnopqrstuvwxyz");
        int64_t unit = unit_ms(text + digits, letters);
        int64_t number = 0;

        if (!digits || digits > DIGITS_MOST || !unit)
            return false;
        for (size_t i = 0; i < digits; i++)
            number = number * 10 + (text[i] - '0');
        if (__builtin_add_overflow(*ms, number * unit, ms))
            return false;
        text += digits + letters;
    }
    if (is_negative)
        *ms = -*ms;
    return true;
}

/* How long the part of a format is that begins with "%". */
static size_t conversion_length(const char *format)
{
    size_t flag = format[1] && strchr(flags, format[1]);
    const char *letter = format + 1 + flag;

    return 1 + flag + json_character_length(letter, strlen(letter));
}

/* As strftime() or this file makes it; false where it stands for nothing. */
static bool make_part(const struct moment *moment, const char *format,
                      size_t length, char part[static PART_MOST])
{
    char pattern[] = {'%', 0, 0, 0};
    char letter = format[length - 1];

    if (length < 2 || length >= sizeof(pattern))
        return false;
    if (length == 2 && letter == 'L') {
        snprintf(part, PART_MOST, "%03d", milliseconds(moment));
        return true;
    }
    if (length == 2 && letter == 's') {
        snprintf(part, PART_MOST, "%" PRId64,
                 floor_divide(moment->unix_ms, MS_PER_S));
        return true;
    }
    if (!strchr(conversions, letter))
        return false;
    memcpy(pattern, format, length);
    _Pragma("GCC diagnostic push")
        _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"")
            part[strftime(part, PART_MOST, pattern, &moment->tm)] = '\0';
    _Pragma("GCC diagnostic pop") return true;
}

/* The zone as RFC 3339 writes it. */
static void put_zone(const struct moment *moment, struct buffer *out)
{
    long minutes = moment->zone.seconds / 60;
    long ahead = minutes < 0 ? -minutes : minutes;

    if (!minutes)
        (void)!buffer_add_text(out, "Z");
    else
        (void)!buffer_print(out, "%c%02ld:%02ld", minutes < 0 ? '-' : '+',
                            ahead / 60, ahead % 60);
}

static json_t *iso_text(const struct moment *moment)
{
    CLEANUP(buffer_finish) struct buffer text = buffer_with_ceiling(PART_MOST);
    const struct tm *tm = &moment->tm;

    (void)!buffer_print(&text, "%04d-%02d-%02dT%02d:%02d:%02d.%03d",
                        tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday,
                        tm->tm_hour, tm->tm_min, tm->tm_sec,
                        milliseconds(moment));
    put_zone(moment, &text);
    return json_stringn_nocheck(buffer_text(&text), text.length);
}

/* RFC 9110, section 5.6.7: always GMT. */
static json_t *http_text(const struct moment *moment)
{
    char text[PART_MOST];
    struct tm tm;
    size_t length;

    moment_split(floor_divide(moment->unix_ms, MS_PER_S), &tm);
    length = strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm);
    return json_stringn_nocheck(text, length);
}

static json_t *refuse_conversion(const char *format, size_t length,
                                 struct trouble *trouble)
{
    trouble_tell(trouble,
                 "\"%.*s\" stands for nothing in a format of times; a literal "
                 "%% is written %%%%",
                 (int)length, format);
    return refuse(ARGUMENT_FORMAT, trouble);
}

static json_t *custom_text(const struct moment *moment, const char *format,
                           struct trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TIME_TEXT);
    char part[PART_MOST];
    size_t length;
    bool fits;

    for (; *format; format += length) {
        if (*format == '%') {
            length = conversion_length(format);
            if (!make_part(moment, format, length, part))
                return refuse_conversion(format, length, trouble);
            fits = buffer_add_text(&text, part);
        } else {
            length = strcspn(format, "%");
            fits = buffer_add(&text, format, length);
        }
        if (!fits) {
            trouble_tell(trouble, "this makes a time of more than %d bytes",
                         LIMIT_TIME_TEXT);
            return refuse(ARGUMENT_FORMAT, trouble);
        }
    }
    return json_stringn_nocheck(buffer_text(&text), text.length);
}

static json_t *moment_text(const struct moment *moment, const char *format,
                           struct trouble *trouble)
{
    if (strcmp(format, "iso") == 0)
        return iso_text(moment);
    if (strcmp(format, "http") == 0)
        return http_text(moment);
    if (strcmp(format, "unix") == 0)
        return json_integer(floor_divide(moment->unix_ms, MS_PER_S));
    if (strcmp(format, "unix_ms") == 0)
        return json_integer(moment->unix_ms);
    return custom_text(moment, format, trouble);
}

/* The text of an argument, or what stands for one that is not given. */
static const char *text_argument(const struct asked *asked, size_t argument,
                                 const char *otherwise)
{
    return asked->count > argument
               ? json_string_value(asked->arguments[argument])
               : otherwise;
}

static bool is_told(int64_t unix_s)
{
    const int64_t day = 86400;

    return unix_s >= days_of(1000, 1, 2) * day &&
           unix_s < days_of(9999, 12, 31) * day;
}

json_t *function_now(const struct asked *asked, struct trouble *trouble)
{
    const char *format = text_argument(asked, ARGUMENT_FORMAT, "iso");
    const char *offset = text_argument(asked, ARGUMENT_OFFSET, "+0s");
    const char *zone = text_argument(asked, ARGUMENT_ZONE, "UTC");
    struct moment moment;
    int64_t ms, unix_s;

    if (!read_offset(offset, &ms)) {
        trouble_tell(trouble, "an offset is a sign and numbers with units (w, "
                              "d, h, m, s, ms), as in \"+1d\" or \"-2h30m\"");
        return refuse(ARGUMENT_OFFSET, trouble);
    }
    if (__builtin_add_overflow(asked_wall_ns(asked) / NS_PER_MS, ms,
                               &moment.unix_ms) ||
        !is_told(unix_s = floor_divide(moment.unix_ms, MS_PER_S))) {
        trouble_tell(trouble,
                     "this offset leads out of the years 1000 to 9999");
        return refuse(ARGUMENT_OFFSET, trouble);
    }
    if (!zone_find(zone, unix_s, &moment.zone)) {
        trouble_tell(trouble, "no time zone has this name; there are \"UTC\", "
                              "\"local\", \"+02:00\", \"Europe/Berlin\"...");
        return refuse(ARGUMENT_ZONE, trouble);
    }
    moment_split(unix_s + moment.zone.seconds, &moment.tm);
    moment.tm.tm_gmtoff = moment.zone.seconds;
    moment.tm.tm_zone = moment.zone.name;
    return moment_text(&moment, format, trouble);
}
