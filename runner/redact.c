#include "runner/redact.h"

#include <stdlib.h>
#include <string.h>

#include "runner/address.h"

static void enter(struct redactor *redactor, const char *text)
{
    char *copy;

    if (!*text || map_find(&redactor->texts, text))
        return;
    copy = must_copy(text);
    map_set(&redactor->texts, copy, copy);
}

typedef bool encode_function(const char *text, size_t length,
                             struct buffer *out);

static char small_digit(char digit)
{
    return digit >= 'A' && digit <= 'F' ? (char)(digit - 'A' + 'a') : digit;
}

static void lower_digits(char *encoded)
{
    for (char *sign = strchr(encoded, '%'); sign;
         sign = strchr(sign + 1, '%')) {
        sign[1] = small_digit(sign[1]);
        sign[2] = small_digit(sign[2]);
    }
}

/* Percent-encoding in both cases of its digits: "%2F" and "%2f". */
static void enter_encoded(struct redactor *redactor, const char *secret,
                          encode_function *encode)
{
    CLEANUP(buffer_finish)
    struct buffer spelt = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    if (!encode(secret, strlen(secret), &spelt) || !spelt.length)
        return;
    enter(redactor, spelt.bytes);
    lower_digits(spelt.bytes);
    enter(redactor, spelt.bytes);
}

/* As JSON escapes it, and JSON within JSON: a server may tell a body that it
 * got as a string, and a message shows that answer as a string again. */
static void enter_escaped(struct redactor *redactor, const char *secret)
{
    enum { NESTED_MOST = 3 };
    struct arena arena = {0};

    for (int i = 0; i < NESTED_MOST; i++) {
        CLEANUP(buffer_finish)
        struct buffer spelt = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

        if (!json_print_string(secret, strlen(secret), &spelt))
            break;
        secret = arena_copy_bytes(&arena, spelt.bytes + 1, spelt.length - 2);
        enter(redactor, secret);
    }
    arena_finish(&arena);
}

void redactor_add(struct redactor *redactor, const char *secret)
{
    enter(redactor, secret);
    enter_encoded(redactor, secret, form_encode);
    enter_encoded(redactor, secret, url_encode);
    enter_escaped(redactor, secret);
}

/* The first secret in the bytes: the longest of those that begin first, so that
 * a secret which holds another one is hidden whole. */
static const char *find_secret(const struct redactor *redactor,
                               const char *bytes, size_t length,
                               size_t *secret_length)
{
    const char *first = NULL;

    *secret_length = 0;
    for (size_t i = 0; i < redactor->texts.count; i++) {
        const char *secret = redactor->texts.entries[i].name;
        size_t size = strlen(secret);
        const char *found = memmem(bytes, length, secret, size);

        if (!found || (first && found > first) ||
            (found == first && size < *secret_length))
            continue;
        first = found;
        *secret_length = size;
    }
    return first;
}

const char *redact_bytes(const struct redactor *redactor, struct arena *arena,
                         const char *bytes, size_t *length)
{
    CLEANUP(buffer_finish)
    struct buffer out = buffer_with_ceiling(SIZE_MAX / 2);
    const char *end = bytes + *length;
    size_t size;
    const char *found = find_secret(redactor, bytes, *length, &size);

    if (!found)
        return bytes;
    for (; found;
         found = find_secret(redactor, bytes, (size_t)(end - bytes), &size)) {
        (void)!buffer_add(&out, bytes, (size_t)(found - bytes));
        (void)!buffer_add_text(&out, "***");
        bytes = found + size;
    }
    (void)!buffer_add(&out, bytes, (size_t)(end - bytes));
    *length = out.length;
    return arena_copy_bytes(arena, buffer_text(&out), out.length);
}

static void add_part(struct redactor *redactor, const char *text, size_t length)
{
    enum { SHORTEST = 6 };
    struct arena arena = {0};

    if (length >= SHORTEST)
        redactor_add(redactor, arena_copy_bytes(&arena, text, length));
    arena_finish(&arena);
}

/* "a=1; b=2" of a Cookie, "a=1; Path=/; ..." of a Set-Cookie, whose attributes
 * are no secret. */
static void add_cookies(struct redactor *redactor, const char *text,
                        bool only_first)
{
    while (*text) {
        size_t name = strcspn(text, "=;");
        size_t length;

        text += name + (text[name] == '=');
        length = strcspn(text, ";");
        add_part(redactor, text, length);
        if (only_first)
            return;
        text += length;
        text += strspn(text, "; ");
    }
}

void redactor_add_header(struct redactor *redactor, const char *name,
                         const char *value)
{
    size_t scheme;

    if (strcasecmp(name, "Cookie") == 0 ||
        strcasecmp(name, "Set-Cookie") == 0) {
        add_cookies(redactor, value, strcasecmp(name, "Cookie") != 0);
        return;
    }
    scheme = strcspn(value, " ");
    scheme += strspn(value + scheme, " ");
    if (value[scheme])
        value += scheme;
    add_part(redactor, value, strlen(value));
}

const char *redact(const struct redactor *redactor, struct arena *arena,
                   const char *text)
{
    size_t length;

    if (!text || redactor->texts.count == 0)
        return text;
    length = strlen(text);
    return redact_bytes(redactor, arena, text, &length);
}

bool is_secret_header(const char *name)
{
    static const char *const names[] = {
        "Authorization",
        "Cookie",
        "Proxy-Authorization",
        "Set-Cookie",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcasecmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

void redactor_finish(struct redactor *redactor)
{
    for (size_t i = 0; i < redactor->texts.count; i++)
        free(redactor->texts.entries[i].value);
    map_finish(&redactor->texts);
}
