/* PCRE2 behind its door. */
#include "assertions/pattern.h"

#include "tests/unit/unit.h"
#include <string.h>

#include "specs/base/buffer.h"

static struct pattern *compiled(const char *text)
{
    struct pattern_trouble trouble;
    struct pattern *pattern = pattern_compile(text, strlen(text), &trouble);

    ck_assert_msg(pattern, "%s: %s", text, trouble.text);
    return pattern;
}

static struct text text(const char *words)
{
    return (struct text){words, strlen(words)};
}

START_TEST(finds_the_first_group_or_the_whole_match)
{
    static const struct {
        const char *pattern, *subject, *found; /* NULL: no match */
    } rows[] = {
        {"b+", "abbc", "bb"},
        {"a(b+)(c)", "abbc", "bb"},
        {"a(x)?b", "ab", ""},
        {"^$", "", ""},
        {"^b", "abc", NULL},
        {"(?i)STRASSE", "Strasse", "Strasse"},
        {"^..$", "\xc3\xa4\xe2\x82\xac", "\xc3\xa4\xe2\x82\xac"},
        {"\\p{Lu}", "\xc3\x84", "\xc3\x84"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int optimized = 0; optimized < 2; optimized++) {
            struct pattern *pattern = compiled(rows[i].pattern);
            enum pattern_outcome outcome;
            struct text found = {0};

            if (optimized)
                pattern_optimize(pattern);
            outcome = pattern_search(pattern, text(rows[i].subject), &found);
            ck_assert_msg(outcome ==
                              (rows[i].found ? PATTERN_FOUND : PATTERN_MISSED),
                          "%s", rows[i].pattern);
            if (rows[i].found) {
                ck_assert_uint_eq(found.length, strlen(rows[i].found));
                ck_assert_int_eq(
                    memcmp(found.bytes, rows[i].found, found.length), 0);
            }
            pattern_free(pattern);
        }
    }
}
END_TEST

START_TEST(bytes_that_are_not_utf8_match_nothing)
{
    struct pattern *pattern = compiled("^.*b");
    struct text subject = {"a\xff"
                           "b",
                           3};

    pattern_optimize(pattern);
    ck_assert_int_eq(pattern_search(pattern, subject, NULL), PATTERN_MISSED);
    pattern_free(pattern);
    pattern = compiled("b$");
    ck_assert_int_eq(pattern_search(pattern, subject, NULL), PATTERN_FOUND);
    pattern_free(pattern);
}
END_TEST

START_TEST(the_whole_subject_is_asked_for)
{
    struct pattern *pattern = compiled("a|ab");
    struct pattern_room room = {0};

    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(
            pattern_try(pattern, text("xab"), PATTERN_ANYWHERE, &room),
            PATTERN_FOUND);
        ck_assert_int_eq(
            pattern_try(pattern, text("xab"), PATTERN_WHOLE, &room),
            PATTERN_MISSED);
        ck_assert_int_eq(
            pattern_try(pattern, text("abx"), PATTERN_WHOLE, &room),
            PATTERN_MISSED);
        ck_assert_int_eq(pattern_try(pattern, text("ab"), PATTERN_WHOLE, &room),
                         PATTERN_FOUND);
        pattern_optimize(pattern);
    }
    pattern_room_finish(&room);
    pattern_free(pattern);
}
END_TEST

START_TEST(nothing_is_searched_in_nothing)
{
    struct pattern *pattern = compiled("a");

    ck_assert_int_eq(pattern_search(pattern, (struct text){0}, NULL),
                     PATTERN_MISSED);
    pattern_free(pattern);
    pattern_free(NULL);
}
END_TEST

START_TEST(says_what_is_wrong_and_where)
{
    static const struct {
        const char *pattern, *text;
        size_t offset;
    } rows[] = {
        {"a(b", "missing closing parenthesis", 3},
        {"a*+*", "quantifier does not follow a repeatable item", 3},
        {"\\C", "using \\C is disabled by the application", 2},
        {"[b-a]", "range out of order in character class", 3},
        {"\xff", "UTF-8 error: illegal byte (0xfe or 0xff)", 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pattern_trouble trouble;

        ck_assert_ptr_null(pattern_compile(rows[i].pattern,
                                           strlen(rows[i].pattern), &trouble));
        ck_assert_str_eq(trouble.text, rows[i].text);
        ck_assert_uint_eq(trouble.offset, rows[i].offset);
    }
}
END_TEST

/* Exponential backtracking: it would take years. */
START_TEST(gives_up_after_so_many_steps)
{
    char subject[64];

    memset(subject, 'a', sizeof(subject));
    subject[sizeof(subject) - 1] = '!';
    for (int optimized = 0; optimized < 2; optimized++) {
        struct pattern *pattern = compiled("^(a+)+$");

        if (optimized)
            pattern_optimize(pattern);
        ck_assert_int_eq(pattern_search(pattern,
                                        (struct text){subject, sizeof(subject)},
                                        NULL),
                         PATTERN_GAVE_UP);
        pattern_free(pattern);
    }
}
END_TEST

/* What is remembered of each repeat of a group is kept on the heap: 200,000 of
 * them pass the limit, 10,000 do not. Machine code begins on a stack that is
 * far smaller, so it hands both over to the interpreter. */
START_TEST(gives_up_when_it_needs_too_much_memory)
{
    enum { LESS = 10000, MORE = 200000 };
    char *subject = must_alloc(MORE);

    memset(subject, 'a', MORE);
    for (int optimized = 0; optimized < 2; optimized++) {
        struct pattern *pattern = compiled("^(?:(a)|b)*$");

        if (optimized)
            pattern_optimize(pattern);
        ck_assert_int_eq(
            pattern_search(pattern, (struct text){subject, LESS}, NULL),
            PATTERN_FOUND);
        ck_assert_int_eq(
            pattern_search(pattern, (struct text){subject, MORE}, NULL),
            PATTERN_GAVE_UP);
        pattern_free(pattern);
    }
    free(subject);
}
END_TEST

UNIT("pattern", finds_the_first_group_or_the_whole_match,
     bytes_that_are_not_utf8_match_nothing, the_whole_subject_is_asked_for,
     nothing_is_searched_in_nothing, says_what_is_wrong_and_where,
     gives_up_after_so_many_steps, gives_up_when_it_needs_too_much_memory)
