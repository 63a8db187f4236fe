#include "runner/redact.h"

#include <openssl/evp.h>
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

/* As libcurl makes a URL of text that is none: blanks, control bytes and what
 * is not ASCII are encoded, reserved characters stay. */
static bool blank_encode(const char *text, size_t length, struct buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool is_plain = byte > 0x20 && byte < 0x7f;

        if (is_plain ? !buffer_add(out, &text[i], 1)
                     : !buffer_print(out, "%%%02X", byte))
            return false;
    }
    return true;
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
    enter_escaped(redactor, spelt.bytes);
    lower_digits(spelt.bytes);
    enter(redactor, spelt.bytes);
    enter_escaped(redactor, spelt.bytes);
}

void redactor_add(struct redactor *redactor, const char *secret)
{
    enter(redactor, secret);
    enter_encoded(redactor, secret, form_encode);
    enter_encoded(redactor, secret, url_encode);
    enter_encoded(redactor, secret, blank_encode);
    enter_escaped(redactor, secret);
}

/* A spelling and where it comes next. */
struct hit {
    const char *secret;
    size_t length;
    const char *at; /* NULL: nowhere any more */
};

struct search {
    struct hit *hits;
    size_t count;
    const char *end;
};

static void find_next(struct hit *hit, const char *from, const char *end)
{
    hit->at = memmem(from, (size_t)(end - from), hit->secret, hit->length);
}

/* Only spellings that come at all take part in what follows. */
static void begin_search(struct search *search, const struct redactor *redactor,
                         const char *bytes, struct arena *arena)
{
    size_t most = 0;

    for (const struct redactor *r = redactor; r; r = r->outer)
        most += r->texts.count;
    search->hits = arena_take(arena, most * sizeof(*search->hits));
    for (const struct redactor *r = redactor; r; r = r->outer) {
        for (size_t i = 0; i < r->texts.count; i++) {
            const char *secret = r->texts.entries[i].name;
            struct hit hit = {secret, strlen(secret), NULL};

            find_next(&hit, bytes, search->end);
            if (hit.at)
                search->hits[search->count++] = hit;
        }
    }
}

/* The first hit from there on: the longest of those that begin first, so that a
 * secret which holds another one is hidden whole. */
static const struct hit *next_hit(struct search *search, const char *from)
{
    const struct hit *first = NULL;

    for (size_t i = 0; i < search->count; i++) {
        struct hit *hit = &search->hits[i];

        if (hit->at && hit->at < from)
            find_next(hit, from, search->end);
        if (hit->at && (!first || hit->at < first->at ||
                        (hit->at == first->at && hit->length > first->length)))
            first = hit;
    }
    return first;
}

const char *redact_bytes(const struct redactor *redactor, struct arena *arena,
                         const char *bytes, size_t *length)
{
    CLEANUP(buffer_finish)
    struct buffer out = buffer_with_ceiling(SIZE_MAX / 2);
    struct search search = {.end = bytes + *length};
    const struct hit *hit;

    begin_search(&search, redactor, bytes, arena);
    hit = next_hit(&search, bytes);
    if (!hit)
        return bytes;
    for (; hit; hit = next_hit(&search, bytes)) {
        (void)!buffer_add(&out, bytes, (size_t)(hit->at - bytes));
        (void)!buffer_add_text(&out, "***");
        bytes = hit->at + hit->length;
    }
    (void)!buffer_add(&out, bytes, (size_t)(search.end - bytes));
    *length = out.length;
    return arena_copy_bytes(arena, buffer_text(&out), out.length);
}

static bool hides_nothing(const struct redactor *redactor)
{
    for (; redactor; redactor = redactor->outer) {
        if (redactor->texts.count)
            return false;
    }
    return true;
}

/* The leaves are found without recursion: a value is pushed once, and a capture
 * is bounded by the body that it came from. */
void redactor_add_value(struct redactor *redactor, const json_t *value)
{
    json_auto_t *todo = json_array();
    const char *key;
    json_t *inner;
    size_t index;

    json_array_append(todo, (json_t *)(uintptr_t)value);
    for (size_t next = 0; next < json_array_size(todo); next++) {
        json_t *found = json_array_get(todo, next);
        struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

        json_object_foreach (found, key, inner)
            json_array_append(todo, inner);
        json_array_foreach (found, index, inner)
            json_array_append(todo, inner);
        if (!json_is_object(found) && !json_is_array(found) &&
            !json_is_boolean(found) && !json_is_null(found) &&
            json_print_bare(found, &text))
            redactor_add(redactor, buffer_text(&text));
        buffer_finish(&text);
    }
}

static void add_part(struct redactor *redactor, const char *text, size_t length)
{
    enum { SHORTEST = 6 };
    struct arena arena = {0};

    if (length >= SHORTEST)
        redactor_add(redactor, arena_copy_bytes(&arena, text, length));
    arena_finish(&arena);
}

void redactor_add_basic(struct redactor *redactor, const char *user,
                        const char *password)
{
    struct arena arena = {0};
    char *pair = arena_print(&arena, "%s:%s", user, password);
    size_t length = strlen(pair);
    char *encoded = arena_take(&arena, length * 4 / 3 + 8);

    EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)pair,
                    (int)length);
    redactor_add(redactor, encoded);
    add_part(redactor, password, strlen(password));
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

    if (!text || hides_nothing(redactor))
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

void redactor_clear(struct redactor *redactor)
{
    for (size_t i = 0; i < redactor->texts.count; i++)
        free(redactor->texts.entries[i].value);
    map_finish(&redactor->texts);
}
