/* The options of JSON Schema. */
#include <string.h>
#include <sys/stat.h>

#include "runner/cli/settings.h"
#include "runner/cli/values.h"

static const struct place nowhere;

/* In the order of enum schema_formats. */
struct words schema_format_words(void)
{
    static const char *const names[] = {"draft", "assert", "ignore"};

    return (struct words){COUNT(names), names};
}

static void add_folder(struct settings *settings, struct schema_folder folder)
{
    struct schema_options *schemas = &settings->suites.schemas;
    size_t count = schemas->folder_count++;
    struct schema_folder *list =
        arena_take(&settings->arena, (count + 1) * sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = schemas->folders[i];
    list[count] = folder;
    schemas->folders = list;
}

bool set_schemas(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    const char *folder, *uri = value_split(&settings->arena, value, &folder);
    struct stat entry;

    if (!uri || !folder || !*folder)
        return fault_raise(fault, nowhere, "%s: \"%s\" is not URI=DIR", label,
                           value);
    if (stat(folder, &entry) != 0 || !S_ISDIR(entry.st_mode))
        return fault_raise(fault, nowhere, "%s: there is no folder \"%s\"",
                           label, folder);
    add_folder(settings, (struct schema_folder){uri, folder});
    return true;
}

bool set_schema_format(struct settings *settings, const char *label,
                       const char *value, struct fault *fault)
{
    size_t index;

    if (!value_choice(label, value, schema_format_words(), &index, fault))
        return false;
    settings->suites.schemas.formats = (enum schema_formats)index;
    return true;
}
