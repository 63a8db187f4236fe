/* The names that rows give to their copies of a test. Of each one a hash is
 * kept, to see that no name comes twice; which rows have it is found by reading
 * the rows once more, when there seem to be some. */
#include <stdlib.h>
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/rows_stream.h"

enum { FEWEST_SLOTS = 1024 };

/* A row with a name whose hash was there before. */
struct row_twin {
    char *name;
    size_t number;
    struct row_piece piece; /* of the name in the file */
    struct spot spot;       /* of the name in a suite */
    bool is_told;
};

/* "row 12" is 12, anything else 0. */
static uint64_t default_number(const char *name)
{
    uint64_t number;

    if (strncmp(name, "row ", 4) != 0 || name[4] == '0' ||
        !read_count(name + 4, LIMIT_ROWS, &number))
        return 0;
    return number;
}

/* C0, DEL, C1, and the separators of lines and paragraphs. */
static bool is_control(const char *at)
{
    unsigned char byte = (unsigned char)*at;

    if (byte < 0x20 || byte == 0x7f)
        return true;
    if (byte == 0xc2)
        return (unsigned char)at[1] < 0xa0;
    return strncmp(at, "\xe2\x80\xa8", 3) == 0 ||
           strncmp(at, "\xe2\x80\xa9", 3) == 0;
}

static bool has_control(const struct buffer *name)
{
    for (size_t i = 0; i < name->length; i++)
        if (is_control(name->bytes + i))
            return true;
    return false;
}

static size_t count_characters(const struct buffer *text)
{
    size_t count = 0;

    for (size_t i = 0; i < text->length; i++)
        count += ((unsigned char)text->bytes[i] & 0xc0) != 0x80;
    return count;
}

/* Whether a row can be called what its name became; else says why. */
static const char *name_trouble(struct row_check *check, bool is_whole)
{
    const struct buffer *name = &check->name;
    uint64_t number;

    if (is_whole && !name->length)
        return "the name of a row is empty";
    if (!is_whole || count_characters(name) > LIMIT_ROW_NAME) {
        return arena_print(&check->scratch,
                           "the name of a row has at most %d characters",
                           LIMIT_ROW_NAME);
    }
    if (has_control(name))
        return "the name of a row holds no line breaks or other control "
               "characters";
    number = default_number(name->bytes);
    if (number && number != check->rows->count + 1)
        return arena_print(&check->scratch, "\"%s\" is how row %zu is called",
                           name->bytes, (size_t)number);
    return NULL;
}

/* FNV-1a. Never 0, which is a free slot. */
static uint64_t hash_of(const struct buffer *name)
{
    uint64_t code = 0xcbf29ce484222325;

    for (size_t i = 0; i < name->length; i++)
        code = (code ^ (unsigned char)name->bytes[i]) * 0x100000001b3;
    code ^= code >> 32;
    return code ? code : 1;
}

static uint64_t *slot_of(const struct row_check *check, uint64_t hash)
{
    size_t mask = check->slot_count - 1;
    size_t i = hash & mask;

    while (check->hashes[i] && check->hashes[i] != hash)
        i = (i + 1) & mask;
    return &check->hashes[i];
}

static void grow_slots(struct row_check *check)
{
    uint64_t *before = check->hashes;
    size_t count = check->slot_count;

    check->slot_count = count ? count * 2 : FEWEST_SLOTS;
    check->hashes = must_alloc(check->slot_count * sizeof(*check->hashes));
    for (size_t i = 0; i < count; i++)
        if (before[i])
            *slot_of(check, before[i]) = before[i];
    free(before);
}

/* False when it was there before. */
static bool add_hash(struct row_check *check, uint64_t hash)
{
    uint64_t *slot;

    if (check->hash_count * 4 >= check->slot_count * 3)
        grow_slots(check);
    slot = slot_of(check, hash);
    if (*slot)
        return false;
    *slot = hash;
    check->hash_count++;
    return true;
}

static void add_twin(struct row_check *check, json_t *row)
{
    struct row_stream *stream = check->stream;
    struct row_twin *twin;

    if (check->twin_count == LIMIT_ROW_FAULTS) {
        check->twins_untold++;
        return;
    }
    if (!check->twins)
        check->twins = must_alloc(LIMIT_ROW_FAULTS * sizeof(*check->twins));
    twin = &check->twins[check->twin_count++];
    twin->name = must_copy(check->name.bytes);
    twin->number = check->rows->count;
    if (stream)
        twin->piece = stream->format->find(stream, row, "name", ROW_VALUE);
    else
        twin->spot = row_check_spot(check, "name", ROW_VALUE);
}

void row_check_name(struct row_check *check, json_t *row)
{
    const json_t *name = json_object_get(row, "name");
    enum json_kind kind = name ? json_kind(name) : JSON_KIND_NULL;
    const char *trouble;

    if (!name)
        return;
    if (kind == JSON_KIND_STRING || kind == JSON_KIND_NUMBER ||
        kind == JSON_KIND_BOOLEAN) {
        bool is_whole;

        buffer_clear(&check->name);
        check->name.ceiling = (size_t)LIMIT_ROW_NAME * 4;
        is_whole = json_print_bare(name, &check->name);
        trouble = name_trouble(check, is_whole);
    } else {
        trouble = "the name of a row is text, a number, true or false";
    }
    if (trouble)
        row_check_tell(check, row, "name", ROW_VALUE, trouble);
    else if (!add_hash(check, hash_of(&check->name)))
        add_twin(check, row);
}

static void tell_twin(struct row_check *check, struct row_twin *twin,
                      size_t number, unsigned line)
{
    static const char said[] =
        "the name \"%s\" is already that of row %zu in line %u";

    twin->is_told = true;
    if (check->stream) {
        row_tell(check->stream, twin->piece, said, twin->name, number + 1,
                 line);
    } else {
        spot_fault(check->faults, twin->spot, said, twin->name, number + 1,
                   line);
    }
}

/* Tells of all rows that are called as this one is, which is an earlier one. */
static void tell_twins_of(struct row_check *check, const json_t *row,
                          size_t number, unsigned line)
{
    const json_t *name = json_object_get(row, "name");

    buffer_clear(&check->name);
    if (!name || !json_print_bare(name, &check->name))
        return;
    for (size_t i = 0; i < check->twin_count; i++) {
        struct row_twin *twin = &check->twins[i];

        if (!twin->is_told && number < twin->number &&
            strcmp(twin->name, check->name.bytes) == 0)
            tell_twin(check, twin, number, line);
    }
}

static void read_again(struct row_check *check)
{
    struct row_stream *again = row_stream_open(check->rows);
    struct fault unheard = {0};
    enum row_result result;
    size_t number = 0;
    json_t *row = NULL;

    if (!again)
        return;
    again->fault = &unheard; /* everything was told the first time */
    if (row_stream_begin(again)) {
        while ((result = row_stream_next(again, &row)) != ROW_END) {
            if (result != ROW_READ)
                continue;
            tell_twins_of(check, row, number++, again->row.line);
            json_decref(row);
        }
    }
    rows_close(again);
}

static void look_again(struct row_check *check, const struct node *array)
{
    struct nodes nodes = node_elements(&check->scratch, array);
    size_t number = 0;

    for (size_t i = 0; i < nodes.count; i++) {
        if (json_is_object(nodes.list[i].json))
            tell_twins_of(check, nodes.list[i].json, number++,
                          spot_line(nodes.list[i].at));
    }
}

void row_check_twins(struct row_check *check)
{
    const struct node array = {check->rows->written, check->rows->at, NULL};
    struct place place = {.path = check->rows->path};

    if (!check->stream)
        place = spot_place(check->rows->at);
    if (check->twin_count && check->stream)
        read_again(check);
    else if (check->twin_count)
        look_again(check, &array);
    if (check->twins_untold) {
        faults_add(check->faults, place,
                   "%zu more rows have names of earlier ones",
                   check->twins_untold);
    }
    for (size_t i = 0; i < check->twin_count; i++)
        free(check->twins[i].name);
    free(check->twins);
    free(check->hashes);
    buffer_finish(&check->name);
}

const char *rows_copy_name(struct arena *arena, size_t number,
                           const json_t *row)
{
    struct buffer text = buffer_with_ceiling((size_t)LIMIT_ROW_NAME * 4);
    const json_t *name = json_object_get(row, "name");
    const char *result = NULL;

    if (name && json_print_bare(name, &text))
        result = arena_copy(arena, buffer_text(&text));
    buffer_finish(&text);
    return result ? result : arena_print(arena, "row %zu", number + 1);
}
