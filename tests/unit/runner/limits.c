/* Numbers of the command line: the last that is taken, and one past it. */
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "runner/cli/read.h"
#include "specs/base/buffer.h"

static bool read_words(enum taker taker, int count, char **words,
                       struct settings *settings, struct fault *fault)
{
    char *none[] = {NULL};
    struct invocation invocation = {taker, count, words, none};

    *settings = (struct settings){0};
    *fault = (struct fault){0};
    return settings_read(&invocation, settings, fault);
}

static bool takes(enum taker taker, const char *option, long number,
                  struct fault *fault)
{
    char name[32], value[32];
    char *words[] = {(char[]){"volley"}, name, value, NULL};
    struct settings settings;
    bool is_taken;

    snprintf(name, sizeof(name), "%s", option);
    snprintf(value, sizeof(value), "%ld", number);
    if (strcmp(option, "--bail") == 0) { /* its value is one word with it */
        snprintf(name, sizeof(name), "%s=%ld", option, number);
        words[2] = NULL;
    }
    is_taken = read_words(taker, words[2] ? 3 : 2, words, &settings, fault);
    settings_finish(&settings);
    return is_taken;
}

START_TEST(options_take_numbers_up_to_their_limits)
{
    static const struct {
        const char *option;
        enum taker taker;
        int least, most;
    } rows[] = {
        {"--jobs", FOR_RUN, 1, LIMIT_JOBS},
        {"--max-per-host", FOR_RUN, 1, LIMIT_JOBS},
        {"--bail", FOR_RUN, 1, LIMIT_REPEAT},
        {"--slowest", FOR_RUN, 0, LIMIT_SLOWEST},
        {"--runs", FOR_COMPARE, 1, LIMIT_RUNS},
        {"--warmup", FOR_COMPARE, 0, LIMIT_RUNS},
        {"--repeat", FOR_RUN, 1, LIMIT_ROUNDS},
        {"--retries", FOR_RUN, 0, LIMIT_RETRIES},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fault fault;
        char said[128];

        snprintf(said, sizeof(said), "%s: \"%d\" is not a number from %d to %d",
                 rows[i].option, rows[i].most + 1, rows[i].least, rows[i].most);
        ck_assert(takes(rows[i].taker, rows[i].option, rows[i].least, &fault));
        ck_assert(takes(rows[i].taker, rows[i].option, rows[i].most, &fault));
        ck_assert(
            !takes(rows[i].taker, rows[i].option, rows[i].most + 1L, &fault));
        ck_assert_str_eq(fault.text, said);
    }
}
END_TEST

START_TEST(a_rate_is_a_number_in_a_unit)
{
    static const struct {
        const char *value;
        bool is_good;
        int64_t interval_ns;
    } rows[] = {
        {"50/s", true, NS_PER_S / 50},
        {"600/m", true, NS_PER_S / 10},
        {"36/h", true, 100 * NS_PER_S},
        {"4", true, NS_PER_S / 4},
        {"0/s", false, 0},
        {"5/d", false, 0},
        {"/s", false, 0},
        {"-1/s", false, 0},
        {"5/", false, 0},
        {"", false, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[] = "--rate", value[16];
        char *words[] = {(char[]){"volley"}, name, value, NULL};
        struct settings settings;
        struct fault fault;

        snprintf(value, sizeof(value), "%s", rows[i].value);
        ck_assert_msg(read_words(FOR_RUN, 3, words, &settings, &fault) ==
                          rows[i].is_good,
                      "%s", value);
        ck_assert_int_eq(settings.limits.interval_ns, rows[i].interval_ns);
        settings_finish(&settings);
    }
}
END_TEST

START_TEST(a_rate_has_a_limit)
{
    struct fault fault;

    ck_assert(takes(FOR_RUN, "--rate", LIMIT_RATE, &fault));
    ck_assert(!takes(FOR_RUN, "--rate", LIMIT_RATE + 1L, &fault));
    ck_assert_str_eq(fault.text, "--rate: \"1000001\" is not a rate, such as "
                                 "\"50/s\" or \"600/m\", of at most 1000000");
}
END_TEST

/* What a run does with it is in tests/program/limits.py. */
START_TEST(bodies_have_a_limit_unless_another_is_given)
{
    char *words[] = {(char[]){"volley"}, NULL};
    struct settings settings;
    struct fault fault;

    ck_assert(read_words(FOR_RUN, 1, words, &settings, &fault));
    ck_assert_uint_eq(settings.limits.body_most, LIMIT_BODY_BYTES);
    settings_finish(&settings);
}
END_TEST

UNIT("limits", options_take_numbers_up_to_their_limits,
     a_rate_is_a_number_in_a_unit, a_rate_has_a_limit,
     bodies_have_a_limit_unless_another_is_given)
