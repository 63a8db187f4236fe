/* The functions of RFC 9535, section 2.4, and their types. Private to
 * assertions/jsonpath. */
#pragma once

#include "assertions/jsonpath/evaluate.h"

/* Section 2.4.1. */
enum function_type { TYPE_VALUE, TYPE_LOGICAL, TYPE_NODES };

/* A value, or nothing. Not every number of ours is in a document. */
struct result {
    const json_t *value; /* borrowed; NULL: `integer` or nothing */
    bool is_integer;
    json_int_t integer;
};

struct function {
    const char *name;
    enum function_type result;
    size_t parameter_count;
    enum function_type parameters[MOST_ARGUMENTS];
    /* The one that fits `result`. */
    struct result (*value)(struct evaluation *evaluation,
                           const struct call *call, json_t *current);
    bool (*holds)(struct evaluation *evaluation, const struct call *call,
                  json_t *current);
};

/* NULL when there is none. */
const struct function *function_find(struct name name);
/* "count", "length" ... in one line, for messages. */
const char *function_names(void);
/* Whether the second argument is a regular expression. */
bool function_takes_pattern(const struct function *function);

/* The value of a literal, a singular query or a call (filter.c). */
struct result operand_value(struct evaluation *evaluation,
                            const struct operand *operand, json_t *current);
