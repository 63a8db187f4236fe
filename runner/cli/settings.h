/* What the command line and the environment ask for, as values. */
#pragma once

#include "runner/cli/values.h"
#include "runner/engine.h"

/* Lists double when they are full; settings_finish() frees them. */
struct name_list {
    size_t count;
    const char **list;
};

struct definition_list {
    size_t count;
    struct definition *list;
};

/* One --report. */
struct report_wish {
    const char *kind;
    const char *path;
};

struct report_wish_list {
    size_t count;
    struct report_wish *list;
};

struct suite_settings {
    struct name_list paths;
    struct definition_list variables;
    struct definition_list secrets;
    struct name_list files;
    const char *root;
};

struct compare_settings {
    size_t run_count;
    size_t warmup_count;
    struct name_list strategies;
};

struct settings {
    struct arena arena; /* of texts that had to be taken apart */
    struct suite_settings suites;
    struct run_limits limits;
    const char *transport;
    struct report_wish_list reports;
    struct report_options telling; /* of the console; the files share some */
    struct compare_settings compare;
    bool as_json;
    bool allow_empty;
    bool wants_help;
    bool wants_version;
};

void settings_finish(struct settings *settings);

/* Takes one value of an option. `label` is what the user calls it ("--jobs",
 * "VOLLEY_JOBS"); `value` is NULL where there is none. The value is borrowed
 * and must outlive the settings. */
typedef bool settings_set(struct settings *settings, const char *label,
                          const char *value, struct fault *fault);

settings_set set_variable, set_variable_file, set_secret, set_file_root;
settings_set set_jobs, set_per_host, set_serial, set_bail;
settings_set set_timeout, set_connect_timeout, set_body_most;
settings_set set_insecure, set_ca_path;
settings_set set_report, set_junit_dialect, set_quiet, set_verbose, set_color;
settings_set set_slowest, set_allow_empty, set_format;
settings_set set_runs, set_warmup, set_strategies;
settings_set set_help, set_version;

void name_list_add(struct name_list *names, const char *name);

/* What --color, --junit-dialect, --format, --report and --strategies take. */
struct words color_words(void);
struct words dialect_words(void);
struct words format_words(void);
struct words report_words(void);
struct words strategy_words(void);
