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

/* A hole while it is read. */
struct hole {
    struct template_text *text;
    size_t open; /* where its braces begin */
    size_t name; /* where its name begins */
    struct path_step *steps;
    size_t step_count;
    size_t step_capacity;
};

static const char *here(const struct hole *hole)
{
    return hole->text->text + hole->text->at;
}

static bool is_at_close(const struct hole *hole)
{
    return strncmp(here(hole), "}}", 2) == 0;
}

static void skip_blanks(struct hole *hole)
{
    hole->text->at += strspn(here(hole), " \t\r\n");
}

/* Always false. */
static bool refuse(const struct hole *hole, size_t from, size_t length,
                   const char *why)
{
    const struct template_text *text = hole->text;

    return spot_fault(text->faults, node_inside(text->node, from, length), "%s",
                      why);
}

/* One character, so that the caret does not stand below half of it. */
static size_t character_length(const char *text)
{
    size_t length = *text ? 1 : 0;

    while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static bool refuse_here(const struct hole *hole, const char *why)
{
    return refuse(hole, hole->text->at, character_length(here(hole)), why);
}

/* `told` is where that of it begins which a fault shows. */
static struct path_step *add_step(struct hole *hole, size_t start, size_t told)
{
    struct path_step *step;

    if (hole->step_count == hole->step_capacity) {
        size_t capacity =
            hole->step_capacity ? hole->step_capacity * 2 : STEPS_FIRST;
        struct path_step *steps =
            arena_take(hole->text->arena, capacity * sizeof(*steps));

        if (hole->step_count)
            memcpy(steps, hole->steps, hole->step_count * sizeof(*steps));
        hole->steps = steps;
        hole->step_capacity = capacity;
    }
    step = &hole->steps[hole->step_count++];
    step->start = start - hole->name;
    step->at = node_inside(hole->text->node, told, hole->text->at - told);
    return step;
}

static bool read_dotted(struct hole *hole)
{
    size_t start = hole->text->at++;
    const char *key = here(hole);
    size_t length = template_name_length(key);

    if (!length)
        return refuse_here(hole, "behind \".\" stands a name; any other key is "
                                 "written [\"like this\"]");
    hole->text->at += length;
    add_step(hole, start, start + 1)->key =
        arena_copy_bytes(hole->text->arena, key, length);
    return true;
}

/* The text between quotes of either kind; a backslash takes the next byte as
 * it is. NULL with the fault added. */
static const char *read_quoted(struct hole *hole)
{
    size_t start = hole->text->at;
    char quote = *here(hole);
    char *key = arena_take(hole->text->arena, hole->text->length - start + 1);
    size_t length = 0;

    for (hole->text->at++; *here(hole) != quote; hole->text->at++) {
        if (*here(hole) == '\\')
            hole->text->at++;
        if (!*here(hole)) {
            refuse(hole, start, 1, "this quote is never closed");
            return NULL;
        }
        key[length++] = *here(hole);
    }
    hole->text->at++;
    return key;
}

static bool read_index(struct hole *hole, size_t *index)
{
    size_t digits = strspn(here(hole), "0123456789");

    *index = 0;
    if (!digits)
        return refuse_here(hole, "between \"[\" and \"]\" stands an index from "
                                 "0 or a quoted key");
    if (digits > INDEX_DIGITS)
        return refuse(hole, hole->text->at, digits, "this index is too large");
    for (; digits; digits--, hole->text->at++)
        *index = *index * 10 + (size_t)(*here(hole) - '0');
    return true;
}

static bool read_bracketed(struct hole *hole)
{
    size_t start = hole->text->at++;
    const char *key = NULL;
    size_t index = 0;
    struct path_step *step;

    if (*here(hole) == '"' || *here(hole) == '\'') {
        key = read_quoted(hole);
        if (!key)
            return false;
    } else if (!read_index(hole, &index)) {
        return false;
    }
    if (*here(hole) != ']')
        return refuse_here(hole, "\"]\" is missing here");
    hole->text->at++;
    step = add_step(hole, start, start);
    step->key = key;
    step->index = index;
    return true;
}

static bool read_steps(struct hole *hole)
{
    while (*here(hole) == '.' || *here(hole) == '[') {
        if (!(*here(hole) == '.' ? read_dotted(hole) : read_bracketed(hole)))
            return false;
    }
    return true;
}

static bool read_close(struct hole *hole, size_t name_length)
{
    skip_blanks(hole);
    if (*here(hole) == '(') {
        return refuse(hole, hole->name, name_length,
                      "functions are not supported by this version: here "
                      "stands the name of a variable");
    }
    if (!is_at_close(hole))
        return refuse_here(hole, "\"}}\" is missing here");
    hole->text->at += 2;
    return true;
}

static bool read_name(struct hole *hole, size_t *length)
{
    skip_blanks(hole);
    hole->name = hole->text->at;
    *length = template_name_length(here(hole));
    if (*length) {
        hole->text->at += *length;
        return true;
    }
    if (is_at_close(hole)) {
        return refuse(hole, hole->open, hole->text->at + 2 - hole->open,
                      "the name of a variable is missing in \"{{}}\"; "
                      "\"{{{{\" stands for a literal \"{{\"");
    }
    return refuse_here(hole, "a variable's name begins with a letter or \"_\"; "
                             "\"{{{{\" stands for a literal \"{{\"");
}

static const struct template_path *finish_path(const struct hole *hole,
                                               size_t end)
{
    struct arena *arena = hole->text->arena;
    struct template_path *path;

    if (!hole->step_count)
        return NULL;
    path = arena_take(arena, sizeof(*path));
    path->text = arena_copy_bytes(arena, hole->text->text + hole->name,
                                  end - hole->name);
    path->step_count = hole->step_count;
    path->steps = hole->steps;
    return path;
}

static const struct need *read_hole(struct hole *hole)
{
    struct template_text *text = hole->text;
    struct need *need;
    size_t name_length, end;

    if (!read_name(hole, &name_length) || !read_steps(hole))
        return NULL;
    end = text->at;
    if (!read_close(hole, name_length))
        return NULL;
    need = arena_take(text->arena, sizeof(*need));
    need->name =
        arena_copy_bytes(text->arena, text->text + hole->name, name_length);
    need->at = node_inside(text->node, hole->name, name_length);
    need->path = finish_path(hole, end);
    if (strcmp(need->name, "env") == 0 && !need->path) {
        refuse(hole, hole->name, name_length,
               "behind \"env\" stands the name of an environment variable, as "
               "in {{env.HOME}}");
        return NULL;
    }
    return need;
}

/* Goes on behind the braces that close a hole that is wrong. Where they were
 * read, it is only wrong in what it says. */
static void skip_wrong(struct template_text *text, size_t inside)
{
    const char *close = strstr(text->text + inside, "}}");

    if (text->at > inside && strncmp(text->text + text->at - 2, "}}", 2) == 0)
        return;
    text->at = close ? (size_t)(close - text->text) + 2 : text->length;
}

const struct need *template_read_hole(struct template_text *text)
{
    struct hole hole = {.text = text, .open = text->at};
    const struct need *need = NULL;

    text->at += 2;
    if (strstr(text->text + text->at, "}}"))
        need = read_hole(&hole);
    else {
        refuse(&hole, hole.open, text->length - hole.open,
               "this \"{{\" is never closed by \"}}\"; \"{{{{\" stands for a "
               "literal \"{{\"");
    }
    if (need)
        return need;
    skip_wrong(text, hole.open + 2);
    return NULL;
}
