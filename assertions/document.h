/* The body of one answer, read as JSON once and only when asked for. */
#pragma once

#include "assertions/assertions.h"
#include "assertions/literal.h"
#include "specs/json.h"

/* Zeroed memory was not read yet. */
struct document {
    bool is_read;
    json_t *root; /* kept by the matching; NULL: the body is not JSON */
    struct json_trouble trouble;
};

/* NULL when the body is not JSON. */
json_t *document_root(struct document *document,
                      const struct response *response,
                      struct matching *matching);

/* Why not, where, and what the body is instead. */
const char *document_trouble(const struct document *document,
                             const struct response *response,
                             struct arena *arena);
/* `; its type is text/html; it begins "<!DOCTYPE`. */
void document_tell_beginning(struct teller *teller,
                             const struct response *response);
