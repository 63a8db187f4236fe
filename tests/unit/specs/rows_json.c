#include "tests/unit/specs/row_trial.h"
#include "tests/unit/unit.h"
#include <string.h>

START_TEST(reads_an_object_on_each_line)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":2}\n"},
        {"{\"a\":1}\r\n{\"a\":2}", "{\"a\":1}\n{\"a\":2}\n"},
        {"\n\n {\"a\":1} \n\t\n{\"b\":2}\n\n", "{\"a\":1}\n{\"b\":2}\n"},
        {"\xef\xbb\xbf{\"a\":1}\n", "{\"a\":1}\n"},
        {"{}\n", "{}\n"},
        {"{\"a\":\"}\\\"\\\\\",\"b\":[{}]}", "{\"a\":\"}\\\"\\\\\","
                                             "\"b\":[{}]}\n"},
        {"{\"a\":12345678901234567890123}",
         "{\"a\":12345678901234567890123}\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        trial_expect("x.ndjson", rows[i].text, rows[i].wanted, NULL);
        trial_expect("x.JSONL", rows[i].text, rows[i].wanted, NULL);
    }
}
END_TEST

START_TEST(reads_an_array_of_objects)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"[{\"a\":1},{\"a\":2}]", "{\"a\":1}\n{\"a\":2}\n"},
        {" [ {\"a\": 1}\n,\r\n\t{\"a\": 2} ] \n", "{\"a\":1}\n{\"a\":2}\n"},
        {"\xef\xbb\xbf[{}]", "{}\n"},
        {"[{\"a\":\"]},{\\\"\\\\\",\"b\":[[],{\"c\":{}}]},{}]",
         "{\"a\":\"]},{\\\"\\\\\",\"b\":[[],{\"c\":{}}]}\n{}\n"},
        {"[{\"a\":-0.12345678901234567890123}]",
         "{\"a\":-0.12345678901234567890123}\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.json", rows[i].text, rows[i].wanted, NULL);
}
END_TEST

#define NAMES                                                                  \
    "a variable's name is made of letters, digits, \"_\" and \"-\" and does "  \
    "not begin with a digit or \"-\"\n"
#define CONTROL                                                                \
    "the name of a row holds no line breaks or other control characters\n"

START_TEST(every_mistake_on_lines_is_told)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "x.ndjson: there are no rows in it\n"},
        {"\n \n", "x.ndjson: there are no rows in it\n"},
        {"[{}]\n", "x.ndjson:1:1: each line holds an object here; a file that "
                   "holds an array of them is named .json\n"},
        {"{}\n7\n{}\n", "x.ndjson:2:1: a row is an object, not a number\n"},
        {"{}\n [1]\n", "x.ndjson:2:2: a row is an object, not an array\n"},
        {"{}\nnull\n", "x.ndjson:2:1: a row is an object, not null\n"},
        {"{\n\"a\":1}\n", "x.ndjson:1:1: this line ends before its object "
                          "does; each line holds a whole one\n"
                          "x.ndjson:2:4: there is more after the end of the "
                          "value\n"},
        {"{}\n{\"a\" 1}\n{}\n{\"a\":,}\n",
         "x.ndjson:2:6: \":\" is expected here, after the key\n"
         "x.ndjson:4:6: a value is expected here\n"},
        {"{\"a\":1,\"a\":2}\n",
         "x.ndjson:1:8: this key is given twice in the same object\n"},
        {"{\"a\":1,\"b c\":2}\n", "x.ndjson:1:8: " NAMES},
        {"{}\n{\"\xc3\xa4\":\"\xc3\xa4\",\"env\":2}\n{\"env\":1}\n",
         "x.ndjson:2:2: " NAMES
         "x.ndjson:2:10: \"env\" is the environment, as in {{env.HOME}}; this "
         "variable needs another name\n"},
        {"{\"index\":1}\n",
         "x.ndjson:1:2: \"index\" is the number of the repetition, as in "
         "{{index}}; this field needs another name\n"},
        {"{\"name\":\"x\"}\n{\"name\":1}\n{\"name\":true}\n{\"name\":\"1\"}\n"
         "{\"b\":0, \"name\":\"x\"}\n",
         "x.ndjson:4:9: the name \"1\" is already that of row 2 in line 2\n"
         "x.ndjson:5:16: the name \"x\" is already that of row 1 in line 1\n"},
        {"{\"name\":null}\n{\"name\":[1]}\n{\"name\":{}}\n",
         "x.ndjson:1:9: the name of a row is text, a number, true or false\n"
         "x.ndjson:2:9: the name of a row is text, a number, true or false\n"
         "x.ndjson:3:9: the name of a row is text, a number, true or false\n"},
        {"{\"name\":\"\"}\n", "x.ndjson:1:9: the name of a row is empty\n"},
        {"{\"name\":\"a\\nb\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{\"name\":\"\\u001b[1m\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{\"name\":\"\\u0000\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{\"name\":\"\\u007f\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{\"name\":\"\\u0085\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{\"name\":\"\\u2028\"}\n", "x.ndjson:1:9: " CONTROL},
        {"{}\n{\"name\":\"row 1\"}\n{\"name\":\"row 3\"}\n",
         "x.ndjson:2:9: \"row 1\" is how row 1 is called\n"},
        {"\xfe\xff", "x.ndjson: the text is UTF-16; rows are written in "
                     "UTF-8\n"},
        {"{\"a\":\"\xff\"}\n", "x.ndjson:1:7: this is not UTF-8\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.ndjson", rows[i].text, NULL, rows[i].told);
}
END_TEST

START_TEST(every_mistake_in_an_array_is_told)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"", "x.json: the file is empty; it should hold an array of "
             "objects\n"},
        {"  ", "x.json: the file is empty; it should hold an array of "
               "objects\n"},
        {"[]", "x.json: there are no rows in it\n"},
        {"\n {\"a\":1}\n",
         "x.json:2:2: an array of objects is expected; a file "
         "with an object on each line is named .ndjson\n"},
        {"[{}", "x.json:1:4: the array has no closing bracket\n"},
        {"[", "x.json:1:2: the array has no closing bracket\n"},
        {"[{},", "x.json:1:5: the array has no closing bracket\n"},
        {"[{},\n]", "x.json:2:1: no comma may stand behind the last row\n"},
        {"[,{}]", "x.json:1:2: a row is expected here\n"},
        {"[{},,{}]", "x.json:1:5: a row is expected here\n"},
        {"[{} {}]", "x.json:1:5: \",\" or \"]\" is expected here\n"},
        {"[}]", "x.json:1:2: no bracket is open that this one closes\n"},
        {"[{}] x", "x.json:1:6: nothing may follow the end of the array\n"},
        {"[{}]]", "x.json:1:5: nothing may follow the end of the array\n"},
        {"[{},\n {\"a\":[1}", "x.json:2:2: the file ends before this row "
                              "does\n"},
        {"[{\"a\":\"x}]", "x.json:1:2: the file ends before this row does\n"},
        {"[{},\n{\n\"a\":\n1,\n\"b\" 2},\n7]",
         "x.json:5:5: \":\" is expected here, after the key\n"
         "x.json:6:1: a row is an object, not a number\n"},
        {"[{}, \"a,]b\", [1], true]",
         "x.json:1:6: a row is an object, not a string\n"
         "x.json:1:14: a row is an object, not an array\n"
         "x.json:1:19: a row is an object, not a boolean\n"},
        {"[{}, tru\xc3\xa4]", "x.json:1:6: this is not JSON\n"},
        {"[{},\n {\"a\":1,\n  \"b c\":2}]", "x.json:3:3: " NAMES},
        {"[{\"name\":1},\n\n{\"name\":1.0},{\"name\":1}]",
         "x.json:3:22: the name \"1\" is already that of row 1 in line 1\n"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_expect("x.json", rows[i].text, NULL, rows[i].told);
}
END_TEST

UNIT("rows_json", reads_an_object_on_each_line, reads_an_array_of_objects,
     every_mistake_on_lines_is_told, every_mistake_in_an_array_is_told)
