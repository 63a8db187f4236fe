#include "specs/outline.h"

#include <string.h>

#include "specs/base/buffer.h"
#include "specs/json.h"
#include "specs/walk.h"

enum { ELEMENT_LEVEL = 2 }; /* in an array in the suite's object */

struct outline {
    const struct source *source;
    struct buffer text;
    size_t copied; /* the source is in the outline up to here */
};

/* A key that is written in another way (\u0074ests) only costs memory. */
static bool is_list(const struct source *source, size_t from, size_t to)
{
    static const char *const keys[] = {"\"setup\"", "\"tests\"",
                                       "\"teardown\""};

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (strlen(keys[i]) == to - from &&
            memcmp(source->text + from, keys[i], to - from) == 0)
            return true;
    }
    return false;
}

static bool copy(struct outline *outline, size_t to)
{
    const char *from = outline->source->text + outline->copied;
    size_t length = to - outline->copied;

    outline->copied = to;
    return buffer_add(&outline->text, from, length);
}

/* Leaves the elements out of the array that opens at *at, which moves to where
 * it closes. False when it is no array. */
static bool leave_out(struct outline *outline, size_t *at)
{
    const struct source *source = outline->source;
    bool good = copy(outline, *at + 1);

    *at = walk_blanks(source, *at + 1);
    while (good && source->text[*at] != ']') {
        outline->copied = walk_value(source, *at);
        good = *at < source->length && buffer_add_text(&outline->text, "null");
        *at = walk_blanks(source, outline->copied);
        if (source->text[*at] == ',')
            *at = walk_blanks(source, *at + 1);
        else
            good = good && source->text[*at] == ']';
        good = good && copy(outline, *at);
    }
    return good;
}

/* Moves *at, which is before a key, behind its value. */
static bool take_member(struct outline *outline, size_t *at)
{
    const struct source *source = outline->source;
    size_t key = walk_blanks(source, *at);
    size_t end;

    if (source->text[key] != '"')
        return false;
    end = walk_string(source, key);
    *at = walk_blanks(source, end);
    if (source->text[*at] != ':')
        return false;
    *at = walk_blanks(source, *at + 1);
    if (source->text[*at] == '[' && is_list(source, key, end))
        return leave_out(outline, at) && ++*at;
    *at = walk_value(source, *at);
    return true;
}

static bool write_outline(struct outline *outline)
{
    const struct source *source = outline->source;
    size_t at = source_begin(source);

    if (source->text[at] != '{')
        return false;
    do {
        at++;
        if (!take_member(outline, &at))
            return false;
        at = walk_blanks(source, at);
    } while (source->text[at] == ',');
    return copy(outline, source->length);
}

json_t *outline_read(const struct source *source)
{
    struct outline outline = {
        .source = source,
        .text = buffer_with_ceiling(3 * source->length), /* 0, to null, */
    };
    struct json_trouble trouble;
    json_t *root = NULL;

    if (write_outline(&outline)) {
        root =
            json_read(outline.text.bytes, outline.text.length, LIMIT_SPEC_DEPTH,
                      JSON_READ_REJECT_DUPLICATES, &trouble);
    }
    buffer_finish(&outline.text);
    return root;
}

struct elements outline_elements(const struct node *list)
{
    const struct source *source = list->at.source;

    return (struct elements){
        .source = source,
        .at = walk_blanks(source, list->at.offset + 1),
        .left = json_array_size(list->json),
    };
}

struct node outline_next(struct elements *elements)
{
    const struct source *source = elements->source;
    struct node node = {.at = {source, (uint32_t)elements->at, 0}};
    size_t end = walk_value(source, elements->at);
    struct json_trouble trouble;

    node.json = json_read(source->text + elements->at, end - elements->at,
                          LIMIT_SPEC_DEPTH - ELEMENT_LEVEL,
                          JSON_READ_REJECT_DUPLICATES, &trouble);
    elements->left--;
    elements->at = walk_blanks(source, end);
    if (source->text[elements->at] == ',')
        elements->at = walk_blanks(source, elements->at + 1);
    return node;
}
