#include <string.h>

#include "runner/cli/commands.h"

/* The part of the script that needs no table. Words are split at "=" by bash,
 * so the value of --name=value is a word of its own, behind a word "=". */
static const char opening[] =
    "# bash completion of volley; in ~/.bashrc:\n"
    "#   eval \"$(volley completion bash)\"\n"
    "\n"
    "_volley_files() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$1\")\n"
    "}\n"
    "\n"
    "_volley_folders() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -d -- \"$1\")\n"
    "}\n"
    "\n"
    "_volley_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\")\n"
    "}\n"
    "\n";

static const char closing[] =
    "_volley() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before= option= command=\n"
    "    local i\n"
    "\n"
    "    COMPREPLY=()\n"
    "    ((COMP_CWORD > 0)) && before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    if [[ $current == = ]]; then\n"
    "        option=$before current=\n"
    "    elif [[ $before == = ]] && ((COMP_CWORD > 1)); then\n"
    "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    elif [[ $current == --*=* ]]; then\n"
    "        option=${current%%=*} current=${current#*=}\n"
    "    elif _volley_takes_value \"$before\"; then\n"
    "        option=$before\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        if [[ ${COMP_WORDS[i]} != -* ]]; then\n"
    "            command=${COMP_WORDS[i]}\n"
    "            break\n"
    "        fi\n"
    "    done\n"
    "    if [[ $before == = && $option != -* ]]; then\n"
    "        _volley_files \"$current\"\n"
    "    elif [[ $option == -* ]]; then\n"
    "        _volley_value \"$option\" \"$current\"\n"
    "    elif [[ -z $command ]]; then\n"
    "        _volley_words \"$_volley_commands $(_volley_options)\" "
    "\"$current\"\n"
    "    elif [[ $current == -* ]]; then\n"
    "        _volley_words \"$(_volley_options \"$command\")\" \"$current\"\n"
    "    else\n"
    "        _volley_operand \"$command\" \"$current\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _volley volley\n";

static void print_options(enum taker taker, const char *pattern)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    printf("    %s) echo '", pattern);
    for (size_t i = 0, told = 0; i < count; i++) {
        if (!(rows[i].takers & taker))
            continue;
        if (rows[i].letter)
            printf("%s-%c", told++ ? " " : "", rows[i].letter);
        printf("%s--%s", told++ ? " " : "", rows[i].name);
    }
    puts("' ;;");
}

static void print_option_function(void)
{
    size_t count;
    const struct command *commands = command_rows(&count);

    fputs("_volley_commands='", stdout);
    for (size_t i = 0; i < count; i++)
        printf("%s%s", i ? " " : "", commands[i].name);
    puts("'\n\n_volley_options() {\n    case ${1-} in");
    for (size_t i = 0; i < count; i++)
        print_options(commands[i].taker, commands[i].name);
    print_options(FOR_TOP, "''");
    puts("    esac\n}\n");
}

/* "--jobs | -j" */
static void print_pattern(const struct option_row *row)
{
    printf("--%s", row->name);
    if (row->letter)
        printf(" | -%c", row->letter);
}

static void print_value_test(void)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    bool is_first = true;

    fputs("_volley_takes_value() {\n    case $1 in\n    ", stdout);
    for (size_t i = 0; i < count; i++) {
        if (option_is_flag(&rows[i]) || option_is_lenient(&rows[i]))
            continue;
        fputs(is_first ? "" : " | ", stdout);
        print_pattern(&rows[i]);
        is_first = false;
    }
    puts(") return 0 ;;\n    esac\n    return 1\n}\n");
}

static void print_words(const struct option_row *row, const char *suffix)
{
    struct words words = row->words();

    fputs("_volley_words '", stdout);
    for (size_t i = 0; i < words.count; i++)
        printf("%s%s%s", i ? " " : "", words.list[i], suffix);
    fputs("' \"$2\"", stdout);
}

static void print_value(const struct option_row *row)
{
    if (row->completion == COMPLETE_NOTHING ||
        row->completion == COMPLETE_PLACED)
        return;
    fputs("    ", stdout);
    print_pattern(row);
    fputs(") ", stdout);
    switch (row->completion) {
    case COMPLETE_FILE: fputs("_volley_files \"$2\"", stdout); break;
    case COMPLETE_FOLDER: fputs("_volley_folders \"$2\"", stdout); break;
    case COMPLETE_WORDS: print_words(row, ""); break;
    case COMPLETE_REPORT:
        fputs("compopt -o nospace 2>/dev/null; ", stdout);
        print_words(row, "=");
        break;
    case COMPLETE_PLACED:
    case COMPLETE_NOTHING: break;
    }
    puts(" ;;");
}

static void print_value_function(void)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    puts("_volley_value() {\n    case $1 in");
    for (size_t i = 0; i < count; i++)
        print_value(&rows[i]);
    puts("    esac\n}\n");
}

static void print_operand_function(void)
{
    size_t count;
    const struct command *commands = command_rows(&count);

    puts("_volley_operand() {\n    case $1 in");
    for (size_t i = 0; i < count; i++) {
        const char *operands = commands[i].operands;

        if (strcmp(operands, "PATH...") == 0 || strcmp(operands, "[FILE]") == 0)
            printf("    %s) _volley_files \"$2\" ;;\n", commands[i].name);
        else if (strcmp(operands, "[COMMAND]") == 0) {
            printf("    %s) _volley_words \"$_volley_commands\" \"$2\" ;;\n",
                   commands[i].name);
        } else if (*operands) {
            operands += *operands == '[';
            printf("    %s) _volley_words '%.*s' \"$2\" ;;\n", commands[i].name,
                   (int)strcspn(operands, "]"), operands);
        }
    }
    puts("    esac\n}\n");
}

enum status command_completion(const struct settings *settings)
{
    static const struct place nowhere;
    const char *shell = settings->suites.paths.list[0];
    struct fault fault = {0};

    if (strcmp(shell, "bash") != 0) {
        fault_raise(&fault, nowhere, "no completion for \"%s\"; there is bash",
                    shell);
        return tell_usage(command_find("completion"), &fault);
    }
    fputs(opening, stdout);
    print_option_function();
    print_value_test();
    print_value_function();
    print_operand_function();
    fputs(closing, stdout);
    return STATUS_PASSED;
}
