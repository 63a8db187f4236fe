/* Options that the environment gives: VOLLEY_JOBS for --jobs. */
#include "runner/cli/read_variables.h"

#include <string.h>
#include <strings.h>

static const struct place nowhere;

/* How often a flag is given by this value of its variable, or -1. */
static int flag_times(const char *value)
{
    static const struct {
        const char *word;
        int times;
    } words[] = {{"0", 0},   {"no", 0},   {"false", 0}, {"off", 0}, {"1", 1},
                 {"yes", 1}, {"true", 1}, {"on", 1},    {"2", 2}};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcasecmp(words[i].word, value) == 0)
            return words[i].times;
    }
    return -1;
}

static bool set_flag(struct settings *settings, const struct option_row *row,
                     const char *label, const char *value, struct fault *fault)
{
    int times = flag_times(value);

    if (times < 0) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not one of 1, yes, true, on, 0, no, "
                           "false, off%s",
                           label, value, row->counts ? ", 2" : "");
    }
    for (int i = 0; i < times; i++) {
        if (!row->set(settings, label, NULL, fault))
            return false;
    }
    return true;
}

/* Each line is one value. */
static bool set_lines(struct settings *settings, const struct option_row *row,
                      const char *label, const char *value, struct fault *fault)
{
    char *rest = arena_copy(&settings->arena, value);

    while (rest) {
        const char *line = strsep(&rest, "\n");

        if (*line && !row->set(settings, label, line, fault))
            return false;
    }
    return true;
}

static bool read_variable(const struct option_row *row, const char *value,
                          struct settings *settings, struct fault *fault)
{
    char label[OPTION_VARIABLE_MOST];

    option_variable(row, label);
    if (option_is_flag(row))
        return set_flag(settings, row, label, value, fault);
    if (row->repeats)
        return set_lines(settings, row, label, value, fault);
    return row->set(settings, label, value, fault);
}

static void note_variable(const struct option_row *row, const char *value,
                          struct settings *settings)
{
    char label[OPTION_VARIABLE_MOST];

    origin_add(settings, row->name, value,
               arena_copy(&settings->arena, option_variable(row, label)));
}

/* What is not for this command is only looked at by those who want to know of
 * all origins. */
bool option_variables_read(const struct invocation *invocation,
                           struct settings *settings, struct fault *fault)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        const char *value =
            option_in_environment(&rows[i], invocation->environment);

        if (!value || rows[i].is_action)
            continue;
        note_variable(&rows[i], value, settings);
        if (rows[i].takers & invocation->taker &&
            !read_variable(&rows[i], value, settings, fault))
            return false;
    }
    return true;
}

/* Whether files are there is the concern of those who need them. */
void option_variables_try(const struct invocation *invocation,
                          struct settings *settings)
{
    CLEANUP(settings_finish) struct settings idle = {0};
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        const char *value =
            option_in_environment(&rows[i], invocation->environment);
        struct fault fault = {0};

        if (!value || rows[i].is_action || rows[i].takers & invocation->taker ||
            rows[i].completion == COMPLETE_FILE)
            continue;
        if (!read_variable(&rows[i], value, &idle, &fault))
            faults_add(&settings->doubts, nowhere, "%s", fault.text);
    }
}

void option_variables_read_early(const struct invocation *invocation,
                                 struct settings *settings)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    struct fault untold = {0};

    for (size_t i = 0; i < count; i++) {
        const char *value =
            option_in_environment(&rows[i], invocation->environment);

        if (value && rows[i].is_early && !rows[i].is_action &&
            rows[i].takers & invocation->taker)
            (void)!read_variable(&rows[i], value, settings, &untold);
    }
}
