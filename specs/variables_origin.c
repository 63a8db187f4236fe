#include "specs/variables_origin.h"

#include "specs/json.h"

void origin_note(json_t *origins, const char *name, const char *origin)
{
    if (origins)
        json_object_set_new(origins, name, json_string(origin));
}

void origin_note_spot(json_t *origins, const char *name, const char *what,
                      struct spot spot)
{
    struct place place = spot_place(spot);

    if (origins) {
        json_object_set_new(origins, name,
                            json_sprintf("%s %s:%u:%u", what, place.path,
                                         place.line, place.column));
    }
}

void origin_note_new(json_t *origins, json_t *constants,
                     const struct node *written, const char *what)
{
    struct arena scratch = {0};
    struct members members = {0};

    if (origins)
        members = node_members(&scratch, written, 0);
    for (size_t i = 0; i < members.count; i++) {
        if (!json_object_get(constants, members.list[i].key)) {
            origin_note_spot(origins, members.list[i].key, what,
                             members.list[i].value.at);
        }
    }
    arena_finish(&scratch);
}
