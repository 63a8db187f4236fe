/* Sums, exactly. Both numbers are laid as digits into one row of places, from
 * the highest of either to the lowest; what would need a longer row than was
 * allowed is refused, so that 1e999999 costs nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/json_decimal.h"

/* The digits of both, each worth 10^(top - 1 - i) in its row. */
struct row {
    int64_t top;
    size_t count;
    signed char *digits;
};

/* Adds sign times the number to the row, digit by digit, without carrying. */
static void add_digits(struct row *row, const struct decimal *decimal, int sign)
{
    size_t at = (size_t)(row->top - decimal->point);
    size_t left = decimal_digits(decimal);

    if (decimal->negative)
        sign = -sign;
    for (const char *digit = decimal->digits; left; digit++) {
        if (*digit == '.')
            continue;
        row->digits[at++] += (signed char)(sign * (*digit - '0'));
        left--;
    }
}

/* Every digit from 0 to 9; true when that made the number negative. The first
 * place of the row is free, and holds what is carried out. */
static bool carry(struct row *row)
{
    for (size_t i = row->count; i-- > 1;) {
        while (row->digits[i] < 0) {
            row->digits[i] += 10;
            row->digits[i - 1]--;
        }
        if (row->digits[i] > 9) {
            row->digits[i] -= 10;
            row->digits[i - 1]++;
        }
    }
    return row->digits[0] < 0;
}

/* Of the sum that is less than zero: its digits, without the sign. */
static void turn_round(struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        row->digits[i] = (signed char)-row->digits[i];
    (void)carry(row);
}

static json_t *read_row(const struct row *row, bool is_negative)
{
    size_t size = row->count + JSON_REAL_TEXT;
    char *text = must_alloc(size);
    size_t first = 0, length = 0;
    json_t *sum;

    while (first + 1 < row->count && !row->digits[first])
        first++;
    if (is_negative)
        text[length++] = '-';
    for (size_t i = first; i < row->count; i++)
        text[length++] = (char)('0' + row->digits[i]);
    snprintf(text + length, size - length, "e%lld",
             (long long)(row->top - (int64_t)row->count));
    sum = json_exact_new(text);
    free(text);
    return sum;
}

static int64_t lowest_place(const struct decimal *decimal)
{
    return decimal->point - (int64_t)decimal_digits(decimal);
}

/* A row of the places of both, and one above them. */
static struct row make_row(const struct decimal *a, const struct decimal *b)
{
    struct row row = {.top = 1};
    int64_t bottom = 0;

    if (a->zero && b->zero)
        return row;
    if (a->zero || b->zero) {
        row.top = (a->zero ? b : a)->point + 1;
        bottom = lowest_place(a->zero ? b : a);
    } else {
        row.top = (a->point > b->point ? a->point : b->point) + 1;
        bottom = lowest_place(a) < lowest_place(b) ? lowest_place(a)
                                                   : lowest_place(b);
    }
    row.count = (size_t)(row.top - bottom);
    return row;
}

json_t *json_number_sum(const json_t *a, const json_t *b, int sign, size_t most)
{
    char a_room[JSON_REAL_TEXT], b_room[JSON_REAL_TEXT];
    struct decimal x = decimal_of_value(a, a_room);
    struct decimal y = decimal_of_value(b, b_room);
    struct row row = make_row(&x, &y);
    bool is_negative;
    json_t *sum;

    if (!row.count)
        return json_integer(0);
    if (row.count - 1 > most)
        return NULL;
    row.digits = must_alloc(row.count);
    if (!x.zero)
        add_digits(&row, &x, 1);
    if (!y.zero)
        add_digits(&row, &y, sign);
    is_negative = carry(&row);
    if (is_negative)
        turn_round(&row);
    sum = read_row(&row, is_negative);
    free(row.digits);
    return sum;
}
