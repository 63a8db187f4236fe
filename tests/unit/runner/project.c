/* The project file: where it is found, what it sets, what is wrong in it. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/cli/read.h"

enum { WORDS_MOST = 8 };

/* A command line, the variables beside it, and what became of them. */
struct trial {
    char *words[WORDS_MOST];
    char *environment[WORDS_MOST];
    struct settings settings;
    struct fault fault;
    bool is_read;
};

static void try_out(struct trial *trial)
{
    struct invocation invocation = {FOR_RUN, 1, trial->words,
                                    trial->environment};

    while (trial->words[invocation.word_count])
        invocation.word_count++;
    trial->is_read =
        settings_read(&invocation, &trial->settings, &trial->fault);
}

static size_t jobs_of(struct trial *trial)
{
    size_t jobs;

    try_out(trial);
    ck_assert_msg(trial->is_read, "%s", trial->fault.text);
    jobs = trial->settings.limits.jobs;
    settings_finish(&trial->settings);
    return jobs;
}

/* What is told of the file, a line each, without its path. */
static void expect_mistakes(const char *text, const char *wanted)
{
    struct trial trial = {.words = {(char[]){"run"}}};
    struct buffer told = buffer_with_ceiling(1 << 16);
    struct faults *mistakes = &trial.settings.project.mistakes;

    folder_write("volley.json", text);
    try_out(&trial);
    ck_assert(!trial.is_read);
    ck_assert_msg(!trial.fault.raised, "%s", trial.fault.text);
    faults_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct fault *fault = &mistakes->faults[i];

        ck_assert_str_eq(fault->at.path, "volley.json");
        ck_assert(buffer_print(&told, "%u:%u %s\n", fault->at.line,
                               fault->at.column, fault->text));
    }
    ck_assert_str_eq(buffer_text(&told), wanted);
    buffer_finish(&told);
    settings_finish(&trial.settings);
}

START_TEST(the_higher_rank_wins_of_each_two)
{
    static const char *const layers[] = {"\"jobs\": 2", "\"jobs\": 3",
                                         "VOLLEY_JOBS=4", "-j5"};

    folder_enter();
    for (unsigned set = 0; set < 16; set++) {
        struct trial trial = {
            .words = {(char[]){"run"}, (char[]){"-es"},
                      set & 8 ? (char[]){"-j5"} : NULL},
            .environment = {set & 4 ? (char[]){"VOLLEY_JOBS=4"} : NULL},
        };
        char text[256];
        size_t wanted = 64;

        snprintf(text, sizeof(text),
                 "{\"options\": {%s}, \"environments\": {\"s\": {\"options\": "
                 "{%s}}, \"t\": {\"options\": {\"jobs\": 9}}}}",
                 set & 1 ? layers[0] : "", set & 2 ? layers[1] : "");
        folder_write("volley.json", text);
        for (unsigned layer = 0; layer < COUNT(layers); layer++)
            wanted = set & 1U << layer ? layer + 2 : wanted;
        ck_assert_uint_eq(jobs_of(&trial), wanted);
    }
    folder_leave();
}
END_TEST

START_TEST(a_flag_of_a_lower_rank_can_be_taken_back)
{
    const struct {
        const char *text;
        char *variable;
        bool wanted;
    } rows[] = {
        {"{\"options\": {\"insecure\": true}}", NULL, true},
        {"{\"options\": {\"insecure\": true}}", (char[]){"VOLLEY_INSECURE=0"},
         false},
        {"{\"options\": {\"insecure\": true, \"env\": \"s\"},"
         " \"environments\": {\"s\": {\"options\": {\"insecure\": false}}}}",
         NULL, false},
        {"{\"options\": {\"insecure\": false}}", (char[]){"VOLLEY_INSECURE=1"},
         true},
    };

    folder_enter();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial = {.words = {(char[]){"run"}},
                              .environment = {rows[i].variable}};

        folder_write("volley.json", rows[i].text);
        try_out(&trial);
        ck_assert(trial.is_read);
        ck_assert_msg(trial.settings.limits.insecure == rows[i].wanted, "%s",
                      rows[i].text);
        settings_finish(&trial.settings);
    }
    folder_leave();
}
END_TEST

START_TEST(the_nearest_file_above_is_found_and_its_paths_begin_there)
{
    struct trial near = {.words = {(char[]){"run"}}};
    struct trial none = {
        .words = {(char[]){"run"}, (char[]){"--project"}, (char[]){"none"}}};
    struct trial other = {.words = {(char[]){"run"}, (char[]){"--project"},
                                    (char[]){"../../volley.json"}}};

    folder_enter();
    folder_write("volley.json", "{\"options\": {\"jobs\": 7}}");
    ck_assert_int_eq(mkdir("a", 0700), 0);
    ck_assert_int_eq(mkdir("a/b", 0700), 0);
    ck_assert_int_eq(mkdir("a/b/volley.json", 0700), 0); /* is no file */
    folder_write("a/volley.json",
                 "{\"options\": {\"jobs\": 8, \"vars\": [\"x.env\", "
                 "\"/y.env\", \"-\"], \"report\": \"log=out/l\"}}");
    ck_assert_int_eq(chdir("a/b"), 0);
    try_out(&near);
    ck_assert(near.is_read);
    ck_assert_str_eq(near.settings.project.folder, "..");
    ck_assert_uint_eq(near.settings.limits.jobs, 8);
    ck_assert_str_eq(near.settings.suites.files.list[0], "../x.env");
    ck_assert_str_eq(near.settings.suites.files.list[1], "/y.env");
    ck_assert_str_eq(near.settings.suites.files.list[2], "-");
    ck_assert_str_eq(near.settings.reports.list[0].path, "../out/l");
    settings_finish(&near.settings);
    ck_assert_uint_eq(jobs_of(&none), 64);
    ck_assert_uint_eq(jobs_of(&other), 7);
    ck_assert_int_eq(chdir("../.."), 0);
    folder_leave();
}
END_TEST

START_TEST(options_that_repeat_add_up_from_the_lowest_rank)
{
    struct trial trial = {
        .words = {(char[]){"run"}, (char[]){"-es"}, (char[]){"--vars"},
                  (char[]){"d"}},
        .environment = {(char[]){"VOLLEY_VARS=c"}},
    };
    const struct name_list *files = &trial.settings.suites.files;
    char all[8] = "";

    folder_enter();
    folder_write("volley.json",
                 "{\"options\": {\"vars\": \"a\"}, \"environments\": "
                 "{\"s\": {\"options\": {\"vars\": [\"b\"]}}}}");
    try_out(&trial);
    ck_assert(trial.is_read);
    ck_assert_uint_eq(files->count, 4);
    for (size_t i = 0; i < files->count; i++)
        all[i] = *files->list[i];
    ck_assert_str_eq(all, "abcd");
    settings_finish(&trial.settings);
    folder_leave();
}
END_TEST

START_TEST(mistakes_are_told_with_their_places)
{
    folder_enter();
    expect_mistakes("{\"option\": {}}",
                    "1:2 unknown key \"option\"; did you mean \"options\"?\n");
    expect_mistakes("{\"tests\": []}",
                    "1:2 unknown key \"tests\" in a project file\n");
    expect_mistakes("[]", "1:1 a project file must be an object, not an "
                          "array\n");
    expect_mistakes("", "0:0 the file is empty\n");
    expect_mistakes("{\"options\": {\"job\": 1,\n \"x\": 1, \"j\": 2}}",
                    "1:14 unknown option \"job\"; did you mean \"jobs\"?\n"
                    "2:2 unknown option \"x\"; did you mean \"bail\"?\n"
                    "2:10 unknown option \"j\"; did you mean \"jobs\"?\n");
    expect_mistakes(
        "{\"options\": {\"jobs\": \"4\", \"insecure\": 1, \"bail\": null,\n"
        " \"timeout\": true, \"vars\": [1], \"vars\": 2}}",
        "2:32 the key \"vars\" is already in line 2\n");
    expect_mistakes(
        "{\"options\": {\"jobs\": \"4\", \"insecure\": 1, \"bail\": null,\n"
        " \"timeout\": true, \"vars\": [1], \"report\": 2}}",
        "1:22 \"jobs\" must be a whole number, not a string\n"
        "1:39 \"insecure\" must be true or false, not a number\n"
        "1:50 \"bail\" must be a whole number, true or false, not null\n"
        "2:13 \"timeout\" must be a string or a number, not true\n"
        "2:28 \"vars\" must be a string, not a number\n"
        "2:42 \"report\" must be an array or a string, not a number\n");
    folder_leave();
}
END_TEST

START_TEST(values_are_judged_as_on_the_command_line)
{
    folder_enter();
    expect_mistakes("{\"options\": {\"jobs\": 4097, \"color\": \"autos\"}}",
                    "1:22 \"jobs\": \"4097\" is not a number from 1 to 4096\n"
                    "1:37 \"color\": \"autos\" is unknown; did you mean "
                    "\"auto\"?\n");
    expect_mistakes("{\"options\": {\"runs\": 0}}", /* run does not take it */
                    "1:22 \"runs\": \"0\" is not a number from 1 to 10000\n");
    expect_mistakes("{\"options\": {\"rate\": 0.5}}",
                    "1:22 \"rate\": \"0.5\" is not a rate, such as \"50/s\" or "
                    "\"600/m\", of at most 1000000\n");
    expect_mistakes("{\"options\": {\"verbose\": 3, \"vars\": \"\"}}",
                    "1:25 \"verbose\" must be true, false, or a number from 0 "
                    "to 2\n1:36 \"vars\" is empty\n");
    folder_leave();
}
END_TEST

START_TEST(a_rate_may_be_a_number)
{
    struct trial trial = {.words = {(char[]){"run"}}};

    folder_enter();
    folder_write("volley.json", "{\"options\": {\"rate\": 5}}");
    try_out(&trial);
    ck_assert(trial.is_read);
    ck_assert_int_eq(trial.settings.limits.interval_ns, NS_PER_S / 5);
    settings_finish(&trial.settings);
    folder_leave();
}
END_TEST

START_TEST(some_things_cannot_be_said_in_it)
{
    folder_enter();
    expect_mistakes("{\"options\": {\"help\": true, \"project\": \"x\"}}",
                    "1:14 \"help\" is for the command line alone\n"
                    "1:28 \"project\" cannot be said by a project file\n");
    expect_mistakes("{\"environments\": {\"a\": {\"options\": {\"env\": "
                    "\"b\"}}, \"\": {}}}",
                    "1:37 \"env\" cannot be said by an environment\n"
                    "1:51 the name of an environment is empty\n");
    expect_mistakes("{\"options\": {\"env\": \"b\"}, \"environments\": "
                    "{\"c\": {}}}",
                    "1:21 \"env\": no environment \"b\" in volley.json; did "
                    "you mean \"c\"?\n");
    expect_mistakes("{\"options\": {\"secret\": [\"a\", \"b=c\"]}}",
                    "1:30 the value of a secret does not belong in a file "
                    "that many read; name it alone, and give its value by "
                    "--secrets-file or the environment\n");
    expect_mistakes("{\"environments\": {\"a\": {\"variables\": {\"p\": 1, "
                    "\"env\": 2}, \"secrets\": [\"p\", 1]}}}",
                    "1:47 \"env\" is the environment, as in {{env.HOME}}; "
                    "this variable needs another name\n"
                    "1:70 \"p\" has a value among the variables; that of a "
                    "secret does not belong in a file that many read\n"
                    "1:75 the name of a secret must be a string, not a "
                    "number\n");
    folder_leave();
}
END_TEST

START_TEST(what_holds_the_value_of_a_secret_is_not_shown)
{
    struct trial trial = {.words = {(char[]){"run"}}};
    const struct place *at;

    folder_enter();
    folder_write("volley.json", "{\"options\": {\"secret\": \"a=b\"}}");
    try_out(&trial);
    ck_assert_uint_eq(trial.settings.project.mistakes.total, 1);
    at = &trial.settings.project.mistakes.faults[0].at;
    ck_assert_ptr_null(memmem(at->excerpt, at->excerpt_length, "a=b", 3));
    settings_finish(&trial.settings);
    folder_leave();
}
END_TEST

START_TEST(a_wrong_choice_of_the_command_line_is_wrong_usage)
{
    const struct {
        char *words[3], *variable;
        const char *wanted;
    } rows[] = {
        {{(char[]){"-e"}, (char[]){"stagin"}},
         NULL,
         "--env: no environment \"stagin\" in volley.json; did you mean "
         "\"staging\"?"},
        {{NULL},
         (char[]){"VOLLEY_ENV=other"},
         "VOLLEY_ENV: no environment \"other\" in volley.json"},
        {{(char[]){"--project=none"}, (char[]){"-eq"}},
         NULL,
         "--env: there is no \"q\" without a project file, volley.json in the "
         "working directory or above it"},
        {{(char[]){"--project"}, (char[]){"gone.json"}},
         NULL,
         "the project file \"gone.json\" cannot be read"},
    };

    folder_enter();
    folder_write("volley.json", "{\"environments\": {\"staging\": {}}}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial = {
            .words = {(char[]){"run"}, rows[i].words[0], rows[i].words[1]},
            .environment = {rows[i].variable}};

        try_out(&trial);
        ck_assert(!trial.is_read);
        ck_assert_str_eq(trial.fault.text, rows[i].wanted);
        settings_finish(&trial.settings);
    }
    folder_leave();
}
END_TEST

UNIT("project", the_higher_rank_wins_of_each_two,
     a_flag_of_a_lower_rank_can_be_taken_back,
     the_nearest_file_above_is_found_and_its_paths_begin_there,
     options_that_repeat_add_up_from_the_lowest_rank,
     mistakes_are_told_with_their_places,
     values_are_judged_as_on_the_command_line, a_rate_may_be_a_number,
     some_things_cannot_be_said_in_it,
     what_holds_the_value_of_a_secret_is_not_shown,
     a_wrong_choice_of_the_command_line_is_wrong_usage)
