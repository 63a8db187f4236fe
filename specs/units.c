#include <string.h>

#include "specs/specs.h"

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit durations[] = {
    {"", 1000000},        {"ns", 1},
    {"us", 1000},         {"ms", 1000000},
    {"s", 1000000000},    {"m", 60000000000},
    {"h", 3600000000000}, {"d", 86400000000000},
};

static const struct unit sizes[] = {
    {"", 1},          {"B", 1},           {"kB", 1000},
    {"MB", 1000000},  {"GB", 1000000000}, {"KiB", 1 << 10},
    {"MiB", 1 << 20}, {"GiB", 1 << 30},
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static const struct unit *find_unit(const struct unit *units, size_t count,
                                    const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(units[i].name, name) == 0)
            return &units[i];
    return NULL;
}

/* What the digits behind a point are worth, rounded down: begun at the last
 * one, so that no step passes ten times the factor. */
static uint64_t read_fraction(const char *digits, size_t count, uint64_t factor)
{
    uint64_t value = 0;

    while (count-- > 0)
        value = (value + (uint64_t)(digits[count] - '0') * factor) / 10;
    return value;
}

static size_t count_digits(const char *text)
{
    size_t count = 0;

    while (is_digit(text[count]))
        count++;
    return count;
}

/* DIGITS[.DIGITS][UNIT], at most `most` when all is multiplied. */
static bool read_quantity(const char *text, const struct unit *units,
                          size_t unit_count, uint64_t most, uint64_t *result)
{
    size_t whole_digits = count_digits(text);
    const char *rest = text + whole_digits;
    size_t digits = 0;
    const struct unit *unit;
    uint64_t whole = 0, fraction;

    if (*rest == '.') {
        digits = count_digits(rest + 1);
        rest += 1 + digits;
        if (!digits)
            return false;
    }
    unit = find_unit(units, unit_count, rest);
    if (!whole_digits || !unit)
        return false;
    for (size_t i = 0; i < whole_digits; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');

        if (whole > (most - digit) / 10)
            return false;
        whole = whole * 10 + digit;
    }
    fraction = digits ? read_fraction(rest - digits, digits, unit->factor) : 0;
    if (whole > (most - fraction) / unit->factor)
        return false;
    *result = whole * unit->factor + fraction;
    return true;
}

bool read_duration(const char *text, int64_t *ns)
{
    uint64_t value;

    if (!read_quantity(text, durations, COUNT(durations), INT64_MAX, &value))
        return false;
    *ns = (int64_t)value;
    return true;
}

bool read_size(const char *text, uint64_t *bytes)
{
    return read_quantity(text, sizes, COUNT(sizes), UINT64_MAX, bytes);
}
