#include "assertions/cookie.h"

#include <string.h>
#include <strings.h>

#include "assertions/extract.h"

static const char *const fields[] = {
    [COOKIE_DOMAIN] = "domain",     [COOKIE_EXPIRES] = "expires",
    [COOKIE_HTTPONLY] = "httponly", [COOKIE_MAX_AGE] = "max-age",
    [COOKIE_PATH] = "path",         [COOKIE_SAMESITE] = "samesite",
    [COOKIE_SECURE] = "secure",     [COOKIE_VALUE] = "value",
};

size_t cookie_split(const char *words, enum cookie_field *field)
{
    const char *dot = strrchr(words, '.');

    *field = COOKIE_VALUE;
    for (size_t i = 0; dot && i < COUNT(fields); i++) {
        if (strcasecmp(dot + 1, fields[i]) == 0) {
            *field = (enum cookie_field)i;
            return (size_t)(dot - words);
        }
    }
    return strlen(words);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct text trimmed(const char *bytes, size_t length)
{
    while (length && is_blank(bytes[0])) {
        bytes++;
        length--;
    }
    while (length && is_blank(bytes[length - 1]))
        length--;
    return (struct text){bytes, length};
}

/* Takes the next "name=value" off the header; false at its end. What has no
 * "=" is all name, with no bytes of a value. */
static bool take_pair(const char **rest, struct text *name, struct text *value)
{
    size_t length = strcspn(*rest, ";");
    size_t name_length = strcspn(*rest, ";=");

    if (!**rest)
        return false;
    *name = trimmed(*rest, name_length);
    *value = (struct text){0};
    if (name_length < length)
        *value = trimmed(*rest + name_length + 1, length - name_length - 1);
    *rest += length + ((*rest)[length] == ';');
    return true;
}

static bool is_text(struct text text, const char *words)
{
    return text.length == strlen(words) &&
           strncasecmp(text.bytes, words, text.length) == 0;
}

/* The header's value, behind the pair that names the cookie; NULL where no
 * answer's cookie has that name. The last one wins, as it does in a jar. */
static const char *find_cookie(const struct response *response,
                               struct text name, struct text *value)
{
    const char *attributes = NULL;
    struct text header;

    for (size_t i = 0;
         (header = answer_header(response, "set-cookie", i)).bytes; i++) {
        const char *rest = header.bytes;
        struct text own, its_value;

        if (take_pair(&rest, &own, &its_value) && its_value.bytes &&
            own.length == name.length &&
            memcmp(own.bytes, name.bytes, name.length) == 0) {
            attributes = rest;
            *value = its_value;
        }
    }
    return attributes;
}

struct value cookie_look(const struct response *response, struct text name,
                         enum cookie_field field)
{
    bool is_flag = field == COOKIE_SECURE || field == COOKIE_HTTPONLY;
    struct text value, attribute, found = {0};
    const char *rest = find_cookie(response, name, &value);
    struct value flag;
    bool is_set = false;

    if (!rest)
        return (struct value){.kind = VALUE_ABSENT};
    if (field == COOKIE_VALUE)
        return value_of_text(value);
    while (take_pair(&rest, &attribute, &value)) {
        if (!is_text(attribute, fields[field]))
            continue;
        is_set = true;
        found = value;
    }
    if (is_flag) {
        flag = value_of_json(is_set ? json_true() : json_false(), NULL);
        flag.is_unset = !is_set;
        return flag;
    }
    return value_of_text(found);
}
