/* What is made of a value before it is looked at. Each transform is written
 * once: as a matcher it hands on what comes out to the matcher behind it, in a
 * capture to the next step. */
#pragma once

#include "assertions/markup.h"
#include "assertions/matcher.h"

struct probe;
struct transform;

/* What a transform is told besides the value. */
enum argument {
    ARGUMENT_NONE,
    ARGUMENT_WANTED,
    ARGUMENT_POSSIBLE, /* it may be told something */
};

/* One use of a transform. Zeroed, with what is asked for set. */
struct applying {
    struct matching *matching;
    const struct transform *transform;
    const struct value *from;
    bool is_explaining; /* somebody wants to know why not */
    struct value made;
    const char *why; /* "base64: not base64 at character 5: \"abcd$\"" */
};

struct transform_kind {
    const char *name;
    const char *words;  /* before what is expected: "a length of " */
    enum domain result; /* what comes out */
    enum argument argument;
    const char *wanted; /* what the argument is: "an index from 0" */
    /* Reads the argument, NULL where there is none; mistakes are added. NULL:
     * there is nothing to do. */
    void (*compile)(struct compiling *compiling, const struct node *argument,
                    struct transform *transform);
    /* Makes something of `from`, which is there. False by transform_refuse(),
     * or with the matching's fault raised. */
    bool (*apply)(struct applying *applying);
    /* What its probe saw of a body that streamed; NULL: it has no probe. */
    void (*see)(struct applying *applying, const struct probe *probe);
    /* Instead of the words; NULL. */
    void (*describe)(struct matching *matching, struct teller *teller,
                     const struct transform *transform);
};

struct transform {
    const struct transform_kind *kind;
    struct literal literal; /* index, separator, pattern, path */
    union {
        struct pattern *pattern;     /* NULL when it is made of templates */
        const struct jsonpath *path; /* likewise */
        const char *form;            /* of a date; NULL: none is told */
        struct {
            const struct xpath *xpath; /* NULL when it is made of templates */
            struct xml_namespaces namespaces; /* then */
            bool counts; /* nothing there is a list of none */
        };
    };
};

extern const struct transform_kind age_transform, base64_transform,
    count_transform, date_transform, expires_in_transform, first_transform,
    hex_transform, json_transform, last_transform, length_transform,
    lower_transform, md5_transform, nth_transform, number_transform,
    parse_json_transform, path_transform, regex_transform, select_transform,
    sha256_transform, split_transform, trim_transform, url_decode_transform,
    xml_transform, xpath_select_transform, xpath_transform;

void transform_compile(struct compiling *compiling,
                       const struct transform_kind *kind,
                       const struct node *argument,
                       struct transform *transform);

bool transform_apply(struct applying *applying);

/* What is wanted of what comes out follows: `base64 of `. */
void transform_describe(struct matching *matching, struct teller *teller,
                        const struct transform *transform);

/* Always false. Says why it cannot be done, and shows the value, if somebody
 * wants to know. */
bool transform_refuse(struct applying *applying, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* The value as text, or it is refused. */
bool transform_text(struct applying *applying, struct text *text) NODISCARD;
/* The same; numbers, true and false as JSON writes them. */
bool transform_written(struct applying *applying, struct text *text) NODISCARD;

/* The literal with its templates filled; NULL with the fault raised. */
const struct literal *transform_literal(const struct applying *applying,
                                        struct literal *room) NODISCARD;
