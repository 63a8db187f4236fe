#include "specs/json_decimal.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, size_t length, size_t at)
{
    size_t start = at;

    while (at < length && is_digit(text[at]))
        at++;
    return at - start;
}

/* The length of "e+010" at `at`, 0 when it is no exponent. */
static size_t exponent_length(const char *text, size_t length, size_t at,
                              size_t *exponent_digits)
{
    size_t start = at++;
    size_t digits;

    if (at < length && (text[at] == '+' || text[at] == '-'))
        at++;
    digits = count_digits(text, length, at);
    if (!digits)
        return 0;
    *exponent_digits = digits;
    for (size_t i = at; i < at + digits && text[i] == '0'; i++)
        --*exponent_digits;
    return at + digits - start;
}

size_t decimal_length(const char *text, size_t length, size_t *exponent_digits)
{
    size_t at = length && text[0] == '-';
    size_t digits = count_digits(text, length, at);

    *exponent_digits = 0;
    if (!digits || (digits > 1 && text[at] == '0'))
        return 0;
    at += digits;
    if (at < length && text[at] == '.') {
        digits = count_digits(text, length, ++at);
        if (!digits)
            return 0;
        at += digits;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        digits = exponent_length(text, length, at, exponent_digits);
        if (!digits)
            return 0;
        at += digits;
    }
    return at;
}

/* At most JSON_EXPONENT_DIGITS digits besides leading zeros. */
int64_t decimal_exponent(const char *text)
{
    bool negative = *text == '-';
    int64_t value = 0;

    if (*text == '-' || *text == '+')
        text++;
    for (; is_digit(*text); text++)
        value = value * 10 + (*text - '0');
    return negative ? -value : value;
}

struct decimal decimal_of(const char *text)
{
    struct decimal decimal = {.negative = *text == '-', .zero = true};
    bool fraction = false;

    for (text += decimal.negative; is_digit(*text) || *text == '.'; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        if (decimal.zero && *text != '0') {
            decimal.zero = false;
            decimal.digits = text;
        }
        if (decimal.zero)
            decimal.point -= fraction;
        else
            decimal.point += !fraction;
    }
    if (*text == 'e' || *text == 'E')
        decimal.point += decimal_exponent(text + 1);
    return decimal;
}

struct decimal decimal_of_value(const json_t *value,
                                char room[static JSON_REAL_TEXT])
{
    const char *exact = json_exact_number(value);

    if (exact)
        return decimal_of(exact);
    if (json_is_real(value))
        decimal_print_real(json_real_value(value), room);
    else
        snprintf(room, JSON_REAL_TEXT, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(value));
    return decimal_of(room);
}

size_t decimal_digits(const struct decimal *decimal)
{
    size_t last = 0;
    size_t count = 0;

    if (decimal->zero)
        return 0;
    for (const char *at = decimal->digits; is_digit(*at) || *at == '.'; at++) {
        count += *at != '.';
        if (*at != '.' && *at != '0')
            last = count;
    }
    return last;
}

/* The next digit, 0 for ever after the last. */
static char next_digit(const char **at, bool *ended)
{
    if (**at == '.')
        ++*at;
    if (is_digit(**at))
        return *(*at)++;
    *ended = true;
    return '0';
}

static int compare_digits(const char *a, const char *b)
{
    bool a_ended = false;
    bool b_ended = false;

    while (!a_ended || !b_ended) {
        char from_a = next_digit(&a, &a_ended);
        char from_b = next_digit(&b, &b_ended);

        if (from_a != from_b)
            return from_a < from_b ? -1 : 1;
    }
    return 0;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    int order;

    if (a->zero && b->zero)
        return 0;
    if (a->zero)
        return b->negative ? 1 : -1;
    if (b->zero)
        return a->negative ? -1 : 1;
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    if (a->point != b->point)
        order = a->point < b->point ? -1 : 1;
    else
        order = compare_digits(a->digits, b->digits);
    return a->negative ? -order : order;
}

void decimal_print_real(double value, char text[static JSON_REAL_TEXT])
{
    /* Numbers below the normal ones hold fewer digits than 15. */
    int precision = fabs(value) < DBL_MIN ? 1 : DBL_DIG;

    do {
        snprintf(text, JSON_REAL_TEXT, "%.*g", precision, value);
    } while (strtod(text, NULL) != value && ++precision <= DBL_DECIMAL_DIG);
    if (!strpbrk(text, ".e"))
        memcpy(text + strlen(text), ".0", sizeof(".0"));
}
