/* What `{{name(...)}}` can call. Private to specs/. */
#pragma once

#include "specs/chance.h"
#include "specs/template.h"

enum { FUNCTION_ARGUMENTS = 3 };

enum function_nature {
    FUNCTION_PURE,    /* its arguments decide alone */
    FUNCTION_ASKS,    /* so do the environment or files */
    FUNCTION_VARIES,  /* from exchange to exchange */
    FUNCTION_CHOOSES, /* the first argument, or the second where that is not
                         there; has no `evaluate` */
};

/* One call: as many arguments as the function takes, each of a kind that it
 * takes. */
struct asked {
    size_t count;
    json_t *const *arguments;
    const struct scope *scope; /* may be NULL */
    struct spot at;            /* of the call's name */
};

/* A new reference; NULL with the trouble told, whose `element` is the argument
 * that is wrong. No text of it shows an argument, which may hold a secret. */
typedef json_t *evaluate_fn(const struct asked *asked, struct trouble *trouble);

/* What an argument may be. */
struct parameter {
    unsigned kinds;    /* 1 << JSON_KIND_..., or-ed */
    const char *wants; /* "a whole number" */
};

struct function {
    const char *name;
    size_t least, most; /* arguments */
    enum function_nature nature;
    struct parameter parameters[FUNCTION_ARGUMENTS];
    evaluate_fn *evaluate;
};

/* Sorted by name. */
const struct function *function_rows(size_t *count);

/* NULL where there is none. */
const struct function *function_named(const char *name);
/* Which one was meant; NULL: nobody knows. */
const char *function_near(const char *name);

/* "takes at most 1 argument" */
void function_tell_arity(const struct function *function, struct buffer *out);

/* False with the trouble told when one that is there (not NULL) is of a kind
 * that the function does not take. */
bool function_check(const struct function *function, json_t *const *arguments,
                    size_t count, struct trouble *trouble) NODISCARD;

/* The chance and the time of the call. */
struct chance_stream asked_stream(const struct asked *asked);
int64_t asked_wall_ns(const struct asked *asked);

/* An argument as a template puts it into text, with as much room as a template
 * has. */
struct buffer asked_text(const struct asked *asked, size_t argument);

evaluate_fn function_base64, function_env, function_file, function_hmac_sha256;
evaluate_fn function_json, function_now, function_random_int;
evaluate_fn function_random_string, function_sha256, function_url_encode;
evaluate_fn function_uuid;
