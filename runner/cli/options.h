/* The one table of options: it makes the parser, --help, completion, and the
 * test of the manual. A new option is a row of it and a settings_set. */
#pragma once

#include "runner/cli/settings.h"

/* Who takes an option; TOP is `volley` without a command. */
enum taker {
    FOR_TOP = 1 << 0,
    FOR_RUN = 1 << 1,
    FOR_COMPARE = 1 << 2,
    FOR_CHECK = 1 << 3,
    FOR_LIST = 1 << 4,
    FOR_PLAN = 1 << 5,
    FOR_SCHEMA = 1 << 6,
    FOR_COMPLETION = 1 << 7,
    FOR_HELP = 1 << 8,
    FOR_NEW = 1 << 9,
    FOR_PATHS = FOR_RUN | FOR_COMPARE | FOR_CHECK | FOR_LIST | FOR_PLAN,
};

enum option_group {
    GROUP_INPUT,
    GROUP_CHOICE,
    GROUP_ORDER,
    GROUP_NETWORK,
    GROUP_COMPARISON,
    GROUP_OUTPUT,
    GROUP_OTHER,
};
enum { GROUP_COUNT = GROUP_OTHER + 1 };

enum completion {
    COMPLETE_NOTHING,
    COMPLETE_FILE,
    COMPLETE_FOLDER,
    COMPLETE_WORDS,  /* of `words` */
    COMPLETE_REPORT, /* a word of `words`, "=", a file */
    COMPLETE_PLACED, /* any text, "=", a folder: nothing is offered */
};

/* What an option means to these takers. */
struct option_help {
    unsigned takers;
    const char *text;
};

struct option_row {
    const char *name;     /* "max-per-host" */
    char letter;          /* 0: none */
    const char *argument; /* "N"; "[=N]" may be left out; NULL: takes none */
    const char *standard; /* as text, for the same setter; NULL: none */
    unsigned takers;
    enum option_group group;
    bool repeats;   /* each one adds */
    bool counts;    /* a flag that is more when it is given twice */
    bool is_action; /* not from the environment */
    bool is_early;  /* known before the project file is read */
    settings_set *set;
    enum completion completion;
    struct words (*words)(void);
    const char *help;                /* to all whom `helps` does not name */
    const struct option_help *helps; /* ends with a row for nobody; or NULL */
};

const struct option_row *option_rows(size_t *count);
const struct option_row *option_named(const char *name); /* or NULL */
const char *option_group_title(enum option_group group);

const char *option_help(const struct option_row *row, enum taker taker);

/* Takes no argument, may have one. */
bool option_is_flag(const struct option_row *row);
bool option_is_lenient(const struct option_row *row);

/* "VOLLEY_MAX_PER_HOST"; in the buffer. */
enum { OPTION_VARIABLE_MOST = 64 };
const char *option_variable(const struct option_row *row,
                            char text[OPTION_VARIABLE_MOST]);
/* What it says in the environment, borrowed; NULL where it is not set, or
 * empty, which is as good. */
const char *option_in_environment(const struct option_row *row,
                                  char **environment);
