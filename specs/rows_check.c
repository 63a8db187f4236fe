/* What all rows of a test must keep, and what they have in common. */
#include <stdlib.h>
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/rows_stream.h"
#include "specs/variables.h"

struct row_found {
    struct row_field field;
    size_t last; /* the number, from 1, of the last row that had it */
    bool is_lacking;
};

const char *row_field_trouble(const char *name)
{
    if (strcmp(name, "index") == 0)
        return "\"index\" is the number of the repetition, as in {{index}}; "
               "this field needs another name";
    return variables_name_trouble(name);
}

const struct row_field *rows_field(const struct rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->field_count; i++)
        if (strcmp(rows->fields[i]->name, name) == 0)
            return rows->fields[i];
    return NULL;
}

struct spot row_check_spot(struct row_check *check, const char *key,
                           enum row_part part)
{
    struct members members = node_members(&check->scratch, check->node, 0);

    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];

        if (strcmp(member->key, key) == 0)
            return part == ROW_KEY ? member->key_at : member->value.at;
    }
    return check->node->at;
}

void row_check_tell(struct row_check *check, json_t *row, const char *key,
                    enum row_part part, const char *text)
{
    struct row_stream *stream = check->stream;

    if (stream) {
        row_tell(stream, stream->format->find(stream, row, key, part), "%s",
                 text);
    } else {
        spot_fault(check->faults, row_check_spot(check, key, part), "%s", text);
    }
}

static struct place place_of_row(struct row_check *check)
{
    struct place place;

    if (check->stream)
        return row_place(check->stream, check->stream->row);
    place = spot_place(check->node->at);
    place.excerpt = NULL;
    place.excerpt_length = 0;
    return place;
}

static void note_lacking(struct row_found *found, size_t number,
                         struct place place)
{
    found->is_lacking = true;
    found->field.lacking = number;
    found->field.lacking_at = place;
}

static void keep_found(struct row_check *check, struct row_found *found)
{
    if (check->found_count == check->found_capacity) {
        check->found_capacity =
            check->found_capacity ? check->found_capacity * 2 : 16;
        check->found = must_resize(check->found, check->found_capacity *
                                                     sizeof(*check->found));
    }
    check->found[check->found_count++] = found;
    map_set(&check->known, found->field.name, found);
}

/* A name that no row had before; NULL when there are too many. */
static struct row_found *add_found(struct row_check *check, json_t *row,
                                   const char *key)
{
    const char *trouble = check->is_named ? NULL : row_field_trouble(key);
    struct row_found *found;

    if (check->found_count == LIMIT_ROW_FIELDS) {
        if (!check->has_too_many) {
            row_check_tell(
                check, row, key, ROW_KEY,
                arena_print(&check->scratch,
                            "the rows have more than %d fields in all",
                            LIMIT_ROW_FIELDS));
        }
        check->has_too_many = true;
        return NULL;
    }
    if (trouble)
        row_check_tell(check, row, key, ROW_KEY, trouble);
    found = arena_take(check->arena, sizeof(*found));
    found->field.name = arena_copy(check->arena, key);
    keep_found(check, found);
    if (check->rows->count)
        note_lacking(found, 0, check->first);
    return found;
}

/* Rows mostly have their fields in the same order. */
static struct row_found *find_found(struct row_check *check, const char *key,
                                    size_t likely)
{
    if (likely < check->found_count &&
        strcmp(check->found[likely]->field.name, key) == 0)
        return check->found[likely];
    return map_find(&check->known, key);
}

static void check_fields(struct row_check *check, json_t *row)
{
    size_t number = check->rows->count;
    size_t count = 0;
    const char *key;
    json_t *value;

    json_object_foreach (row, key, value) {
        struct row_found *found = find_found(check, key, count++);

        if (!found)
            found = add_found(check, row, key);
        if (!found)
            break;
        found->field.row_count++;
        found->last = number + 1;
    }
    if (count == check->found_count)
        return;
    for (size_t i = 0; i < check->found_count; i++) {
        struct row_found *found = check->found[i];

        if (found->last != number + 1 && !found->is_lacking)
            note_lacking(found, number, place_of_row(check));
    }
}

void row_check_next(struct row_check *check, json_t *row)
{
    if (!check->rows->count)
        check->first = place_of_row(check);
    check_fields(check, row);
    row_check_name(check, row);
    check->rows->count++;
    arena_reset(&check->scratch);
}

void row_check_end(struct row_check *check)
{
    const struct row_field **fields;

    row_check_twins(check);
    fields = arena_take(check->arena, check->found_count * sizeof(*fields));
    for (size_t i = 0; i < check->found_count; i++)
        fields[i] = &check->found[i]->field;
    check->rows->fields = fields;
    check->rows->field_count = check->found_count;
    map_finish(&check->known);
    free(check->found);
    arena_finish(&check->scratch);
}
