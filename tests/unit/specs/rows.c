#include "specs/rows.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/row_trial.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"

static void expect_printed(const struct rows *rows, const char *wanted)
{
    char *printed = trial_print(rows);

    ck_assert_str_eq(printed, wanted);
    free(printed);
}

START_TEST(reads_rows_that_the_suite_holds)
{
    struct row_trial trial;

    trial_start(&trial);
    trial_load(&trial, "[{\"a\": 1}, {\"a\": \"{{b}}\", \"c\": {}}]");
    ck_assert_str_eq(trial.told, "");
    ck_assert_uint_eq(trial.rows->kind, ROWS_INLINE);
    ck_assert_uint_eq(trial.rows->count, 2);
    expect_printed(trial.rows, "{\"a\":1}\n{\"a\":\"{{b}}\",\"c\":{}}\n");
    trial_finish(&trial);
}
END_TEST

START_TEST(every_mistake_in_the_suite_is_told)
{
    static const struct {
        const char *each, *told;
    } rows[] = {
        {"[]", "suite.json:1:1: there are no rows in it\n"},
        {"[{}, 1, []]", "suite.json:1:6: a row is an object, not a number\n"
                        "suite.json:1:9: a row is an object, not an array\n"},
        {"[{\"a\": 1, \"b c\": 2}]",
         "suite.json:1:11: a variable's name is made of letters, digits, "
         "\"_\" and \"-\" and does not begin with a digit or \"-\"\n"},
        {"[{\"name\": []}]", "suite.json:1:11: the name of a row is text, a "
                             "number, true or false\n"},
        {"[{\"name\": \"x\"}, {},\n {\"name\": \"x\"}]",
         "suite.json:2:11: the name \"x\" is already that of row 1 in line "
         "1\n"},
        {"\"x.txt\"", "suite.json:1:1: a file of rows is named .csv, .json, "
                      ".ndjson or .jsonl, or \"-\" for the standard input\n"},
        {"\".csv\"", "suite.json:1:1: a file of rows is named .csv, .json, "
                     ".ndjson or .jsonl, or \"-\" for the standard input\n"},
        {"\"{{x}}.csv\"",
         "suite.json:1:1: rows are read before anything is filled in, so that "
         "their path holds no templates\n"},
        {"\"no.csv\"", "suite.json:1:1: \"no.csv\": no such file or folder\n"},
        {"\"../x.csv\"",
         "suite.json:1:1: \"../x.csv\" leads out of the file root\n"},
        {"\"folder.csv\"",
         "suite.json:1:1: \"folder.csv\" is not a regular file\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct row_trial trial;

        trial_start(&trial);
        ck_assert_int_eq(mkdir("folder.csv", 0700), 0);
        trial_load(&trial, rows[i].each);
        ck_assert_str_eq(trial.told, rows[i].told);
        ck_assert(trial.rows->is_broken);
        trial_finish(&trial);
    }
}
END_TEST

static const struct row_field *field(const struct row_trial *trial,
                                     const char *name)
{
    const struct row_field *found = rows_field(trial->rows, name);

    ck_assert_msg(found, "%s", name);
    return found;
}

START_TEST(knows_which_fields_all_rows_have)
{
    struct row_trial trial;

    trial_start(&trial);
    folder_write("x.json", "[{\"a\":1,\"b\":2},\n{\"b\":2,\"a\":1},\n\n"
                           "{\"a\":1,\"c\":2}, {\"a\":2}]");
    trial_load(&trial, "\"x.json\"");
    ck_assert_uint_eq(trial.rows->count, 4);
    ck_assert_uint_eq(trial.rows->field_count, 3);
    ck_assert_str_eq(trial.rows->fields[0]->name, "a");
    ck_assert_ptr_null(rows_field(trial.rows, "d"));
    ck_assert_uint_eq(field(&trial, "a")->row_count, 4);
    ck_assert_uint_eq(field(&trial, "b")->row_count, 2);
    ck_assert_uint_eq(field(&trial, "b")->lacking, 2);
    ck_assert_str_eq(field(&trial, "b")->lacking_at.path, "x.json");
    ck_assert_uint_eq(field(&trial, "b")->lacking_at.line, 4);
    ck_assert_uint_eq(field(&trial, "b")->lacking_at.column, 1);
    ck_assert_uint_eq(field(&trial, "c")->row_count, 1);
    ck_assert_uint_eq(field(&trial, "c")->lacking, 0);
    ck_assert_uint_eq(field(&trial, "c")->lacking_at.line, 1);
    ck_assert_uint_eq(field(&trial, "c")->lacking_at.column, 2);
    trial_load(&trial, "[{}, {\"a\": 1}]");
    ck_assert_uint_eq(field(&trial, "a")->lacking, 0);
    ck_assert_uint_eq(field(&trial, "a")->lacking_at.column, 2);
    trial_finish(&trial);
}
END_TEST

START_TEST(rows_name_their_copies)
{
    static const struct {
        const char *row, *name;
    } rows[] = {
        {"{}", "row 8"},
        {"{\"name\": \"x \xc3\xa4\"}", "x \xc3\xa4"},
        {"{\"name\": 1.50}", "1.5"},
        {"{\"name\": 123456789012345678901234567890}",
         "123456789012345678901234567890"},
        {"{\"name\": false}", "false"},
        {"{\"name\": \"row 8\"}", "row 8"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        json_t *row = value_read(rows[i].row);

        ck_assert_str_eq(rows_copy_name(&arena, 7, row), rows[i].name);
        json_decref(row);
        arena_finish(&arena);
    }
}
END_TEST

START_TEST(a_file_is_read_and_told_of_once)
{
    struct row_trial trial;
    const struct rows *first;

    trial_start(&trial);
    folder_write("x.csv", "a\n\"1\n");
    trial_load(&trial, "\"x.csv\"");
    first = trial.rows;
    trial_load(&trial, " \"./x.csv\"");
    ck_assert_str_eq(trial.told, "x.csv:2:1: this quote is never closed\n");
    ck_assert(first->is_broken && trial.rows->is_broken);
    ck_assert_uint_eq(first->at.offset, 0);
    ck_assert_uint_eq(trial.rows->at.offset, 1);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_path_is_told_as_the_suite_is_reached)
{
    struct row_trial trial;

    trial_start(&trial);
    ck_assert_int_eq(mkdir("in", 0700), 0);
    folder_write("in/x.csv", "a\n");
    trial.suite.path = "in/suite.json";
    trial.suite.folder = arena_print(&trial.arena, "%s/in", trial.suite.folder);
    trial_load(&trial, "\"./x.csv\"");
    ck_assert_str_eq(trial.told, "in/x.csv: there are no rows in it\n");
    trial_finish(&trial);
}
END_TEST

/* Stands for stdin: a pipe with this text. */
static void pipe_in(const char *text)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], text, strlen(text)), (int)strlen(text));
    close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
}

START_TEST(stdin_is_read_by_its_first_character)
{
    static const struct {
        const char *text;
        enum rows_kind kind;
        const char *wanted;
    } rows[] = {
        {" [{\"a\":1}]", ROWS_JSON, "{\"a\":1}\n"},
        {"\xef\xbb\xbf\n{\"a\":1}\n{}", ROWS_NDJSON, "{\"a\":1}\n{}\n"},
        {"a\n1", ROWS_CSV, "{\"a\":\"1\"}\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct row_trial trial;
        const struct rows *first;

        trial_start(&trial);
        pipe_in(rows[i].text);
        trial_load(&trial, "\"-\"");
        first = trial.rows;
        trial_load(&trial, "\"-\"");
        ck_assert_str_eq(trial.told, "");
        ck_assert_uint_eq(trial.rows->kind, rows[i].kind);
        expect_printed(first, rows[i].wanted);
        expect_printed(trial.rows, rows[i].wanted);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(mistakes_of_stdin_are_told)
{
    struct row_trial trial;

    trial_start(&trial);
    pipe_in("{}\n{]\n");
    trial_load(&trial, "\"-\"");
    ck_assert_str_eq(trial.told,
                     "-:2:2: a key in double quotes is expected here\n");
    trial_finish(&trial);
    trial_start(&trial);
    trial.files.is_stdin_taken = true;
    trial_load(&trial, "\"-\"");
    ck_assert_str_eq(trial.told,
                     "-: the standard input holds a suite, and so no rows\n");
    ck_assert(trial.rows->is_broken);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_path_of_the_command_line_leads_anywhere)
{
    struct row_trial trial;
    const struct rows *rows;

    trial_start(&trial);
    trial.suite.file_root = "/no";
    folder_write("x.csv", "a\n1\n");
    folder_write("x.txt", "a\n1\n");
    rows = rows_read_path(&trial.files, "x.csv");
    expect_printed(rows, "{\"a\":\"1\"}\n");
    ck_assert_str_eq(rows->path, "x.csv");
    ck_assert_ptr_eq(rows, rows_read_path(&trial.files, "./x.csv"));
    pipe_in("{\"a\":2}");
    rows = rows_read_path(&trial.files, "/dev/stdin");
    expect_printed(rows, "{\"a\":2}\n");
    ck_assert_uint_eq(trial.faults.total, 0);
    ck_assert(rows_read_path(&trial.files, "x.txt")->is_broken);
    ck_assert(rows_read_path(&trial.files, "no.csv")->is_broken);
    ck_assert_uint_eq(trial.faults.total, 2);
    ck_assert_str_eq(trial.faults.faults[0].text,
                     "a file of rows is named .csv, .json, .ndjson or .jsonl");
    ck_assert_str_eq(trial.faults.faults[1].text, "no such file or folder");
    trial_finish(&trial);
}
END_TEST

START_TEST(two_streams_of_one_pipe_are_apart)
{
    struct row_trial trial;
    struct fault fault = {0};
    struct row_stream *streams[2];

    trial_start(&trial);
    pipe_in("a\n1\n2\n");
    trial_load(&trial, "\"-\"");
    for (size_t i = 0; i < 2; i++)
        streams[i] = rows_open(trial.rows, &fault);
    for (size_t i = 0; i < 4; i++) {
        json_t *row = rows_next(streams[i % 2], &fault);

        value_expect(row, i < 2 ? "{\"a\":\"1\"}" : "{\"a\":\"2\"}");
        json_decref(row);
    }
    for (size_t i = 0; i < 2; i++) {
        ck_assert_ptr_null(rows_next(streams[i], &fault));
        rows_close(streams[i]);
    }
    ck_assert(!fault.raised);
    trial_finish(&trial);
}
END_TEST

/* A file whose last row begins `before` bytes before its second block. */
static void expect_shared(const char *path, const char *const parts[3],
                          const char *wanted, size_t before)
{
    enum { BLOCK = 64 * 1024 };
    struct row_trial trial;
    struct buffer text = buffer_with_ceiling(BLOCK * 2);
    size_t begin = BLOCK - before - strlen(parts[1]);
    bool made = buffer_add_text(&text, parts[0]);
    char each[80];
    char *printed;

    while (made && text.length < begin)
        made = buffer_add_text(&text, "x");
    ck_assert(made && buffer_add_text(&text, parts[1]) &&
              buffer_add_text(&text, parts[2]));
    trial_start(&trial);
    folder_write(path, text.bytes);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(&trial, each);
    ck_assert_str_eq(trial.told, "");
    ck_assert_uint_eq(trial.rows->count, 2);
    printed = trial_print(trial.rows);
    ck_assert_str_eq(strchr(printed, '\n') + 1, wanted);
    free(printed);
    trial_finish(&trial);
    buffer_finish(&text);
}

START_TEST(a_row_that_two_blocks_share_is_whole)
{
    static const struct {
        const char *path;
        const char *parts[3]; /* before what is repeated, and behind it */
        const char *wanted;
    } rows[] = {
        {"x.csv",
         {"a,b\r\n", ",\r\n", "\"\"\"\r\n\",\"\xe2\x82\xac\"\r\n\r\n"},
         "{\"a\":\"\\\"\\r\\n\",\"b\":\"\xe2\x82\xac\"}\n"},
        {"x.ndjson",
         {"{\"a\":\"", "\"}\r\n", "{\"a\":\"\\\\\\\"\"}\r\n\r\n"},
         "{\"a\":\"\\\\\\\"\"}\n"},
        {"x.json",
         {"[{\"a\":\"", "\"},", "{\"a\":[\"]\\\\\\\"\"]}\r\n]\r\n"},
         "{\"a\":[\"]\\\\\\\"\"]}\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t before = 0; before <= strlen(rows[i].parts[2]); before++)
            expect_shared(rows[i].path, rows[i].parts, rows[i].wanted, before);
}
END_TEST

UNIT("rows", a_row_that_two_blocks_share_is_whole,
     reads_rows_that_the_suite_holds, every_mistake_in_the_suite_is_told,
     knows_which_fields_all_rows_have, rows_name_their_copies,
     a_file_is_read_and_told_of_once, a_path_is_told_as_the_suite_is_reached,
     stdin_is_read_by_its_first_character, mistakes_of_stdin_are_told,
     a_path_of_the_command_line_leads_anywhere,
     two_streams_of_one_pipe_are_apart)
