#include "specs/base/file.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void wait_until_writable(int descriptor)
{
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};

    (void)poll(&ready, 1, -1);
}

bool file_write(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);

        if (written < 0 && errno == EAGAIN)
            wait_until_writable(descriptor);
        else if (written < 0 && errno != EINTR)
            return false;
        if (written <= 0)
            continue;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

void file_make_folders(const char *path)
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
