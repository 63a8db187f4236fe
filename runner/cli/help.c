#include <string.h>

#include "runner/cli/commands.h"

enum { PAGE_WIDTH = 79, OPTION_INDENT = 28, NAME_WIDTH = 12, LINE_MOST = 1024 };

/* Prints words, wrapped; `column` is where the first one stands. */
static void print_wrapped(const char *text, int indent, int column, FILE *out)
{
    bool is_first = true;

    while (*text) {
        int length = (int)strcspn(text, " ");

        if (!is_first && column + 1 + length > PAGE_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
            is_first = true;
        }
        fprintf(out, "%s%.*s", is_first ? "" : " ", length, text);
        column += length + !is_first;
        is_first = false;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

/* "-x, --bail[=N]" */
static void spell(const struct option_row *row, char text[LINE_MOST])
{
    const char *argument = row->argument ? row->argument : "";
    const char *gap = option_is_flag(row) || option_is_lenient(row) ? "" : " ";
    char letter[5] = "    ";

    if (row->letter)
        snprintf(letter, sizeof(letter), "-%c, ", row->letter);
    snprintf(text, LINE_MOST, "  %s--%s%s%s", letter, row->name, gap, argument);
}

static void print_option(const struct option_row *row, enum taker taker,
                         FILE *out)
{
    const char *words = option_help(row, taker);
    char spelling[LINE_MOST], help[LINE_MOST];

    spell(row, spelling);
    if (row->standard) {
        snprintf(help, sizeof(help), "%s Default: %s.", words, row->standard);
    } else {
        snprintf(help, sizeof(help), "%s", words);
    }
    fprintf(out, "%-*s", OPTION_INDENT, spelling);
    if (strlen(spelling) >= OPTION_INDENT)
        fprintf(out, "\n%*s", OPTION_INDENT, "");
    print_wrapped(help, OPTION_INDENT, OPTION_INDENT, out);
}

static void print_group(enum taker taker, enum option_group group, FILE *out)
{
    bool is_titled = false;
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].group != group || !(rows[i].takers & taker))
            continue;
        if (!is_titled)
            fprintf(out, "\n%s\n", option_group_title(group));
        is_titled = true;
        print_option(&rows[i], taker, out);
    }
}

static void print_options(enum taker taker, FILE *out)
{
    for (int group = 0; group < GROUP_COUNT; group++)
        print_group(taker, (enum option_group)group, out);
}

void help_print(const struct command *command, FILE *out)
{
    const char *gap = *command->operands ? " " : "";

    fprintf(out, "usage: volley %s [OPTION]...%s%s\n\n", command->name, gap,
            command->operands);
    print_wrapped(command->description, 0, 0, out);
    print_options(command->taker, out);
    if (command->taker & FOR_PATHS) {
        fputc('\n', out);
        print_wrapped(
            "Each option is also an environment variable: VOLLEY_MAX_PER_HOST "
            "is --max-per-host, VOLLEY_INSECURE=1 is --insecure. What stands on "
            "the command line wins; a project file, volley.json, ranks below "
            "both.",
            0, 0, out);
    }
}

void help_print_all(FILE *out)
{
    size_t count;
    const struct command *rows = command_rows(&count);

    fputs("usage: volley COMMAND [OPTION]... [PATH]...\n\n"
          "Runs API tests written as JSON, concurrently.\n\nCommands\n",
          out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "  %-*s%s\n", NAME_WIDTH, rows[i].name, rows[i].summary);
    print_options(FOR_TOP, out);
    fputs("\n\"volley help COMMAND\" tells more; so does volley(1).\n", out);
}

enum status tell_usage(const struct command *command, const struct fault *fault)
{
    fputs("volley: ", stderr);
    fault_print(fault, stderr);
    fprintf(stderr, "see volley %s%s--help\n", command ? command->name : "",
            command ? " " : "");
    return STATUS_USAGE;
}

enum status command_help(const struct settings *settings)
{
    const struct name_list *words = &settings->suites.paths;
    const struct command *command;
    struct fault fault = {0};

    if (words->count == 0) {
        help_print_all(stdout);
        return STATUS_PASSED;
    }
    command = command_find(words->list[0]);
    if (!command) {
        command_refuse(words->list[0], &fault);
        return tell_usage(NULL, &fault);
    }
    help_print(command, stdout);
    return STATUS_PASSED;
}
