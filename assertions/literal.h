/* What a matcher compares with: a value of the spec, read for the subject that
 * it stands against ("500ms" is a duration there, and a text elsewhere). */
#pragma once

#include "assertions/digest.h"
#include "assertions/instant.h"
#include "assertions/value.h"
#include "specs/source.h"
#include "specs/template.h"

/* What the subject of a matcher is known to be before there is an answer. */
enum domain {
    DOMAIN_ANY,      /* a JSON value */
    DOMAIN_TEXT,     /* text from outside of JSON; numbers are read from it */
    DOMAIN_STATUS,   /* 200; "2xx" is a range of them */
    DOMAIN_COUNT,    /* a whole number */
    DOMAIN_DURATION, /* a bare number is milliseconds */
    DOMAIN_SIZE,     /* a bare number is bytes */
    DOMAIN_NUMBER,   /* a number and nothing else */
    DOMAIN_DATE,     /* a moment; see instant.h */
    DOMAIN_SHA256,   /* 64 hexadecimal digits, in any case */
    DOMAIN_MD5,      /* 32 of them */
    DOMAIN_ARRIVAL,  /* a name as arrival_name() gives them */
};

struct response;

/* What judging one answer needs besides what is looked at. */
struct matching {
    const struct scope *scope;
    const struct response *response; /* NULL: there is no answer */
    struct arena *arena;
    const struct digest_methods *digests;
    json_t *keep; /* the one value that is held, or an array of them */
    size_t keep_count;
    size_t comparisons; /* that `includes` made so far */
    struct fault fault; /* why something could not be said */
    struct spot wrong;  /* where in the spec that was */
};

/* Takes over the reference; the value lives as long as matching->keep. */
json_t *matching_keep(struct matching *matching, json_t *value);

/* Always false. */
bool matching_fault(struct matching *matching, struct spot spot,
                    const char *format, ...) PRINTF_LIKE(3, 4);

/* What is asked of a value, wherever it comes from: the spec, a constant, a
 * capture. False with the trouble told. */
struct literal;
typedef bool (*accept_fn)(const struct literal *literal,
                          struct trouble *trouble);

struct literal {
    struct spot at;
    json_t *json;                    /* NULL when it is a template */
    const struct template *template; /* NULL when it is constant */
    union {
        int64_t amount;   /* nanoseconds, bytes, status */
        const char *form; /* of dates; NULL: told by its look */
    };
    accept_fn accepts; /* NULL: everything of the domain */
    enum domain domain   : 8;
    enum domain elements : 8; /* of a list's elements, for `accepts` */
    bool is_class;            /* the status `amount` hundred and more */
};

/* Gives the literal a value, of which its domain and what it accepts are set.
 * False, with what is wrong in *trouble, when it cannot be that. */
bool literal_read(struct literal *literal, json_t *json,
                  struct trouble *trouble) NODISCARD;
/* An element of a list that was accepted. */
struct literal literal_element(const struct literal *list, size_t i);

/* The literal itself when it is constant, else *room, filled from the scope;
 * NULL with the matching's fault raised when that cannot be done. */
const struct literal *literal_fill(const struct literal *literal,
                                   struct matching *matching,
                                   struct literal *room) NODISCARD;

/* A subject whose literals are an `amount`. */
bool domain_is_amount(enum domain domain);

/* What equals the literal, which is constant. */
struct value literal_value(const struct literal *literal);

bool literal_equals(const struct literal *literal, const struct value *value);
/* As value_compare(). */
bool literal_compare(const struct literal *literal, const struct value *value,
                     int *order);

/* As the user would write it: `"buy milk"`, `500ms`, `2xx`. */
void tell_literal(struct teller *teller, const struct literal *literal);
