#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/row_trial.h"
#include "tests/unit/unit.h"
#include <string.h>

START_TEST(reads_csv)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"a,b\n1,2\n3,4\n", "{\"a\":\"1\",\"b\":\"2\"}\n"
                            "{\"a\":\"3\",\"b\":\"4\"}\n"},
        {"a,b\r\n1,2\r\n", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a,b\r\n1,2\n3,4\r\n", "{\"a\":\"1\",\"b\":\"2\"}\n"
                                "{\"a\":\"3\",\"b\":\"4\"}\n"},
        {"a,b\n1,2", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a,b\n1,", "{\"a\":\"1\",\"b\":\"\"}\n"},
        {"a,b\n,\n", "{\"a\":\"\",\"b\":\"\"}\n"},
        {"\xef\xbb\xbf"
         "a\n1\n",
         "{\"a\":\"1\"}\n"},
        {"\xef\xbb\xbf\"a\"\n1\n", "{\"a\":\"1\"}\n"},
        {"a\n\"x, y\"\n", "{\"a\":\"x, y\"}\n"},
        {"a\n\"x \"\"y\"\"\"\n", "{\"a\":\"x \\\"y\\\"\"}\n"},
        {"a\n\"\"\"\"\n", "{\"a\":\"\\\"\"}\n"},
        {"a,b\n\"\",\"\"\n", "{\"a\":\"\",\"b\":\"\"}\n"},
        {"a,b\n\"1\r\n2\n3\r4\",5\n", "{\"a\":\"1\\r\\n2\\n3\\r4\","
                                      "\"b\":\"5\"}\n"},
        {"a,b\n\"1\",\"2\"", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a,b\n\"1\",\"2\"\r\n", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a,b\n1,2\n\n", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a,b\r\n1,2\r\n\r\n", "{\"a\":\"1\",\"b\":\"2\"}\n"},
        {"a\n1\n\n2\n", "{\"a\":\"1\"}\n{\"a\":\"\"}\n{\"a\":\"2\"}\n"},
        {"a\n1\n\n\n", "{\"a\":\"1\"}\n{\"a\":\"\"}\n"},
        {"a\n1\n\n", "{\"a\":\"1\"}\n"},
        {"a\n1\n\"\"\n", "{\"a\":\"1\"}\n{\"a\":\"\"}\n"},
        {"a\n 1 \n", "{\"a\":\" 1 \"}\n"},
        {"a\n\xc3\xa4\xe2\x82\xac\n", "{\"a\":\"\xc3\xa4\xe2\x82\xac\"}\n"},
        {"a\n{{b}}\n", "{\"a\":\"{{b}}\"}\n"},
        {"a:integer,b:number,c:boolean,d:json,e:string\n"
         "1,-2.5,true,\"[1,{\"\"k\"\":null}]\",7\n"
         ",,,,\n"
         "1.0,1e3,false,null,\n",
         "{\"a\":1,\"b\":-2.5,\"c\":true,\"d\":[1,{\"k\":null}],\"e\":\"7\"}\n"
         "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":\"\"}\n"
         "{\"a\":1.0,\"b\":1000.0,\"c\":false,\"d\":null,\"e\":\"\"}\n"},
        {"a:integer,b:number\n123456789012345678901234567890,0.1000000000000000"
         "0000001\n",
         "{\"a\":123456789012345678901234567890,"
         "\"b\":0.10000000000000000000001}\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.csv", rows[i].text, rows[i].wanted, NULL);
}
END_TEST

#define TYPES "; there are boolean, integer, json, number and string\n"
#define NAMES                                                                  \
    "a variable's name is made of letters, digits, \"_\" and \"-\" and does "  \
    "not begin with a digit or \"-\""

#define COMMA "; columns are separated by a comma alone"

START_TEST(every_mistake_in_a_header_is_told)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "x.csv: the file is empty; the first line of CSV names its "
             "columns\n"},
        {"a,b\n", "x.csv: there are no rows in it\n"},
        {"a,b", "x.csv: there are no rows in it\n"},
        {"a,,c\n1,2,3\n", "x.csv:1:3: this column has no name\n"},
        {"\n1\n", "x.csv:1:1: this column has no name\n"},
        {"a,b,a\n1,2,3\n",
         "x.csv:1:5: the columns 1 and 3 are both named \"a\"\n"},
        {"a:json,a:number\n1,2\n",
         "x.csv:1:8: the columns 1 and 2 are both named \"a\"\n"},
        {"a b\n1\n", "x.csv:1:1: the name of column 1: " NAMES COMMA "\n"},
        {"a, b\n1,2\n", "x.csv:1:3: the name of column 2: " NAMES COMMA "\n"},
        {"a;b\n1;2\n", "x.csv:1:1: the name of column 1: " NAMES COMMA "\n"},
        {"1\n1\n", "x.csv:1:1: the name of column 1: " NAMES "\n"},
        {"env\n1\n",
         "x.csv:1:1: the name of column 1: \"env\" is the environment, as in "
         "{{env.HOME}}; this variable needs another name\n"},
        {"a,index\n1,2\n",
         "x.csv:1:3: the name of column 2: \"index\" is the number of the repetition, as in "
         "{{index}}; this field needs another name\n"},
        {"a:integr\n1\n", "x.csv:1:1: no type of columns is \"integr\"; did "
                          "you mean \"integer\"?\n"},
        {"a:Number\n1\n", "x.csv:1:1: no type of columns is \"Number\"; did "
                          "you mean \"number\"?\n"},
        {"a:date\n1\n", "x.csv:1:1: no type of columns is \"date\"" TYPES},
        {"a:\n1\n", "x.csv:1:1: no type of columns is \"\"" TYPES},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.csv", rows[i].text, NULL, rows[i].told);
}
END_TEST

START_TEST(every_mistake_in_records_is_told)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"a,b\n1\n", "x.csv:2:1: 1 cell, but the header names 2\n"},
        {"a,b\n1,2\n1,2,3\n", "x.csv:3:5: 3 cells, but the header names 2\n"},
        {"a,b\n1,2,\n", "x.csv:2:5: 3 cells, but the header names 2\n"},
        {"a,b\n\n1,2\n",
         "x.csv:2:1: an empty line; only the last one may be empty\n"},
        {"a,b\n1,2\n\n\n",
         "x.csv:3:1: an empty line; only the last one may be empty\n"},
        {"a,b\n1,\"2\n3,4\n", "x.csv:2:3: this quote is never closed\n"},
        {"a,b\n1,\"", "x.csv:2:3: this quote is never closed\n"},
        {"a,\"b\n", "x.csv:1:3: this quote is never closed\n"},
        {"a,b\n1,\"2\"x\n\"1\"x y,2\n3,4\n",
         "x.csv:2:6: text behind the closing quote; a quote inside of a cell "
         "is written twice\n"
         "x.csv:3:4: text behind the closing quote; a quote inside of a cell "
         "is written twice\n"},
        {"a\n\"1\"\r2\n",
         "x.csv:2:4: text behind the closing quote; a quote inside of a cell "
         "is written twice\n"},
        {"a\n\"1\"\r",
         "x.csv:2:4: text behind the closing quote; a quote inside of a cell "
         "is written twice\n"},
        {"a,b\n1,2\"3\n", "x.csv:2:4: a quote in a cell that does not begin "
                          "with one; write \"say \"\"hi\"\"\"\n"},
        {"a,b\n1, \"3\"\n", "x.csv:2:4: a quote in a cell that does not begin "
                            "with one; write \"say \"\"hi\"\"\"\n"
                            "x.csv:2:6: a quote in a cell that does not begin "
                            "with one; write \"say \"\"hi\"\"\"\n"},
        {"a\n1\r2\n", "x.csv:2:2: a carriage return without a line feed; in "
                      "quotes it may stand\n"},
        {"a\n1\r", "x.csv:2:2: a carriage return without a line feed; in "
                   "quotes it may stand\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.csv", rows[i].text, NULL, rows[i].told);
}
END_TEST

START_TEST(every_mistake_in_cells_is_told)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"a:integer\n1.5\n",
         "x.csv:2:1: an integer is expected in the column \"a\"\n"},
        {"a:integer\n1 2\n",
         "x.csv:2:1: an integer is expected in the column \"a\"\n"},
        {"a:number\n0x10\n",
         "x.csv:2:1: a number is expected in the column \"a\"\n"},
        {"a:number\n\"\"\"1\"\"\"\n",
         "x.csv:2:1: a number is expected in the column \"a\"\n"},
        {"a:boolean\nyes\n",
         "x.csv:2:1: true or false is expected in the column \"a\"\n"},
        {"a:json\n[1\n", "x.csv:2:1: JSON is expected in the column \"a\": the "
                         "text ends before the JSON does\n"},
        {"a:integer,b:boolean\nx,y\n1,true\n",
         "x.csv:2:1: an integer is expected in the column \"a\"\n"
         "x.csv:2:3: true or false is expected in the column \"b\"\n"},
        {"a,b:integer\n\"\xc3\xa4\n\xc3\xb6\",x\n",
         "x.csv:3:4: an integer is expected in the column \"b\"\n"},
        {"a\n\xff\n", "x.csv:2:1: the byte 0xff in this cell is not UTF-8\n"},
        {"a\xff\n1\n", "x.csv:1:1: the byte 0xff in this cell is not UTF-8\n"},
        {"\xff\xfe", "x.csv: the text is UTF-16; rows are written in UTF-8\n"},
        {"name\nx\ny\nx\n", "x.csv:4:1: the name \"x\" is already that of row "
                            "1 in line 2\n"},
        {"name,a\n\"x\",\"1\n2\"\ny,\n\"x\",\n",
         "x.csv:5:1: the name \"x\" is already that of row 1 in line 2\n"},
        {"name\n\"\"\n", "x.csv:2:1: the name of a row is empty\n"},
        {"name\n\"a\nb\"\n", "x.csv:2:1: the name of a row holds no line "
                             "breaks or other control characters\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.csv", rows[i].text, NULL, rows[i].told);
}
END_TEST

START_TEST(nuls_are_no_text)
{
    static const struct {
        const char *text;
        size_t length;
        const char *told;
    } rows[] = {
        {"a\nx\0y\n", 6,
         "x.csv:2:1: a NUL byte is in this cell; this is no text\n"},
        {"a\0b\n1\n", 6,
         "x.csv:1:1: a NUL byte is in this cell; this is no text\n"},
        {"a:integer\n1\0\n", 13,
         "x.csv:2:1: a NUL byte is in this cell; this is no text\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct row_trial trial;

        trial_start(&trial);
        trial_write("x.csv", rows[i].text, rows[i].length);
        trial_load(&trial, "\"x.csv\"");
        ck_assert_str_eq(trial.told, rows[i].told);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_mistake_is_shown_in_its_line)
{
    struct row_trial trial;
    struct place at;

    trial_start(&trial);
    folder_write("x.csv",
                 "a,b:integer\r\n\xc3\xa4,\xc3\xb6\xc3\xb6\r\n1,2\r\n");
    trial_load(&trial, "\"x.csv\"");
    ck_assert_uint_eq(trial.faults.count, 1);
    at = trial.faults.faults[0].at;
    ck_assert_uint_eq(at.line, 2);
    ck_assert_uint_eq(at.column, 3);
    ck_assert_uint_eq(at.width, 2);
    ck_assert_uint_eq(at.excerpt_length, 7);
    ck_assert_mem_eq(at.excerpt, "\xc3\xa4,\xc3\xb6\xc3\xb6", 7);
    trial_finish(&trial);
}
END_TEST

UNIT("rows_csv", reads_csv, every_mistake_in_a_header_is_told,
     every_mistake_in_records_is_told, every_mistake_in_cells_is_told,
     nuls_are_no_text, a_mistake_is_shown_in_its_line)
