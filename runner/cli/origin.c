#include "runner/cli/origin.h"

#include <string.h>

#include "runner/cli/options.h"
#include "runner/cli/text.h"
#include "runner/redact.h"

enum { VALUE_WIDTH = 60 };

/* "password=***": the value of a secret is told by nobody. */
static const char *hide(struct arena *arena, const char *name,
                        const char *value)
{
    size_t length = strcspn(value, "=");

    if (strcmp(name, "secret") != 0 || !value[length])
        return value;
    return arena_print(arena, "%.*s=***", (int)length, value);
}

static struct option_story *add_set(const struct settings *settings,
                                    const struct option_row *row,
                                    struct arena *arena,
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
        *end++ = (struct option_story){
            row->name, hide(arena, row->name, origin->value), origin->from};
    }
    return end;
}

static void hide_values(const struct plan *plan, struct arena *arena,
                        struct option_story *list, size_t count)
{
    struct redactor redactor = {0};

    for (size_t i = 0; i < plan->suite_count; i++) {
        for (size_t j = 0; j < plan->suites[i].secret_count; j++)
            redactor_add(&redactor, plan->suites[i].secrets[j]);
    }
    for (size_t i = 0; i < count; i++)
        list[i].value = redact(&redactor, arena, list[i].value);
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
        end = add_set(settings, &rows[i], arena, end);
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
    for (size_t i = 0; i < suite->secret_count; i++)
        redactor_add(&redactor, suite->secrets[i]);
    json_object_foreach (suite->constants, name, value) {
        const char *text, *told;

        if (strcmp(name, "env") == 0)
            continue;
        text = text_of(arena, value);
        told = redact(&redactor, arena, text);
        list[(*count)++] = (struct variable_story){
            .name = name,
            .value = told ? told : "...",
            .bare = redact(&redactor, arena, json_string_value(value)),
            .json = text && told == text ? value : NULL,
            .from = origin_of(plan, suite, name),
        };
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
    const char *end = text;

    if (text_width(text) <= VALUE_WIDTH)
        return text;
    for (size_t left = VALUE_WIDTH - 3; left > 0; left--) {
        end++;
        while (((unsigned char)*end & 0xc0) == 0x80)
            end++;
    }
    return arena_print(arena, "%.*s...", (int)(end - text), text);
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
