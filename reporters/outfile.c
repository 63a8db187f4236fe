#include "reporters/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The folders above the file that are missing. What cannot be made is told when
 * the file is opened. */
static void make_folders(const char *path)
{
    CLEANUP(freep) char *folder = must_copy(path);
    char *name = folder + (*folder == '/');

    for (char *slash = strchr(name, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0777);
        *slash = '/';
    }
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
    make_folders(file->path);
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

/* A pipe that somebody made non-blocking is full; its reader is only slow. */
static void wait_until_writable(int descriptor)
{
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};

    (void)poll(&ready, 1, -1);
}

void outfile_write(struct outfile *file, const char *bytes, size_t length)
{
    if (!file->path)
        fflush(stdout); /* what others printed stays before it */
    while (length > 0 && !file->error) {
        ssize_t written = write(file->descriptor, bytes, length);

        if (written < 0 && errno == EAGAIN)
            wait_until_writable(file->descriptor);
        else if (written < 0 && errno != EINTR)
            file->error = errno;
        if (written <= 0)
            continue;
        bytes += written;
        length -= (size_t)written;
    }
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
