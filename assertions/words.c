#include "assertions/words.h"

#include <string.h>

size_t words_find(const char *const *names, size_t count, const char *name)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = strcmp(name, names[middle]);

        if (order == 0)
            return middle;
        if (order < 0)
            count = middle;
        else
            low = middle + 1;
    }
    return NO_WORD;
}

bool words_are_sorted(const char *const *names, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1], names[i]) >= 0)
            return false;
    }
    return true;
}

bool words_explain(const struct words *words, const struct member *member,
                   struct faults *faults)
{
    const char *near;

    if (words_find(words->later, words->later_count, member->key) != NO_WORD) {
        spot_fault(faults, member->key_at,
                   "\"%s\" is not supported by this version", member->key);
        return true;
    }
    near = nearest_name(member->key, words->names, words->count);
    if (near) {
        spot_fault(faults, member->key_at,
                   "unknown %s \"%s\"; did you mean \"%s\"?%s%s", words->noun,
                   member->key, near, words->hint ? " " : "",
                   words->hint ? words->hint : "");
    }
    return near;
}

void words_refuse(const struct words *words, const struct member *member,
                  struct faults *faults)
{
    if (!words_explain(words, member, faults))
        spot_fault(faults, member->key_at, "unknown %s \"%s\"", words->noun,
                   member->key);
}
