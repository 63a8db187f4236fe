#include "specs/rows.h"
#include "specs/specs.h"

const char *test_copy_name(struct arena *arena, const struct test *test,
                           size_t copy, const json_t *row)
{
    const char *name = test->name;

    if (test->rows) {
        name =
            arena_print(arena, "%s [%s]", name,
                        rows_copy_name(arena, copy / test->repeat_count, row));
    }
    if (test->is_repeated)
        name = arena_print(arena, "%s [%zu]", name, copy % test->repeat_count);
    return name;
}
