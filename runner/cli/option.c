/* What one row of the table of options says. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "runner/cli/options.h"

const char *option_group_title(enum option_group group)
{
    switch (group) {
    case GROUP_INPUT: return "Variables and files";
    case GROUP_CHOICE: return "Which tests";
    case GROUP_ORDER: return "How many at once";
    case GROUP_NETWORK: return "Requests";
    case GROUP_COMPARISON: return "Comparison";
    case GROUP_OUTPUT: return "What is told";
    case GROUP_OTHER: return "Other";
    }
    return NULL;
}

const char *option_help(const struct option_row *row, enum taker taker)
{
    const struct option_help *help = row->helps;

    while (help && help->text && !(help->takers & taker))
        help++;
    return help && help->text ? help->text : row->help;
}

bool option_is_flag(const struct option_row *row)
{
    return !row->argument;
}

bool option_is_lenient(const struct option_row *row)
{
    return row->argument && *row->argument == '[';
}

const char *option_variable(const struct option_row *row,
                            char text[OPTION_VARIABLE_MOST])
{
    snprintf(text, OPTION_VARIABLE_MOST, "VOLLEY_%s", row->name);
    for (char *byte = text; *byte; byte++)
        *byte = *byte == '-' ? '_' : (char)toupper((unsigned char)*byte);
    return text;
}

const char *option_in_environment(const struct option_row *row,
                                  char **environment)
{
    char name[OPTION_VARIABLE_MOST];
    size_t length = strlen(option_variable(row, name));

    for (char **entry = environment; *entry; entry++) {
        const char *value = *entry + length;

        if (strncmp(*entry, name, length) == 0 && *value == '=')
            return value[1] ? value + 1 : NULL;
    }
    return NULL;
}
