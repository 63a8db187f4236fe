/* What is worth a warning is a folder of tests/warnings/: of what is in
 * spec.json, and of also.json where there is one, neither of which holds a
 * mistake, is told what is in said, to the letter. To add a test, add a folder.
 */
#include "tests/unit/specs/compiler.h"
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "specs/base/clock.h"

enum { FEWEST = 15, TEXT_MOST = 1 << 14 };

/* The file of that name beside the path. */
static const char *beside(const char *path, const char *name)
{
    static char result[256];

    snprintf(result, sizeof(result), "%.*s/%s",
             (int)(strrchr(path, '/') - path), path, name);
    return result;
}

/* What a load of the file warns of. */
static char *load(const char *path)
{
    const char *also = beside(path, "also.json");
    const struct plan_options options = {
        .path_count = access(also, R_OK) == 0 ? 2 : 1,
        .paths = (const char *[]){path, also},
        .now_ns = 1800000000 * NS_PER_S, /* January 2027 */
        .compiler = &compiler,
    };
    struct faults faults = {0};
    struct plan *plan;
    char *told = NULL;
    size_t length;
    FILE *out = open_memstream(&told, &length);

    (void)plan_load(&options, &plan, &faults);
    plan_compile(plan, &compiler, &faults);
    ck_assert_msg(!faults.total, "%s: %s", path,
                  faults.total ? faults.faults->text : "");
    for (size_t i = 0; i < plan->warning_count; i++)
        fault_print(&plan->warnings[i], out);
    fclose(out);
    faults_finish(&faults);
    plan_free(plan);
    return told;
}

static void read_said(const char *path, char text[static TEXT_MOST])
{
    const char *said = beside(path, "said");
    size_t length;
    FILE *file = fopen(said, "r");

    ck_assert_msg(file, "there is no %s", said);
    length = fread(text, 1, TEXT_MOST - 1, file);
    text[length] = '\0';
    fclose(file);
}

START_TEST(whatever_is_odd_is_warned_of_with_its_place)
{
    static char said[TEXT_MOST];
    size_t wrong = 0;
    glob_t found;

    ck_assert_int_eq(glob("tests/warnings/*/spec.json", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, FEWEST);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *told = load(found.gl_pathv[i]);

        read_said(found.gl_pathv[i], said);
        if (strcmp(told, said) != 0) {
            fprintf(stderr, "%s tells:\n%s", found.gl_pathv[i], told);
            wrong++;
        }
        free(told);
    }
    globfree(&found);
    ck_assert_msg(wrong == 0, "%zu are not told as they should be", wrong);
}
END_TEST

UNIT("warnings", whatever_is_odd_is_warned_of_with_its_place)
