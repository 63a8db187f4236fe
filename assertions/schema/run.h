/* One check under way. Private to assertions/schema. */
#pragma once

#include "assertions/schema/tree.h"

/* Which members or elements of a value were looked at by a keyword that counts
 * for unevaluatedProperties and unevaluatedItems (core, section 11). Keys are
 * known by their address in the object, elements by their index. */
struct marks {
    bool all;
    size_t first; /* so many elements from the first on */
    size_t count;
    size_t capacity;
    uintptr_t *slots;
};

void marks_add_key(struct marks *marks, const char *key);
void marks_add_index(struct marks *marks, size_t index);
bool marks_have_key(const struct marks *marks, const char *key);
bool marks_have_index(const struct marks *marks, size_t index);
/* Adds those of the other one. */
void marks_merge(struct marks *marks, const struct marks *more);
void marks_finish(struct marks *marks);

/* A value, and how it is reached: on the stack of who looks at it. */
struct visit {
    const struct visit *outer; /* its container; NULL: the whole instance */
    const json_t *value;
    enum json_kind kind;
    const char *key; /* NULL: an element */
    size_t index;
    bool is_name;        /* the key itself is looked at */
    struct marks *marks; /* NULL: nobody asks */
};

struct visit visit_member(const struct visit *outer, const char *key,
                          const json_t *value);
struct visit visit_element(const struct visit *outer, size_t index);

/* The resources that the check came through, the innermost first (core,
 * section 7.1). */
struct scope {
    const struct scope *outer;
    const struct resource *resource;
};

/* What was found so far. */
struct report {
    size_t most;
    size_t count;
    size_t total;
    struct schema_error *list;
};

struct run {
    struct arena *arena;
    const struct scope *scope;
    struct report *report; /* NULL: only yes or no is wanted */
    struct pattern_room room;
    size_t depth;
    size_t branches; /* that are being told of, each within another one's */
    size_t steps;
    struct fault *fault;
};

/* Whether the value is valid; in a report, all that is wrong is told. */
bool run_schema(struct run *run, const struct schema *schema,
                struct visit *visit);
/* The same without a report. */
bool run_quietly(struct run *run, const struct schema *schema,
                 struct visit *visit);
/* Counts one more step; false, and the fault raised, beyond the limit. */
bool run_step(struct run *run);
/* Whether the pattern is in the text. False also with the fault raised. */
bool run_pattern(struct run *run, const struct pattern *pattern,
                 struct text text);

/* Something that is wrong with the visited value. */
struct finding {
    const char *expected; /* "at most 10" */
    const char *found;    /* NULL: the value */
    const char *text;     /* NULL: made of these two */
    struct spot at;       /* nowhere: that of the check */
    const char *keyword;  /* NULL: that of the check */
};

/* Whether words are to be made of what is wrong now. Where they are not, it is
 * counted, so that nothing more is to be done. */
bool run_wants(struct run *run);
/* Adds it to the report, if that wants it. Always false. */
bool run_tell(struct run *run, const struct check *check,
              const struct visit *visit, struct finding finding);
/* The same of a finding that has only an `expected`, made of the format. */
bool run_expect(struct run *run, const struct check *check,
                const struct visit *visit, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* Of a schema that is false. */
bool run_never(struct run *run, const struct schema *schema,
               const struct visit *visit);

/* For those who tell: how values are called, all in the arena. */
const char *tell_value_of(struct run *run, const json_t *value);
const char *tell_name(struct run *run, const char *name);
/* The name that was most likely meant, NULL; short ones are all alike. */
const char *tell_nearest(const char *wrong, const char *const *names,
                         size_t count);
/* "1 element", "3 elements" */
const char *tell_count(struct run *run, size_t count, const char *noun);
