/* What is worth a warning is a folder of tests/warnings/: of what is in
 * spec.json, and of also.json where there is one, neither of which holds a
 * mistake, is told what is in said, to the letter. To add a test, add a folder.
 */
#include "tests/unit/specs/loading.h"
#include "tests/unit/specs/said.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <unistd.h>

/* What a load of the file warns of. */
static char *tell(const char *path)
{
    const char *also = said_beside(path, "also.json");
    const struct plan_options options = {
        .path_count = access(also, R_OK) == 0 ? 2 : 1,
        .paths = (const char *[]){path, also},
        .now_ns = 1800000000 * NS_PER_S, /* January 2027 */
    };
    char *told = NULL;
    size_t length;
    FILE *out = open_memstream(&told, &length);

    (void)load_files(options);
    ck_assert_msg(!faults.total, "%s: %s", path,
                  faults.total ? faults.faults->text : "");
    for (size_t i = 0; i < plan->warning_count; i++)
        fault_print(&plan->warnings[i], out);
    fclose(out);
    release();
    return told;
}

START_TEST(whatever_is_odd_is_warned_of_with_its_place)
{
    said_expect("tests/warnings/*/spec.json", 15, tell);
}
END_TEST

UNIT("warnings", whatever_is_odd_is_warned_of_with_its_place)
