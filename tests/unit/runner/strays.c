#include "runner/cli/strays.h"

#include "tests/unit/unit.h"
#include <stdlib.h>

#include "specs/base/base.h"

static char *warnings(char **environment)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    strays_warn(environment, out);
    fclose(out);
    return text;
}

static void expect(const char *variable, const char *meant)
{
    char entry[256], wanted[512] = "";
    char *environment[] = {entry, NULL};
    char *said;

    snprintf(entry, sizeof(entry), "%s=1", variable);
    if (meant) {
        snprintf(wanted, sizeof(wanted),
                 "volley: warning: no option is set by %s; did you mean %s?\n",
                 variable, meant);
    }
    said = warnings(environment);
    ck_assert_str_eq(said, wanted);
    free(said);
}

START_TEST(what_is_nearly_an_option_is_warned_of)
{
    static const struct {
        const char *variable, *meant;
    } rows[] = {
        {"VOLLEY_JOB", "VOLLEY_JOBS"},
        {"VOLLEY_TIMEOT", "VOLLEY_TIMEOUT"},
        {"VOLLEY_MAX_PERHOST", "VOLLEY_MAX_PER_HOST"},
        {"VOLLEY_CONNECT-TIMEOUT", "VOLLEY_CONNECT_TIMEOUT"},
        {"VOLLEY_REPROT", "VOLLEY_REPORT"},
        {"VOLLEY_VAR", NULL}, /* an option's */
        {"VOLLEY_VARR", "VOLLEY_VAR"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].variable, rows[i].meant);
}
END_TEST

START_TEST(other_names_are_nobodys_business)
{
    static const char *const names[] = {
        "VOLLEY_JOBS",
        "VOLLEY_RUNS",
        "VOLLEY_VAR_jobs",
        "VOLLEY_VAR_job",
        "VOLLEY",
        "VOLLEY_",
        "VOLLEY_API",
        "VOLLEY_HOSTILE",
        "VOLLEY_BUILD",
        "VOLLEY_SOURCE",
        "VOLLEY_SHARED",
        "VOLLEY_PORT",
        "VOLLEY_HELP",
        "VOLLEY_VERSION",
        "VOLLEY_HOME",
        "volley_job",
        "JOB",
        "VOLLEYJOB",
        "PATH",
    };

    for (size_t i = 0; i < COUNT(names); i++)
        expect(names[i], NULL);
}
END_TEST

START_TEST(each_one_has_a_line)
{
    char texts[][32] = {"VOLLEY_JOB=3", "PATH=/bin", "VOLLEY_TIMEOT=5s"};
    char *environment[] = {texts[0], texts[1], texts[2], NULL};
    char *said = warnings(environment);

    ck_assert_str_eq(
        said, "volley: warning: no option is set by VOLLEY_JOB; did you mean "
              "VOLLEY_JOBS?\n"
              "volley: warning: no option is set by VOLLEY_TIMEOT; did you "
              "mean VOLLEY_TIMEOUT?\n");
    free(said);
}
END_TEST

START_TEST(no_name_is_too_long)
{
    char name[200] = "VOLLEY_JO";

    for (size_t i = 9; i < sizeof(name) - 1; i++)
        name[i] = 'B';
    for (size_t length = 9; length < sizeof(name); length++) {
        char part[sizeof(name)];

        snprintf(part, sizeof(part), "%.*s", (int)length, name);
        expect(part, length >= 10 && length <= 12 ? "VOLLEY_JOBS" : NULL);
    }
}
END_TEST

UNIT("strays", what_is_nearly_an_option_is_warned_of,
     other_names_are_nobodys_business, each_one_has_a_line, no_name_is_too_long)
