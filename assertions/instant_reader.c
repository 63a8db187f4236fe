#include "assertions/instant_reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "specs/base/clock.h"
#include "specs/json.h"

enum { NS_DIGITS = 9, FOUND_MOST = 80 };

struct part_rule {
    const char *expected;
    size_t digits;
    int least, most;
};

static const struct part_rule rules[PART_COUNT] = {
    [PART_YEAR] = {"a year of four digits", 4, 0, 9999},
    [PART_SHORT_YEAR] = {"a year of two digits", 2, 0, 99},
    [PART_MONTH] = {"a month from 01 to 12", 2, 1, 12},
    [PART_DAY] = {"a day from 01 to 31", 2, 1, 31},
    [PART_DAY_OF_YEAR] = {"a day from 001 to 366", 3, 1, 366},
    [PART_HOUR] = {"an hour from 00 to 23", 2, 0, 23},
    [PART_HALF_DAY_HOUR] = {"an hour from 01 to 12", 2, 1, 12},
    [PART_MINUTE] = {"a minute from 00 to 59", 2, 0, 59},
    [PART_SECOND] = {"a second from 00 to 60", 2, 0, 60},
    [PART_OFFSET_HOUR] = {"an offset's hours from 00 to 23", 2, 0, 23},
    [PART_OFFSET_MINUTE] = {"an offset's minutes from 00 to 59", 2, 0, 59},
};

static size_t character_length(const char *at, const char *end)
{
    size_t length = json_character_length(at, (size_t)(end - at));

    return length ? length : 1; /* a byte that is not UTF-8 */
}

static size_t character_number(const struct instant_reader *reader,
                               const char *place)
{
    const char *at = reader->start;
    size_t number = 1;

    for (; at < place; number++)
        at += character_length(at, reader->end);
    return number;
}

bool reader_refuse(struct instant_reader *reader, const char *at,
                   size_t characters, const char *expected)
{
    struct trouble *trouble = reader->trouble;
    CLEANUP(buffer_finish)
    struct buffer found = buffer_with_ceiling(FOUND_MOST);
    const char *end = at;

    while (characters-- && end < reader->end)
        end += character_length(end, reader->end);
    if (at == reader->end)
        (void)!buffer_add_text(&found, "the end");
    else
        (void)!json_print_string(at, (size_t)(end - at), &found);
    trouble_tell(trouble, "expected %.100s, found %.80s at character %zu",
                 expected, buffer_text(&found), character_number(reader, at));
    trouble->blind = "this is no date, or not written as is expected";
    trouble->at = (size_t)(at - reader->start);
    trouble->length = (size_t)(end - at);
    return false;
}

bool reader_char(struct instant_reader *reader, char c)
{
    if (reader->at == reader->end || *reader->at != c)
        return false;
    reader->at++;
    return true;
}

bool reader_end(struct instant_reader *reader)
{
    return reader->at == reader->end ||
           reader_refuse(reader, reader->at, 1, "the end");
}

static bool take_digit(struct instant_reader *reader, int *digit)
{
    if (reader->at == reader->end || *reader->at < '0' || *reader->at > '9')
        return false;
    *digit = *reader->at++ - '0';
    return true;
}

bool reader_part(struct instant_reader *reader, enum instant_part part,
                 bool is_padded)
{
    const struct part_rule *rule = &rules[part];
    const char *at = reader->at;
    size_t digits = 0;
    int value = 0, digit;

    for (; digits < rule->digits && take_digit(reader, &digit); digits++)
        value = value * 10 + digit;
    if (digits < (is_padded ? rule->digits : 1) || value < rule->least ||
        value > rule->most)
        return reader_refuse(reader, at, rule->digits, rule->expected);
    reader->parts[part] = value;
    reader->places[part] = at;
    return true;
}

bool reader_literal(struct instant_reader *reader, const char *text,
                    size_t length)
{
    char expected[16];

    if ((size_t)(reader->end - reader->at) >= length &&
        memcmp(reader->at, text, length) == 0) {
        reader->at += length;
        return true;
    }
    snprintf(expected, sizeof(expected), "\"%.*s\"", (int)length, text);
    return reader_refuse(reader, reader->at, 1, expected);
}

bool reader_expect(struct instant_reader *reader, char c)
{
    return reader_literal(reader, &c, 1);
}

bool reader_date(struct instant_reader *reader)
{
    return reader_part(reader, PART_YEAR, true) && reader_expect(reader, '-') &&
           reader_part(reader, PART_MONTH, true) &&
           reader_expect(reader, '-') && reader_part(reader, PART_DAY, true);
}

bool reader_time(struct instant_reader *reader)
{
    return reader_part(reader, PART_HOUR, true) && reader_expect(reader, ':') &&
           reader_part(reader, PART_MINUTE, true) &&
           reader_expect(reader, ':') && reader_part(reader, PART_SECOND, true);
}

bool reader_digits(struct instant_reader *reader, size_t least, size_t most)
{
    const char *at = reader->at;
    size_t digits = 0;
    int digit;

    reader->ns = 0;
    while ((!most || digits < most) && take_digit(reader, &digit)) {
        if (digits++ < NS_DIGITS)
            reader->ns = reader->ns * 10 + digit;
    }
    if (digits < least)
        return reader_refuse(reader, at, least, "digits of a second");
    for (; digits < NS_DIGITS; digits++)
        reader->ns *= 10;
    return true;
}

bool reader_fraction(struct instant_reader *reader)
{
    return !reader_char(reader, '.') || reader_digits(reader, 1, 0);
}

bool reader_zone(struct instant_reader *reader, bool is_strict)
{
    bool has_colon;

    if (reader_char(reader, 'Z') || reader_char(reader, 'z'))
        return true;
    reader->is_west = reader_char(reader, '-');
    if (!reader->is_west && !reader_char(reader, '+'))
        return reader_refuse(reader, reader->at, 1,
                             "\"Z\" or an offset like \"+01:00\"");
    if (!reader_part(reader, PART_OFFSET_HOUR, true))
        return false;
    if (is_strict)
        return reader_expect(reader, ':') &&
               reader_part(reader, PART_OFFSET_MINUTE, true);
    has_colon = reader_char(reader, ':');
    if (!has_colon &&
        (reader->at == reader->end || *reader->at < '0' || *reader->at > '9'))
        return true;
    return reader_part(reader, PART_OFFSET_MINUTE, true);
}

bool reader_count(struct instant_reader *reader, int64_t per_second)
{
    /* The years 0000 to 9999, as a clock of any offset shows them. */
    const int64_t least = INT64_C(-62167305600), most = INT64_C(253402387199);
    const char *at = reader->at;
    bool is_negative = reader_char(reader, '-');
    const char *digits = reader->at;
    int64_t count = 0, s;
    int digit;

    while (count < INT64_MAX / 10 - 10 && take_digit(reader, &digit))
        count = count * 10 + digit;
    if (is_negative)
        count = -count;
    s = count / per_second - (count % per_second < 0);
    if (reader->at == digits || s < least || s > most) {
        return reader_refuse(reader, at, (size_t)(reader->at - at) + 1,
                             per_second == 1
                                 ? "seconds since 1970, up to the year 9999"
                                 : "milliseconds since 1970, up to the year "
                                   "9999");
    }
    reader->unix_s = s;
    reader->unix_at = at;
    reader->ns = (int32_t)((count - s * per_second) * (NS_PER_S / per_second));
    return true;
}

int reader_name(struct instant_reader *reader, const char *const *names,
                size_t count)
{
    size_t longest = 0, left = (size_t)(reader->end - reader->at);
    int found = -1;

    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);

        if (length <= longest || length > left)
            continue;
        if (reader->is_exact ? strncmp(names[i], reader->at, length) != 0
                             : strncasecmp(names[i], reader->at, length) != 0)
            continue;
        found = (int)i;
        longest = length;
    }
    reader->at += longest;
    return found;
}
