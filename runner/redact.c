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

/* "a b" as a form spells it is "a+b", as a URL "a%20b"; JSON escapes quotes. */
void redactor_add(struct redactor *redactor, const char *secret)
{
    CLEANUP(buffer_finish)
    struct buffer spelt = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    size_t length = strlen(secret);

    enter(redactor, secret);
    if (form_encode(secret, length, &spelt))
        enter(redactor, buffer_text(&spelt));
    buffer_clear(&spelt);
    if (url_encode(secret, length, &spelt))
        enter(redactor, buffer_text(&spelt));
    buffer_clear(&spelt);
    if (json_print_string(secret, length, &spelt) && spelt.length > 2) {
        spelt.bytes[spelt.length - 1] = '\0';
        enter(redactor, spelt.bytes + 1);
    }
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
