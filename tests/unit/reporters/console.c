#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/reporters/told.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reporters/paint.h"

static const struct suite_label suite = {0, "a.json", "a"};

static struct reporter *reporter;

static void begin(const char *shade, size_t test_count)
{
    reporter = must_begin(shade);
    tell_start(reporter, &suite, &test_count, 1);
}

static char *finish(void)
{
    return must_finish(reporter);
}

static char *tell_failure(const struct failure *failure)
{
    const struct test_report test = {
        .label = {suite, ROLE_TEST, 0, "t", "t", 3},
        .outcome = OUTCOME_FAILED,
        .failure_count = 1,
        .failures = failure,
    };

    begin("quiet", 1);
    tell_test(reporter, &test);
    return finish();
}

START_TEST(carets_stand_below_wide_characters)
{
    static const char line[] =
        "\t\"\xe6\xbc\xa2\xe5\xad\x97\": \x1b, e\xcc\x81x";
    static const struct {
        unsigned column, width;
        const char *wanted;
    } rows[] = {
        {2, 4, "\n        |  ^^^^^^\n"},
        {6, 1, "\n        |        ^\n"},
        {8, 1, "\n        |          ^^^^^^\n"},
        {13, 1, "\n        |                   ^\n"},
        {8, 0, "\n        |          ^\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct failure failure = {
            .at = {"a.json", 9, rows[i].column, rows[i].width, line,
                   sizeof(line) - 1},
            .message = "m",
            .difference = SIZE_MAX,
        };
        char *told;

        told = tell_failure(&failure);
        expect_part(told, rows[i].wanted);
        free(told);
    }
}
END_TEST

START_TEST(of_a_long_line_a_window_is_shown)
{
    enum { LENGTH = 5000 };
    char line[LENGTH];
    const struct failure failure = {
        .at = {"a.json", 9, 3000, 3, line, LENGTH},
        .message = "m",
        .difference = SIZE_MAX,
    };
    char *told;

    memset(line, '-', LENGTH);
    line[2999] = 'a';
    line[3000] = 'b';
    line[3001] = 'c';
    told = tell_failure(&failure);
    expect_part(told,
                "\n        |                                         ^^^\n");
    expect_part(told, "      9 | ----------------------------------------abc-");
    ck_assert_uint_lt(strlen(told), 600);
    free(told);
}
END_TEST

START_TEST(the_first_difference_is_pointed_at)
{
    static const struct {
        const char *expected, *actual;
        size_t difference;
        const char *wanted;
    } rows[] = {
        {"\"buy\"", "\"by\"", 2,
         "  s         expected  \"buy\"\n"
         "            actual    \"by\"\n"
         "                        ^ first difference\n"},
        {"\"\xe6\xbc\xa2\x62\"", "\"\xe6\xbc\xa2\x63\"", 2,
         "            actual    \"\xe6\xbc\xa2\x63\"\n"
         "                         ^ first difference\n"},
        {"\"\x1b\x62\"", "\"\x1b\x63\"", 2,
         "            actual    \"\\u001bc\"\n"
         "                             ^ first difference\n"},
        {"1", "2", SIZE_MAX, "            actual    2\n\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct failure failure = {
            .subject = "s",
            .expected = rows[i].expected,
            .actual = rows[i].actual,
            .message = "m",
            .difference = rows[i].difference,
        };
        char *told;

        told = tell_failure(&failure);
        expect_part(told, i < 3 ? rows[i].wanted : "actual    2\n");
        ck_assert_uint_eq(count_of(told, "first difference"), i < 3);
        free(told);
    }
}
END_TEST

START_TEST(what_else_differs_stands_below)
{
    const struct failure failure = {
        .subject = "json",
        .path = "$.a",
        .expected = "1",
        .actual = "2",
        .message = "m",
        .lines = "$.b: expected 1, got 2\n... and 3 \x1b[2J more",
        .difference = SIZE_MAX,
    };
    char *told = tell_failure(&failure);

    expect_part(told, "  $.a       expected  1\n"
                      "            actual    2\n"
                      "            $.b: expected 1, got 2\n"
                      "            ... and 3 \\u001b[2J more\n");
    free(told);
}
END_TEST

START_TEST(of_long_values_the_difference_is_shown)
{
    char expected[1001], actual[1001];
    struct failure failure = {.subject = "s",
                              .expected = expected,
                              .actual = actual,
                              .message = "m",
                              .difference = 900};
    char *told;

    memset(expected, 'x', 1000);
    memset(actual, 'x', 1000);
    expected[1000] = actual[1000] = '\0';
    expected[900] = 'a';
    actual[900] = 'b';
    told = tell_failure(&failure);
    expect_part(told, "actual    ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxb");
    expect_part(told, "\n                         "
                      "                                        ^ first");
    ck_assert_uint_lt(strlen(told), 600);
    free(told);
}
END_TEST

START_TEST(suites_are_told_in_the_order_of_the_files)
{
    const struct suite_label suites[] = {
        {0, "a.json", "a"}, {1, "b.json", "b"}, {2, "c.json", "c"}};
    const size_t counts[] = {0, 0, 0};
    char *told;

    reporter = must_begin("console");
    tell_start(reporter, suites, counts, 3);
    tell_suite_end(reporter, suites[1], (struct counts){0}, 0);
    told = must_read(begun_path());
    ck_assert_str_eq(told, "");
    free(told);
    tell_suite_end(reporter, suites[0], (struct counts){0}, 0);
    told = must_read(begun_path());
    ck_assert_ptr_nonnull(strstr(told, "a.json"));
    ck_assert_ptr_nonnull(strstr(told, "b.json"));
    ck_assert_ptr_null(strstr(told, "c.json"));
    ck_assert(strstr(told, "a.json") < strstr(told, "b.json"));
    free(told);
    free(finish());
}
END_TEST

START_TEST(failures_are_told_in_the_order_of_the_plan)
{
    static const char *const names[] = {"last", "first", "middle"};
    static const size_t ordinals[] = {2, 0, 1};
    const struct failure failure = {.message = "m", .difference = SIZE_MAX};
    char *told;

    begin("quiet", COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct test_report test = {
            .label = {suite, ROLE_TEST, ordinals[i], names[i], "", 3},
            .outcome = OUTCOME_FAILED,
            .failure_count = 1,
            .failures = &failure,
        };

        tell_test(reporter, &test);
    }
    told = finish();
    ck_assert(strstr(told, "a > first") < strstr(told, "a > middle"));
    ck_assert(strstr(told, "a > middle") < strstr(told, "a > last"));
    free(told);
}
END_TEST

START_TEST(colors_follow_the_environment)
{
    static const char *const none[] = {NULL};
    static const char *const no_color[] = {"NO_COLOR=1", "CLICOLOR_FORCE=1",
                                           NULL};
    static const char *const empty[] = {"NO_COLOR=", "CLICOLOR_FORCE=1", NULL};
    static const char *const zero[] = {"CLICOLOR_FORCE=0", NULL};
    static const struct {
        const char *const *environment;
        enum color_choice choice;
        bool wanted;
    } rows[] = {
        {none, COLOR_AUTO, false},     {none, COLOR_ALWAYS, true},
        {no_color, COLOR_AUTO, false}, {no_color, COLOR_ALWAYS, true},
        {empty, COLOR_AUTO, true},     {empty, COLOR_NEVER, false},
        {zero, COLOR_AUTO, false},     {NULL, COLOR_AUTO, false},
    };
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report_options options = {.color = rows[i].choice};

        memcpy(&options.environment, &rows[i].environment, sizeof(char **));
        ck_assert_msg(paint_choose(&options, ends[1]).is_colored ==
                          rows[i].wanted,
                      "row %zu", i);
    }
}
END_TEST

/* Without its colours the text is the same: they only underline it. */
START_TEST(colors_say_nothing)
{
    char *told[2];

    for (int i = 0; i < 2; i++) {
        char *to, *from;

        reporter = must_begin(i ? "colors" : "console");
        story_find("login")->tell(reporter);
        told[i] = finish();
        for (to = from = told[i]; *from; from++) {
            if (*from == '\x1b')
                from = strchr(from, 'm');
            else
                *to++ = *from;
        }
        *to = '\0';
    }
    ck_assert_str_eq(told[0], told[1]);
    free(told[0]);
    free(told[1]);
}
END_TEST

START_TEST(no_text_from_outside_moves_the_cursor)
{
    static const char *const shades[] = {"console", "tests", "exchanges"};

    for (size_t i = 0; i < COUNT(shades); i++) {
        char *told;

        reporter = must_begin(shades[i]);
        story_find("hostile")->tell(reporter);
        told = finish();
        for (const char *at = told; *at; at++) {
            ck_assert(*at == '\n' || (unsigned char)*at >= ' ');
            ck_assert_int_ne(*at, 0x7f);
        }
        ck_assert_ptr_null(strstr(told, "\xc2\x9b"));
        ck_assert_ptr_null(strstr(told, "\xe2\x80\xae"));
        free(told);
    }
}
END_TEST

UNIT("console", carets_stand_below_wide_characters,
     of_a_long_line_a_window_is_shown, the_first_difference_is_pointed_at,
     what_else_differs_stands_below, of_long_values_the_difference_is_shown,
     suites_are_told_in_the_order_of_the_files,
     failures_are_told_in_the_order_of_the_plan, colors_follow_the_environment,
     colors_say_nothing, no_text_from_outside_moves_the_cursor)
