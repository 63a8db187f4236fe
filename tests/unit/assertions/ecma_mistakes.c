/* What is no regular expression of ECMA-262, or none that PCRE2 can match. */
#include "tests/unit/unit.h"
#include <string.h>

#include "assertions/schema/ecma.h"

struct mistake {
    const char *pattern, *text;
    size_t offset;
};

static void check_mistakes(const struct mistake *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pattern_trouble trouble = {0};

        ck_assert_msg(
            !ecma_check(rows[i].pattern, strlen(rows[i].pattern), &trouble),
            "%s", rows[i].pattern);
        ck_assert_str_eq(trouble.text, rows[i].text);
        ck_assert_msg(trouble.offset == rows[i].offset, "%s: %zu",
                      rows[i].pattern, trouble.offset);
    }
}

START_TEST(mistakes_of_structure_are_told)
{
    static const struct mistake rows[] = {
        {"a(b", "this \"(\" is not closed", 1},
        {"^(abc]", "this \"(\" is not closed", 1},
        {"a)", "this \")\" closes nothing", 1},
        {"a[b", "this \"[\" is not closed", 1},
        {"a[\\]", "this \"[\" is not closed", 1},
        {"*a", "there is nothing here to repeat", 0},
        {"a*+", "there is nothing here to repeat", 2},
        {"a**", "there is nothing here to repeat", 2},
        {"a|?", "there is nothing here to repeat", 2},
        {"{2}", "there is nothing here to repeat", 0},
        {"(*UTF)", "there is nothing here to repeat", 1},
        {"^*", "there is nothing here to repeat", 1},
        {"\\b+", "there is nothing here to repeat", 2},
        {"(?=a)*", "there is nothing here to repeat", 5},
        {"a{3,2}", "more times at least than at most", 1},
        {"a{4294967296,1}", "more times at least than at most", 1},
        {"[b-a]", "this range ends before it begins", 1},
        {"[\\u{2}-\\u{1}]", "this range ends before it begins", 1},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(escapes_of_nothing_are_told)
{
    static const struct mistake rows[] = {
        {"\\a",
         "\"\\a\" means nothing in a regular expression of ECMA-262; "
         "write it as \\xHH",
         0},
        {"a\\Z",
         "\"\\Z\" means nothing in a regular expression of ECMA-262; "
         "write $",
         1},
        {"\\A",
         "\"\\A\" means nothing in a regular expression of ECMA-262; "
         "write ^",
         0},
        {"\\Q.\\E",
         "\"\\Q\" means nothing in a regular expression of "
         "ECMA-262; escape each character",
         0},
        {"[\\B]", "\"\\B\" means nothing in a regular expression of ECMA-262",
         1},
        {"a\\", "\"\\\" at the end", 1},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(escapes_that_break_off_are_told)
{
    static const struct mistake rows[] = {
        {"\\1", "there is no such group: the regular expression has 0", 0},
        {"[(]\\1", "there is no such group: the regular expression has 0", 3},
        {"(a)\\2", "there is no such group: the regular expression has 1", 3},
        {"(a)\\99999999999999999999",
         "there is no such group: the regular expression has 1", 3},
        {"[(a)\\1]",
         "\"\\1\" means nothing in a regular expression of "
         "ECMA-262",
         4},
        {"\\01", "no octal escapes: a character is written \\x00", 2},
        {"\\c1", "a letter expected behind \\c", 2},
        {"\\x4", "two hexadecimal digits expected behind \\x", 2},
        {"\\u12", "four hexadecimal digits expected behind \\u", 2},
        {"\\u{}", "hexadecimal digits and \"}\" expected", 3},
        {"\\u{110000}", "characters end with \\u{10FFFF}", 3},
        {"\\k<a>", "no group has the name \"a\"", 0},
        {"\\ka", "a reference is written \\k<name>", 0},
        {"(?<a>)(?<a>)", "two groups have the name \"a\"", 9},
        {"(?<1>)", "a name and \">\" expected", 3},
        {"(?<a)", "a name and \">\" expected", 3},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_in_properties_are_told)
{
    static const struct mistake rows[] = {
        {"\\pL", "\"{\" expected: a property is written \\p{...}", 2},
        {"\\p{L", "\"}\" expected, of the property", 4},
        {"\\p{letter}", "no property of this name", 3},
        {"\\p{Foo}", "no property of this name", 3},
        {"\\p{gc=Foo}", "no general category of this name", 6},
        {"\\p{Script=Foo}", "no script of this name", 10},
        {"\\p{Script=greek}", "no script of this name", 10},
        {"\\p{Alphabetic=Yes}",
         "only General_Category, Script and Script_Extensions have values", 14},
        {"a\xff", "this is not UTF-8", 1},
    };

    check_mistakes(rows, COUNT(rows));
}
END_TEST

START_TEST(groups_of_other_languages_are_refused)
{
    static const char *const rows[] = {
        "(?P<n>x)", "(?P=n)",  "(?#c)",   "(?i)a",   "(?i:a)",
        "(?>a)",    "(?|a|b)", "(?R)",    "(?1)",    "(?&n)",
        "(?'n'a)",  "(?C)",    "(?(1)a)", "(?-i:a)", "(?^:a)",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_trouble trouble = {0};

        ck_assert_msg(!ecma_check(rows[i], strlen(rows[i]), &trouble), "%s",
                      rows[i]);
        ck_assert_ptr_nonnull(strstr(trouble.text, "no group of ECMA-262"));
        ck_assert_uint_eq(trouble.offset, 0);
    }
}
END_TEST

/* It is one, but PCRE2 cannot match it: the place is that of our pattern. */
START_TEST(what_pcre2_cannot_do_is_told_in_its_place)
{
    static const struct {
        const char *pattern;
        size_t offset;
    } rows[] = {
        {"\\s\\s(?<=a+)b", 4},
        {"....(?<!.{2,3})", 4},
        {"\\u{61}{65536}", 6},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t length = strlen(rows[i].pattern);
        struct pattern_trouble trouble = {0};

        ck_assert(ecma_check(rows[i].pattern, length, &trouble));
        ck_assert_ptr_null(ecma_compile(rows[i].pattern, length, &trouble));
        ck_assert(trouble.text[0]);
        ck_assert_msg(trouble.offset == rows[i].offset, "%s: %zu",
                      rows[i].pattern, trouble.offset);
    }
}
END_TEST

START_TEST(nesting_does_not_make_us_recurse)
{
    enum { DEPTH = LIMIT_PATTERN_BYTES / 2 };
    char *text = must_alloc(2 * DEPTH);
    struct pattern_trouble trouble = {0};

    memset(text, '(', DEPTH);
    memset(text + DEPTH, ')', DEPTH);
    ck_assert(ecma_check(text, 2 * DEPTH, &trouble));
    ck_assert_ptr_null(ecma_compile(text, 2 * DEPTH, &trouble));
    ck_assert_uint_le(trouble.offset, DEPTH);
    ck_assert(!ecma_check(text, DEPTH, &trouble));
    ck_assert_uint_eq(trouble.offset, DEPTH - 1);
    free(text);
}
END_TEST

START_TEST(patterns_have_a_ceiling)
{
    char *text = must_alloc(LIMIT_PATTERN_BYTES + 1);
    struct pattern_trouble trouble = {0};

    memset(text, 'a', LIMIT_PATTERN_BYTES + 1);
    ck_assert(ecma_check(text, LIMIT_PATTERN_BYTES, &trouble));
    ck_assert(!ecma_check(text, LIMIT_PATTERN_BYTES + 1, &trouble));
    ck_assert_str_eq(trouble.text,
                     "a regular expression has at most 65536 bytes");
    ck_assert_uint_eq(trouble.offset, LIMIT_PATTERN_BYTES);
    ck_assert_ptr_null(ecma_compile(text, LIMIT_PATTERN_BYTES + 1, &trouble));
    free(text);
}
END_TEST

START_TEST(the_translation_has_a_ceiling)
{
    struct buffer out = buffer_with_ceiling(10);
    struct pattern_trouble trouble = {0};

    ck_assert(ecma_translate("abc", 3, &out, &trouble));
    ck_assert_str_eq(out.bytes, "abc");
    ck_assert(!ecma_translate("a.b", 3, &out, &trouble));
    ck_assert_str_eq(trouble.text, "this regular expression is too long");
    buffer_finish(&out);
}
END_TEST

UNIT("ecma_mistakes", mistakes_of_structure_are_told,
     escapes_of_nothing_are_told, escapes_that_break_off_are_told,
     mistakes_in_properties_are_told, groups_of_other_languages_are_refused,
     what_pcre2_cannot_do_is_told_in_its_place,
     nesting_does_not_make_us_recurse, patterns_have_a_ceiling,
     the_translation_has_a_ceiling)
