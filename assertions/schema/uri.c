#include "assertions/schema/uri.h"

#include <stdio.h>
#include <string.h>

/* RFC 3986, section 3. A part that is not there has no bytes; an authority or
 * a query may be there and empty. */
struct part {
    const char *bytes;
    size_t length;
};

struct uri {
    struct part scheme, authority, path, query, fragment;
};

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* 0 where the text does not begin with one. */
static size_t scheme_length(const char *text)
{
    size_t length = 0;

    if (!is_letter(text[0]))
        return 0;
    while (is_letter(text[length]) || is_digit(text[length]) ||
           (text[length] && strchr("+-.", text[length])))
        length++;
    return text[length] == ':' ? length : 0;
}

static struct part cut(const char **at, const char *ends)
{
    struct part part = {*at, strcspn(*at, ends)};

    *at += part.length;
    return part;
}

static struct uri read_uri(const char *text)
{
    struct uri uri = {0};
    size_t scheme = scheme_length(text);

    if (scheme) {
        uri.scheme = (struct part){text, scheme};
        text += scheme + 1;
    }
    if (strncmp(text, "//", 2) == 0) {
        text += 2;
        uri.authority = cut(&text, "/?#");
    }
    uri.path = cut(&text, "?#");
    if (*text == '?') {
        text++;
        uri.query = cut(&text, "#");
    }
    if (*text == '#')
        uri.fragment = (struct part){text + 1, strlen(text + 1)};
    return uri;
}

/* Takes the last segment and its "/" back. */
static size_t without_segment(const char *path, size_t length)
{
    while (length && path[length - 1] != '/')
        length--;
    return length ? length - 1 : 0;
}

/* Section 5.2.4, in place: what is written never overtakes what is read. */
static void remove_dots(char *path)
{
    const char *from = path;
    size_t length = 0;

    while (*from) {
        size_t segment = strcspn(from + (*from == '/'), "/") + (*from == '/');
        bool one = segment == 2 && strncmp(from, "/.", 2) == 0;
        bool two = segment == 3 && strncmp(from, "/..", 3) == 0;

        if (two)
            length = without_segment(path, length);
        if (!one && !two) {
            memmove(path + length, from, segment);
            length += segment;
        } else if (!from[segment]) {
            path[length++] = '/';
        }
        from += segment;
    }
    path[length] = '\0';
}

/* Section 5.2.3: the base's path up to its last "/", then the reference's. */
static char *merge(struct arena *arena, const struct uri *base,
                   struct part path)
{
    size_t length = base->path.length;

    if (base->authority.bytes && !length)
        return arena_print(arena, "/%.*s", (int)path.length, path.bytes);
    while (length && base->path.bytes[length - 1] != '/')
        length--;
    return arena_print(arena, "%.*s%.*s", (int)length, base->path.bytes,
                       (int)path.length, path.bytes);
}

/* The part with what stands before it, or nothing. */
static const char *with(struct arena *arena, const char *before,
                        struct part part, const char *behind)
{
    if (!part.bytes)
        return "";
    return arena_print(arena, "%s%.*s%s", before, (int)part.length, part.bytes,
                       behind);
}

char *uri_resolve(struct arena *arena, const char *base, const char *reference)
{
    struct uri from = read_uri(base);
    struct uri to = read_uri(reference);
    char *path = arena_copy_bytes(arena, to.path.bytes, to.path.length);

    if (!to.scheme.bytes) {
        to.scheme = from.scheme;
        if (!to.authority.bytes && !to.path.length) {
            path = arena_copy_bytes(arena, from.path.bytes, from.path.length);
            if (!to.query.bytes)
                to.query = from.query;
        } else if (!to.authority.bytes && *path != '/') {
            path = merge(arena, &from, to.path);
        }
        if (!to.authority.bytes)
            to.authority = from.authority;
    }
    if (*path == '/')
        remove_dots(path);
    return arena_print(arena, "%s%s%s%s%s", with(arena, "", to.scheme, ":"),
                       with(arena, "//", to.authority, ""), path,
                       with(arena, "?", to.query, ""),
                       with(arena, "#", to.fragment, ""));
}

static int hex_value(char byte)
{
    if (is_digit(byte))
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The byte that an escape stands for; 0 where there is none. */
static int escaped_byte(const char *text, size_t left)
{
    int high, low;

    if (left < 3 || text[0] != '%')
        return 0;
    high = hex_value(text[1]);
    low = hex_value(text[2]);
    return high < 0 || low < 0 ? 0 : high * 16 + low;
}

char *uri_decode(struct arena *arena, const char *text, size_t length)
{
    char *decoded = arena_take(arena, length + 1);
    char *end = decoded;

    for (size_t i = 0; i < length; i++) {
        int byte = escaped_byte(text + i, length - i);

        *end++ = byte ? (char)byte : text[i];
        i += byte ? 2 : 0;
    }
    return decoded;
}

char *uri_split(struct arena *arena, const char *uri, const char **fragment)
{
    size_t length = strcspn(uri, "#");

    *fragment = uri[length] ? uri_decode(arena, uri + length + 1,
                                         strlen(uri + length + 1))
                            : NULL;
    return arena_copy_bytes(arena, uri, length);
}

static bool is_plain(char byte)
{
    return is_letter(byte) || is_digit(byte) || strchr("/-._~+,=@!()", byte);
}

char *uri_of_path(struct arena *arena, const char *path)
{
    static const char scheme[] = "file://";
    char *uri = arena_take(arena, strlen(path) * 3 + sizeof(scheme));
    char *end = uri + sizeof(scheme) - 1;

    memcpy(uri, scheme, sizeof(scheme) - 1);
    for (; *path; path++) {
        if (is_plain(*path))
            *end++ = *path;
        else
            end += snprintf(end, 4, "%%%02X", (unsigned char)*path);
    }
    return uri;
}

char *uri_path(struct arena *arena, const char *uri)
{
    struct uri parts = read_uri(uri);
    struct part host = parts.authority;

    if (parts.scheme.length != 4 || strncmp(uri, "file", 4) != 0 ||
        !parts.path.length || *parts.path.bytes != '/')
        return NULL;
    if (host.length && (host.length != strlen("localhost") ||
                        strncmp(host.bytes, "localhost", host.length) != 0))
        return NULL;
    return uri_decode(arena, parts.path.bytes, parts.path.length);
}
