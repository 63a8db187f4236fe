#include "runner/transport/header_list.h"

#include <curl/curl.h>
#include <string.h>

struct curl_slist *header_list_make(struct arena *arena,
                                    const struct header *headers, size_t count)
{
    struct curl_slist *first = NULL;
    struct curl_slist **end = &first;

    for (size_t i = 0; i < count; i++) {
        const char *value = headers[i].value;
        struct curl_slist *item = arena_take(arena, sizeof(*item));
        size_t size = strlen(headers[i].name) + 3 + (value ? strlen(value) : 0);

        item->data = arena_take(arena, size);
        if (!value)
            snprintf(item->data, size, "%s:", headers[i].name);
        else if (*value)
            snprintf(item->data, size, "%s: %s", headers[i].name, value);
        else
            snprintf(item->data, size, "%s;", headers[i].name);
        *end = item;
        end = &item->next;
    }
    return first;
}
