/* JSON values beside what jansson knows of them: exact big numbers, a leading
 * byte order mark, comparison by value, shortest printing.
 *
 * jansson refuses integers beyond 64 bits signed and reals beyond a double, and
 * it rounds reals with more digits than a double holds. Text with such numbers
 * is read with them kept as exact decimal text: in memory such a number is a
 * jansson string whose first byte is 0xff, which no JSON text can produce. Ask
 * json_exact_number() before treating a JSON_STRING as a string, or use
 * json_kind(). */
#pragma once

#include <jansson.h>

#include "specs/base/arena.h"
#include "specs/base/buffer.h"

/* What went wrong, where: byte offset into the text as given. */
struct json_trouble {
    char text[160];
    size_t offset;
};

enum json_read_flags {
    JSON_READ_REJECT_DUPLICATES = 1 << 0, /* duplicate keys are an error */
};

/* A new reference, or NULL with *trouble set. A BOM is skipped. Nesting beyond
 * `depth` is an error. Takes any text: RFC 8259. */
json_t *json_read(const char *text, size_t length, size_t depth, int flags,
                  struct json_trouble *trouble) NODISCARD;

/* Gives the arena a reference of its own, so that the value lives as long as
 * what borrows it from there; returns the value, which may be NULL. */
json_t *json_hold(struct arena *arena, json_t *value);
/* The same, but what it returns may be another value that says the same and
 * that the arena holds already: most tests of a suite are alike. */
json_t *json_share(struct arena *arena, json_t *value);

/* The decimal text of an exact number (borrowed), NULL for anything else. */
const char *json_exact_number(const json_t *value);

/* A new exact number from its text, which must be a JSON number. */
json_t *json_exact_new(const char *text) NODISCARD;

/* As specs name types; json_kind() never says INTEGER for 1.5. */
enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOLEAN,
    JSON_KIND_NUMBER,
    JSON_KIND_STRING,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
};

enum json_kind json_kind(const json_t *value);
/* "null", "boolean", "number", "string", "array", "object" */
const char *json_kind_name(enum json_kind kind);
/* "a number", "an array": what a value is; null is "null". */
const char *json_kind_words(const json_t *value);
/* A number without fraction, 1.0 included. */
bool json_is_whole(const json_t *value);

/* -1, 0, 1: two numbers (json_kind NUMBER both) by exact value. */
int json_number_compare(const json_t *a, const json_t *b);

/* Whether the number is a whole multiple of the other, which is above zero:
 * exactly, however many digits the two have. */
bool json_is_multiple(const json_t *value, const json_t *of);

/* a + b, or a - b where the sign is -1, exactly: a new reference, or NULL when
 * it takes more than `most` digits to add them. */
json_t *json_number_sum(const json_t *a, const json_t *b, int sign,
                        size_t most) NODISCARD;

/* The same for values that are equal by json_values_equal(). What lies deeper
 * than any body does not count. */
uint64_t json_hash(const json_t *value);

/* Deep equality: numbers by value, objects without order. */
bool json_values_equal(const json_t *a, const json_t *b);

/* Compact JSON; reals in the shortest form that reads back equal, exact numbers
 * as they came. False when the buffer's ceiling is reached. */
bool json_print(const json_t *value, struct buffer *out) NODISCARD;

/* The same in an arena; never longer than `most` bytes, cut with "..." where it
 * was. The `most` counts bytes, characters stay whole. */
char *json_print_short(struct arena *arena, const json_t *value, size_t most);

/* As a template puts it into text: a string is itself, null is "null",
 * everything else is JSON. */
bool json_print_bare(const json_t *value, struct buffer *out) NODISCARD;

/* One JSON string literal with its quotes, `length` bytes of UTF-8; bytes that
 * are not UTF-8 become U+FFFD. */
bool json_print_string(const char *text, size_t length,
                       struct buffer *out) NODISCARD;

/* The length of the UTF-8 character (RFC 3629) that starts at `text`, 0 when
 * none does within `length` bytes. */
size_t json_character_length(const char *text, size_t length);
