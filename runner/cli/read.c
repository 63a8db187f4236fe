#include "runner/cli/read.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/cli/project.h"

enum {
    OPTIONS_MOST = 64,
    SHORT_MOST = 3 * OPTIONS_MOST,
    LONG_BASE = 256, /* getopt's value of row 0; below it are letters */
};

static const struct place nowhere;

/* What getopt_long() wants to know about the options of one command. */
struct grammar {
    char letters[SHORT_MOST];
    struct option options[OPTIONS_MOST];
    size_t count;
};

static int argument_kind(const struct option_row *row)
{
    if (option_is_flag(row))
        return no_argument;
    return option_is_lenient(row) ? optional_argument : required_argument;
}

static char *add_letter(char *end, const struct option_row *row)
{
    static const char *const colons[] = {[no_argument] = "",
                                         [required_argument] = ":",
                                         [optional_argument] = "::"};

    *end++ = row->letter;
    return stpcpy(end, colons[argument_kind(row)]);
}

static void make_grammar(enum taker taker, struct grammar *grammar)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    /* ":" tells a missing argument apart; "+" stops at the first word. */
    char *end = stpcpy(grammar->letters, taker == FOR_TOP ? "+:" : ":");

    for (size_t i = 0; i < count; i++) {
        if (!(rows[i].takers & taker))
            continue;
        grammar->options[grammar->count++] = (struct option){
            rows[i].name, argument_kind(&rows[i]), NULL, LONG_BASE + (int)i};
        if (rows[i].letter)
            end = add_letter(end, &rows[i]);
    }
}

static const struct option_row *row_lettered(int letter)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].letter == letter)
            return &rows[i];
    }
    return NULL;
}

/* By what getopt_long() returned. */
static const struct option_row *row_of(int value)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);
    const struct option_row *row =
        value < LONG_BASE ? row_lettered(value) : &rows[value - LONG_BASE];

    assert(row);
    return row;
}

static const struct option_row *row_named(const char *name, size_t length)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if (strlen(rows[i].name) == length &&
            strncmp(rows[i].name, name, length) == 0)
            return &rows[i];
    }
    return NULL;
}

/* An option that exists, but not here. */
static bool refuse_place(const struct invocation *invocation,
                         const struct option_row *row, const char *word,
                         struct fault *fault)
{
    int length = (int)strcspn(word, "=");

    if (invocation->taker == FOR_TOP) {
        return fault_raise(fault, nowhere,
                           "%.*s comes after the command, as in \"volley run "
                           "%.*s\"",
                           length, word, length, word);
    }
    return fault_raise(fault, nowhere, "%s does not take %.*s%s",
                       invocation->words[0], length, word,
                       row->takers & FOR_RUN ? "; run does" : "");
}

static bool refuse_long(const struct invocation *invocation,
                        const struct grammar *grammar, const char *word,
                        struct fault *fault)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "="), near_count = 0;
    const struct option_row *row = row_named(name, length);
    const char *names[OPTIONS_MOST], *near;
    char bare[OPTION_VARIABLE_MOST];

    if (row)
        return refuse_place(invocation, row, word, fault);
    for (size_t i = 0; i < grammar->count; i++) {
        names[i] = grammar->options[i].name;
        near_count += strncmp(names[i], name, length) == 0;
    }
    if (near_count > 1) {
        return fault_raise(fault, nowhere,
                           "several options begin with %.*s; write it out",
                           (int)length + 2, word);
    }
    snprintf(bare, sizeof(bare), "%.*s", (int)length, name);
    near = nearest_name(bare, names, grammar->count);
    if (near) {
        return fault_raise(fault, nowhere,
                           "unknown option %.*s; did you mean --%s?",
                           (int)length + 2, word, near);
    }
    return fault_raise(fault, nowhere, "unknown option %.*s", (int)length + 2,
                       word);
}

/* getopt_long() said '?': an unknown letter or name, or a value for an option
 * that takes none. */
static bool refuse(const struct invocation *invocation,
                   const struct grammar *grammar, struct fault *fault)
{
    const char *word = invocation->words[optind - 1];
    const struct option_row *row;

    if (!optopt)
        return refuse_long(invocation, grammar, word, fault);
    if (optopt >= LONG_BASE)
        return fault_raise(fault, nowhere, "--%s takes no value",
                           row_of(optopt)->name);
    row = row_lettered(optopt);
    if (row)
        return refuse_place(invocation, row, (char[]){'-', (char)optopt, 0},
                            fault);
    return fault_raise(fault, nowhere, "unknown option -%c", optopt);
}

static bool set_row(struct settings *settings, int value, struct fault *fault)
{
    const struct option_row *row = row_of(value);
    char label[OPTION_VARIABLE_MOST];
    const char *given = optarg;

    if (value < LONG_BASE)
        snprintf(label, sizeof(label), "-%c", row->letter);
    else
        snprintf(label, sizeof(label), "--%s", row->name);
    if (value < LONG_BASE && option_is_lenient(row) && given && *given == '=')
        given++; /* -x=1 is -x1 */
    if (given && !*given)
        return fault_raise(fault, nowhere, "%s: the value is empty", label);
    origin_add(settings, row->name, given ? given : "true", "command line");
    return row->set(settings, label, given, fault);
}

static bool is_number(const char *word)
{
    return *word && word[strspn(word, "0123456789")] == '\0';
}

/* "--bail 2" would look for a suite that is called 2. */
static bool refuse_stray(const struct option_row *row, const char *word,
                         struct fault *fault)
{
    return fault_raise(fault, nowhere,
                       "%s: no such file or folder; for %s failures write "
                       "--%s=%s",
                       word, word, row->name, word);
}

/* Whether the word behind an option that may have a value was meant for it. */
static bool has_stray(const struct invocation *invocation,
                      const struct option_row *row)
{
    return option_is_lenient(row) && strcmp(row->argument, "[=N]") == 0 &&
           !optarg && optind < invocation->word_count &&
           is_number(invocation->words[optind]) &&
           access(invocation->words[optind], F_OK) != 0;
}

static bool take_paths(const struct invocation *invocation,
                       struct settings *settings, struct fault *fault)
{
    for (int i = optind; i < invocation->word_count; i++) {
        char *word = invocation->words[i];

        if (!*word && invocation->taker & FOR_PATHS)
            return fault_raise(fault, nowhere, "a path is empty");
        name_list_add(&settings->suites.paths, word);
    }
    return true;
}

static bool refuse_missing(struct fault *fault)
{
    const struct option_row *row = row_of(optopt);

    if (optopt < LONG_BASE)
        return fault_raise(fault, nowhere, "-%c needs a value: -%c %s", optopt,
                           optopt, row->argument);
    return fault_raise(fault, nowhere, "--%s needs a value: --%s %s", row->name,
                       row->name, row->argument);
}

/* What must be known before the project file can be read. The first mistake
 * ends it: read_words() will tell. getopt_long() moves words, and what stood
 * beside an option matters later: so it is given a copy. */
static void read_early_words(const struct invocation *invocation,
                             struct settings *settings)
{
    size_t size = ((size_t)invocation->word_count + 1) * sizeof(char *);
    char **words = must_alloc(size);
    struct grammar grammar = {0};
    struct fault untold = {0};
    int value;

    memcpy(words, invocation->words, size);
    make_grammar(invocation->taker, &grammar);
    optind = 0;
    opterr = 0;
    while ((value = getopt_long(invocation->word_count, words, grammar.letters,
                                grammar.options, NULL)) != -1) {
        if (value == ':' || value == '?')
            break;
        if (row_of(value)->is_early && (!optarg || *optarg))
            (void)!row_of(value)->set(settings, "", optarg, &untold);
    }
    free(words);
}

static bool read_words(const struct invocation *invocation,
                       struct settings *settings, struct fault *fault)
{
    struct grammar grammar = {0};
    int value;

    make_grammar(invocation->taker, &grammar);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    while ((value = getopt_long(invocation->word_count, invocation->words,
                                grammar.letters, grammar.options, NULL)) !=
           -1) {
        if (value == ':')
            return refuse_missing(fault);
        if (value == '?')
            return refuse(invocation, &grammar, fault);
        if (has_stray(invocation, row_of(value)))
            return refuse_stray(row_of(value), invocation->words[optind],
                                fault);
        if (!set_row(settings, value, fault))
            return false;
    }
    return take_paths(invocation, settings, fault);
}

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

    if (times < 0)
        return fault_raise(fault, nowhere, "%s: \"%s\" is neither 1 nor 0",
                           label, value);
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
static bool read_variables(const struct invocation *invocation,
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

static void read_early_variables(const struct invocation *invocation,
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

/* Those who ask for help get it, whatever the project file says. */
static bool read_project(const struct invocation *invocation,
                         struct settings *settings, struct fault *fault)
{
    CLEANUP(settings_finish) struct settings idle = {0};

    if (!(invocation->taker & FOR_PATHS))
        return true;
    read_early_variables(invocation, settings);
    read_early_words(invocation, settings);
    if (settings->wants_help)
        return true;
    if (!project_open(settings, invocation->environment, fault))
        return false;
    project_set_options(invocation->taker, settings, &idle,
                        invocation->environment);
    return settings->project.mistakes.total == 0;
}

bool settings_read(const struct invocation *invocation,
                   struct settings *settings, struct fault *fault)
{
    size_t count;
    const struct option_row *rows = option_rows(&count);

    settings->transport = "async";
    settings->telling.environment = invocation->environment;
    settings->seed = chance_seed();
    for (size_t i = 0; i < count; i++) {
        if (rows[i].standard &&
            !rows[i].set(settings, rows[i].name, rows[i].standard, fault))
            return false;
    }
    if (!read_project(invocation, settings, fault) ||
        !read_variables(invocation, settings, fault) ||
        !read_words(invocation, settings, fault))
        return false;
    if (settings->limits.per_host == 0)
        settings->limits.per_host = settings->limits.jobs;
    return settings_agree(settings, fault);
}
