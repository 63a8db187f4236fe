/* Does a double hold this decimal number? It does when the shortest decimal
 * that reads back as that double is the number itself; then printing it and
 * comparing it by its text tell no lie. Printing to find out takes
 * microseconds, and every coordinate of a map would ask. So first two looks at
 * integers, each exact:
 *
 * With digits * 10^-scale for the number, 2^e for the distance of the doubles
 * around it and digits below 2^52, that distance is no more than 10^-scale. No
 * other decimal of that scale or a coarser one can be nearest to the same
 * double.
 *
 * Otherwise, with M * 2^-s for the double, M * 10^scale is the double and
 * digits * 2^s the number in one measure, in which whatever lies within half
 * of 10^scale reads as the double. What fits 128 bits is decided so. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "specs/json_decimal.h"

__extension__ typedef __int128 wide;

enum {
    SURE_BITS = 52,
    DIGITS_KEPT = 19, /* as many as a uint64_t holds */
    MOST_DIGITS = 17, /* of any double's shortest decimal */
    MOST_SCALE = 22,  /* 10^22 * 2^53 is below 2^127 */
    MOST_SHIFT = 69,  /* 10^17 * 2^69 is too */
    NORMAL_SCALE = 290,
};

struct scaled {
    uint64_t digits; /* the last is not 0, unless all is */
    int64_t scale;
    bool many; /* digits beyond what a double can hold */
};

static uint64_t power_of_ten(int exponent)
{
    uint64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

static struct scaled scaled_of(const char *text)
{
    struct scaled scaled = {0};
    bool fraction = false;
    int kept = 0;

    for (text += *text == '-'; *text && *text != 'e' && *text != 'E'; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        scaled.scale += fraction;
        if (kept == DIGITS_KEPT) {
            scaled.many |= *text != '0';
            scaled.scale--;
            continue;
        }
        scaled.digits = scaled.digits * 10 + (uint64_t)(*text - '0');
        kept += scaled.digits > 0;
    }
    if (*text)
        scaled.scale -= decimal_exponent(text + 1);
    for (; scaled.digits && scaled.digits % 10 == 0; scaled.scale--)
        scaled.digits /= 10;
    scaled.many |= scaled.digits >= power_of_ten(MOST_DIGITS);
    return scaled;
}

static wide size_of(wide value)
{
    return value < 0 ? -value : value;
}

/* True with *fits set when 128 bits suffice and nothing is a tie. */
static bool decide_fast(const struct scaled *scaled, double value, bool *fits)
{
    int exponent;
    int64_t mantissa = (int64_t)ldexp(frexp(fabs(value), &exponent), 53);
    int shift = 53 - exponent;
    wide unit, reach, held, off, below;

    if (scaled->scale < 0 || scaled->scale > MOST_SCALE || shift < 1 ||
        shift > MOST_SHIFT || mantissa == INT64_C(1) << 52)
        return false;
    unit = (wide)1 << shift;
    reach = (wide)power_of_ten((int)scaled->scale / 2) *
            power_of_ten((int)scaled->scale - (int)scaled->scale / 2);
    held = mantissa * reach;
    off = held - (wide)scaled->digits * unit;
    below = held - (wide)(scaled->digits / 10 * 10) * unit;
    if (size_of(below) * 2 == reach || size_of(below - 10 * unit) * 2 == reach)
        return false;
    *fits = size_of(off) * 2 < unit && size_of(below) * 2 > reach &&
            size_of(below - 10 * unit) * 2 > reach;
    return true;
}

static bool decide_by_printing(const char *text, double value)
{
    char shortest[JSON_REAL_TEXT];
    struct decimal given = decimal_of(text);
    struct decimal held;

    decimal_print_real(value, shortest);
    held = decimal_of(shortest);
    return decimal_compare(&given, &held) == 0;
}

static bool real_fits(const char *text)
{
    struct scaled scaled = scaled_of(text);
    double value;
    bool fits;

    if (scaled.many)
        return false;
    if (scaled.digits < UINT64_C(1) << SURE_BITS &&
        scaled.scale < NORMAL_SCALE && scaled.scale > -NORMAL_SCALE)
        return true;
    value = strtod(text, NULL);
    if (!isfinite(value))
        return false;
    if (decide_fast(&scaled, value, &fits))
        return fits;
    return decide_by_printing(text, value);
}

static bool integer_fits(const char *text)
{
    bool negative = *text == '-';
    uint64_t value;

    return read_count(text + negative, (uint64_t)INT64_MAX + negative, &value);
}

bool decimal_fits(const char *text, size_t length)
{
    char copy[64];

    if (length >= sizeof(copy))
        return false; /* exact text is never wrong */
    memcpy(copy, text, length);
    copy[length] = '\0';
    return strpbrk(copy, ".eE") ? real_fits(copy) : integer_fits(copy);
}
