#include "reporters/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/file.h"

static bool refuse(const char *path, int error, struct fault *fault)
{
    char room[128];

    return fault_raise(fault, (struct place){0}, "cannot write %s: %s",
                       path ? path : "standard output",
                       strerror_r(error, room, sizeof(room)));
}

static bool is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* The file that a symbolic link leads to is replaced, not the link. */
static char *follow(const char *path)
{
    char *real = realpath(path, NULL);

    return real ? real : must_copy(path);
}

static void open_in_place(struct outfile *file)
{
    file->descriptor = open(
        file->path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
}

/* The name is new, so that two reports to one path do not mix, and nobody's
 * file is overwritten. */
static void open_beside(struct outfile *file)
{
    enum { TRIES = 100 };
    size_t room = strlen(file->path) + 40;

    file->descriptor = -1;
    if (access(file->path, F_OK) == 0 && access(file->path, W_OK) != 0)
        return;
    file->beside = must_alloc(room);
    for (int i = 0; i < TRIES; i++) {
        snprintf(file->beside, room, "%s.%ld-%d.part", file->path,
                 (long)getpid(), i);
        file->descriptor =
            open(file->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->descriptor >= 0 || errno != EEXIST)
            return;
    }
}

static void forget(struct outfile *file)
{
    free(file->path);
    free(file->beside);
    *file = (struct outfile){.descriptor = -1};
}

bool outfile_open(struct outfile *file, const char *path,
                  enum outfile_mode mode, struct fault *fault)
{
    *file = (struct outfile){.descriptor = STDOUT_FILENO};
    if (!path || strcmp(path, "-") == 0)
        return true;

    file->path = follow(path);
    file_make_folders(file->path);
    if (mode == OUTFILE_APPEND || is_special(file->path))
        open_in_place(file);
    else
        open_beside(file);
    if (file->descriptor < 0) {
        refuse(path, errno, fault);
        forget(file);
        return false;
    }
    return true;
}

void outfile_write(struct outfile *file, const char *bytes, size_t length)
{
    if (!file->path)
        fflush(stdout); /* what others printed stays before it */
    if (!file->error && !file_write(file->descriptor, bytes, length))
        file->error = errno;
}

bool outfile_close(struct outfile *file, struct fault *fault)
{
    int error = file->error;

    if (file->path && close(file->descriptor) != 0 && !error)
        error = errno;
    if (file->beside && !error && rename(file->beside, file->path) != 0)
        error = errno;
    if (file->beside && error)
        unlink(file->beside);
    if (error)
        refuse(file->path, error, fault);
    forget(file);
    return !error;
}
