/* A walk over a text that tells a moment. Private to assertions/instant*. */
#pragma once

#include "assertions/instant.h"

/* The numbers of a moment. */
enum instant_part {
    PART_YEAR,
    PART_SHORT_YEAR, /* without its century */
    PART_MONTH,
    PART_DAY,
    PART_DAY_OF_YEAR,
    PART_HOUR,
    PART_HALF_DAY_HOUR,
    PART_MINUTE,
    PART_SECOND,
    PART_OFFSET_HOUR,
    PART_OFFSET_MINUTE,
    PART_COUNT,
};

/* What is read so far. `places` are where in the text, NULL for what it does
 * not have. */
struct instant_reader {
    const char *start, *at, *end;
    struct trouble *trouble;
    bool is_exact; /* the case of names counts */
    int parts[PART_COUNT];
    const char *places[PART_COUNT];
    int32_t ns;
    bool is_west;    /* the offset's sign */
    bool is_evening; /* PM */
    int week_day;    /* Sunday is 0 */
    const char *week_day_at;
    int64_t unix_s;
    const char *unix_at;
};

/* Always false: tells what was expected at a place of the text, and the next
 * few characters that were found there. */
bool reader_refuse(struct instant_reader *reader, const char *at,
                   size_t characters, const char *expected);

bool reader_char(struct instant_reader *reader, char c);
/* A character of so many bytes, or it is told that it was expected. */
bool reader_literal(struct instant_reader *reader, const char *text,
                    size_t length) NODISCARD;
bool reader_expect(struct instant_reader *reader, char c) NODISCARD;
bool reader_end(struct instant_reader *reader) NODISCARD;

/* All its digits; or as many as there are, but one, where it is not padded. */
bool reader_part(struct instant_reader *reader, enum instant_part part,
                 bool is_padded) NODISCARD;
/* "%Y-%m-%d", "%H:%M:%S" */
bool reader_date(struct instant_reader *reader) NODISCARD;
bool reader_time(struct instant_reader *reader) NODISCARD;
/* "." and digits, if there are any */
bool reader_fraction(struct instant_reader *reader) NODISCARD;
/* So many digits of a second at least and at most; further ones are read over
 * where there is no `most`. */
bool reader_digits(struct instant_reader *reader, size_t least,
                   size_t most) NODISCARD;
/* "Z", "+01:00"; also "+0100" and "+01" unless strict */
bool reader_zone(struct instant_reader *reader, bool is_strict) NODISCARD;
/* Units since 1970, so many in a second. */
bool reader_count(struct instant_reader *reader, int64_t per_second) NODISCARD;

/* The index of the name that stands here, of `count`; -1 with nothing read. The
 * longest one is taken. */
int reader_name(struct instant_reader *reader, const char *const *names,
                size_t count);

/* By a pattern; see instant_form_check(). */
bool reader_pattern(struct instant_reader *reader,
                    const char *pattern) NODISCARD;
bool reader_pattern_check(const char *pattern,
                          struct trouble *trouble) NODISCARD;

/* The moment of what was read; 1970-01-01T00:00:00Z where it was not. False
 * where the calendar or the clock has no such moment. */
bool reader_resolve(struct instant_reader *reader,
                    struct instant *result) NODISCARD;
