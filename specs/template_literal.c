/* Reading values that are written in a hole: JSON, and text in single quotes.
 * Where one ends is found first; what is in it is for the JSON reader to say.
 */
#include <string.h>

#include "specs/json.h"
#include "specs/template_parts.h"

/* How long a text in quotes is, both of them counted; 0: it has no end. */
static size_t quoted_length(const char *text)
{
    char quote = *text;
    size_t length = 1;

    while (text[length] && text[length] != quote)
        length += text[length] == '\\' && text[length + 1] ? 2 : 1;
    return text[length] ? length + 1 : 0;
}

/* How long an array or an object is; 0: it has no end. */
static size_t bracketed_length(const char *text)
{
    size_t length = 0, open = 0;

    do {
        size_t part = text[length] == '"' ? quoted_length(text + length) : 1;

        if (!text[length] || !part)
            return 0;
        open += text[length] == '[' || text[length] == '{';
        open -= text[length] == ']' || text[length] == '}';
        length += part;
    } while (open);
    return length;
}

static size_t literal_length(const char *text)
{
    switch (*text) {
    case '"':
    case '\'': return quoted_length(text);
    case '[':
    case '{': return bracketed_length(text);
    case 't':
    case 'f':
    case 'n': return template_name_length(text);
    default: return strspn(text, "+-.0123456789eE");
    }
}

/* The same text in double quotes, in the arena. */
static const char *requote(struct arena *arena, const char *text,
                           size_t *length)
{
    char *result = arena_take(arena, 2 * *length + 1);
    size_t made = 0;

    result[made++] = '"';
    for (size_t i = 1; i + 1 < *length; i++) {
        if (text[i] == '"')
            result[made++] = '\\';
        if (text[i] == '\\' && text[i + 1] == '\'')
            i++;
        else if (text[i] == '\\')
            result[made++] = text[i++];
        result[made++] = text[i];
    }
    result[made++] = '"';
    *length = made;
    return result;
}

static bool refuse(const struct template_text *text, size_t length,
                   const struct json_trouble *trouble)
{
    bool is_inside = trouble->offset > 0 && trouble->offset < length &&
                     *template_here(text) != '\'';

    if (is_inside)
        return template_refuse(text, text->at + trouble->offset, 1, "%s",
                               trouble->text);
    return template_refuse(text, text->at, length, "%s", trouble->text);
}

bool template_read_literal(struct template_text *text, json_t **literal)
{
    const char *from = template_here(text);
    size_t length = literal_length(from), read = length;
    struct json_trouble trouble;
    json_auto_t *value = NULL;

    if (!length) {
        return template_refuse(text, text->at, 1, "this %s is never closed",
                               strchr("\"'", *from) ? "quote" : "bracket");
    }
    if (*from == '\'')
        from = requote(text->arena, from, &read);
    value = json_read(from, read, LIMIT_SPEC_DEPTH, JSON_READ_REJECT_DUPLICATES,
                      &trouble);
    if (!value)
        return refuse(text, length, &trouble);
    *literal = json_hold(text->arena, value);
    text->at += length;
    return true;
}
