/* What the command line and the environment ask for, as values. */
#pragma once

#include "runner/cli/values.h"
#include "runner/engine.h"
#include "specs/select.h"

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
    struct name_list secret_files;
    const char *root;
    const char *data; /* a file of rows; NULL: none */
    struct schema_options schemas;
};

/* That an option was set, whoever won in the end. */
struct option_origin {
    const char *name;  /* "jobs" */
    const char *value; /* as given; NULL: none */
    const char *from;  /* "command line", "volley.json:3:13" */
};

struct option_origin_list {
    size_t count;
    struct option_origin *list;
};

/* In the order of format_words(). */
enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_MERMAID };

/* The project file and the environment in it. */
struct project_settings {
    const char *path; /* of --project; NULL: not given */
    const char *name; /* of -e; NULL: not given */
    struct project file;
    const char *folder; /* "." or "../.."; NULL: there is no project */
    const struct environment *environment; /* the one chosen; or NULL */
    struct faults mistakes;                /* in the file */
};

struct name_filter_list {
    size_t count;
    struct name_filter *list;
};

/* Which tests are meant; all of it lives in the settings' arena. */
struct choice_settings {
    size_t tag_count;
    const struct tag_expression **tags;
    struct name_filter_list wanted, unwanted; /* --grep, --grep-invert */
    size_t id_count;
    const char **ids;
    bool last_failed;
    const char *log; /* of --last-failed=LOG; NULL: the last run's state */
    bool failed_first;
    bool allow_only;
};

struct compare_settings {
    size_t run_count;
    size_t warmup_count;
    struct name_list strategies;
};

struct settings {
    struct arena arena; /* of texts that had to be taken apart */
    struct suite_settings suites;
    struct choice_settings choice;
    struct run_limits limits;
    struct rounds rounds;
    bool shuffle;
    const char *replay; /* the log of that run; NULL: not given */
    bool flaky_fails;   /* --flaky-result fail */
    uint64_t seed;      /* that of --seed, or one by chance */
    const char *transport;
    struct report_wish_list reports;
    struct report_options telling; /* of the console; the files share some */
    struct compare_settings compare;
    struct project_settings project;
    struct option_origin_list origins; /* from the lowest rank to the highest */
    bool wants_origins;
    struct faults doubts; /* with it, of options that are for other commands */
    enum output_format format;
    const char *format_label; /* what set it */
    bool allow_empty;
    bool strict; /* warnings are as bad as mistakes */
    bool wants_help;
    bool wants_version;
};

void settings_finish(struct settings *settings);

/* Takes one value of an option. `label` is what the user calls it ("--jobs",
 * "VOLLEY_JOBS"); `value` is NULL where there is none. The value is borrowed
 * and must outlive the settings. */
typedef bool settings_set(struct settings *settings, const char *label,
                          const char *value, struct fault *fault);

/* Notes that the option was set; all three are borrowed. */
void origin_add(struct settings *settings, const char *name, const char *value,
                const char *from);

settings_set set_variable, set_variable_file, set_secret, set_secret_file;
settings_set set_data, set_file_root, set_seed, set_environment, set_project,
    set_origin;
settings_set set_jobs, set_per_host, set_serial, set_bail;
settings_set set_timeout, set_connect_timeout, set_body_most;
settings_set set_insecure, set_ca_path;
settings_set set_report, set_junit_dialect, set_quiet, set_verbose, set_color;
settings_set set_slowest, set_allow_empty, set_format, set_strict;
settings_set set_runs, set_warmup, set_strategies;
settings_set set_tag, set_grep, set_grep_invert, set_id;
settings_set set_last_failed, set_failed_first, set_allow_only;
settings_set set_retries, set_flaky_result, set_test_timeout, set_run_timeout;
settings_set set_rate, set_shuffle, set_repeat, set_until_fail, set_repeat_for;
settings_set set_replay;
settings_set set_schemas, set_schema_format;
settings_set set_help, set_version;

/* Whether anybody gave the option, anywhere. */
bool settings_have(const struct settings *settings, const char *name);

/* False, with the fault raised, where two options exclude each other. */
bool settings_agree(const struct settings *settings,
                    struct fault *fault) NODISCARD;

void name_list_add(struct name_list *names, const char *name);

/* False, with the fault raised, when a pattern was too costly to search for. */
bool name_filters_check(const struct name_filter_list *filters,
                        struct fault *fault) NODISCARD;

/* What --color, --junit-dialect, --format, --report, --strategies and
 * --flaky-result take. */
struct words flaky_words(void);
struct words color_words(void);
struct words dialect_words(void);
struct words schema_format_words(void);
struct words format_words(void);
struct words report_words(void);
struct words strategy_words(void);
