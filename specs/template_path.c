/* Reading a variable: a name, and where to go from its value. */
#include <string.h>

#include "specs/template_parts.h"

enum { INDEX_DIGITS = 9, STEPS_FIRST = 4 };

static bool is_name_start(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

size_t template_name_length(const char *text)
{
    size_t length = 0;

    if (!is_name_start(*text))
        return 0;
    while (is_name_start(text[length]) || is_digit(text[length]) ||
           text[length] == '-')
        length++;
    return length;
}

/* A path while it is read. */
struct reading {
    struct template_text *text;
    size_t name; /* where its name begins */
    struct path_step *steps;
    size_t step_count;
    size_t step_capacity;
};

/* `told` is where that of it begins which a fault shows. */
static struct path_step *add_step(struct reading *reading, size_t start,
                                  size_t told)
{
    struct template_text *text = reading->text;
    struct path_step *step;

    if (reading->step_count == reading->step_capacity) {
        size_t capacity =
            reading->step_capacity ? reading->step_capacity * 2 : STEPS_FIRST;
        struct path_step *steps =
            arena_take(text->arena, capacity * sizeof(*steps));

        if (reading->step_count)
            memcpy(steps, reading->steps, reading->step_count * sizeof(*steps));
        reading->steps = steps;
        reading->step_capacity = capacity;
    }
    step = &reading->steps[reading->step_count++];
    step->start = start - reading->name;
    step->at = node_inside(text->node, told, text->at - told);
    return step;
}

static bool read_dotted(struct reading *reading)
{
    struct template_text *text = reading->text;
    size_t start = text->at++;
    const char *key = template_here(text);
    size_t length = template_name_length(key);

    if (!length) {
        return template_refuse_here(text, "behind \".\" stands a name; any "
                                          "other key is written [\"like "
                                          "this\"]");
    }
    text->at += length;
    add_step(reading, start, start + 1)->key =
        arena_copy_bytes(text->arena, key, length);
    return true;
}

/* The text between quotes of either kind; a backslash takes the next byte as
 * it is. NULL with the fault added. */
static const char *read_quoted(struct template_text *text)
{
    size_t start = text->at;
    char quote = *template_here(text);
    char *key = arena_take(text->arena, text->length - start + 1);
    size_t length = 0;

    for (text->at++; *template_here(text) != quote; text->at++) {
        if (*template_here(text) == '\\')
            text->at++;
        if (!*template_here(text)) {
            template_refuse(text, start, 1, "this quote is never closed");
            return NULL;
        }
        key[length++] = *template_here(text);
    }
    text->at++;
    return key;
}

static bool read_index(struct template_text *text, size_t *index)
{
    size_t digits = strspn(template_here(text), "0123456789");

    *index = 0;
    if (!digits)
        return template_refuse_here(text, "between \"[\" and \"]\" stands an "
                                          "index from 0 or a quoted key");
    if (digits > INDEX_DIGITS)
        return template_refuse(text, text->at, digits,
                               "this index is too large");
    for (; digits; digits--, text->at++)
        *index = *index * 10 + (size_t)(*template_here(text) - '0');
    return true;
}

static bool read_bracketed(struct reading *reading)
{
    struct template_text *text = reading->text;
    size_t start = text->at++;
    const char *key = NULL;
    size_t index = 0;
    struct path_step *step;

    if (*template_here(text) == '"' || *template_here(text) == '\'') {
        key = read_quoted(text);
        if (!key)
            return false;
    } else if (!read_index(text, &index)) {
        return false;
    }
    if (*template_here(text) != ']')
        return template_refuse_here(text, "\"]\" is missing here");
    text->at++;
    step = add_step(reading, start, start);
    step->key = key;
    step->index = index;
    return true;
}

static bool read_steps(struct reading *reading)
{
    struct template_text *text = reading->text;

    while (*template_here(text) == '.' || *template_here(text) == '[') {
        if (!(*template_here(text) == '.' ? read_dotted(reading)
                                          : read_bracketed(reading)))
            return false;
    }
    return true;
}

static const struct template_path *finish_path(const struct reading *reading)
{
    struct template_text *text = reading->text;
    struct template_path *path;

    if (!reading->step_count)
        return NULL;
    path = arena_take(text->arena, sizeof(*path));
    path->text = arena_copy_bytes(text->arena, text->text + reading->name,
                                  text->at - reading->name);
    path->step_count = reading->step_count;
    path->steps = reading->steps;
    return path;
}

bool template_read_variable(struct template_text *text, struct need *need)
{
    struct reading reading = {.text = text, .name = text->at};
    size_t length = template_name_length(template_here(text));

    need->name = arena_copy_bytes(text->arena, template_here(text), length);
    need->at = node_inside(text->node, text->at, length);
    text->at += length;
    if (!read_steps(&reading))
        return false;
    need->path = finish_path(&reading);
    return true;
}
