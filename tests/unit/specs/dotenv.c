#include "specs/dotenv.h"

#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>

START_TEST(reads_dotenv_lines)
{
    static const char text[] =
        "\xef\xbb\xbf# a comment\r\n"
        "\n"
        "  PLAIN=word\r\n"
        "export EXPORTED = two words  # comment\n"
        "exported=x\n"
        "HASH=a#b #c\n"
        "NUMBER=12\n"
        "TEXT='12'\n"
        "EMPTY=\n"
        "ONLY=# nothing\n"
        "SINGLE='a \"b\" \\n # c' # d\n"
        "DOUBLE=\"tab\\tline\\nquote\\\" back\\\\ \\r #\"\n"
        "LINES=\"one\ntwo\"\n"
        "BLANKS=\" x \"\n"
        "AGAIN=1\nAGAIN=2\n"
        "URL=https://h/p?a=b&c=d\n"
        "LAST=end";
    struct arena arena = {0};
    struct faults faults = {0};
    const struct source *source = source_new(&arena, "f", text, strlen(text));
    json_auto_t *values = dotenv_read(source, NULL, &faults);

    ck_assert_msg(!faults.total, "%s",
                  faults.total ? faults.faults[0].text : "");
    value_expect(values,
                 "{\"PLAIN\":\"word\",\"EXPORTED\":\"two words\","
                 "\"exported\":\"x\",\"HASH\":\"a#b\",\"NUMBER\":12,"
                 "\"TEXT\":\"12\",\"EMPTY\":\"\",\"ONLY\":\"\","
                 "\"SINGLE\":\"a \\\"b\\\" \\\\n # c\","
                 "\"DOUBLE\":\"tab\\tline\\nquote\\\" back\\\\ \\r #\","
                 "\"LINES\":\"one\\ntwo\",\"BLANKS\":\" x \",\"AGAIN\":2,"
                 "\"URL\":\"https://h/p?a=b&c=d\",\"LAST\":\"end\"}");
    arena_finish(&arena);
}
END_TEST

START_TEST(every_mistake_in_dotenv_lines_is_told)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *said;
    } rows[] = {
        {"word", 1, 1, "a line must be NAME=value here"},
        {"a=1\nb c=2", 2, 1, "a line must be NAME=value here"},
        {"1=2", 1, 1, NULL},
        {"=2", 1, 1, NULL},
        {"a=\"x", 1, 3, "this quote is never closed"},
        {"a=1\n\nb='x\ny\n", 3, 3, "this quote is never closed"},
        {"a=\"\\q\"", 1, 4,
         "no such escape; known are \\n, \\r, \\t, \\\" and \\\\"},
        {"a=\"\\", 1, 4,
         "no such escape; known are \\n, \\r, \\t, \\\" and \\\\"},
        {"a=\"x\" y", 1, 7,
         "behind the closing quote only a comment may stand"},
        {"export", 1, 1, "a line must be NAME=value here"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct faults faults = {0};
        const struct source *source =
            source_new(&arena, "f", rows[i].text, strlen(rows[i].text));
        json_auto_t *values = dotenv_read(source, NULL, &faults);

        ck_assert(json_is_object(values));
        ck_assert_msg(faults.total == 1, "%s", rows[i].text);
        ck_assert_uint_eq(faults.faults[0].at.line, rows[i].line);
        ck_assert_msg(faults.faults[0].at.column == rows[i].column, "%s: %u",
                      rows[i].text, faults.faults[0].at.column);
        if (rows[i].said)
            ck_assert_str_eq(faults.faults[0].text, rows[i].said);
        faults_finish(&faults);
        arena_finish(&arena);
    }
}
END_TEST

UNIT("dotenv", reads_dotenv_lines, every_mistake_in_dotenv_lines_is_told)
