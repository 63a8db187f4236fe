#include "tests/unit/reporters/told.h"

#include <check.h>
#include <string.h>

void expect_part(const char *told, const char *wanted)
{
    ck_assert_msg(strstr(told, wanted) != NULL, "not found:\n%s\nin:\n%s",
                  wanted, told);
}

size_t count_of(const char *told, const char *part)
{
    size_t count = 0;

    for (told = strstr(told, part); told; told = strstr(told + 1, part))
        count++;
    return count;
}
