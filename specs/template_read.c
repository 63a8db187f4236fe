/* Reading holes: variables, literals and calls of functions. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "specs/template_parts.h"

bool template_refuse(const struct template_text *text, size_t from,
                     size_t length, const char *format, ...)
{
    char why[sizeof(((struct fault *)NULL)->text)];
    va_list args;

    va_start(args, format);
    vsnprintf(why, sizeof(why), format, args);
    va_end(args);
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

bool template_refuse_here(const struct template_text *text, const char *why)
{
    return template_refuse(text, text->at,
                           character_length(template_here(text)), "%s", why);
}

void template_skip_blanks(struct template_text *text)
{
    text->at += strspn(template_here(text), " \t\r\n");
}

static bool is_at_close(const struct template_text *text)
{
    return strncmp(template_here(text), "}}", 2) == 0;
}

/* true, false and null mean themselves. */
static bool is_word(const char *name, size_t length)
{
    return (length == 4 && memcmp(name, "true", 4) == 0) ||
           (length == 5 && memcmp(name, "false", 5) == 0) ||
           (length == 4 && memcmp(name, "null", 4) == 0);
}

static bool is_literal_start(char byte)
{
    return byte && strchr("\"'[{-0123456789", byte);
}

/* A name that begins with a digit. */
static bool is_misnamed(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits && template_name_length(text + digits) &&
           !strchr("eE", text[digits]);
}

static bool is_call(const char *behind_name)
{
    return behind_name[strspn(behind_name, " \t\r\n")] == '(';
}

static bool read_variable(struct template_text *text, size_t name_length,
                          struct need *need)
{
    size_t start = text->at;

    if (!template_read_variable(text, need))
        return false;
    if (strcmp(need->name, "env") != 0 || need->path)
        return true;
    return template_refuse(text, start, name_length,
                           "behind \"env\" stands the name of an environment "
                           "variable, as in {{env.HOME}}");
}

static bool read_into(struct template_text *text, const char *empty,
                      struct expression *expression)
{
    const char *here = template_here(text);
    size_t length = template_name_length(here);

    if (is_misnamed(here))
        return template_refuse_here(text, empty);
    if (is_literal_start(*here) || is_word(here, length)) {
        expression->kind = EXPRESSION_LITERAL;
        return template_read_literal(text, &expression->literal);
    }
    if (!length)
        return template_refuse_here(text, empty);
    if (is_call(here + length)) {
        expression->kind = EXPRESSION_CALL;
        return template_read_call(text, length, expression);
    }
    expression->kind = EXPRESSION_VARIABLE;
    return read_variable(text, length, &expression->variable);
}

struct expression *template_read_expression(struct template_text *text,
                                            const char *empty)
{
    struct expression *expression =
        arena_take(text->arena, sizeof(*expression));
    size_t start = text->at;

    if (!read_into(text, empty, expression))
        return NULL;
    if (expression->kind == EXPRESSION_VARIABLE)
        expression->at = expression->variable.at;
    else if (!expression->at.source)
        expression->at = node_inside(text->node, start, text->at - start);
    return expression;
}

bool template_read_path(struct arena *arena, const struct node *node,
                        const char *written, struct faults *faults,
                        struct need *need)
{
    struct template_text text = {.arena = arena,
                                 .node = node,
                                 .faults = faults,
                                 .text = written,
                                 .length = strlen(written)};
    size_t length = template_name_length(written);

    if (!length)
        return template_refuse_here(
            &text, "a variable's name begins with a letter or \"_\"");
    if (!read_variable(&text, length, need))
        return false;
    return text.at == text.length ||
           template_refuse_here(&text, "a variable ends here, with \".name\" "
                                       "or \"[0]\" behind it at most");
}

static const struct expression *read_hole(struct template_text *text,
                                          size_t open)
{
    const struct expression *expression;

    template_skip_blanks(text);
    if (is_at_close(text)) {
        template_refuse(text, open, text->at + 2 - open,
                        "the name of a variable is missing in \"{{}}\"; "
                        "\"{{{{\" stands for a literal \"{{\"");
        return NULL;
    }
    expression = template_read_expression(
        text, "a variable's name begins with a letter or \"_\"; "
              "\"{{{{\" stands for a literal \"{{\"");
    if (!expression)
        return NULL;
    template_skip_blanks(text);
    if (!is_at_close(text)) {
        template_refuse_here(text, "\"}}\" is missing here");
        return NULL;
    }
    text->at += 2;
    return expression;
}

/* Goes on behind the braces that close a hole that is wrong. */
static void skip_wrong(struct template_text *text, size_t inside)
{
    const char *close = strstr(text->text + inside, "}}");

    text->at = close ? (size_t)(close - text->text) + 2 : text->length;
}

const struct expression *template_read_hole(struct template_text *text)
{
    size_t open = text->at;
    const struct expression *expression = NULL;

    text->at += 2;
    text->depth = 0;
    if (strstr(template_here(text), "}}")) {
        expression = read_hole(text, open);
    } else {
        template_refuse(text, open, text->length - open,
                        "this \"{{\" is never closed by \"}}\"; \"{{{{\" "
                        "stands for a literal \"{{\"");
    }
    if (!expression)
        skip_wrong(text, open + 2);
    return expression;
}
