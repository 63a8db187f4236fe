#include "specs/specs.h"

const char *test_copy_name(struct arena *arena, const struct test *test,
                           size_t copy)
{
    if (!test->is_repeated)
        return test->name;
    return arena_print(arena, "%s [%zu]", test->name, copy);
}
