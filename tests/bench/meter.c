/* Runs a command and writes what it cost: wall time, user and system time in
 * seconds, peak resident memory in kilobytes, exit status. posix_spawn() keeps
 * our own memory out of the peak, which fork() would not. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A new process, or -1 with errno set. */
static pid_t begin(char **command)
{
    pid_t child = -1;

    errno = posix_spawnp(&child, *command, NULL, NULL, command, environ);
    return errno ? -1 : child;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    double start = now();
    FILE *out;
    pid_t child;
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: %s OUTPUT COMMAND [ARGUMENT]...\n", argv[0]);
        return 2;
    }
    out = fopen(argv[1], "a");
    if (!out) {
        perror(argv[1]);
        return 2;
    }
    child = begin(argv + 2);
    if (child < 0) {
        perror(argv[2]);
        return 2;
    }
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    fprintf(out, "%.6f %.6f %.6f %ld %d\n", now() - start,
            seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(out) == 0 ? 0 : 2;
}
