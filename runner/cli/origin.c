#include "runner/cli/origin.h"

#include <string.h>

#include "runner/cli/options.h"
#include "runner/cli/page.h"
#include "runner/cli/text.h"

enum { VALUE_WIDTH = 60 };

static struct option_story *add_set(const struct settings *settings,
                                    const struct option_row *row,
                                    struct option_story *end)
{
    const struct option_origin_list *origins = &settings->origins;
    bool is_first = true;

    for (size_t i = 0; i < origins->count; i++) {
        const struct option_origin *origin = &origins->list[i];

        if (strcmp(origin->name, row->name) != 0)
            continue;
        if (!is_first && !row->repeats)
            end--; /* the later one wins */
        is_first = false;
        *end++ = (struct option_story){row->name, origin->value, origin->from};
    }
    return end;
}

static bool is_secret_name(const struct plan *plan, struct arena *arena,
                           const char *name, size_t length)
{
    return json_object_get(plan->secret_names,
                           arena_copy_bytes(arena, name, length));
}

/* "password=***": the value of a secret is told by nobody. Variables of the
 * environment have one definition in each line. */
static const char *hide_definitions(const struct plan *plan,
                                    struct arena *arena, const char *option,
                                    const char *value)
{
    const char *told = "";

    if (!value)
        return told;
    while (*value) {
        size_t length = strcspn(value, "\n");
        size_t name = strcspn(value, "=\n");
        bool is_hidden =
            name < length && (strcmp(option, "secret") == 0 ||
                              is_secret_name(plan, arena, value, name));

        told = arena_print(arena, "%s%.*s%s", told,
                           (int)(is_hidden ? name : length), value,
                           is_hidden ? "=***" : "");
        value += length;
        if (*value == '\n' && *++value)
            told = arena_print(arena, "%s\n", told);
    }
    return told;
}

static const char *hide_option(const struct plan *plan,
                               const struct redactor *redactor,
                               struct arena *arena,
                               const struct option_story *story)
{
    const char *value = story->value;

    if (value &&
        (strcmp(story->name, "secret") == 0 || strcmp(story->name, "var") == 0))
        value = hide_definitions(plan, arena, story->name, value);
    return redact(redactor, arena, value);
}

static void hide_values(const struct plan *plan, struct arena *arena,
                        struct option_story *list, size_t count)
{
    struct redactor redactor = {0};

    secrets_find(plan, &redactor);
    for (size_t i = 0; i < count; i++)
        list[i].value = hide_option(plan, &redactor, arena, &list[i]);
    redactor_clear(&redactor);
}

struct option_story *origin_options(const struct settings *settings,
                                    const struct plan *plan,
                                    struct arena *arena, size_t *count)
{
    size_t row_count;
    const struct option_row *rows = option_rows(&row_count);
    size_t most = row_count + settings->origins.count;
    struct option_story *list = arena_take(arena, most * sizeof(*list));
    struct option_story *end = list;

    for (size_t i = 0; i < row_count; i++) {
        struct option_story *begin = end;

        if (rows[i].is_action)
            continue;
        end = add_set(settings, &rows[i], end);
        if (end == begin && settings->telling.verbosity > 0) {
            *end++ = (struct option_story){rows[i].name, rows[i].standard,
                                           "built-in"};
        }
    }
    *count = (size_t)(end - list);
    hide_values(plan, arena, list, *count);
    return list;
}

/* NULL where it is too long to look for secrets in it. */
static const char *text_of(struct arena *arena, const json_t *value)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    if (!json_print(value, &text))
        return NULL;
    return arena_copy(arena, buffer_text(&text));
}

static const char *origin_of(const struct plan *plan, const struct suite *suite,
                             const char *name)
{
    const char *from = json_string_value(json_object_get(suite->origins, name));

    if (!from)
        from = json_string_value(json_object_get(plan->origins, name));
    return from ? from : "";
}

static struct variable_story
tell_variable(const struct plan *plan, const struct redactor *redactor,
              struct arena *arena, const char *name, const json_t *value)
{
    struct variable_story story = {.name = name};
    const char *text = text_of(arena, value);
    const char *told = redact(redactor, arena, text);
    const char *bare = json_string_value(value);

    if (json_object_get(plan->secret_names, name) && !(bare && !*bare)) {
        story.value = "\"***\"";
        story.bare = "***";
        return story;
    }
    story.value = told ? told : "...";
    story.bare = redact(redactor, arena, bare);
    story.json = text && told == text ? value : NULL;
    return story;
}

struct variable_story *origin_variables(const struct plan *plan,
                                        const struct suite *suite,
                                        struct arena *arena, size_t *count)
{
    struct variable_story *list =
        arena_take(arena, json_object_size(suite->constants) * sizeof(*list));
    struct redactor redactor = {0};
    const char *name;
    json_t *value;

    *count = 0;
    secrets_find(plan, &redactor);
    json_object_foreach (suite->constants, name, value) {
        if (strcmp(name, "env") == 0)
            continue;
        list[*count] = tell_variable(plan, &redactor, arena, name, value);
        list[(*count)++].from = origin_of(plan, suite, name);
    }
    redactor_clear(&redactor);
    return list;
}

static size_t wider(size_t width, const char *text)
{
    size_t own = text_width(text);

    if (own > VALUE_WIDTH)
        own = VALUE_WIDTH;
    return own > width ? own : width;
}

/* Cut where it is longer than a column may be; characters stay whole. */
static const char *shorten(struct arena *arena, const char *text)
{
    if (text_width(text) <= VALUE_WIDTH)
        return text;
    return arena_print(arena, "%.*s...",
                       (int)text_within(text, VALUE_WIDTH - 3), text);
}

static void print_row(const char *const texts[3], const size_t widths[2],
                      FILE *out)
{
    fputs("  ", out);
    text_print(texts[0], widths[0] + 2, out);
    text_print(texts[1], widths[1] + 2, out);
    text_print(texts[2], 0, out);
    fputc('\n', out);
}

static void print_options(const struct settings *settings,
                          const struct plan *plan, struct arena *arena,
                          FILE *out)
{
    size_t count, widths[2] = {0};
    struct option_story *list = origin_options(settings, plan, arena, &count);

    for (size_t i = 0; i < count; i++) {
        list[i].value = list[i].value ? shorten(arena, list[i].value) : "-";
        widths[0] = wider(widths[0], list[i].name);
        widths[1] = wider(widths[1], list[i].value);
    }
    fputs("options\n", out);
    for (size_t i = 0; i < count; i++) {
        print_row((const char *[]){list[i].name, list[i].value, list[i].from},
                  widths, out);
    }
    if (!count)
        fputs("  all as they are built in\n", out);
}

static void print_variables(const struct plan *plan, const struct suite *suite,
                            FILE *out)
{
    struct arena arena = {0};
    size_t count, widths[2] = {0};
    struct variable_story *list = origin_variables(plan, suite, &arena, &count);

    for (size_t i = 0; i < count; i++) {
        list[i].value = shorten(&arena, list[i].value);
        widths[0] = wider(widths[0], list[i].name);
        widths[1] = wider(widths[1], list[i].value);
    }
    fputs("\nvariables of ", out);
    text_print(suite->path, 0, out);
    fputc('\n', out);
    for (size_t i = 0; i < count; i++) {
        print_row((const char *[]){list[i].name, list[i].value, list[i].from},
                  widths, out);
    }
    if (!count)
        fputs("  none\n", out);
    arena_finish(&arena);
}

void origin_print(const struct settings *settings, const struct plan *plan,
                  FILE *out)
{
    struct arena arena = {0};

    print_options(settings, plan, &arena, out);
    for (size_t i = 0; i < plan->suite_count; i++)
        print_variables(plan, &plan->suites[i], out);
    fputc('\n', out);
    arena_finish(&arena);
}
