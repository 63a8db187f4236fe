/* Runs each file of the folders given through a fuzz target, once: so the kept
 * corpus is an ordinary test, with any compiler. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "specs/base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool run_file(const char *path)
{
    FILE *file = fopen(path, "rbe");
    struct stat status;
    uint8_t *data;
    size_t size;

    if (!file || fstat(fileno(file), &status) != 0) {
        perror(path);
        return false;
    }
    /* To the byte, so that a sanitizer sees the first one past it. */
    data = must_alloc((size_t)status.st_size);
    size = fread(data, 1, (size_t)status.st_size, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return true;
}

static size_t run_folder(const char *folder)
{
    DIR *listing = opendir(folder);
    const struct dirent *entry;
    char path[PATH_MAX];
    size_t count = 0;

    if (!listing) {
        perror(folder);
        return 0;
    }
    while ((entry = readdir(listing))) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        count += run_file(path);
    }
    closedir(listing);
    return count;
}

int main(int count, char **folders)
{
    for (int i = 1; i < count; i++) {
        size_t files = run_folder(folders[i]);

        printf("%s: %zu files\n", folders[i], files);
        if (!files)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
