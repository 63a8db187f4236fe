/* Cookies that an answer sets (RFC 6265, section 5.2). */
#pragma once

#include "assertions/assertions.h"
#include "assertions/value.h"

enum cookie_field {
    COOKIE_DOMAIN,
    COOKIE_EXPIRES,
    COOKIE_HTTPONLY,
    COOKIE_MAX_AGE,
    COOKIE_PATH,
    COOKIE_SAMESITE,
    COOKIE_SECURE,
    COOKIE_VALUE,
};

/* Splits "session.path" at its last dot: how long the name is, and the field
 * that follows; the whole is a name when what follows is no field. */
size_t cookie_split(const char *words, enum cookie_field *field);

/* The field of the cookie that was set last by that name; absent when there is
 * none. Secure and HttpOnly are true or false. */
struct value cookie_look(const struct response *response, struct text name,
                         enum cookie_field field);
