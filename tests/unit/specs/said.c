#include "tests/unit/specs/said.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 1 << 16 };

const char *said_beside(const char *path, const char *name)
{
    static char result[256];

    snprintf(result, sizeof(result), "%.*s/%s",
             (int)(strrchr(path, '/') - path), path, name);
    return result;
}

static void read_said(const char *path, char text[static TEXT_MOST])
{
    const char *said = said_beside(path, "said");
    size_t length;
    FILE *file = fopen(said, "r");

    ck_assert_msg(file, "there is no %s", said);
    length = fread(text, 1, TEXT_MOST - 1, file);
    text[length] = '\0';
    fclose(file);
}

void said_expect(const char *pattern, size_t fewest,
                 char *(*tell)(const char *path))
{
    static char said[TEXT_MOST];
    size_t wrong = 0;
    glob_t found;

    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, fewest);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *told = tell(found.gl_pathv[i]);

        read_said(found.gl_pathv[i], said);
        if (strcmp(told, said) != 0) {
            fprintf(stderr, "%s tells:\n%s", found.gl_pathv[i],
                    *told ? told : "nothing\n");
            wrong++;
        }
        free(told);
    }
    globfree(&found);
    ck_assert_msg(wrong == 0, "%zu are not told as they should be", wrong);
}
