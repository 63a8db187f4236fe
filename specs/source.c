/* Places. A spot is an offset; a line and a column are made of it only when
 * somebody must be told. The lines and characters before every SOURCE_STRIDEth
 * byte are counted once, and the rest then: so a place deep inside of one
 * endless line is cheap too, and a million short lines take no memory.
 *
 * Members are found by walking text that jansson took, so it is well formed:
 * the walk looks at quotes and brackets only. */
#include "specs/source.h"

#include <stdarg.h>
#include <string.h>

#include "specs/base/map.h"
#include "specs/walk.h"

static const char MARK_OF_BYTE_ORDER[] = "\xef\xbb\xbf";

static size_t begin_of_text(const struct source *source)
{
    size_t length = strlen(MARK_OF_BYTE_ORDER);

    return source->length >= length &&
                   memcmp(source->text, MARK_OF_BYTE_ORDER, length) == 0
               ? length
               : 0;
}

static size_t count_characters(const char *text, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* The line that a byte is in, counted from 0, and where that begins; and how
 * many characters stand before the byte. */
struct source_mark {
    uint32_t line;
    uint32_t line_start;
    uint32_t characters;
};

/* That of the byte at `end`, not before the one at `begin`, whose mark is
 * known. */
static struct source_mark count_on(const char *text, struct source_mark mark,
                                   size_t begin, size_t end)
{
    const char *at = text + begin;

    mark.characters += count_characters(at, end - begin);
    while ((at = memchr(at, '\n', (size_t)(text + end - at)))) {
        mark.line++;
        mark.line_start = (uint32_t)(++at - text);
    }
    return mark;
}

static void set_marks(struct arena *arena, struct source *source)
{
    size_t count = source->length / SOURCE_STRIDE + 1;
    struct source_mark *marks = arena_take(arena, count * sizeof(*marks));

    for (size_t i = 1; i < count; i++) {
        marks[i] = count_on(source->text, marks[i - 1], (i - 1) * SOURCE_STRIDE,
                            i * SOURCE_STRIDE);
    }
    source->marks = marks;
    source->mark_count = count;
}

const struct source *source_new(struct arena *arena, const char *path,
                                const char *text, size_t length)
{
    struct source *source = arena_take(arena, sizeof(*source));

    source->path = path;
    source->text = text;
    source->length = length;
    set_marks(arena, source);
    return source;
}

static struct source_mark find_mark(const struct source *source, size_t offset)
{
    size_t stride = offset / SOURCE_STRIDE;

    return count_on(source->text, source->marks[stride], stride * SOURCE_STRIDE,
                    offset);
}

/* The last mark that is still in that line; the one at `stride` is not behind
 * it. */
static size_t last_mark_of(const struct source *source, size_t line,
                           size_t stride)
{
    size_t behind = source->mark_count, middle;

    while (behind - stride > 1) {
        middle = stride + (behind - stride) / 2;
        if (source->marks[middle].line > line)
            behind = middle;
        else
            stride = middle;
    }
    return stride;
}

/* Where the line of that number ends, which the offset is in. */
static size_t end_of_line(const struct source *source, size_t line,
                          size_t offset)
{
    size_t stride = last_mark_of(source, line, offset / SOURCE_STRIDE);
    const char *end;

    if (offset < stride * SOURCE_STRIDE)
        offset = stride * SOURCE_STRIDE;
    end = memchr(source->text + offset, '\n', source->length - offset);
    return end ? (size_t)(end - source->text) : source->length;
}

static bool is_nested(char byte)
{
    return byte == '{' || byte == '[';
}

/* The end of the token that begins at `at`, on its own line. */
static size_t end_of_token(const struct source *source, size_t at)
{
    if (at >= source->length)
        return at;
    if (source->text[at] == '"')
        return walk_string(source, at);
    if (is_nested(source->text[at]))
        return at + 1;
    return walk_word(source, at);
}

size_t source_begin(const struct source *source)
{
    return walk_blanks(source, begin_of_text(source));
}

unsigned spot_line(struct spot spot)
{
    return spot.source ? find_mark(spot.source, spot.offset).line + 1 : 0;
}

struct place spot_place(struct spot spot)
{
    const struct source *source = spot.source;
    struct place place = {0};
    struct source_mark mark;
    size_t start, end, last;

    if (!source)
        return place;
    mark = find_mark(source, spot.offset);
    start = mark.line ? mark.line_start : begin_of_text(source);
    end = end_of_line(source, mark.line, spot.offset);
    if (end > start && source->text[end - 1] == '\r')
        end--;
    if (spot.offset < start) {
        spot.offset = (uint32_t)start;
        mark = find_mark(source, start);
    }
    last = spot.length ? spot.offset + spot.length
                       : end_of_token(source, spot.offset);
    if (last > end)
        last = end;
    place.path = source->path;
    place.line = mark.line + 1;
    place.column = mark.characters - find_mark(source, start).characters + 1;
    place.width = last > spot.offset
                      ? (unsigned)count_characters(source->text + spot.offset,
                                                   last - spot.offset)
                      : 1;
    place.excerpt = source->text + start;
    place.excerpt_length = end - start;
    return place;
}

/* Values that no text holds, such as those from the command line, are walked
 * as well: their members are nowhere. */
static struct spot spot_at(const struct source *source, size_t offset)
{
    return source ? (struct spot){source, offset, 0} : (struct spot){0};
}

static struct members own_members(struct arena *arena, const struct node *node,
                                  int flags)
{
    const struct source *source = node->at.source;
    struct member *list =
        arena_take(arena, json_object_size(node->json) * sizeof(*list));
    size_t count = 0;
    size_t at = node->at.offset + 1;
    const char *key;
    json_t *value;

    json_object_foreach (node->json, key, value) {
        struct member *member = &list[count];

        if (source)
            at = walk_blanks(source, at);
        member->key = key;
        member->key_at = spot_at(source, at);
        if (source)
            at = walk_blanks(source, walk_string(source, at)) + 1;
        if (source)
            at = walk_blanks(source, at);
        member->value = (struct node){.json = value, .at = spot_at(source, at)};
        if (source) {
            at = walk_value(source, at);
            member->length = (uint32_t)(at - member->key_at.offset);
            at = walk_blanks(source, at) + 1;
        }
        if (!(flags & MEMBERS_SKIP_COMMENTS) || strcmp(key, "$comment") != 0)
            count++;
    }
    return (struct members){count, list};
}

static const char *folded(struct arena *arena, const char *key, int flags)
{
    char *copy;

    if (!(flags & MEMBERS_FOLD_CASE))
        return key;
    copy = arena_copy(arena, key);
    for (char *byte = copy; *byte; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte += 'a' - 'A';
    return copy;
}

/* The upper members come first; each that the lower node has too lies over it,
 * and a null takes itself away with what it lies over. */
static struct members lay_over(struct arena *arena, struct members upper,
                               struct members lower, int flags)
{
    struct member *list =
        arena_take(arena, (upper.count + lower.count) * sizeof(*list));
    struct map names = {0};
    size_t count = 0;

    if (upper.count)
        memcpy(list, upper.list, upper.count * sizeof(*list));
    for (size_t i = 0; i < upper.count; i++)
        map_set(&names, folded(arena, list[i].key, flags), &list[i]);
    for (size_t i = 0; i < lower.count; i++) {
        struct member *above =
            map_find(&names, folded(arena, lower.list[i].key, flags));

        if (above)
            above->value.over = &lower.list[i].value;
        else
            list[upper.count++] = lower.list[i];
    }
    map_finish(&names);
    for (size_t i = 0; i < upper.count; i++)
        if (!list[i].value.over || !json_is_null(list[i].value.json))
            list[count++] = list[i];
    return (struct members){count, list};
}

struct members node_members(struct arena *arena, const struct node *node,
                            int flags)
{
    struct members own;

    if (!json_is_object(node->json))
        return (struct members){0};
    own = own_members(arena, node, flags);
    if (!node->over || !json_is_object(node->over->json))
        return own;
    return lay_over(arena, own, node_members(arena, node->over, flags), flags);
}

struct nodes node_elements(struct arena *arena, const struct node *node)
{
    const struct source *source = node->at.source;
    size_t count = json_array_size(node->json);
    struct node *list = arena_take(arena, count * sizeof(*list));
    size_t at = node->at.offset + 1;

    for (size_t i = 0; i < count; i++) {
        if (source)
            at = walk_blanks(source, at);
        list[i].json = json_array_get(node->json, i);
        list[i].at = spot_at(source, at);
        if (source)
            at = walk_blanks(source, walk_value(source, at)) + 1;
    }
    return (struct nodes){count, list};
}

static unsigned hex_value(const char *digits)
{
    unsigned value = 0;

    for (size_t i = 0; i < 4; i++) {
        char digit = digits[i];

        value = value * 16 + (unsigned)(digit <= '9'   ? digit - '0'
                                        : digit <= 'F' ? digit - 'A' + 10
                                                       : digit - 'a' + 10);
    }
    return value;
}

/* How many bytes of text the character at `at` takes, and how many of the
 * value (RFC 8259, section 7). */
static size_t measure_character(const char *at, size_t *of_value)
{
    unsigned code;

    *of_value = 1;
    if (*at != '\\')
        return 1;
    if (at[1] != 'u')
        return 2;
    code = hex_value(at + 2);
    if (code >= 0xd800 && code < 0xdc00) {
        *of_value = 4;
        return 12;
    }
    *of_value = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    return 6;
}

struct spot node_inside(const struct node *node, size_t byte, size_t length)
{
    const struct source *source = node->at.source;
    size_t at = node->at.offset + 1;
    size_t value = 0, start, step;

    if (!source || source->text[node->at.offset] != '"')
        return node->at;
    while (value < byte && source->text[at] != '"') {
        at += measure_character(source->text + at, &step);
        value += step;
    }
    start = at;
    while (value < byte + length && source->text[at] != '"') {
        at += measure_character(source->text + at, &step);
        value += step;
    }
    return (struct spot){source, start, at > start ? at - start : 1};
}

static bool PRINTF_LIKE(3, 0) add_fault(struct faults *faults, struct spot spot,
                                        const char *format, va_list args)
{
    char text[sizeof(((struct fault *)NULL)->text)];

    vsnprintf(text, sizeof(text), format, args);
    return faults_add(faults, spot_place(spot), "%s", text);
}

bool node_fault(struct faults *faults, const struct node *node,
                const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_fault(faults, node->at, format, args);
    va_end(args);
    return false;
}

bool spot_fault(struct faults *faults, struct spot spot, const char *format,
                ...)
{
    va_list args;

    va_start(args, format);
    add_fault(faults, spot, format, args);
    va_end(args);
    return false;
}
