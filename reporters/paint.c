#include "reporters/paint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reporters/text.h"

/* More than a suite with LIMIT_FAILURES_TOLD long failures takes. */
enum { CANVAS_CEILING = 64 << 20 };

static const char *setting(char *const *environment, const char *name)
{
    size_t length = strlen(name);

    for (; environment && *environment; environment++) {
        if (strncmp(*environment, name, length) == 0 &&
            (*environment)[length] == '=')
            return *environment + length + 1;
    }
    return "";
}

static bool is_colored(const struct report_options *options, bool is_terminal)
{
    const char *forced = setting(options->environment, "CLICOLOR_FORCE");

    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    if (*setting(options->environment, "NO_COLOR"))
        return false;
    return is_terminal || (*forced && strcmp(forced, "0") != 0);
}

struct paint paint_choose(const struct report_options *options, int descriptor)
{
    bool is_terminal =
        isatty(descriptor) &&
        strcmp(setting(options->environment, "TERM"), "dumb") != 0;

    return (struct paint){
        .is_colored = is_colored(options, is_terminal),
        .is_living = is_terminal && options->verbosity >= 0 &&
                     !*setting(options->environment, "CI"),
    };
}

struct canvas canvas_open(bool is_colored)
{
    return (struct canvas){
        .text = buffer_with_ceiling(CANVAS_CEILING),
        .is_colored = is_colored,
    };
}

void canvas_finish(struct canvas *canvas)
{
    buffer_finish(&canvas->text);
}

static void begin_ink(struct canvas *canvas, enum ink ink)
{
    static const char *const codes[] = {
        [INK_STRONG] = "\x1b[1m", [INK_FAINT] = "\x1b[2m",
        [INK_GOOD] = "\x1b[32m",  [INK_BAD] = "\x1b[1;31m",
        [INK_CARE] = "\x1b[33m",
    };

    if (canvas->is_colored && ink != INK_PLAIN)
        (void)!buffer_add_text(&canvas->text, codes[ink]);
}

static void end_ink(struct canvas *canvas, enum ink ink)
{
    if (canvas->is_colored && ink != INK_PLAIN)
        (void)!buffer_add_text(&canvas->text, "\x1b[0m");
}

void canvas_print(struct canvas *canvas, enum ink ink, const char *format, ...)
{
    char words[512];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof(words), format, args);
    va_end(args);
    begin_ink(canvas, ink);
    (void)!buffer_add_text(&canvas->text, words);
    end_ink(canvas, ink);
    canvas->column += text_columns(words, strlen(words));
}

void canvas_show(struct canvas *canvas, enum ink ink, const char *text,
                 size_t most)
{
    size_t begin;

    begin_ink(canvas, ink);
    begin = canvas->text.length;
    text_add_short(&canvas->text, text, most);
    canvas->column += text_columns(buffer_text(&canvas->text) + begin,
                                   canvas->text.length - begin);
    end_ink(canvas, ink);
}

void canvas_advance(struct canvas *canvas, size_t column, size_t least)
{
    size_t spaces =
        column > canvas->column + least ? column - canvas->column : least;

    (void)!buffer_print(&canvas->text, "%*s", (int)spaces, "");
    canvas->column += spaces;
}

void canvas_line(struct canvas *canvas)
{
    (void)!buffer_add_text(&canvas->text, "\n");
    canvas->column = 0;
}
