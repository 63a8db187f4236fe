/* A fault is a folder of tests/faults/: what is in spec.json is told as what is
 * in said, to the letter. To add a test, add a folder. */
#include "tests/unit/specs/compiler.h"
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "specs/load.h"

enum { FEWEST_FAULTS = 60, FEWEST_GOOD = 6, TEXT_MOST = 1 << 16 };

/* What a load of the file tells, or NULL where it tells nothing. */
static char *load(const char *path)
{
    const struct plan_options options = {
        .path_count = 1, .paths = &path, .compiler = &compiler};
    struct faults faults = {0};
    struct plan *plan;
    char *told = NULL;
    size_t length;
    FILE *out = open_memstream(&told, &length);
    enum plan_outcome outcome = plan_load(&options, &plan, &faults);

    ck_assert_msg(outcome == (faults.total ? PLAN_WRONG : PLAN_LOADED),
                  "%s: outcome %d", path, (int)outcome);
    plan_compile(plan, &compiler, &faults);
    faults_sort(&faults);
    faults_print(&faults, out);
    fclose(out);
    if (!faults.total) {
        free(told);
        told = NULL;
    }
    faults_finish(&faults);
    plan_free(plan);
    return told;
}

static void read_said(const char *path, char text[static TEXT_MOST])
{
    const char *slash = strrchr(path, '/');
    char said[256];
    size_t length;
    FILE *file;

    snprintf(said, sizeof(said), "%.*s/said", (int)(slash - path), path);
    file = fopen(said, "r");
    ck_assert_msg(file, "there is no %s", said);
    length = fread(text, 1, TEXT_MOST - 1, file);
    text[length] = '\0';
    fclose(file);
}

START_TEST(every_mistake_is_told_with_its_place)
{
    static char said[TEXT_MOST];
    size_t wrong = 0;
    glob_t found;

    ck_assert_int_eq(glob("tests/faults/*/spec.json", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, FEWEST_FAULTS);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *told = load(found.gl_pathv[i]);

        read_said(found.gl_pathv[i], said);
        if (!told || strcmp(told, said) != 0) {
            fprintf(stderr, "%s tells:\n%s", found.gl_pathv[i],
                    told ? told : "nothing\n");
            wrong++;
        }
        free(told);
    }
    globfree(&found);
    ck_assert_msg(wrong == 0, "%zu are not told as they should be", wrong);
}
END_TEST

START_TEST(good_suites_load_without_a_word)
{
    glob_t found;

    ck_assert_int_eq(glob("tests/suites/good/*.json", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, FEWEST_GOOD);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *told = load(found.gl_pathv[i]);

        ck_assert_msg(!told, "%s", told);
    }
    globfree(&found);
}
END_TEST

/* What a load of that text tells. */
static void expect_silence(const char *text, size_t length)
{
    struct faults faults = {0};
    struct plan *plan;

    (void)plan_load_text(text, length, &plan, &faults);
    plan_compile(plan, &compiler, &faults);
    if (faults.total)
        faults_print(&faults, stderr);
    ck_assert_msg(!faults.total, "%.*s", (int)length, text);
    faults_finish(&faults);
    plan_free(plan);
}

/* Those that are whole suites, and need no other file. */
START_TEST(the_examples_of_the_reference_page_are_right)
{
    static char page[TEXT_MOST];
    FILE *file = fopen("specs/README.md", "r");
    const char *open = page, *close;
    size_t count = 0;

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(page, 1, sizeof(page) - 1, file), TEXT_MOST - 1);
    fclose(file);
    for (; (open = strstr(open, "\n```json\n")); open = close) {
        open += strlen("\n```json\n");
        close = strstr(open, "\n```\n");
        ck_assert_ptr_nonnull(close);
        if (!memmem(open, (size_t)(close - open), "\"tests\":", 8) ||
            memmem(open, (size_t)(close - open), "\"include\":", 10))
            continue;
        expect_silence(open, (size_t)(close - open));
        count++;
    }
    ck_assert_uint_ge(count, FEWEST_GOOD);
}
END_TEST

UNIT("faults", every_mistake_is_told_with_its_place,
     good_suites_load_without_a_word,
     the_examples_of_the_reference_page_are_right)
