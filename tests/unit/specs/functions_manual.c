/* What the page of the format says of functions. */
#include "tests/unit/specs/calls.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <stdio.h>
#include <string.h>

#include "specs/functions.h"

enum { EXAMPLES_LEAST = 12, PAGE_MOST = 1 << 18 };

/* The section, which the caller frees. */
static char *read_section(void)
{
    char *page = must_alloc(PAGE_MOST);
    FILE *file = fopen("specs/README.md", "r");
    char *start, *end, *section;

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(page, 1, PAGE_MOST - 1, file), PAGE_MOST - 1);
    fclose(file);
    start = strstr(page, "\n### Functions\n");
    ck_assert_ptr_nonnull(start);
    end = strstr(start + 5, "\n### ");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    section = must_copy(start);
    free(page);
    return section;
}

START_TEST(every_function_is_explained)
{
    char *section = read_section();
    size_t count;
    const struct function *rows = function_rows(&count);
    const char *before = section;

    for (size_t i = 0; i < count; i++) {
        char row[64];
        const char *found;

        snprintf(row, sizeof(row), "\n| `%s(", rows[i].name);
        found = strstr(section, row);
        ck_assert_msg(found > before, "%s, in the order of names",
                      rows[i].name);
        before = found;
    }
    free(section);
}
END_TEST

START_TEST(every_example_becomes_what_is_said)
{
    static const char mark[] = "\n| `{{";
    char *section = read_section();
    json_auto_t *values =
        value_read("{\"user\": {\"name\": \"ann\"}, \"env\": {}}");
    struct scope scope = {.values = values, .chance = &leap_day};
    size_t count = 0;

    for (char *at = section; (at = strstr(at, mark)); count++) {
        char *expression = at + strlen(mark);
        char *end = strstr(expression, "}}` | `");
        char *value = end + strlen("}}` | `");
        char *stop;

        ck_assert_ptr_nonnull(end);
        stop = strstr(value, "` |\n");
        ck_assert_ptr_nonnull(stop);
        *end = *stop = '\0';
        holes_expect(&scope, &(struct hole_row){expression, value}, 1);
        at = stop + 1;
    }
    ck_assert_uint_ge(count, EXAMPLES_LEAST);
    free(section);
}
END_TEST

UNIT("functions_manual", every_function_is_explained,
     every_example_becomes_what_is_said)
