/* Numbers as decimal text, however long: what jansson's numbers and exact
 * numbers have in common. For the json*.c files beside it. */
#pragma once

#include "specs/json.h"

enum {
    JSON_EXPONENT_DIGITS = 18, /* exponents with more digits are refused */
    JSON_REAL_TEXT = 40,       /* room for any int64 or double as text */
};

/* The number 0.d1d2d3... * 10^point, d1 not zero; or zero. The digits are
 * borrowed: they may have a "." among them and end at anything else. */
struct decimal {
    bool negative;
    bool zero;
    int64_t point;
    const char *digits;
};

/* How many bytes of `text` are a JSON number (RFC 8259, section 6) that ends
 * there, 0 when they are none. `exponent_digits`, leading zeros left out. */
size_t decimal_length(const char *text, size_t length,
                      size_t *exponent_digits) NODISCARD;

/* What stands behind the "e": at most JSON_EXPONENT_DIGITS digits besides
 * leading zeros. */
int64_t decimal_exponent(const char *text) NODISCARD;

/* Of a JSON number, followed by anything that cannot be part of it. */
struct decimal decimal_of(const char *text) NODISCARD;

int decimal_compare(const struct decimal *a, const struct decimal *b);

/* The shortest of %.15g, %.16g and %.17g that reads back equal. */
void decimal_print_real(double value, char text[static JSON_REAL_TEXT]);

/* Whether a double or an int64 holds the JSON number, so that it prints as the
 * same value again. */
bool decimal_fits(const char *text, size_t length) NODISCARD;

/* Any number's; `room` holds the text of what has none yet. */
struct decimal decimal_of_value(const json_t *value,
                                char room[static JSON_REAL_TEXT]);

/* How many digits the decimal has up to the last one that is not 0; 0 for
 * zero. */
size_t decimal_digits(const struct decimal *decimal);
