#include "assertions/charset.h"

#include <string.h>
#include <strings.h>

#include "assertions/extract.h"
#include "specs/json.h"

enum { PRESCAN = 1024 }; /* HTML, "prescan a byte stream" */

/* The value of a parameter, quoted or not, up to where it ends. */
static const char *take_value(struct arena *arena, const char *value)
{
    size_t length;

    if (*value == '"')
        length = strcspn(++value, "\"");
    else
        length = strcspn(value, "; \t");
    return length ? arena_copy_bytes(arena, value, length) : NULL;
}

const char *charset_of_type(const struct response *response,
                            struct arena *arena)
{
    const char *next = answer_header(response, "content-type", 0).bytes;

    while (next && (next = strchr(next, ';'))) {
        next += 1 + strspn(next + 1, " \t");
        if (strncasecmp(next, "charset=", 8) == 0)
            return take_value(arena, next + 8);
    }
    return NULL;
}

bool charset_is_marked(struct text text)
{
    static const struct text marks[] = {
        {"\xef\xbb\xbf", 3}, {"\xfe\xff", 2}, {"\xff\xfe", 2}};

    for (size_t i = 0; i < COUNT(marks); i++) {
        if (text.length >= marks[i].length &&
            memcmp(text.bytes, marks[i].bytes, marks[i].length) == 0)
            return true;
    }
    return false;
}

bool charset_is_utf8(struct text text)
{
    while (text.length) {
        size_t length = json_character_length(text.bytes, text.length);

        if (!length)
            return false;
        text.bytes += length;
        text.length -= length;
    }
    return true;
}

/* Where the word is, in any case; NULL. */
static const char *find_word(const char *from, const char *end,
                             const char *word)
{
    size_t length = strlen(word);

    for (; from && end - from >= (ptrdiff_t)length; from++) {
        if (strncasecmp(from, word, length) == 0)
            return from;
    }
    return NULL;
}

bool charset_is_in_page(struct text text)
{
    const char *end =
        text.bytes + (text.length < PRESCAN ? text.length : PRESCAN);
    const char *meta = find_word(text.bytes, end, "<meta");

    while (meta) {
        const char *close = memchr(meta, '>', (size_t)(end - meta));

        if (find_word(meta, close ? close : end, "charset"))
            return true;
        meta = find_word(meta + 1, end, "<meta");
    }
    return false;
}
