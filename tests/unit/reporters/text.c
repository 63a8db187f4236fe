#include "reporters/text.h"

#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20 };

typedef void add(struct buffer *out, const char *bytes, size_t length);

static void expect(add *add_text, const char *bytes, size_t length,
                   const char *wanted)
{
    struct buffer out = buffer_with_ceiling(ROOM);

    add_text(&out, bytes, length);
    ck_assert_str_eq(buffer_text(&out), wanted);
    ck_assert(text_is_valid(buffer_text(&out), out.length));
    buffer_finish(&out);
}

START_TEST(only_utf8_is_valid)
{
    static const struct {
        const char *bytes;
        bool is_valid;
    } rows[] = {
        {"", true},
        {"a\xc2\x80", true},
        {"\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf", true},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true},
        {"\x80", false},
        {"\xc0\xaf", false},
        {"\xc1\x81", false},
        {"\xe0\x9f\xbf", false},
        {"\xed\xa0\x80", false},
        {"\xf0\x8f\xbf\xbf", false},
        {"\xf4\x90\x80\x80", false},
        {"\xf5\x80\x80\x80", false},
        {"\xe2\x82", false},
        {"\xe2\x28\xa1", false},
        {"\xe2\x82\x28", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(text_is_valid(rows[i].bytes, strlen(rows[i].bytes)) ==
                          rows[i].is_valid,
                      "row %zu", i);
    }
}
END_TEST

START_TEST(xml_text_keeps_lines_and_shows_the_rest)
{
    expect(text_add_xml, "a\tb\r\nc", 6, "a\tb\r\nc");
    expect(text_add_xml, "a\0b", 3, "a\\u0000b");
    expect(text_add_xml, "\x1b[0m\x7f", 5, "\\u001b[0m\\u007f");
    expect(text_add_xml, "\xc2\x9b!", 3, "\\u009b!");
    expect(text_add_xml, "\xff\xc3", 2, "\\xff\\xc3");
    expect(text_add_xml, "\xed\xa0\x80", 3, "\\xed\\xa0\\x80");
    expect(text_add_xml, "\xef\xbf\xbe\xef\xbf\xbf", 6, "\\ufffe\\uffff");
    expect(text_add_xml, "\xf0\x9f\x98\x80 ]]>", 8, "\xf0\x9f\x98\x80 ]]>");
}
END_TEST

START_TEST(a_line_cannot_move_a_cursor)
{
    expect(text_add_line, "a\tb\r\nc", 6, "a\\tb\\r\\nc");
    expect(text_add_line, "\x1b[2J\b", 5, "\\u001b[2J\\u0008");
    expect(text_add_line,
           "\xe2\x80\xae"
           "cod",
           6, "\\u202ecod");
    expect(text_add_line, "\xe2\x80\xa8", 3, "\\u2028");
    expect(text_add_line, "\xd8\xa3\xd7\x90", 4, "\xd8\xa3\xd7\x90");
    for (int byte = 0; byte < 256; byte++) {
        struct buffer out = buffer_with_ceiling(ROOM);
        char one = (char)byte;

        text_add_line(&out, &one, 1);
        for (size_t i = 0; i < out.length; i++)
            ck_assert_msg(out.bytes[i] >= ' ' && out.bytes[i] < 0x7f, "%d",
                          byte);
        buffer_finish(&out);
    }
}
END_TEST

START_TEST(short_text_is_cut_by_characters)
{
    struct buffer out = buffer_with_ceiling(ROOM);

    text_add_short(&out, "\xc3\xa4\xc3\xb6\xc3\xbc", 3);
    ck_assert_str_eq(buffer_text(&out), "\xc3\xa4\xc3\xb6\xc3\xbc");
    buffer_clear(&out);
    text_add_short(&out, "\xc3\xa4\xc3\xb6\xc3\xbc", 2);
    ck_assert_str_eq(buffer_text(&out), "\xc3\xa4\xc3\xb6...");
    buffer_finish(&out);
}
END_TEST

START_TEST(adding_stops_at_the_ceiling)
{
    struct buffer out = buffer_with_ceiling(4);

    text_add_line(&out,
                  "ab\xc3\xa4"
                  "cd",
                  6);
    ck_assert_str_eq(buffer_text(&out), "ab\xc3\xa4");
    buffer_clear(&out);
    text_add_line(&out, "ab\nc", 4);
    ck_assert_str_eq(buffer_text(&out), "ab\\n");
    buffer_clear(&out);
    text_add_line(&out, "abc\nd", 5);
    ck_assert_str_eq(buffer_text(&out), "abc");
    buffer_finish(&out);
}
END_TEST

START_TEST(widths_are_those_of_a_terminal)
{
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},
        {"abc", 3},
        {"\xc3\xa4", 1},
        {"e\xcc\x81", 1},
        {"\xe6\xbc\xa2\xe5\xad\x97", 4},
        {"\xf0\x9f\x98\x80", 2},
        {"\xe2\x80\x8b", 0},
        {"\xef\xbc\xa1", 2},
        {"\xe2\x9c\x93", 1},
        {"\xed\x95\x9c", 2},
        {"\xf0\xa0\x80\x80", 2},
        {"\xf0\x9d\x84\x9e", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(text_columns(rows[i].text, strlen(rows[i].text)) ==
                          rows[i].width,
                      "%s", rows[i].text);
    }
}
END_TEST

START_TEST(only_what_must_is_escaped)
{
    struct buffer out = buffer_with_ceiling(ROOM);

    text_add_escaped(&out, "<a & \"b\"> ]]> ]>\r\n\t", TEXT_ELEMENT);
    ck_assert_str_eq(buffer_text(&out),
                     "&lt;a &amp; \"b\"> ]]&gt; ]>&#13;\n\t");
    buffer_clear(&out);
    text_add_escaped(&out, "<a & \"b\"> ]]> ]>\r\n\t", TEXT_ATTRIBUTE);
    ck_assert_str_eq(buffer_text(&out),
                     "&lt;a &amp; &quot;b&quot;> ]]&gt; ]>&#13;&#10;&#9;");
    buffer_finish(&out);
}
END_TEST

static size_t count_of(const char *text, char wanted)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == wanted;
    return count;
}

/* One past the limit of bytes: head and tail, whole characters. */
START_TEST(long_text_keeps_head_and_tail)
{
    enum { LENGTH = 3 * 2000 };
    const struct text_limit limit = {LENGTH - 1, 1000};
    struct buffer out = buffer_with_ceiling(ROOM);
    static const char euro[] = {'\xe2', '\x82', '\xac'};
    char *text = must_alloc(LENGTH + 1);

    for (size_t i = 0; i < LENGTH; i += 3)
        memcpy(text + i, euro, sizeof(euro));
    text_add_within(&out, text, LENGTH, (struct text_limit){LENGTH, 1000});
    ck_assert_str_eq(buffer_text(&out), text);
    buffer_clear(&out);
    text_add_within(&out, text, LENGTH, limit);
    ck_assert_uint_le(out.length, limit.bytes);
    ck_assert_ptr_nonnull(strstr(out.bytes, "bytes left out …]\n\xe2\x82\xac"));
    ck_assert(text_is_valid(out.bytes, out.length));
    free(text);
    buffer_finish(&out);
}
END_TEST

START_TEST(references_are_limited_too)
{
    enum { LENGTH = 1001 };
    const struct text_limit limit = {1 << 16, LENGTH - 1};
    struct buffer out = buffer_with_ceiling(ROOM);
    char text[LENGTH + 1];

    memset(text, '<', LENGTH);
    text[LENGTH] = '\0';
    text_add_within(&out, text, LENGTH, limit);
    ck_assert_uint_eq(count_of(out.bytes, '<'), 1000);
    ck_assert_ptr_nonnull(strstr(out.bytes, "[… 1 bytes left out …]"));
    buffer_clear(&out);
    text_add_within(&out, text, LENGTH - 1, limit);
    ck_assert_uint_eq(out.length, LENGTH - 1);
    buffer_finish(&out);
}
END_TEST

UNIT("text", only_utf8_is_valid, xml_text_keeps_lines_and_shows_the_rest,
     a_line_cannot_move_a_cursor, short_text_is_cut_by_characters,
     adding_stops_at_the_ceiling, widths_are_those_of_a_terminal,
     only_what_must_is_escaped, long_text_keeps_head_and_tail,
     references_are_limited_too)
