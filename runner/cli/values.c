#include "runner/cli/values.h"

#include <string.h>

enum { WORDS_TOLD_MOST = 1024 };

static const struct place nowhere;

bool value_number(const char *label, const char *value, const size_t bounds[2],
                  size_t *result, struct fault *fault)
{
    uint64_t number;

    if (!read_count(value, bounds[1], &number) || number < bounds[0]) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not a number from %zu to %zu", label,
                           value, bounds[0], bounds[1]);
    }
    *result = number;
    return true;
}

bool value_time(const char *label, const char *value, int64_t *ns,
                struct fault *fault)
{
    int64_t duration;

    if (!read_duration(value, &duration) || duration == 0) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not a duration above zero, such as "
                           "\"500ms\" or \"30s\"",
                           label, value);
    }
    *ns = duration;
    return true;
}

bool value_size(const char *label, const char *value, uint64_t *bytes,
                struct fault *fault)
{
    uint64_t size;

    /* Buffers add one to their ceiling, so the largest number is no size. */
    if (!read_size(value, &size) || size == 0 || size > INT64_MAX) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not a size above zero, such as "
                           "\"500kB\" or \"64MiB\"",
                           label, value);
    }
    *bytes = size;
    return true;
}

static bool refuse_choice(const char *label, const char *value,
                          struct words words, struct fault *fault)
{
    CLEANUP(buffer_finish)
    struct buffer all = buffer_with_ceiling(WORDS_TOLD_MOST);
    const char *near = nearest_name(value, words.list, words.count);

    if (near) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is unknown; did you mean \"%s\"?", label,
                           value, near);
    }
    for (size_t i = 0; i < words.count; i++) {
        if (!buffer_print(&all, "%s%s", i ? ", " : "", words.list[i]))
            break;
    }
    return fault_raise(fault, nowhere, "%s: \"%s\" is not one of %s", label,
                       value, buffer_text(&all));
}

bool value_choice(const char *label, const char *value, struct words words,
                  size_t *index, struct fault *fault)
{
    for (size_t i = 0; i < words.count; i++) {
        if (strcmp(words.list[i], value) == 0) {
            *index = i;
            return true;
        }
    }
    return refuse_choice(label, value, words, fault);
}

const char *value_split(struct arena *arena, const char *value,
                        const char **rest)
{
    size_t length = strcspn(value, "=");

    *rest = value[length] ? value + length + 1 : NULL;
    return length ? arena_copy_bytes(arena, value, length) : NULL;
}
