#include "tests/unit/specs/folder.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[32];

const char *folder_enter(void)
{
    snprintf(folder, sizeof(folder), "/tmp/volley-unit-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    return folder;
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

void folder_leave(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

void folder_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_msg(file, "%s", path);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}
