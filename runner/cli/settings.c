#include "runner/cli/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct place nowhere;

struct words color_words(void)
{
    static const char *const names[] = {"auto", "always", "never"};

    return (struct words){COUNT(names), names};
}

struct words dialect_words(void)
{
    static const char *const names[] = {"default", "strict"};

    return (struct words){COUNT(names), names};
}

struct words format_words(void)
{
    static const char *const names[] = {"text", "json", "mermaid"};

    return (struct words){COUNT(names), names};
}

struct words report_words(void)
{
    struct words words;

    words.list = reporter_names(&words.count);
    return words;
}

struct words strategy_words(void)
{
    struct words words;

    words.list = transport_names(&words.count);
    return words;
}

/* Room for one more; `count` is how many there are. */
static void *with_room(void *list, size_t count, size_t size)
{
    bool is_full = (count & (count - 1)) == 0; /* 0, 1, 2, 4... */

    return is_full ? must_resize(list, (count ? 2 * count : 1) * size) : list;
}

void name_list_add(struct name_list *names, const char *name)
{
    names->list = with_room(names->list, names->count, sizeof(*names->list));
    names->list[names->count++] = name;
}

static void define(struct definition_list *definitions, const char *name,
                   const char *value)
{
    definitions->list = with_room(definitions->list, definitions->count,
                                  sizeof(*definitions->list));
    definitions->list[definitions->count++] = (struct definition){name, value};
}

void origin_add(struct settings *settings, const char *name, const char *value,
                const char *from)
{
    struct option_origin_list *origins = &settings->origins;

    origins->list =
        with_room(origins->list, origins->count, sizeof(*origins->list));
    origins->list[origins->count++] = (struct option_origin){name, value, from};
}

bool settings_have(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->origins.count; i++) {
        if (strcmp(settings->origins.list[i].name, name) == 0)
            return true;
    }
    return false;
}

void settings_finish(struct settings *settings)
{
    free(settings->suites.paths.list);
    free(settings->suites.variables.list);
    free(settings->suites.secrets.list);
    free(settings->suites.files.list);
    free(settings->suites.secret_files.list);
    free(settings->reports.list);
    free(settings->compare.strategies.list);
    free(settings->origins.list);
    faults_finish(&settings->doubts);
    faults_finish(&settings->project.mistakes);
    project_finish(&settings->project.file);
    arena_finish(&settings->arena);
    *settings = (struct settings){0};
}

bool set_variable(struct settings *settings, const char *label,
                  const char *value, struct fault *fault)
{
    const char *rest, *name = value_split(&settings->arena, value, &rest);

    if (!name) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" has no name; write NAME=VALUE", label,
                           value);
    }
    if (!rest)
        return fault_raise(fault, nowhere, "%s: \"%s\" is not NAME=VALUE",
                           label, value);
    define(&settings->suites.variables, name, rest);
    return true;
}

/* The value is secret, so no message repeats it. */
bool set_secret(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    const char *rest, *name = value_split(&settings->arena, value, &rest);

    if (!name)
        return fault_raise(fault, nowhere, "%s: a name must come first", label);
    if (rest && !*rest)
        return fault_raise(fault, nowhere, "%s: the value of \"%s\" is empty",
                           label, name);
    define(&settings->suites.secrets, name, rest);
    return true;
}

bool set_variable_file(struct settings *settings, const char *label,
                       const char *value, struct fault *fault)
{
    (void)label, (void)fault;
    name_list_add(&settings->suites.files, value);
    return true;
}

bool set_secret_file(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    (void)label, (void)fault;
    name_list_add(&settings->suites.secret_files, value);
    return true;
}

bool set_environment(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    (void)label, (void)fault;
    settings->project.name = value;
    return true;
}

bool set_project(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    (void)label, (void)fault;
    settings->project.path = value;
    return true;
}

bool set_data(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    (void)label, (void)fault;
    settings->suites.data = value;
    return true;
}

bool set_file_root(struct settings *settings, const char *label,
                   const char *value, struct fault *fault)
{
    struct stat entry;

    if (stat(value, &entry) != 0 || !S_ISDIR(entry.st_mode))
        return fault_raise(fault, nowhere, "%s: there is no folder \"%s\"",
                           label, value);
    settings->suites.root = value;
    return true;
}

bool set_seed(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    if (!read_count(value, UINT64_MAX, &settings->seed)) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not a number from 0 to 2^64 - 1",
                           label, value);
    }
    return true;
}

bool set_jobs(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    return value_number(label, value, (const size_t[]){1, LIMIT_JOBS},
                        &settings->limits.jobs, fault);
}

bool set_per_host(struct settings *settings, const char *label,
                  const char *value, struct fault *fault)
{
    return value_number(label, value, (const size_t[]){1, LIMIT_JOBS},
                        &settings->limits.per_host, fault);
}

bool set_serial(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->transport = "serial";
    return true;
}

bool set_bail(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    if (!value) {
        settings->limits.bail = 1;
        return true;
    }
    return value_number(label, value, (const size_t[]){1, LIMIT_REPEAT},
                        &settings->limits.bail, fault);
}

bool set_timeout(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    return value_time(label, value, &settings->limits.timeout_ns, fault);
}

bool set_connect_timeout(struct settings *settings, const char *label,
                         const char *value, struct fault *fault)
{
    return value_time(label, value, &settings->limits.connect_timeout_ns,
                      fault);
}

bool set_body_most(struct settings *settings, const char *label,
                   const char *value, struct fault *fault)
{
    return value_size(label, value, &settings->limits.body_most, fault);
}

bool set_insecure(struct settings *settings, const char *label,
                  const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->limits.insecure = true;
    return true;
}

bool set_ca_path(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    if (access(value, R_OK) != 0)
        return fault_raise(fault, nowhere, "%s: \"%s\" cannot be read", label,
                           value);
    settings->limits.ca_path = value;
    return true;
}

/* The folder's real path and the name in it: "x" and "./x" are one file. A
 * folder that is not there yet is taken as written. */
static const char *place_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    const char *folder = slash ? arena_copy_bytes(arena, path, length) : ".";
    char *real = realpath(folder, NULL);
    const char *place = arena_print(arena, "%s/%s", real ? real : folder,
                                    slash ? slash + 1 : path);

    free(real);
    return place;
}

static bool is_same_place(const char *a, const char *b)
{
    struct arena arena = {0};
    bool is_same = strcmp(place_of(&arena, a), place_of(&arena, b)) == 0;

    arena_finish(&arena);
    return is_same;
}

static bool is_taken(const struct settings *settings, const char *path)
{
    for (size_t i = 0; i < settings->reports.count; i++) {
        if (is_same_place(settings->reports.list[i].path, path))
            return true;
    }
    return false;
}

bool set_report(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    struct report_wish_list *reports = &settings->reports;
    const char *path, *kind = value_split(&settings->arena, value, &path);
    size_t index;

    if (path && !*path)
        return fault_raise(fault, nowhere, "%s: \"%s\" has no path", label,
                           value);
    if (!kind || !path)
        return fault_raise(fault, nowhere, "%s: \"%s\" is not KIND=PATH", label,
                           value);
    if (!value_choice(label, kind, report_words(), &index, fault))
        return false;
    if (is_taken(settings, path))
        return fault_raise(fault, nowhere, "%s: two reports for \"%s\"", label,
                           path);
    reports->list =
        with_room(reports->list, reports->count, sizeof(*reports->list));
    reports->list[reports->count++] = (struct report_wish){kind, path};
    return true;
}

bool set_junit_dialect(struct settings *settings, const char *label,
                       const char *value, struct fault *fault)
{
    size_t index;

    if (!value_choice(label, value, dialect_words(), &index, fault))
        return false;
    settings->telling.strict_junit = index == 1;
    return true;
}

bool set_quiet(struct settings *settings, const char *label, const char *value,
               struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->telling.verbosity = -1;
    return true;
}

bool set_verbose(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    int *verbosity = &settings->telling.verbosity;

    (void)label, (void)value, (void)fault;
    *verbosity = *verbosity < 1 ? 1 : 2;
    return true;
}

bool set_color(struct settings *settings, const char *label, const char *value,
               struct fault *fault)
{
    size_t index;

    if (!value_choice(label, value, color_words(), &index, fault))
        return false;
    settings->telling.color = (enum color_choice)index;
    return true;
}

bool set_slowest(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    return value_number(label, value, (const size_t[]){0, LIMIT_SLOWEST},
                        &settings->telling.slowest, fault);
}

bool set_allow_empty(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->allow_empty = true;
    return true;
}

bool set_format(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    size_t index;

    if (!value_choice(label, value, format_words(), &index, fault))
        return false;
    settings->format = (enum output_format)index;
    settings->format_label = arena_copy(&settings->arena, label);
    return true;
}

bool set_strict(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->strict = true;
    return true;
}

bool set_runs(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    return value_number(label, value, (const size_t[]){1, LIMIT_RUNS},
                        &settings->compare.run_count, fault);
}

bool set_warmup(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    return value_number(label, value, (const size_t[]){0, LIMIT_RUNS},
                        &settings->compare.warmup_count, fault);
}

static bool add_strategy(struct name_list *strategies, const char *label,
                         const char *name, struct fault *fault)
{
    size_t index;

    if (!value_choice(label, name, strategy_words(), &index, fault))
        return false;
    for (size_t i = 0; i < strategies->count; i++) {
        if (strcmp(strategies->list[i], name) == 0)
            return fault_raise(fault, nowhere, "%s: \"%s\" is named twice",
                               label, name);
    }
    name_list_add(strategies, name);
    return true;
}

bool set_strategies(struct settings *settings, const char *label,
                    const char *value, struct fault *fault)
{
    struct name_list *strategies = &settings->compare.strategies;
    char *rest = arena_copy(&settings->arena, value);

    strategies->count = 0;
    while (rest) {
        const char *name = strsep(&rest, ",");

        if (!add_strategy(strategies, label, name, fault))
            return false;
    }
    return true;
}

bool set_origin(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->wants_origins = true;
    return true;
}

bool set_help(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->wants_help = true;
    return true;
}

bool set_version(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->wants_version = true;
    return true;
}
