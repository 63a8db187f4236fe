/* Multiples, exactly. Both numbers are digits and a power of ten: v * 10^a and
 * d * 10^b, neither v nor d ending in 0. With e = a - b, it is asked whether d
 * divides v * 10^e.
 *
 * Where e is negative it does not: then v would have to end in 0. Where it is
 * not, the digits of v and e zeros are divided as on paper; and of the zeros
 * only as many matter as d can have factors 2 or 5, fewer than four for each of
 * its digits. So the work is bounded by what is written, not by an exponent. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "specs/json_decimal.h"

enum {
    LIMB_DIGITS = 9, /* decimal digits of a limb */
    LIMB = 1000000000,
    FACTORS = 4, /* more than the factors 2 of a decimal digit: log2(10) */
};

/* Digits one after the other, zeros behind the last. */
struct digits {
    const char *at;
    size_t left;
};

static uint32_t take_digit(struct digits *digits)
{
    if (!digits->left)
        return 0;
    digits->left--;
    if (*digits->at == '.')
        digits->at++;
    return (uint32_t)(*digits->at++ - '0');
}

/* A whole number, its lowest limb first. */
struct whole {
    size_t count;
    uint32_t *limbs;
};

/* Times ten, plus the digit. */
static void push_digit(struct whole *whole, uint32_t digit)
{
    uint32_t carry = digit;

    for (size_t i = 0; i < whole->count; i++) {
        uint64_t limb = (uint64_t)whole->limbs[i] * 10 + carry;

        whole->limbs[i] = (uint32_t)(limb % LIMB);
        carry = (uint32_t)(limb / LIMB);
    }
}

static bool is_less(const struct whole *a, const struct whole *b)
{
    for (size_t i = a->count; i-- > 0;) {
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i];
    }
    return false;
}

/* The first is not less than the second. */
static void subtract(struct whole *from, const struct whole *what)
{
    int64_t borrow = 0;

    for (size_t i = 0; i < from->count; i++) {
        int64_t limb = (int64_t)from->limbs[i] - what->limbs[i] - borrow;

        borrow = limb < 0;
        from->limbs[i] = (uint32_t)(limb + borrow * LIMB);
    }
}

static bool is_zero(const struct whole *whole)
{
    for (size_t i = 0; i < whole->count; i++)
        if (whole->limbs[i])
            return false;
    return true;
}

static bool divides_long(struct digits divisor, struct digits value,
                         size_t zeros)
{
    size_t count = divisor.left / LIMB_DIGITS + 2; /* room for ten times it */
    uint32_t *limbs = must_alloc(2 * count * sizeof(*limbs));
    struct whole by = {count, limbs};
    struct whole rest = {count, limbs + count};
    bool divides;

    while (divisor.left)
        push_digit(&by, take_digit(&divisor));
    for (size_t i = value.left + zeros; i; i--) {
        push_digit(&rest, take_digit(&value));
        while (!is_less(&rest, &by))
            subtract(&rest, &by);
    }
    divides = is_zero(&rest);
    free(limbs);
    return divides;
}

/* Where ten times the divisor, and nine, is a number of 64 bits. */
static bool divides_short(struct digits divisor, struct digits value,
                          size_t zeros)
{
    uint64_t by = 0;
    uint64_t rest = 0;

    while (divisor.left)
        by = by * 10 + take_digit(&divisor);
    assert(by > 0);
    for (size_t i = value.left + zeros; i; i--)
        rest = (rest * 10 + take_digit(&value)) % by;
    return rest == 0;
}

static bool divides(const struct decimal *by, const struct decimal *value)
{
    struct digits divisor = {by->digits, decimal_digits(by)};
    struct digits digits = {value->digits, decimal_digits(value)};
    int64_t zeros = (value->point - (int64_t)digits.left) -
                    (by->point - (int64_t)divisor.left);
    int64_t most = (int64_t)divisor.left * FACTORS;

    if (zeros < 0)
        return false;
    if (zeros > most)
        zeros = most;
    return divisor.left <= 2 * LIMB_DIGITS
               ? divides_short(divisor, digits, (size_t)zeros)
               : divides_long(divisor, digits, (size_t)zeros);
}

/* units * 10^-places, exactly. */
struct scaled {
    int64_t units; /* less than SCALED_MOST */
    int places;    /* at most SCALED_PLACES */
};

enum { SCALED_PLACES = 6 };
#define SCALED_MOST 1000000000000

static const int64_t powers[SCALED_PLACES + 1] = {1,     10,     100,    1000,
                                                  10000, 100000, 1000000};

/* A double stands for its shortest decimal text. That is a decimal of at most
 * 15 digits, where such a one is read as this double. */
static bool scale_real(double real, struct scaled *scaled)
{
    for (int places = 0; places <= SCALED_PLACES; places++) {
        double units = nearbyint(real * (double)powers[places]);

        if (!(fabs(units) < SCALED_MOST))
            return false;
        if (units / (double)powers[places] != real)
            continue;
        *scaled = (struct scaled){(int64_t)units, places};
        return true;
    }
    return false;
}

static bool scale(const json_t *value, struct scaled *scaled)
{
    json_int_t integer = json_integer_value(value);

    if (json_is_real(value))
        return scale_real(json_real_value(value), scaled);
    *scaled = (struct scaled){integer, 0};
    return json_is_integer(value) && integer < SCALED_MOST &&
           integer > -SCALED_MOST;
}

bool json_is_multiple(const json_t *value, const json_t *of)
{
    char value_room[JSON_REAL_TEXT], of_room[JSON_REAL_TEXT];
    struct decimal number, by;
    struct scaled a, b;

    if (json_is_integer(value) && json_is_integer(of))
        return json_integer_value(value) % json_integer_value(of) == 0;
    if (scale(value, &a) && scale(of, &b))
        return a.units * powers[b.places] % (b.units * powers[a.places]) == 0;
    number = decimal_of_value(value, value_room);
    by = decimal_of_value(of, of_room);
    return number.zero || divides(&by, &number);
}
