/* A fault is a folder of tests/faults/: what is in spec.json is told as what is
 * in said, to the letter. To add a test, add a folder. */
#include "tests/unit/specs/loading.h"
#include "tests/unit/specs/said.h"
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { FEWEST_FAULTS = 60, FEWEST_GOOD = 6, PAGE_MOST = 1 << 16 };

/* What a load of the file tells. */
static char *tell(const char *path)
{
    const struct plan_options options = {.path_count = 1, .paths = &path};
    char *told = NULL;
    size_t length;
    FILE *out = open_memstream(&told, &length);
    enum plan_outcome outcome = load_files(options);

    ck_assert_msg(outcome == PLAN_LOADED || outcome == PLAN_WRONG,
                  "%s: outcome %d", path, (int)outcome);
    faults_sort(&faults);
    faults_print(&faults, out);
    fclose(out);
    release();
    return told;
}

static char *tell_mistakes(const char *path)
{
    char *told = tell(path);

    ck_assert_msg(*told, "%s: no mistake is told", path);
    return told;
}

START_TEST(every_mistake_is_told_with_its_place)
{
    said_expect("tests/faults/*/spec.json", FEWEST_FAULTS, tell_mistakes);
}
END_TEST

START_TEST(good_suites_load_without_a_word)
{
    glob_t found;

    ck_assert_int_eq(glob("tests/suites/good/*.json", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, FEWEST_GOOD);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *told = tell(found.gl_pathv[i]);

        ck_assert_str_eq(told, "");
        free(told);
    }
    globfree(&found);
}
END_TEST

/* Those that are whole suites, and need no other file. */
START_TEST(the_examples_of_the_reference_page_are_right)
{
    static char page[PAGE_MOST];
    FILE *file = fopen("specs/README.md", "r");
    char *open = page, *close;
    size_t count = 0;

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(page, 1, sizeof(page) - 1, file), PAGE_MOST - 1);
    fclose(file);
    for (; (open = strstr(open, "\n```json\n")); open = close) {
        open += strlen("\n```json\n");
        close = strstr(open, "\n```\n");
        ck_assert_ptr_nonnull(close);
        *close = '\0';
        if (strstr(open, "\"tests\":") && !strstr(open, "\"include\":")) {
            load(open);
            release();
            count++;
        }
        *close = '\n';
    }
    ck_assert_uint_ge(count, FEWEST_GOOD);
}
END_TEST

UNIT("faults", every_mistake_is_told_with_its_place,
     good_suites_load_without_a_word,
     the_examples_of_the_reference_page_are_right)
