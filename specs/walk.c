/* Every test's text is walked several times, once for each level that is looked
 * at; so these are plain loops over bytes: tokens are short. The NUL behind the
 * text stops them all; what is told from it are NULs inside. */
#include "specs/walk.h"

#include <string.h>

size_t walk_blanks(const struct source *source, size_t at)
{
    const char *text = source->text;

    while (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' ||
           text[at] == '\r')
        at++;
    return at;
}

size_t walk_string(const struct source *source, size_t at)
{
    const char *text = source->text;

    for (at++; text[at] != '"'; at++) {
        if (text[at] == '\\')
            at++;
        if (!text[at] && at >= source->length)
            return source->length;
    }
    return at + 1;
}

size_t walk_word(const struct source *source, size_t at)
{
    size_t length = strcspn(source->text + at, ",:]}[{\" \t\r\n");

    return at + (length ? length : at < source->length);
}

/* Behind the object or array that starts at `at`. */
static size_t walk_nested(const struct source *source, size_t at)
{
    static const signed char levels[UINT8_MAX + 1] = {
        ['{'] = 1, ['['] = 1, ['}'] = -1, [']'] = -1};
    ptrdiff_t level = 0;

    while (at < source->length) {
        unsigned char byte = (unsigned char)source->text[at];

        if (byte == '"') {
            at = walk_string(source, at);
            continue;
        }
        at++;
        level += levels[byte];
        if (levels[byte] < 0 && level == 0)
            break;
    }
    return at;
}

size_t walk_value(const struct source *source, size_t at)
{
    if (source->text[at] == '"')
        return walk_string(source, at);
    if (source->text[at] == '{' || source->text[at] == '[')
        return walk_nested(source, at);
    return walk_word(source, at);
}
