#include "runner/redact.h"

#include "tests/unit/unit.h"
#include <string.h>
#include <time.h>

#include "specs/base/clock.h"

START_TEST(secrets_are_hidden_in_every_spelling_that_is_known)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"plain p@ss \"w\" text", "plain *** text"},
        {"url?a=p%40ss%20%22w%22&b", "url?a=***&b"},
        {"form a=p%40ss+%22w%22", "form a=***"},
        {"json {\"a\":\"p@ss \\\"w\\\"\"}", "json {\"a\":\"***\"}"},
        {"p@ss \"w\"p@ss \"w\"", "******"},
        {"lower p%40ss%20%22w%22 %2f", "lower *** %2f"},
        {"twice p@ss \\\\\\\"w\\\\\\\"", "twice ***"},
        {"nothing here", "nothing here"},
        {"", ""},
    };
    struct redactor redactor = {0};
    struct arena arena = {0};

    redactor_add(&redactor, "p@ss \"w\"");
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(redact(&redactor, &arena, rows[i].text),
                         rows[i].shown);
    ck_assert_ptr_null(redact(&redactor, &arena, NULL));
    arena_finish(&arena);
    redactor_clear(&redactor);
}
END_TEST

START_TEST(a_secret_within_another_is_hidden_with_it)
{
    struct redactor redactor = {0};
    struct arena arena = {0};

    redactor_add(&redactor, "abc");
    redactor_add(&redactor, "abcdef");
    ck_assert_str_eq(redact(&redactor, &arena, "-abcdef-abcd-"), "-***-***d-");
    arena_finish(&arena);
    redactor_clear(&redactor);
}
END_TEST

START_TEST(an_empty_secret_masks_nothing)
{
    struct redactor redactor = {0};
    struct arena arena = {0};

    redactor_add(&redactor, "");
    ck_assert_str_eq(redact(&redactor, &arena, "text"), "text");
    arena_finish(&arena);
    redactor_clear(&redactor);
}
END_TEST

START_TEST(bytes_with_nuls_are_searched_whole)
{
    struct redactor redactor = {0};
    struct arena arena = {0};
    size_t length = 9;
    const char *shown;

    redactor_add(&redactor, "token");
    shown = redact_bytes(&redactor, &arena, "a\0token\0b", &length);
    ck_assert_uint_eq(length, 7);
    ck_assert_int_eq(memcmp(shown, "a\0***\0b", 7), 0);
    arena_finish(&arena);
    redactor_clear(&redactor);
}
END_TEST

START_TEST(credentials_of_headers_are_hidden)
{
    static const struct {
        const char *name, *value, *text, *shown;
    } rows[] = {
        {"Authorization", "Bearer tok-12345", "a tok-12345", "a ***"},
        {"authorization", "rawtoken", "a rawtoken", "a ***"},
        {"Cookie", "a=first-1; b=second", "first-1 second a", "*** *** a"},
        {"Set-Cookie", "sid=abcdef; Path=/private", "abcdef /private",
         "*** /private"},
        {"Set-Cookie", "theme=dark", "dark theme", "dark theme"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redactor redactor = {0};
        struct arena arena = {0};

        redactor_add_header(&redactor, rows[i].name, rows[i].value);
        ck_assert_str_eq(redact(&redactor, &arena, rows[i].text),
                         rows[i].shown);
        arena_finish(&arena);
        redactor_clear(&redactor);
    }
}
END_TEST

START_TEST(headers_that_carry_credentials_are_known)
{
    ck_assert(is_secret_header("authorization"));
    ck_assert(is_secret_header("SET-COOKIE"));
    ck_assert(is_secret_header("Cookie"));
    ck_assert(is_secret_header("Proxy-Authorization"));
    ck_assert(!is_secret_header("Content-Type"));
}
END_TEST

/* Nanoseconds of this process that it takes to hide the secrets of a text. */
static int64_t cost(const struct redactor *redactor, const char *text)
{
    struct arena arena = {0};
    struct timespec before, after;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    ck_assert_ptr_ne(redact(redactor, &arena, text), text);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    arena_finish(&arena);
    return (after.tv_sec - before.tv_sec) * NS_PER_S + after.tv_nsec -
           before.tv_nsec;
}

/* A piece so many times, and "the end" behind it. The least of some tries, so
 * that what else the machine does cannot fail the test. */
static int64_t least_cost(const struct redactor *redactor, const char *piece,
                          size_t count)
{
    enum { TRIES = 7 };
    struct buffer text = buffer_with_ceiling(16 << 20);
    bool made = true;
    int64_t least = INT64_MAX;

    while (count--)
        made = made && buffer_add_text(&text, piece);
    ck_assert(made && buffer_add_text(&text, "the end"));
    for (int i = 0; i < TRIES; i++) {
        int64_t ns = cost(redactor, text.bytes);

        least = ns < least ? ns : least;
    }
    buffer_finish(&text);
    return least;
}

/* Eight times the text takes eight times as long, or more where caches are too
 * small, and with the square of it 64 times. */
START_TEST(the_cost_grows_with_the_text)
{
    enum { SOME = 2500, TIMES = 8, TOO_MANY = 32 };
    static const char *const pieces[] = {
        "token-1 ",    /* one of them everywhere, another at the end only */
        "token-",      /* the beginning of one, again and again */
        "aaaaaaaaaaa", /* likewise, and it could begin at each byte */
        "token-2 token-3 token-1 ",
    };
    struct redactor redactor = {0};

    redactor_add(&redactor, "the end");
    redactor_add(&redactor, "token-1");
    redactor_add(&redactor, "token-2");
    redactor_add(&redactor, "token-3");
    redactor_add(&redactor, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    for (size_t i = 0; i < COUNT(pieces); i++) {
        int64_t some = least_cost(&redactor, pieces[i], SOME);
        int64_t more = least_cost(&redactor, pieces[i], SOME * TIMES);

        ck_assert_msg(more < some * TOO_MANY, "\"%s\": %lld ns, then %lld",
                      pieces[i], (long long)some, (long long)more);
    }
    redactor_clear(&redactor);
}
END_TEST

UNIT("redact", secrets_are_hidden_in_every_spelling_that_is_known,
     a_secret_within_another_is_hidden_with_it, an_empty_secret_masks_nothing,
     bytes_with_nuls_are_searched_whole, credentials_of_headers_are_hidden,
     headers_that_carry_credentials_are_known, the_cost_grows_with_the_text)
