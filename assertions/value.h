/* What was taken out of an answer, as matchers see it. Nothing is copied: the
 * answer, its document or the arena hold what a value points to. */
#pragma once

#include <jansson.h>

#include "assertions/instant.h"
#include "assertions/jsonpath/jsonpath.h"
#include "assertions/pattern.h"
#include "assertions/tell.h"

struct probes;
struct xml_document;

enum value_kind {
    VALUE_ABSENT,   /* there is no such thing in the answer */
    VALUE_JSON,     /* a value of the document */
    VALUE_TEXT,     /* a header, the body: any bytes */
    VALUE_NUMBER,   /* a status, a count */
    VALUE_DURATION, /* nanoseconds */
    VALUE_SIZE,     /* bytes */
    VALUE_DATE,     /* a moment */
    VALUE_LIST,     /* what a JSONPath or an XPath selected */
    VALUE_STREAM,   /* a body that went by: only its probes saw it */
    VALUE_MARKUP,   /* a body as XML, whole */
};

struct value {
    enum value_kind kind;
    bool is_unset;    /* a cookie's flag: false, and not there */
    bool is_selected; /* by an XPath: a list of texts, of which one alone is a
                       * text, too */
    const char *path; /* where in the document; NULL unless explaining */
    union {
        json_t *json;
        struct text text;
        int64_t number;
        struct instant instant;
        struct jsonpath_nodes list;
        const struct probes *probes;
        const struct xml_document *markup;
    };
};

struct value value_of_json(json_t *json, const char *path);
struct value value_of_text(struct text text);
struct value value_of_number(enum value_kind kind, int64_t number);
struct value value_of_date(struct instant instant);

/* Texts are VALUE_TEXT and strings of the document. */
bool value_text(const struct value *value, struct text *text);

/* Elements of arrays and lists; value_is_list() first. */
bool value_is_list(const struct value *value);
size_t value_count(const struct value *value);
/* With its path where the list has one; made in the arena. */
struct value value_element(const struct value *value, size_t index,
                           struct arena *arena);
/* Of a VALUE_LIST: whether an element equals the literal. */
bool value_element_equals(const struct value *list, size_t index,
                          const json_t *literal);

/* A new array of what a path selected. */
json_t *value_list_json(const struct value *list) NODISCARD;

/* A new reference to the number that the text is written as, exactly; NULL. */
json_t *number_read(struct text text) NODISCARD;

/* By value: numbers exactly, texts by bytes, a text that is written as a number
 * equals that number unless it stands in a document. */
bool value_equals(const struct value *value, const json_t *literal);

/* -1, 0, 1 for two numbers or two texts; false for anything else. */
bool value_compare(const struct value *value, const json_t *literal,
                   int *order);

void tell_value(struct teller *teller, const struct value *value);
