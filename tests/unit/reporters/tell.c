/* Tells a story to a reporter: tell SHADE STORY PATH. For tests that need a
 * file and for writing tests/golden anew. */

#include "tests/unit/reporters/shades.h"
#include "tests/unit/reporters/stories.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const struct story *story = argc == 4 ? story_find(argv[2]) : NULL;
    struct fault fault = {0};
    struct reporter *reporter;

    if (!story) {
        fputs("usage: tell SHADE STORY PATH\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    reporter = shade_open(argv[1], argv[3], &fault);
    if (reporter) {
        story->tell(reporter);
        if (reporter->close(reporter, &fault))
            return EXIT_SUCCESS;
    }
    fault_print(&fault, stderr);
    return EXIT_FAILURE;
}
