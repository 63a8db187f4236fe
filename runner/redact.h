/* Hides what nobody may read. Every text of an event passes through here. */
#pragma once

#include "specs/specs.h"

/* What is to be hidden: values, raw and as URLs, forms and JSON spell them.
 * Zeroed memory hides nothing. */
struct redactor {
    const struct redactor *outer; /* hides too; or NULL */
    struct map texts; /* name and value are the same malloc'd text */
};

/* An empty text is not entered: it would mask everything. */
void redactor_add(struct redactor *redactor, const char *secret);

/* The text itself where it holds no secret, else a copy with "***". NULL gives
 * NULL. */
const char *redact(const struct redactor *redactor, struct arena *arena,
                   const char *text);

/* The same for bytes; *length becomes the result's. */
const char *redact_bytes(const struct redactor *redactor, struct arena *arena,
                         const char *bytes, size_t *length);

/* Authorization, Proxy-Authorization, Cookie, Set-Cookie: never shown. */
bool is_secret_header(const char *name);

/* Every text and number in a value. */
void redactor_add_value(struct redactor *redactor, const json_t *value);

/* What basic authentication sends of them, and the password alone. */
void redactor_add_basic(struct redactor *redactor, const char *user,
                        const char *password);

/* The credentials of a header that is_secret_header(): of "Bearer x" x, of
 * cookies their values. Short ones are not entered: they would mask half of
 * what is told. */
void redactor_add_header(struct redactor *redactor, const char *name,
                         const char *value);

void redactor_clear(struct redactor *redactor);
