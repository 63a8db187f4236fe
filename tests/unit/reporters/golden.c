/* Each file tests/golden/STORY.SHADE.* is what that story is told like by that
 * shade of reporter. To add a test, add an empty file of such a name; to accept
 * what changed, run tests/golden/write.sh and look at the difference. */

#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void compare(const char *golden)
{
    char story[32], shade[32];
    struct reporter *reporter;
    char *told, *wanted;

    ck_assert_int_eq(
        sscanf(strrchr(golden, '/'), "/%31[^.].%31[^.].", story, shade), 2);
    ck_assert_msg(story_find(story) != NULL, "no such story: %s", golden);
    reporter = must_begin(shade);
    story_find(story)->tell(reporter);
    told = must_finish(reporter);
    wanted = must_read(golden);
    ck_assert_msg(strcmp(told, wanted) == 0, "%s differs; told was:\n%s",
                  golden, told);
    free(told);
    free(wanted);
}

START_TEST(stories_are_told_as_they_were)
{
    glob_t found;

    ck_assert_int_eq(glob("tests/golden/*.*.*", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 10);
    for (size_t i = 0; i < found.gl_pathc; i++)
        compare(found.gl_pathv[i]);
    globfree(&found);
}
END_TEST

UNIT("golden", stories_are_told_as_they_were)
