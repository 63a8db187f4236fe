#include "specs/suggest.h"

#include <stdlib.h>

#include "specs/base/fault.h"

const char *suggest_name(const char *wrong, json_t *values,
                         const struct map *names)
{
    const char **all =
        must_alloc((json_object_size(values) + names->count) * sizeof(*all));
    const char *key, *near;
    size_t count = 0;
    json_t *value;

    for (size_t i = 0; i < names->count; i++)
        all[count++] = names->entries[i].name;
    json_object_foreach (values, key, value)
        all[count++] = key;
    near = nearest_name(wrong, all, count);
    free(all);
    return near;
}
