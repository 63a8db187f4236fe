#include "tests/unit/assertions/query.h"

#include <check.h>

void query_release(const struct jsonpath **path)
{
    jsonpath_release(*path);
}

const struct jsonpath *query_compile(struct arena *arena, const char *text)
{
    struct jsonpath_trouble trouble;
    const struct jsonpath *path = jsonpath_compile(arena, text, &trouble);

    ck_assert_msg(path, "%.80s: %s at %zu", text, trouble.text, trouble.offset);
    return path;
}
