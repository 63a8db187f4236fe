/* The second time that rows are read: what changed in between. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/row_trial.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/rows.h"

static void expect_printed(const struct rows *rows, const char *wanted)
{
    char *printed = trial_print(rows);

    ck_assert_str_eq(printed, wanted);
    free(printed);
}

static void load(struct row_trial *trial, const char *path, const char *text)
{
    char each[80];

    trial_start(trial);
    folder_write(path, text);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(trial, each);
    ck_assert_str_eq(trial->told, "");
}

/* Another text of the same length at the same moment is not seen to be one. */
static void write_unseen(const struct rows *rows, const char *text)
{
    struct timespec times[2] = {rows->identity.changed, rows->identity.changed};

    folder_write(rows->path, text);
    ck_assert_int_eq(utimensat(AT_FDCWD, rows->path, times, 0), 0);
}

START_TEST(a_file_that_is_gone_is_told)
{
    struct row_trial trial;

    load(&trial, "x.csv", "a\n1\n");
    ck_assert_int_eq(unlink("x.csv"), 0);
    expect_printed(trial.rows, "x.csv: no such file or folder\n");
    trial_finish(&trial);
}
END_TEST

START_TEST(a_file_that_changed_is_told)
{
    static const char said[] =
        "x.csv: it has changed since its rows were checked\n";
    struct row_trial trial;
    const struct timespec past[2] = {{1, 0}, {1, 0}};

    load(&trial, "x.csv", "a\n1\n");
    folder_write("x.csv", "a\n1\n2\n");
    expect_printed(trial.rows, said);
    trial_finish(&trial);
    load(&trial, "x.csv", "a\n1\n");
    ck_assert_int_eq(utimensat(AT_FDCWD, "x.csv", past, 0), 0);
    expect_printed(trial.rows, said);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_file_that_changes_while_it_is_read_is_told)
{
    enum { ROWS = 20000 };
    struct row_trial trial;
    struct buffer text = buffer_with_ceiling(1 << 20);
    struct fault fault = {0};
    struct row_stream *stream;
    json_t *row;
    size_t count = 0;
    bool made;

    made = buffer_add_text(&text, "a\n");
    for (size_t i = 0; i < ROWS; i++)
        made = made && buffer_add_text(&text, "12345\n");
    ck_assert(made);
    load(&trial, "x.csv", text.bytes);
    stream = rows_open(trial.rows, &fault);
    row = rows_next(stream, &fault);
    json_decref(row);
    folder_write("x.csv", "a\n1\n");
    for (count = 1; (row = rows_next(stream, &fault)); count++)
        json_decref(row);
    ck_assert_uint_lt(count, ROWS);
    ck_assert_str_eq(fault.text, "it has changed since its rows were checked");
    ck_assert_ptr_null(rows_next(stream, &fault));
    rows_close(stream);
    buffer_finish(&text);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_row_that_is_broken_now_is_told)
{
    static const struct {
        const char *path, *before, *after, *told;
    } rows[] = {
        {"x.csv", "a,b\n1,2\n3,4\n", "a,b\n1,2\n3 4\n",
         "{\"a\":\"1\",\"b\":\"2\"}\n"
         "x.csv:3:1: 1 cell, but the header names 2\n"},
        {"x.csv", "a\n12\n", "a\n1\n2",
         "{\"a\":\"1\"}\n"
         "x.csv: it has changed since its rows were checked: there were 1\n"},
        {"x.csv", "a\n1\n2", "a\n12\n",
         "{\"a\":\"12\"}\n"
         "x.csv: it has changed since its rows were checked: there were 2\n"},
        {"x.csv", "a\n1\n", "\"\n1\n",
         "x.csv:1:1: this quote is never "
         "closed\n"},
        {"x.ndjson", "{}\n{}\n", "{}\n[]\n",
         "{}\nx.ndjson:2:1: a row is an object, not an array\n"},
        {"x.json", "[{},{}]", "[{};{}]",
         "{}\nx.json:1:4: \",\" or \"]\" is expected here\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct row_trial trial;

        load(&trial, rows[i].path, rows[i].before);
        write_unseen(trial.rows, rows[i].after);
        expect_printed(trial.rows, rows[i].told);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_file_that_was_replaced_while_it_is_read_stays_the_same)
{
    struct row_trial trial;
    struct fault fault = {0};
    struct row_stream *stream;
    json_t *row;

    load(&trial, "x.csv", "a\n1\n2\n");
    stream = rows_open(trial.rows, &fault);
    folder_write("y.csv", "a\n7\n8\n");
    ck_assert_int_eq(rename("y.csv", "x.csv"), 0);
    for (size_t i = 0; i < 2; i++) {
        row = rows_next(stream, &fault);
        ck_assert_str_eq(json_string_value(json_object_get(row, "a")),
                         i ? "2" : "1");
        json_decref(row);
    }
    ck_assert_ptr_null(rows_next(stream, &fault));
    ck_assert(!fault.raised);
    rows_close(stream);
    trial_finish(&trial);
}
END_TEST

UNIT("rows_again", a_file_that_is_gone_is_told, a_file_that_changed_is_told,
     a_file_that_changes_while_it_is_read_is_told,
     a_row_that_is_broken_now_is_told,
     a_file_that_was_replaced_while_it_is_read_stays_the_same)
