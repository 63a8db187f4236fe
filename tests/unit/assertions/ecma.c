/* ECMA-262's regular expressions, as PCRE2 matches them. */
#include "assertions/schema/ecma.h"

#include "tests/unit/unit.h"
#include <string.h>

static struct pattern *compiled(const char *text)
{
    struct pattern_trouble trouble = {0};
    struct pattern *pattern = ecma_compile(text, strlen(text), &trouble);

    ck_assert_msg(pattern, "%s: %s at %zu", text, trouble.text, trouble.offset);
    ck_assert_msg(ecma_check(text, strlen(text), &trouble), "%s", text);
    return pattern;
}

static bool finds(const char *text, const char *subject)
{
    struct pattern *pattern = compiled(text);
    enum pattern_outcome outcome =
        pattern_search(pattern, (struct text){subject, strlen(subject)}, NULL);

    pattern_free(pattern);
    ck_assert(outcome != PATTERN_GAVE_UP);
    return outcome == PATTERN_FOUND;
}

struct row {
    const char *pattern, *subject;
    bool found;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(finds(rows[i].pattern, rows[i].subject) == rows[i].found,
                      "%s in \"%s\"", rows[i].pattern, rows[i].subject);
}

START_TEST(marks_mean_what_they_mean_there)
{
    static const struct row rows[] = {
        {"", "", true},
        {"^abc$", "abc", true},
        {"^abc$", "abc\n", false},
        {"^b", "a\nb", false},
        {"a$", "a\nb", false},
        {"^.$", "\n", false},
        {"^.$", "\r", false},
        {"^.$", "\xe2\x80\xa8", false},
        {"^.$", "\xe2\x80\xa9", false},
        {"^.$", "\xc2\x85", true},
        {"^.$", "\xf0\x9f\x90\xb2", true},
        {"\\bfoo\\b", "a foo b", true},
        {"\\bfoo\\b",
         "\xc3\xa9"
         "foo",
         true}, /* ASCII alone makes words */
        {"o\\B", "foo", true},
        {"^a|b$", "xb", true},
        {"#a b", "#a b", true},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(sets_are_those_of_the_standard)
{
    static const struct row rows[] = {
        {"^\\d$", "7", true},
        {"^\\d$", "\xdf\x80", false},
        {"^\\D$", "\xdf\x80", true},
        {"^[\\D]$", "\xdf\x80", true},
        {"^[^\\d]$", "7", false},
        {"^\\w$", "_", true},
        {"^\\w$", "\xc3\xa9", false},
        {"^\\W$", "\xc3\xa9", true},
        {"^[^\\W]$", "a", true},
        {"^[^\\W]$", "\xc3\xa9", false},
        {"^\\s$", "\v", true},
        {"^\\s$", "\xc2\xa0", true},
        {"^\\s$", "\xef\xbb\xbf", true},
        {"^\\s$", "\xe1\x9a\x80", true},
        {"^\\s$", "\xe2\x80\xa8", true},
        {"^\\s$", "\xc2\x85", false}, /* white space elsewhere */
        {"^\\s$", "\xe1\xa0\x8e", false},
        {"^\\S$", "\xc2\x85", true},
        {"^\\S$", "\xe2\x80\x8a", false},
        {"^[\\S]$", "\xef\xbb\xbf", false},
        {"^[^\\s]$", "\xe3\x80\x80", false},
        {"^[^\\s]$", "\xf4\x8f\xbf\xbf", true},
        {"^[\\S]$", "\xf4\x8f\xbf\xbf", true},
    };

    check(rows, COUNT(rows));
}
END_TEST

/* Section 12.2 and 12.3: white space and line terminators */
static bool is_space(uint32_t point)
{
    return (point >= 0x9 && point <= 0xd) || point == 0x20 || point == 0xa0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200a) ||
           point == 0x2028 || point == 0x2029 || point == 0x202f ||
           point == 0x205f || point == 0x3000 || point == 0xfeff;
}

static bool finds_point(const struct pattern *pattern, uint32_t point,
                        struct pattern_room *room)
{
    char bytes[3] = {(char)(0xe0 | point >> 12),
                     (char)(0x80 | (point >> 6 & 0x3f)),
                     (char)(0x80 | (point & 0x3f))};
    struct text text = {bytes, 3};

    if (point < 0x80) {
        bytes[0] = (char)point;
        text.length = 1;
    } else if (point < 0x800) {
        bytes[0] = (char)(0xc0 | point >> 6);
        bytes[1] = bytes[2];
        text.length = 2;
    }
    return pattern_try(pattern, text, PATTERN_WHOLE, room) == PATTERN_FOUND;
}

START_TEST(each_character_is_a_space_or_none)
{
    struct pattern *space = compiled("\\s"), *other = compiled("\\S");
    struct pattern_room room = {0};

    for (uint32_t point = 0; point < 0x10000; point++) {
        if (point >= 0xd800 && point < 0xe000)
            continue;
        ck_assert_msg(finds_point(space, point, &room) == is_space(point), "%x",
                      point);
        ck_assert_msg(finds_point(other, point, &room) != is_space(point), "%x",
                      point);
    }
    pattern_room_finish(&room);
    pattern_free(space);
    pattern_free(other);
}
END_TEST

START_TEST(escapes_stand_for_their_characters)
{
    static const struct row rows[] = {
        {"^\\t\\n\\v\\f\\r$", "\t\n\v\f\r", true},
        {"^\\cC\\cc$", "\x03\x03", true},
        {"^\\x41\\u0042\\u{43}\\u{000044}$", "ABCD", true},
        {"^\\uD83D\\uDC32$", "\xf0\x9f\x90\xb2", true},
        {"^\\u{1F432}+$", "\xf0\x9f\x90\xb2\xf0\x9f\x90\xb2", true},
        {"^\xf0\x9f\x90\xb2*$", "\xf0\x9f\x90\xb2\xf0\x9f\x90\xb2", true},
        {"^\xf0\x9f\x90\xb2*$", "\xf0\x9f\x90\x89", false},
        {"\\uD83D", "\xf0\x9f\x90\xb2", false}, /* half of it is nothing */
        {"^\\uD83D*a$", "a", true},
        {"^\\/\\.\\*\\[\\]\\{\\}\\$\\^\\|\\(\\)\\?\\+\\\\$", "/.*[]{}$^|()?+\\",
         true},
        {"^\\-\\_\\@\\\"\\ \\:\\#$", "-_@\" :#", true},
        {"^[\\b]$", "\b", true},
        {"^\\u00e9$", "\xc3\xa9", true},
        {"^\\\xc3\xa9$", "\xc3\xa9", true},
    };
    struct text nul = {"a\0b", 3};
    struct pattern *pattern = compiled("^a\\0b$");

    check(rows, COUNT(rows));
    ck_assert_int_eq(pattern_search(pattern, nul, NULL), PATTERN_FOUND);
    pattern_free(pattern);
}
END_TEST

START_TEST(classes_hold_their_members)
{
    static const struct row rows[] = {
        {"[]", "a", false},
        {"^[^]$", "\n", true},
        {"^[^]$", "\xf0\x9f\x90\xb2", true},
        {"a[]*b", "ab", true},
        {"^[[:alpha:]]$", ":]", true}, /* no class of POSIX */
        {"^[[:alpha:]]$", "b", false},
        {"^[a-c-]+$", "abc-", true},
        {"^[-a]+$", "a-", true},
        {"^[\\w-.]+$", "a-.", true},
        {"^[\\w-.]+$", "a+", false},
        {"^[a-\\d]+$", "a-5", true},
        {"^[a-\\d]+$", "b", false},
        {"^[\\]\\\\^]+$", "]\\^", true},
        {"^[$.*+?(){}|/]+$", "$.*+?(){}|/", true},
        {"^[\\u{1F431}-\\u{1F433}]$", "\xf0\x9f\x90\xb2", true},
        {"^[\\uD83D\\uDC31-\\uD83D\\uDC33]$", "\xf0\x9f\x90\xb2", true},
        {"[\\uD800-\\uDFFF]", "a", false},
        {"^[^\\uD800-\\uDFFF]$", "a", true},
        {"^[\\uD000-\\uDFFF]$", "\xed\x80\x80", true},
        {"^[\\uDFFF-\\uE000]$", "\xee\x80\x80", true},
        {"^[^a]$", "\n", true},
        {"^[\\x00-\\x1f]$", "\x01", true},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(properties_have_the_names_of_the_standard)
{
    static const struct row rows[] = {
        {"^\\p{Letter}cole$",
         "\xc3\xa9"
         "cole",
         true},
        {"^\\p{L}\\p{Lu}\\p{gc=Lu}\\p{General_Category=Uppercase_Letter}$",
         "aBCD", true},
        {"^\\p{digit}+$", "\xe0\xa7\xaa\xe0\xa7\xa8", true},
        {"^\\P{digit}$", "7", false},
        {"^\\p{LC}$", "a", true},
        {"^\\p{punct}$", "!", true},
        {"^[\\p{L}\\d-]+$", "a-7", true},
        {"^[^\\p{L}]$", "a", false},
        {"^\\p{Any}$", "\n", true},
        {"^\\p{Assigned}$", "a", true},
        {"^\\p{Assigned}$", "\xcd\xb8", false},
        {"^\\P{Assigned}$", "\xcd\xb8", true},
    };
    static const struct row newer[] = {
        {"^\\p{Script=Greek}\\p{sc=Grek}$", "\xce\xb1\xce\xb2", true},
        {"^\\p{Script_Extensions=Greek}$", "\xce\xb1", true},
        {"^\\p{scx=Grek}$", "a", false},
        {"^\\p{ASCII}\\P{ASCII}$", "a\xc3\xa9", true},
        {"^\\p{Alphabetic}\\p{Alpha}$", "ab", true},
        {"^\\p{White_Space}\\p{space}$", "  ", true},
        {"^\\p{Emoji_Presentation}$", "\xf0\x9f\x90\xb2", true},
        {"^[\\p{Script=Han}\\p{Script=Hiragana}]+$", "\xe4\xb8\x88\xe3\x81\x81",
         true},
    };
    struct pattern_trouble trouble;

    check(rows, COUNT(rows));
    /* PCRE2 knows these since 10.40. */
    if (ecma_check("\\p{sc=Greek}", 12, &trouble))
        check(newer, COUNT(newer));
}
END_TEST

START_TEST(groups_and_references_work)
{
    static const struct row rows[] = {
        {"^(a)(?:b)(c)\\2\\1$", "abcca", true},
        {"^(?<first>a|b)-\\k<first>$", "b-b", true},
        {"^(?<first>a|b)-\\k<first>$", "b-a", false},
        {"^(?<$x_1>a)\\1$", "aa", true},
        {"^\\k<later>(?<later>a)$", "a", true}, /* nothing yet */
        {"^\\1(a)$", "a", true},
        {"^(?:(a)|b)\\1$", "b", true},
        {"^(?:(a)|b)\\1$", "aa", true},
        {"^(?:(a)|b)\\1$", "a", false},
        {"^(a)\\1{2}$", "aaa", true},
        {"^(a)(?:\\1)0$", "aa0", true},
        {"^(?=a)(?!ab)a", "ac", true},
        {"^(?=a)(?!ab)a", "ab", false},
        {"(?<=\\$)\\d+", "$7", true},
        {"(?<!a|bc)d$", "bcd", false},
        {"\\(\\[(a)\\]\\1", "([a]a", true},
        {"[(](a)\\1", "(aa", true},
        {"(?<a_name_that_is_longer_than_thirty_two_characters>x)", "x", true},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(counts_repeat)
{
    static const struct row rows[] = {
        {"^a{2}$", "aa", true},        {"^a{2}$", "aaa", false},
        {"^a{2,}$", "aaaa", true},     {"^a{2,3}?$", "aaa", true},
        {"^a*?b+?c??$", "aabb", true}, {"^(?:ab){2}$", "abab", true},
        {"^a{,3}$", "a{,3}", true}, /* no count, so itself */
        {"^{a}$", "{a}", true},        {"^a{b$", "a{b", true},
        {"^{{2}$", "{{", true},        {"^a]$", "a]", true},
        {"^a{1}{$", "a{", true},       {"^[a]{2}$", "aa", true},
        {"^a{0}$", "", true},
    };

    check(rows, COUNT(rows));
}
END_TEST

UNIT("ecma", marks_mean_what_they_mean_there, sets_are_those_of_the_standard,
     each_character_is_a_space_or_none, escapes_stand_for_their_characters,
     classes_hold_their_members, properties_have_the_names_of_the_standard,
     groups_and_references_work, counts_repeat)
