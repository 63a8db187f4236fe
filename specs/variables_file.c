#include "specs/variables_file.h"

#include <errno.h>
#include <string.h>

#include "specs/dotenv.h"
#include "specs/json.h"
#include "specs/syntax.h"
#include "specs/textfile.h"
#include "specs/variables.h"

/* Those that templates can name. */
static struct members without_wrong_names(struct arena *arena,
                                          struct members members,
                                          struct faults *faults)
{
    struct member *list = arena_take(arena, members.count * sizeof(*list));
    size_t count = 0;

    for (size_t i = 0; i < members.count; i++) {
        const char *trouble = variables_name_trouble(members.list[i].key);

        if (trouble)
            spot_fault(faults, members.list[i].key_at, "%s", trouble);
        else
            list[count++] = members.list[i];
    }
    return (struct members){count, list};
}

static struct members read_json(const struct source *source,
                                struct arena *arena, struct faults *faults)
{
    struct node node = {.json = textfile_parse(source, faults)};
    struct members members = {0};

    node.at = (struct spot){source, (uint32_t)source_begin(source), 0};
    json_hold(arena, node.json);
    json_decref(node.json);
    if (json_is_object(node.json)) {
        members =
            without_wrong_names(arena, node_members(arena, &node, 0), faults);
    } else if (node.json) {
        node_fault(faults, &node, "a file of variables is a JSON object");
    }
    return members;
}

static struct members read_dotenv(const struct source *source,
                                  struct arena *arena, struct faults *faults)
{
    json_auto_t *offsets = json_object();
    json_t *values = dotenv_read(source, offsets, faults);
    struct member *list =
        arena_take(arena, json_object_size(values) * sizeof(*list));
    size_t count = 0;
    const char *name;
    json_t *value;

    json_hold(arena, values);
    json_decref(values);
    json_object_foreach (values, name, value) {
        json_int_t at = json_integer_value(json_object_get(offsets, name));
        struct spot spot = {source, (uint32_t)at, 0};

        list[count++] = (struct member){name, spot, {value, spot, NULL}, 0};
    }
    return (struct members){count, list};
}

/* JSON begins with a bracket, which no dotenv file does. */
static bool is_json(const struct source *source)
{
    char first = source->text[source_begin(source)];

    return first == '{' || first == '[';
}

bool variables_read_file(const char *path, struct arena *arena,
                         struct members *result, struct faults *faults)
{
    const struct source *source = textfile_read(arena, path);
    char why[128];

    *result = (struct members){0};
    if (!source) {
        return faults_add(faults, (struct place){.path = path},
                          "the variables cannot be read: %s",
                          strerror_r(errno, why, sizeof(why)));
    }
    if (source->length && !syntax_check_bytes(source, faults))
        return true;
    *result = is_json(source) ? read_json(source, arena, faults)
                              : read_dotenv(source, arena, faults);
    return true;
}
