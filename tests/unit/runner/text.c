#include "runner/cli/text.h"

#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

static char *print(const char *text, size_t width)
{
    char *printed;
    size_t size;
    FILE *out = open_memstream(&printed, &size);

    text_print(text, width, out);
    fclose(out);
    return printed;
}

START_TEST(nothing_that_moves_others_is_printed)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"", ""},
        {"plain \\n", "plain \\n"},
        {"\xc3\xa4\xe6\x97\xa5", "\xc3\xa4\xe6\x97\xa5"},
        {"a\nb\rc\td", "a\\nb\\rc\\td"},
        {"\x1b[2J", "\\u001b[2J"},
        {"\x7f", "\\u007f"},
        {"\xc2\x9b", "\\u009b"},
        {"\xe2\x80\xae", "\\u202e"},
        {"\xff\xc3", "\\xff\\xc3"},
        {"\xe2\x80", "\\xe2\\x80"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *printed = print(rows[i].text, 0);

        ck_assert_str_eq(printed, rows[i].shown);
        free(printed);
    }
}
END_TEST

/* Blanks fill what the codes leave over. */
START_TEST(a_column_is_as_wide_as_what_is_shown)
{
    static const struct {
        const char *text, *shown;
        size_t width;
    } rows[] = {
        {"ab", "ab  ", 2},
        {"\n", "\\n  ", 2},
        {"\xe2\x80\xae", "\\u202e  ", 6},
        {"\xff", "\\xff  ", 4},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char *printed = print(rows[i].text, rows[i].width + 2);

        ck_assert_uint_eq(text_width(rows[i].text), rows[i].width);
        ck_assert_str_eq(printed, rows[i].shown);
        free(printed);
    }
}
END_TEST

START_TEST(what_fits_is_whole_characters)
{
    static const char text[] = "a\xc3\xa4\xe2\x80\xae\x62";
    static const size_t fitting[] = {0, 1, 3, 3, 3, 3, 3, 3, 6, 7, 7};

    for (size_t width = 0; width < COUNT(fitting); width++)
        ck_assert_uint_eq(text_within(text, width), fitting[width]);
}
END_TEST

UNIT("text", nothing_that_moves_others_is_printed,
     a_column_is_as_wide_as_what_is_shown, what_fits_is_whole_characters)
