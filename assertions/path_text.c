#include "assertions/path_text.h"

#include <stdio.h>
#include <string.h>

static bool begins_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_' || (unsigned char)byte >= 0x80;
}

/* The name may follow a dot. */
static bool is_plain(const char *name, size_t length)
{
    if (!length || !begins_name(name[0]))
        return false;
    for (size_t i = 1; i < length; i++) {
        if (!begins_name(name[i]) && !(name[i] >= '0' && name[i] <= '9'))
            return false;
    }
    return true;
}

/* Length of the name that ends at the next quote, escapes included. */
static size_t quoted_length(const char *name)
{
    size_t length = 0;

    while (name[length] && name[length] != '\'')
        length += name[length] == '\\' && name[length + 1] ? 2 : 1;
    return length;
}

const char *path_short(struct arena *arena, const char *normalized)
{
    char *path = arena_take(arena, strlen(normalized) + 1);
    char *end = path;

    while (*normalized) {
        size_t length;

        if (strncmp(normalized, "['", 2) != 0) {
            *end++ = *normalized++;
            continue;
        }
        length = quoted_length(normalized + 2);
        if (is_plain(normalized + 2, length)) {
            *end++ = '.';
            memcpy(end, normalized + 2, length);
            end += length;
        } else {
            memcpy(end, normalized, length + 4);
            end += length + 4;
        }
        normalized += length + 4; /* [' and '] */
    }
    return path;
}

/* RFC 9535, section 2.7: which characters are escaped, and how. */
static size_t escape(char byte, char room[8])
{
    static const char letters[] = "\bb\tt\nn\ff\rr''\\\\";

    for (const char *pair = letters; *pair; pair += 2) {
        if (byte == pair[0])
            return (size_t)snprintf(room, 8, "\\%c", pair[1]);
    }
    if ((unsigned char)byte < 0x20)
        return (size_t)snprintf(room, 8, "\\u%04x", (unsigned char)byte);
    room[0] = byte;
    return 1;
}

const char *path_member(struct arena *arena, const char *path, const char *name)
{
    char *quoted, *end;

    if (is_plain(name, strlen(name)))
        return arena_print(arena, "%s.%s", path, name);
    end = quoted = arena_take(arena, strlen(name) * 6 + 1);
    for (; *name; name++) {
        char room[8];
        size_t length = escape(*name, room);

        memcpy(end, room, length);
        end += length;
    }
    return arena_print(arena, "%s['%s']", path, quoted);
}

const char *path_element(struct arena *arena, const char *path, size_t index)
{
    return arena_print(arena, "%s[%zu]", path, index);
}
