/* What a document is compared with. Private to the matchers.
 *
 * Matchers may stand in the place of values there: {"$match": {...}}. Such a
 * place becomes a text that no JSON can hold, since its first byte is never one
 * of UTF-8; so neither a spec nor an answer can forge one, and templates and
 * paths pass it by as they pass any text. Behind that byte stands which child
 * of the matcher it is. A *gap* is made likewise: an element of an array that
 * is not looked at. */
#pragma once

#include "assertions/matcher/kind.h"

/* One comparing of an expected document with an actual one. */
struct comparing {
    struct matching *matching;
    const struct matcher *owner; /* whose children the places are */
    bool has_gaps;
};

/* Reads the literal of a document for the domain and what it accepts, which are
 * set. Its places become the matcher's children. */
void compile_document(struct compiling *compiling, const struct node *argument,
                      struct matcher *matcher);

/* The matcher in whose place the value stands; NULL: it is a value. */
const struct matcher *place_of(const struct comparing *comparing,
                               const json_t *expected);
bool holds_places(const struct comparing *comparing, const json_t *expected);

/* A new reference. */
json_t *gap_new(void);
bool is_gap(const json_t *value);
/* The next element from there on that is no gap; the array's size: none. */
size_t next_element(const json_t *array, size_t at);

/* As json_values_equal() where there are neither places nor gaps. The actual
 * value may be NULL, of which only a matcher can say something. */
bool document_equals(const struct comparing *comparing, json_t *expected,
                     json_t *actual);

/* What was selected or found as one value: a new reference, NULL for what is no
 * JSON. A list that a path selected becomes an array. */
json_t *document_of(const struct value *value);

/* With the words of its matchers: {"id":{"$match":"an integer"}}. */
void tell_document(const struct comparing *comparing, struct teller *teller,
                   json_t *expected);
/* The words behind it, as the literal of the matcher is told. */
void describe_document(struct matching *matching, struct teller *teller,
                       const struct matcher *matcher);
const char *told_document(const struct comparing *comparing, json_t *expected);

/* Counts looks at pairs of elements: false with the fault raised when they were
 * too many for the word. */
bool count_steps(struct matching *matching, size_t steps, const char *word);

/* equals beside ignore (ignore.c): the matcher becomes both. */
void compile_ignoring(struct compiling *compiling, const struct member *equals,
                      const struct member *ignore, struct matcher *matcher);
