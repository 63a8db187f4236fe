/* A compiled query, as parse.c and filter_parse.c leave it and evaluate.c,
 * filter.c and functions.c read it. Everything is in the arena of the compile;
 * lists are linked in the order of the text. Private to assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/jsonpath.h"
#include "assertions/pattern.h"

struct test;
struct function;

enum selector_kind {
    SELECTOR_NAME,
    SELECTOR_WILDCARD,
    SELECTOR_INDEX,
    SELECTOR_SLICE,
    SELECTOR_FILTER,
};

struct name {
    const char *bytes;
    size_t length; /* may hold NULs; such a name selects nothing */
};

/* Few selectors are one. */
struct slice {
    bool has_start;
    bool has_end;
    int64_t start;
    int64_t end;
    int64_t step;
};

struct selector {
    const struct selector *next;
    enum selector_kind kind;
    union {
        struct name name;
        int64_t index;
        const struct slice *slice;
        const struct test *filter;
    };
};

struct segment {
    const struct segment *next;
    const struct selector *selectors; /* at least one */
    bool descendant;
};

struct query {
    bool relative; /* begins at "@", not at "$" */
    bool singular; /* one name or index after the other */
    const struct segment *segments;
};

enum operand_kind { OPERAND_LITERAL, OPERAND_QUERY, OPERAND_CALL };

/* What stands beside a comparison operator or in a function's parentheses. */
struct operand {
    enum operand_kind kind;
    size_t offset; /* where it starts in the text */
    union {
        const json_t *literal; /* the query's own */
        const struct query *query;
        const struct call *call;
    };
};

enum { MOST_ARGUMENTS = 2 };

struct call {
    const struct function *function;
    struct operand arguments[MOST_ARGUMENTS];
    bool pattern_is_known;   /* the second argument is a literal: */
    struct pattern *pattern; /* its regular expression; NULL if it is none */
};

enum test_kind {
    TEST_ANY,     /* a || b || c */
    TEST_ALL,     /* a && b && c */
    TEST_EXISTS,  /* a query that selects something */
    TEST_CALL,    /* a function that is true */
    TEST_COMPARE, /* left OP right */
};

enum comparison {
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_GREATER,
    COMPARE_GREATER_EQUAL,
};

struct test {
    const struct test *next; /* beside it in the same ANY or ALL */
    enum test_kind kind;
    bool negated;
    enum comparison comparison;
    const struct test *parts; /* of ANY and ALL: two or more */
    struct operand left;      /* of EXISTS, CALL, COMPARE */
    struct operand right;     /* of COMPARE */
};

/* What the arena cannot give back. */
struct owned {
    struct owned *next;
    json_t *literal;
    struct pattern *pattern;
};

struct jsonpath {
    struct query query;
    struct owned *owned;
};
