/* The options that choose tests. */
#include <stdio.h>
#include <string.h>

#include "assertions/pattern.h"
#include "runner/cli/settings.h"

/* A pattern of --grep. */
struct grep {
    struct pattern *pattern;
    const char *label;
    const char *text;
    bool gave_up;
};

/* Room for one more behind `count` items; it doubles when that is a power of
 * two. The room before stays in the arena. */
static void *with_more(struct arena *arena, const void *list, size_t count,
                       size_t size)
{
    void *longer;

    if (count & (count - 1))
        return (void *)(uintptr_t)list;
    longer = arena_take(arena, (count ? 2 * count : 1) * size);
    return count ? memcpy(longer, list, count * size) : longer;
}

bool set_tag(struct settings *settings, const char *label, const char *value,
             struct fault *fault)
{
    struct choice_settings *choice = &settings->choice;
    const struct tag_expression *tags =
        tags_compile(&settings->arena, label, value, fault);

    if (!tags)
        return false;
    choice->tags = with_more(&settings->arena, choice->tags, choice->tag_count,
                             sizeof(*choice->tags));
    choice->tags[choice->tag_count++] = tags;
    return true;
}

static void release(void *pattern)
{
    pattern_free(pattern);
}

/* One that costs too much matches nothing, and that is told in the end. */
static bool matches(void *pattern, const char *name)
{
    struct grep *grep = pattern;
    const struct text text = {name, strlen(name)};
    enum pattern_outcome outcome = pattern_search(grep->pattern, text, NULL);

    grep->gave_up |= outcome == PATTERN_GAVE_UP;
    return outcome == PATTERN_FOUND;
}

bool name_filters_check(const struct name_filter_list *filters,
                        struct fault *fault)
{
    for (size_t i = 0; i < filters->count; i++) {
        const struct grep *grep = filters->list[i].pattern;

        if (grep->gave_up) {
            return fault_raise(fault, (struct place){0},
                               "%s: \"%s\" takes too many steps to search a "
                               "name for",
                               grep->label, grep->text);
        }
    }
    return true;
}

static bool refuse_pattern(const char *label, const char *text,
                           const struct pattern_trouble *trouble,
                           struct fault *fault)
{
    const struct place at = place_in_line(text, trouble->offset, 0);

    return fault_raise(fault, at, "%s: column %u: %s", label, at.column,
                       trouble->text);
}

static bool add_filter(struct settings *settings,
                       struct name_filter_list *filters, const char *label,
                       const char *value, struct fault *fault)
{
    struct pattern_trouble trouble;
    struct grep *grep = arena_take(&settings->arena, sizeof(*grep));

    grep->pattern = pattern_compile(value, strlen(value), &trouble);
    if (!grep->pattern)
        return refuse_pattern(label, value, &trouble, fault);
    arena_own(&settings->arena, grep->pattern, release);
    pattern_optimize(grep->pattern);
    grep->label = arena_copy(&settings->arena, label);
    grep->text = value;
    filters->list = with_more(&settings->arena, filters->list, filters->count,
                              sizeof(*filters->list));
    filters->list[filters->count++] = (struct name_filter){matches, grep};
    return true;
}

bool set_grep(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    return add_filter(settings, &settings->choice.wanted, label, value, fault);
}

bool set_grep_invert(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    return add_filter(settings, &settings->choice.unwanted, label, value,
                      fault);
}

bool set_id(struct settings *settings, const char *label, const char *value,
            struct fault *fault)
{
    struct choice_settings *choice = &settings->choice;

    (void)label, (void)fault;
    choice->ids = with_more(&settings->arena, choice->ids, choice->id_count,
                            sizeof(*choice->ids));
    choice->ids[choice->id_count++] = value;
    return true;
}

bool set_last_failed(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    (void)label, (void)fault;
    settings->choice.last_failed = true;
    settings->choice.log = value;
    return true;
}

bool set_failed_first(struct settings *settings, const char *label,
                      const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->choice.failed_first = true;
    return true;
}

bool set_allow_only(struct settings *settings, const char *label,
                    const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->choice.allow_only = true;
    return true;
}
