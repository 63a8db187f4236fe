#include "reporters/outfile.h"

#include "tests/unit/reporters/shades.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each test has a folder of its own, and works in it. */
static char folder[] = "/tmp/outfile-XXXXXX";

static void enter(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void leave(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static size_t file_count(void)
{
    glob_t found;
    size_t count;

    glob("*", 0, NULL, &found);
    count = found.gl_pathc;
    globfree(&found);
    return count;
}

static void expect_text(const char *path, const char *wanted)
{
    char *text = must_read(path);

    ck_assert_str_eq(text, wanted);
    free(text);
}

/* A report that says "old" is there, and a new one is being written. */
static void replace_by_new(struct outfile *file)
{
    struct fault fault = {0};

    ck_assert(outfile_open(file, "r.xml", OUTFILE_REPLACE, &fault));
    outfile_write(file, "old", 3);
    ck_assert(outfile_close(file, &fault));
    ck_assert(outfile_open(file, "r.xml", OUTFILE_REPLACE, &fault));
    outfile_write(file, "new", 3);
}

START_TEST(a_report_appears_when_it_is_whole)
{
    struct outfile file;
    struct fault fault = {0};

    enter();
    replace_by_new(&file);
    expect_text("r.xml", "old");
    ck_assert_uint_eq(file_count(), 2);
    ck_assert(outfile_close(&file, &fault));
    expect_text("r.xml", "new");
    ck_assert_uint_eq(file_count(), 1);
    unlink("r.xml");
    leave();
}
END_TEST

START_TEST(two_to_one_path_do_not_mix)
{
    struct outfile a, b;
    struct fault fault = {0};

    enter();
    ck_assert(outfile_open(&a, "r.xml", OUTFILE_REPLACE, &fault));
    ck_assert(outfile_open(&b, "r.xml", OUTFILE_REPLACE, &fault));
    outfile_write(&a, "aaa", 3);
    outfile_write(&b, "b", 1);
    ck_assert(outfile_close(&a, &fault));
    ck_assert(outfile_close(&b, &fault));
    expect_text("r.xml", "b");
    unlink("r.xml");
    leave();
}
END_TEST

START_TEST(a_log_is_begun_anew_and_there_at_once)
{
    struct outfile file;
    struct fault fault = {0};

    enter();
    ck_assert(outfile_open(&file, "log", OUTFILE_APPEND, &fault));
    outfile_write(&file, "first\n", 6);
    expect_text("log", "first\n");
    ck_assert(outfile_close(&file, &fault));
    ck_assert(outfile_open(&file, "log", OUTFILE_APPEND, &fault));
    expect_text("log", "");
    ck_assert(outfile_close(&file, &fault));
    unlink("log");
    leave();
}
END_TEST

START_TEST(what_a_link_leads_to_is_replaced)
{
    struct outfile file;
    struct fault fault = {0};
    struct stat status;

    enter();
    close(open("real", O_CREAT | O_WRONLY, 0600));
    ck_assert_int_eq(symlink("real", "link"), 0);
    ck_assert(outfile_open(&file, "link", OUTFILE_REPLACE, &fault));
    outfile_write(&file, "x", 1);
    ck_assert(outfile_close(&file, &fault));
    expect_text("real", "x");
    ck_assert_int_eq(lstat("link", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    unlink("link");
    unlink("real");
    leave();
}
END_TEST

START_TEST(a_path_that_cannot_be_written_is_told_at_once)
{
    static const struct {
        const char *path;
        const char *wanted;
    } rows[] = {
        {"/proc/none/r.xml",
         "cannot write /proc/none/r.xml: No such file or directory"},
        {"/", "cannot write /: Is a directory"},
        {"/dev/null/r.xml", "cannot write /dev/null/r.xml: Not a directory"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int mode = OUTFILE_REPLACE; mode <= OUTFILE_APPEND; mode++) {
            struct outfile file;
            struct fault fault = {0};

            ck_assert(!outfile_open(&file, rows[i].path,
                                    (enum outfile_mode)mode, &fault));
            ck_assert_str_eq(fault.text, rows[i].wanted);
        }
    }
}
END_TEST

START_TEST(missing_folders_are_made)
{
    for (int mode = OUTFILE_REPLACE; mode <= OUTFILE_APPEND; mode++) {
        struct outfile file;
        struct fault fault = {0};

        memcpy(folder, "/tmp/outfile-XXXXXX", sizeof(folder));
        enter();
        ck_assert(outfile_open(&file, "out//ci/r.xml", (enum outfile_mode)mode,
                               &fault));
        outfile_write(&file, "x", 1);
        ck_assert(outfile_close(&file, &fault));
        expect_text("out/ci/r.xml", "x");
        ck_assert_int_eq(unlink("out/ci/r.xml"), 0);
        ck_assert_int_eq(rmdir("out/ci"), 0);
        ck_assert_int_eq(rmdir("out"), 0);
        leave();
    }
}
END_TEST

START_TEST(a_full_disk_is_told_in_the_end)
{
    struct outfile file;
    struct fault fault = {0};

    ck_assert(outfile_open(&file, "/dev/full", OUTFILE_APPEND, &fault));
    outfile_write(&file, "x", 1);
    outfile_write(&file, "y", 1);
    ck_assert(!fault.raised);
    ck_assert(!outfile_close(&file, &fault));
    ck_assert_str_eq(fault.text,
                     "cannot write /dev/full: No space left on device");
}
END_TEST

START_TEST(a_closed_pipe_is_told_in_the_end)
{
    struct outfile file;
    struct fault fault = {0};
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert(outfile_open(&file, "-", OUTFILE_APPEND, &fault));
    file.descriptor = ends[1];
    outfile_write(&file, "x", 1);
    ck_assert(!outfile_close(&file, &fault));
    ck_assert_str_eq(fault.text, "cannot write standard output: Broken pipe");
    close(ends[1]);
}
END_TEST

/* What could not be written whole does not take the place of an older one. */
START_TEST(a_failed_report_leaves_the_old_one)
{
    struct outfile file;
    struct fault fault = {0};

    enter();
    replace_by_new(&file);
    file.error = ENOSPC;
    ck_assert(!outfile_close(&file, &fault));
    expect_text("r.xml", "old");
    ck_assert_uint_eq(file_count(), 1);
    unlink("r.xml");
    leave();
}
END_TEST

UNIT("outfile", a_report_appears_when_it_is_whole, two_to_one_path_do_not_mix,
     a_log_is_begun_anew_and_there_at_once, what_a_link_leads_to_is_replaced,
     a_path_that_cannot_be_written_is_told_at_once, missing_folders_are_made,
     a_full_disk_is_told_in_the_end, a_closed_pipe_is_told_in_the_end,
     a_failed_report_leaves_the_old_one)
