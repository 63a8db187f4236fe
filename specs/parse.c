#include "specs/parse.h"

#include <string.h>

#include "specs/json.h"
#include "specs/outline.h"
#include "specs/syntax.h"
#include "specs/type.h"

json_t *parse_whole(const struct source *source, struct faults *faults)
{
    struct json_trouble trouble;
    struct spot spot = {.source = source};
    json_t *root;

    root = json_read(source->text, source->length, LIMIT_SPEC_DEPTH,
                     JSON_READ_REJECT_DUPLICATES, &trouble);
    if (root)
        return root;
    spot.offset = trouble.offset;
    if (!syntax_explain(source, faults))
        spot_fault(faults, spot, "%s", trouble.text);
    return NULL;
}

struct node parse_outline(const struct source *source, struct arena *arena,
                          struct faults *faults)
{
    struct node root = {.at = {source, 0, 0}};

    if (!syntax_check_bytes(source, faults))
        return (struct node){0};
    root.json = outline_read(source);
    if (!root.json)
        root.json = parse_whole(source, faults);
    if (!root.json)
        return (struct node){0};
    json_hold(arena, root.json);
    json_decref(root.json);
    root.at.offset = source_begin(source);
    return type_check(&root, "a suite", TYPE_OBJECT, faults) ? root
                                                             : (struct node){0};
}

static bool names_schema(const json_t *root)
{
    const char *schema = json_string_value(json_object_get(root, "$schema"));
    size_t wanted = strlen(PARSE_SCHEMA);
    size_t length;

    if (!schema)
        return false;
    length = strlen(schema);
    return length >= wanted &&
           strcmp(schema + length - wanted, PARSE_SCHEMA) == 0;
}

/* Files that have another part in a project, by the names that they have. */
static const char *part_of(const char *path)
{
    static const char *const parts[][2] = {
        {"volley.json", "the project file"},
        {PARSE_SCHEMA, "the format's schema"},
        {"volley-project.schema.json", "the schema of project files"},
    };
    const char *slash = strrchr(path, '/');

    for (size_t i = 0; i < COUNT(parts); i++)
        if (strcmp(slash ? slash + 1 : path, parts[i][0]) == 0)
            return parts[i][1];
    return NULL;
}

static const char *find_reason(const char *path, const char *otherwise)
{
    const char *part = part_of(path);

    return part ? part : otherwise;
}

/* One that is broken but speaks of the schema was meant to be a suite, and its
 * mistakes must be told. */
const char *parse_passes_over(const char *path, const struct buffer *text)
{
    struct json_trouble trouble;
    json_t *root;
    bool is_suite;

    if (!text->length ||
        !memmem(text->bytes, text->length, PARSE_SCHEMA, strlen(PARSE_SCHEMA)))
        return find_reason(path,
                           "no \"$schema\" that ends in \"" PARSE_SCHEMA "\"");
    root = json_read(text->bytes, text->length, LIMIT_SPEC_DEPTH, 0, &trouble);
    is_suite = !root || names_schema(root);
    json_decref(root);
    if (is_suite)
        return NULL;
    return find_reason(path,
                       "its \"$schema\" does not end in \"" PARSE_SCHEMA "\"");
}
