#include "specs/base/file.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MUCH = 1 << 20 }; /* more than a pipe holds */

/* Counts the bytes that come out of the pipe, and those that are not x. */
struct reader {
    int end;
    size_t length;
    size_t wrong;
};

static void *read_all(void *argument)
{
    struct reader *reader = argument;
    char block[4096];
    ssize_t length;

    while ((length = read(reader->end, block, sizeof(block))) > 0) {
        reader->length += (size_t)length;
        for (ssize_t i = 0; i < length; i++)
            reader->wrong += block[i] != 'x';
    }
    return NULL;
}

START_TEST(a_pipe_gets_all_of_it_whoever_made_it_non_blocking)
{
    for (int flags = 0; flags <= O_NONBLOCK; flags += O_NONBLOCK) {
        CLEANUP(freep) char *bytes = must_alloc(MUCH);
        struct reader reader = {0};
        pthread_t thread;
        int ends[2];

        memset(bytes, 'x', MUCH);
        ck_assert_int_eq(pipe(ends), 0);
        ck_assert_int_ne(fcntl(ends[1], F_SETFL, flags), -1);
        reader.end = ends[0];
        ck_assert_int_eq(pthread_create(&thread, NULL, read_all, &reader), 0);
        ck_assert(file_write(ends[1], bytes, MUCH));
        close(ends[1]);
        ck_assert_int_eq(pthread_join(thread, NULL), 0);
        ck_assert_uint_eq(reader.length, MUCH);
        ck_assert_uint_eq(reader.wrong, 0);
        close(ends[0]);
    }
}
END_TEST

START_TEST(what_cannot_be_written_is_known_by_its_number)
{
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    int ends[2];

    ck_assert_int_ge(full, 0);
    ck_assert(file_write(full, "", 0));
    ck_assert(!file_write(full, "x", 1));
    ck_assert_int_eq(errno, ENOSPC);
    close(full);
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert(!file_write(ends[1], "x", 1));
    ck_assert_int_eq(errno, EPIPE);
    close(ends[1]);
}
END_TEST

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

START_TEST(folders_above_a_file_are_made)
{
    const char *root = folder_enter();
    char path[64];

    file_make_folders("file");
    ck_assert_int_ne(access("file", F_OK), 0);
    file_make_folders("a//b/../c/file");
    ck_assert(is_folder("a/b"));
    ck_assert(is_folder("a/c"));
    ck_assert_int_ne(access("a/c/file", F_OK), 0);
    snprintf(path, sizeof(path), "%s/d/e/file", root);
    file_make_folders(path);
    ck_assert(is_folder("d/e"));
    snprintf(path, sizeof(path), "/%s/f/file", root);
    file_make_folders(path);
    ck_assert(is_folder("f"));
    folder_leave();
}
END_TEST

START_TEST(what_is_no_folder_stays_as_it_is)
{
    struct stat status;

    folder_enter();
    folder_write("a", "text");
    file_make_folders("a/b/file");
    ck_assert_int_eq(stat("a", &status), 0);
    ck_assert(S_ISREG(status.st_mode));
    ck_assert_int_eq(status.st_size, 4);
    folder_leave();
}
END_TEST

UNIT("file", a_pipe_gets_all_of_it_whoever_made_it_non_blocking,
     what_cannot_be_written_is_known_by_its_number,
     folders_above_a_file_are_made, what_is_no_folder_stays_as_it_is)
