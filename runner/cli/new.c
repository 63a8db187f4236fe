#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "runner/cli/commands.h"
#include "runner/cli/text.h"
#include "specs/base/file.h"

static const char standard_path[] = "api.volley.json";

/* What cannot be made where the user said: wrong usage. */
static enum status refuse(const char *path)
{
    char room[128];

    if (errno == EEXIST) {
        fprintf(stderr, "volley: %s is there already and stays as it is\n",
                path);
    } else {
        fprintf(stderr, "volley: cannot write %s: %s\n", path,
                strerror_r(errno, room, sizeof(room)));
    }
    return STATUS_USAGE;
}

/* Half a suite is worse than none. */
static enum status tell_unwritten(const char *path)
{
    char room[128];

    fprintf(stderr, "volley: cannot write %s: %s\n", path,
            strerror_r(errno, room, sizeof(room)));
    unlink(path);
    return STATUS_REPORT;
}

enum status command_new(const struct settings *settings)
{
    const struct name_list *words = &settings->suites.paths;
    const char *path = words->count ? words->list[0] : standard_path;
    bool good;
    int file;

    if (strcmp(path, "-") == 0) {
        fputs(first_suite_text, stdout);
        return STATUS_PASSED;
    }
    file_make_folders(path);
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return refuse(path);
    good = file_write(file, first_suite_text, strlen(first_suite_text));
    if (close(file) != 0 || !good)
        return tell_unwritten(path);
    fputs("wrote ", stdout);
    text_print(path, 0, stdout);
    puts("; for editors: volley schema >volley.schema.json beside it");
    return STATUS_PASSED;
}
