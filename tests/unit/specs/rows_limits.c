/* What rows may hold: as much as each limit says, and one more; and that many
 * rows need no more memory than a few. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/row_trial.h"
#include "tests/unit/unit.h"
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>

#include "specs/base/buffer.h"
#include "specs/rows.h"

enum { TEXT_MOST = 4 << 20, SHORT = 3 };

/* Each assertion is written to a file by Check, so that loops count instead. */

/* A file of a text, with a piece of it repeated. */
static void expect_told(const char *path, const char *const parts[SHORT],
                        size_t times, const char *told)
{
    struct row_trial trial;
    struct buffer text = buffer_with_ceiling(TEXT_MOST);
    bool made = buffer_add_text(&text, parts[0]);
    char each[80];

    for (size_t i = 0; i < times; i++)
        made = made && buffer_add_text(&text, parts[1]);
    ck_assert(made && buffer_add_text(&text, parts[2]));
    trial_start(&trial);
    folder_write(path, text.bytes);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(&trial, each);
    ck_assert_str_eq(trial.told, told);
    ck_assert(trial.rows->is_broken == (*told != '\0'));
    trial_finish(&trial);
    buffer_finish(&text);
}

START_TEST(a_row_is_no_longer_than_the_limit)
{
    static const struct {
        const char *path;
        const char *parts[SHORT];
        size_t around; /* bytes that count besides those repeated */
        const char *told;
    } rows[] = {
        {"x.csv", {"a,b\n", "x", ",y\n1,2\n"}, 1, "x.csv:2:1: this row"},
        {"x.csv",
         {"a,b\nyy,\"", "x", "\"\n1,2\n"},
         2,
         "x.csv:2:4: behind this quote, the row"},
        {"x.ndjson",
         {"{\"a\":\"", "x", "\"}\n{\"b\":1}\n"},
         8,
         "x.ndjson:1:1: this row"},
        {"x.json", {"[{\"a\":\"", "x", "\"}]"}, 8, "x.json:1:2: this row"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t most = LIMIT_ROW_BYTES - rows[i].around;
        char told[160];

        snprintf(told, sizeof(told), "%s is longer than %d KiB%s\n",
                 rows[i].told, LIMIT_ROW_BYTES >> 10,
                 i == 1 ? "; is the quote never closed?" : "");
        expect_told(rows[i].path, rows[i].parts, most, "");
        expect_told(rows[i].path, rows[i].parts, most + 1, told);
    }
}
END_TEST

/* Names of columns that differ. */
static void expect_fields(size_t count, const char *path, const char *told)
{
    struct row_trial trial;
    struct buffer text = buffer_with_ceiling(TEXT_MOST);
    bool is_csv = strcmp(path, "x.csv") == 0;
    char each[80];

    for (size_t i = 0; i < count; i++)
        ck_assert(is_csv ? buffer_print(&text, "%sa%zu", i ? "," : "", i)
                         : buffer_print(&text, "{\"a%zu\":1}\n", i));
    ck_assert(buffer_add_text(&text, "\n"));
    for (size_t i = 1; is_csv && i < count; i++)
        ck_assert(buffer_add_text(&text, ","));
    ck_assert(buffer_add_text(&text, "\n"));
    trial_start(&trial);
    folder_write(path, text.bytes);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(&trial, each);
    ck_assert_str_eq(trial.told, told);
    if (!*told)
        ck_assert_uint_eq(trial.rows->field_count, count);
    trial_finish(&trial);
    buffer_finish(&text);
}

START_TEST(rows_have_no_more_fields_than_the_limit)
{
    char told[160];

    expect_fields(LIMIT_ROW_FIELDS, "x.csv", "");
    expect_fields(LIMIT_ROW_FIELDS, "x.ndjson", "");
    snprintf(told, sizeof(told),
             "x.csv:1:5035: a row has at most %d columns, not %d\n",
             LIMIT_ROW_FIELDS, LIMIT_ROW_FIELDS + 1);
    expect_fields(LIMIT_ROW_FIELDS + 1, "x.csv", told);
    snprintf(told, sizeof(told),
             "x.ndjson:%d:2: the rows have more than %d fields in all\n",
             LIMIT_ROW_FIELDS + 1, LIMIT_ROW_FIELDS);
    expect_fields(LIMIT_ROW_FIELDS + 2, "x.ndjson", told);
}
END_TEST

START_TEST(a_row_of_too_many_cells_is_told_once)
{
    static const char *const parts[] = {"a,b\n1", ",", "\n1,2\n"};
    char told[160];

    snprintf(told, sizeof(told),
             "x.csv:2:4: %d cells, but the header names 2\n",
             LIMIT_ROW_FIELDS + 10);
    expect_told("x.csv", parts, LIMIT_ROW_FIELDS + 9, told);
}
END_TEST

START_TEST(a_name_is_no_longer_than_the_limit)
{
    static const char *const parts[] = {"name\n", "\xe2\x82\xac", "\n"};
    char told[160];

    expect_told("x.csv", parts, LIMIT_ROW_NAME, "");
    snprintf(told, sizeof(told),
             "x.csv:2:1: the name of a row has at most %d characters\n",
             LIMIT_ROW_NAME);
    expect_told("x.csv", parts, LIMIT_ROW_NAME + 1, told);
    expect_told("x.csv", parts, (size_t)LIMIT_ROW_NAME * 3, told);
}
END_TEST

static void expect_mistakes(const char *header, const char *row, size_t count,
                            const char *rest)
{
    struct row_trial trial;
    const char *parts[] = {header, row, ""};
    struct buffer text = buffer_with_ceiling(TEXT_MOST);

    for (size_t i = 0; i < COUNT(parts); i++)
        for (size_t j = 0; j < (i == 1 ? count : 1); j++)
            ck_assert(buffer_add_text(&text, parts[i]));
    trial_start(&trial);
    folder_write("x.csv", text.bytes);
    trial_load(&trial, "\"x.csv\"");
    ck_assert_uint_eq(trial.faults.total, LIMIT_ROW_FAULTS + (rest != NULL));
    if (rest)
        ck_assert_msg(strstr(trial.told, rest), "%s", trial.told);
    trial_finish(&trial);
    buffer_finish(&text);
}

START_TEST(no_more_mistakes_of_a_file_are_told_than_the_limit)
{
    char rest[160];

    expect_mistakes("a:integer\n", "x\n", LIMIT_ROW_FAULTS, NULL);
    snprintf(rest, sizeof(rest),
             "x.csv:%d:1: here and behind, this file has 1 more mistake\n",
             LIMIT_ROW_FAULTS + 2);
    expect_mistakes("a:integer\n", "x\n", LIMIT_ROW_FAULTS + 1, rest);
    snprintf(rest, sizeof(rest),
             "x.csv:%d:1: here and behind, this file has 80 more mistakes\n",
             LIMIT_ROW_FAULTS + 2);
    expect_mistakes("a:integer\n", "x\n", LIMIT_ROW_FAULTS + 80, rest);
    expect_mistakes("name\n", "x\n", LIMIT_ROW_FAULTS + 1, NULL);
    expect_mistakes("name\n", "x\n", LIMIT_ROW_FAULTS + 3,
                    "x.csv: 2 more rows have names of earlier ones\n");
}
END_TEST

static void expect_rows(const char *each, size_t most, const char *told)
{
    struct row_trial trial;

    trial_start(&trial);
    ck_assert_uint_eq(trial.files.row_most, LIMIT_ROWS);
    trial.files.row_most = most;
    folder_write("x.csv", "a\n1\n2\n3\n");
    trial_load(&trial, each);
    ck_assert_str_eq(trial.told, told);
    ck_assert_uint_eq(trial.rows->count, *told ? most : 3);
    trial_finish(&trial);
}

START_TEST(a_test_has_no_more_rows_than_the_limit)
{
    static const char written[] = "[{\"a\": 1}, {\"a\": 2}, {\"a\": 3}]";

    expect_rows("\"x.csv\"", 3, "");
    expect_rows("\"x.csv\"", 2, "x.csv:4:1: a test has at most 2 rows\n");
    expect_rows(written, 3, "");
    expect_rows(written, 2, "suite.json:1:22: a test has at most 2 rows\n");
}
END_TEST

enum many { MANY_FEW = 1000, MANY = 300000 };

static void write_many(const char *path, size_t count)
{
    FILE *file = fopen(path, "w");
    const char *ending = strrchr(path, '.');

    ck_assert_ptr_nonnull(file);
    if (strcmp(ending, ".csv") == 0)
        fputs("a:integer,b,c\n", file);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(ending, ".csv") == 0)
            fprintf(file, "%zu,user%zu@a.test,\"x, y\"\n", i, i);
        else if (strcmp(ending, ".ndjson") == 0) {
            fprintf(file, "{\"a\":%zu,\"b\":\"user%zu@a.test\",\"c\":\"x\"}\n",
                    i, i);
        } else {
            fprintf(file, "%s{\"a\":%zu,\"b\":\"user%zu@a.test\",\"c\":[]}%s",
                    i ? ",\n" : "[", i, i, i == count - 1 ? "]" : "");
        }
    }
    ck_assert_int_eq(fclose(file), 0);
}

/* The kilobytes of the program after so many rows were read twice. */
static long memory_after(const char *path, size_t count)
{
    struct row_trial trial;
    struct fault fault = {0};
    struct row_stream *stream;
    struct rusage usage;
    size_t read = 0, held;
    bool in_order = true;
    char each[80];
    json_t *row;

    trial_start(&trial);
    write_many(path, count);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(&trial, each);
    ck_assert_str_eq(trial.told, "");
    ck_assert_uint_eq(trial.rows->count, count);
    stream = rows_open(trial.rows, &fault);
    held = mallinfo2().uordblks;
    while ((row = rows_next(stream, &fault))) {
        json_int_t number = json_integer_value(json_object_get(row, "a"));

        in_order = in_order && number == (json_int_t)read;
        read++;
        json_decref(row);
    }
    ck_assert(in_order && !fault.raised);
    ck_assert_uint_eq(read, count);
    ck_assert_uint_le(mallinfo2().uordblks, held + 4096);
    rows_close(stream);
    trial_finish(&trial);
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* The address sanitizer keeps what is freed. */
#if defined(__SANITIZE_ADDRESS__)
enum { KEEPS_FREED = true };
#elif defined(__has_feature)
enum { KEEPS_FREED = __has_feature(address_sanitizer) };
#else
enum { KEEPS_FREED = false };
#endif

/* KiB */
enum { MOST_GROWN = KEEPS_FREED ? 400 * 1024 : 1024 };

START_TEST(many_rows_need_no_more_memory_than_a_few)
{
    static const char *const paths[] = {"x.csv", "x.json", "x.ndjson"};

    for (size_t i = 0; i < COUNT(paths); i++) {
        long few = memory_after(paths[i], MANY_FEW);
        long many = memory_after(paths[i], KEEPS_FREED ? MANY / 10 : MANY);

        ck_assert_msg(many <= few + MOST_GROWN, "%s: %ld KiB, %ld KiB",
                      paths[i], few, many);
    }
}
END_TEST

UNIT("rows_limits", a_row_is_no_longer_than_the_limit,
     rows_have_no_more_fields_than_the_limit,
     a_row_of_too_many_cells_is_told_once, a_name_is_no_longer_than_the_limit,
     no_more_mistakes_of_a_file_are_told_than_the_limit,
     a_test_has_no_more_rows_than_the_limit,
     many_rows_need_no_more_memory_than_a_few)
