#include "runner/cli/read.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/cli/project.h"
#include "runner/cli/read_variables.h"

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

/* A command that takes it, run rather than others; or NULL. */
static const char *taker_name(const struct option_row *row)
{
    static const struct {
        enum taker taker;
        const char *name;
    } takers[] = {{FOR_RUN, "run"},
                  {FOR_COMPARE, "compare"},
                  {FOR_CHECK, "check"},
                  {FOR_LIST, "list"},
                  {FOR_PLAN, "plan"}};

    for (size_t i = 0; i < COUNT(takers); i++) {
        if (row->takers & takers[i].taker)
            return takers[i].name;
    }
    return NULL;
}

/* An option that exists, but not here. */
static bool refuse_place(const struct invocation *invocation,
                         const struct option_row *row, const char *word,
                         struct fault *fault)
{
    int length = (int)strcspn(word, "=");
    const char *taker = taker_name(row);

    if (invocation->taker == FOR_TOP) {
        return fault_raise(fault, nowhere,
                           "%.*s comes after the command, as in \"volley run "
                           "%.*s\"",
                           length, word, length, word);
    }
    return fault_raise(fault, nowhere, "%s does not take %.*s%s%s%s",
                       invocation->words[0], length, word, taker ? "; " : "",
                       taker ? taker : "", taker ? " does" : "");
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

/* "--bail 2" would look for a suite that is called 2, and "--last-failed
 * run.jsonl" for the tests of a log. */
struct stray {
    const char *argument;
    bool (*is_meant)(const char *word);
    const char *said; /* in between the word and how to write it */
};

static bool is_missing_number(const char *word)
{
    return is_number(word) && access(word, F_OK) != 0;
}

static bool is_log(const char *word)
{
    const char *suffix = strrchr(word, '.');

    return suffix && strcmp(suffix, ".jsonl") == 0;
}

static const struct stray strays[] = {
    {"[=N]", is_missing_number, "no such file or folder; for so many failures"},
    {"[=SEED]", is_missing_number, "no such file or folder; for this seed"},
    {"[=LOG]", is_log, "a log is no suite; for what failed in it"},
};

/* False where the word behind an option that may have a value was meant for
 * it. */
static bool check_stray(const struct invocation *invocation,
                        const struct option_row *row, struct fault *fault)
{
    const char *word =
        optind < invocation->word_count ? invocation->words[optind] : NULL;

    if (!word || optarg || !option_is_lenient(row))
        return true;
    for (size_t i = 0; i < COUNT(strays); i++) {
        if (strcmp(row->argument, strays[i].argument) == 0 &&
            strays[i].is_meant(word))
            return fault_raise(fault, nowhere, "%s: %s write --%s=%s", word,
                               strays[i].said, row->name, word);
    }
    return true;
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

/* "-:3", which getopt_long() takes for the letters ':' and '3'. */
static bool is_line_of_stdin(const char *word)
{
    return word && strncmp(word, "-:", 2) == 0 && is_number(word + 2);
}

/* The next option as getopt_long() tells it. Lines of the standard input, which
 * are none, go into `paths`. */
static int next_option(const struct invocation *invocation, char **words,
                       const struct grammar *grammar, struct name_list *paths)
{
    int count = invocation->word_count, value, at;

    while ((value = getopt_long(count, words, grammar->letters,
                                grammar->options, NULL)) == '?' &&
           invocation->taker & FOR_PATHS && optopt == ':' &&
           is_line_of_stdin(words[optind])) {
        at = optind;
        name_list_add(paths, words[at]);
        while (optind == at)
            (void)getopt_long(count, words, grammar->letters, grammar->options,
                              NULL);
    }
    return value;
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
    struct name_list paths = {0};
    struct fault untold = {0};
    int value;

    memcpy(words, invocation->words, size);
    make_grammar(invocation->taker, &grammar);
    optind = 0;
    opterr = 0;
    while ((value = next_option(invocation, words, &grammar, &paths)) != -1) {
        if (value == ':' || value == '?')
            break;
        if (row_of(value)->is_early && (!optarg || *optarg))
            (void)!row_of(value)->set(settings, "", optarg, &untold);
    }
    free(paths.list);
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
    while ((value = next_option(invocation, invocation->words, &grammar,
                                &settings->suites.paths)) != -1) {
        if (value == ':')
            return refuse_missing(fault);
        if (value == '?')
            return refuse(invocation, &grammar, fault);
        if (!check_stray(invocation, row_of(value), fault) ||
            !set_row(settings, value, fault))
            return false;
    }
    return take_paths(invocation, settings, fault);
}

/* Those who ask for help get it, whatever the project file says. */
static bool read_project(const struct invocation *invocation,
                         struct settings *settings, struct fault *fault)
{
    CLEANUP(settings_finish) struct settings idle = {0};

    if (!(invocation->taker & FOR_PATHS))
        return true;
    option_variables_read_early(invocation, settings);
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
        !option_variables_read(invocation, settings, fault) ||
        !read_words(invocation, settings, fault))
        return false;
    if (settings->wants_origins)
        option_variables_try(invocation, settings);
    if (settings->limits.per_host == 0)
        settings->limits.per_host = settings->limits.jobs;
    return settings_agree(settings, fault);
}
