/* What a hostile document or an XPath without measure comes to. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void judge_body(const char *expect, const char *body,
                       const char *messages)
{
    struct trial trial;

    trial_prepare(&trial, "{\"expect\": {\"xml\": %s}}", expect);
    trial_answer(&trial, body);
    trial_judge(&trial);
    trial_expect(&trial, messages);
    trial_finish(&trial);
}

/* `count` times `part`, between `before` and `after`. */
static const char *repeat(struct arena *arena, const char *before,
                          const char *part, size_t count, const char *after)
{
    size_t length = strlen(part), begin = strlen(before);
    char *text = arena_take(arena, begin + count * length + strlen(after) + 1);

    memcpy(text, before, begin);
    for (size_t i = 0; i < count; i++)
        memcpy(text + begin + i * length, part, length);
    memcpy(text + begin + count * length, after, strlen(after));
    return text;
}

START_TEST(entities_are_not_expanded)
{
    static const struct {
        const char *body, *name;
    } rows[] = {
        {"<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
         "c"},
        {"<!DOCTYPE a [<!ENTITY c \"ha\">]><a d=\"&c;\"/>", "c"},
        {"<!DOCTYPE a SYSTEM \"no.dtd\"><a>&c;</a>", "c"},
        {"<!DOCTYPE a SYSTEM \"no.dtd\"><a d=\"&c;\"/>", "c"},
        {"<!DOCTYPE a [<!ENTITY % p \"\">%p;]><a/>", "p"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_body(&trial, "{\"xml\": {\"//a\": {\"exists\": true}}}",
                   rows[i].body);
        ck_assert_msg(
            strstr(trial_messages(&trial),
                   arena_print(&trial.arena,
                               "xml: the body is not XML: the entity \"%s\" "
                               "is none of XML's own five, and no other is "
                               "expanded at line 1",
                               rows[i].name)),
            "%s: %s", rows[i].body, trial_messages(&trial));
        trial_finish(&trial);
    }
    judge_body("{\"//a\": \"<&>\\\"'A\"}",
               "<!DOCTYPE a [<!ENTITY b \"ha\">]>"
               "<a>&lt;&amp;&gt;&quot;&apos;&#65;</a>",
               NULL);
}
END_TEST

START_TEST(a_billion_laughs_are_none)
{
    struct arena arena = {0};
    const char *body = "<!DOCTYPE a [<!ENTITY l0 \"lol\">";
    struct trial trial;

    for (int i = 1; i < 10; i++)
        body = arena_print(&arena,
                           "%s<!ENTITY l%d "
                           "\"&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;&l%d;\">",
                           body, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
                           i - 1, i - 1);
    trial_body(&trial, "{\"xml\": {\"//a\": {\"length\": {\"gt\": 1000}}}}",
               arena_print(&arena, "%s]><a>&l9;</a>", body));
    ck_assert_ptr_nonnull(
        strstr(trial_messages(&trial), "the entity \"l9\" is none"));
    trial_finish(&trial);
    arena_finish(&arena);
}
END_TEST

/* A file that is there, and would be read by those who follow. */
START_TEST(nothing_is_taken_from_outside)
{
    char path[] = "/tmp/volley-xml-XXXXXX";
    int file = mkstemp(path);
    struct arena arena = {0};
    struct trial trial;

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, "secret", 6), 6);
    close(file);
    trial_body(&trial, "{\"xml\": {\"//a\": \"secret\"}}",
               arena_print(&arena,
                           "<!DOCTYPE a [<!ENTITY f SYSTEM \"file://%s\">]>"
                           "<a>&f;</a>",
                           path));
    ck_assert_ptr_nonnull(
        strstr(trial_messages(&trial), "the entity \"f\" is none"));
    ck_assert_ptr_null(strstr(trial_messages(&trial), "got \"secret"));
    trial_finish(&trial);
    judge_body("{\"//a\": \"b\"}",
               arena_print(&arena, "<!DOCTYPE a SYSTEM \"%s\"><a>b</a>", path),
               NULL);
    unlink(path);
    arena_finish(&arena);
}
END_TEST

START_TEST(defaults_of_a_dtd_are_refused)
{
    judge_body("{\"//a/@b\": \"c\"}",
               "<!DOCTYPE a [<!ATTLIST a b (c|d) \"c\">]><a/>",
               "xml: the body is not XML: its DTD has defaults for attributes, "
               "and what a DTD says is not followed at line 1, column 40; it "
               "begins \"<!DOCTYPE a [<!ATTLIST a b (c|d) \\\"c\\\">]><a/>\"");
    judge_body("{\"//a/@b\": \"c\"}",
               "<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED>]><a b='c'/>", NULL);
}
END_TEST

START_TEST(depth_has_a_limit)
{
    struct arena arena = {0};
    struct trial trial;

    judge_body("{\"count(//a)\": 256}",
               repeat(&arena, repeat(&arena, "", "<a>", 256, "<b/>"), "</a>",
                      LIMIT_XML_DEPTH - 1, ""),
               NULL);
    trial_body(&trial, "{\"xml\": {\"count(//a)\": 258}}",
               repeat(&arena, repeat(&arena, "", "<a>", 258, ""), "</a>",
                      LIMIT_XML_DEPTH + 1, ""));
    ck_assert_ptr_nonnull(strstr(trial_messages(&trial),
                                 "xml: the body is not XML: it is nested "
                                 "deeper than 257 elements at line 1, "));
    trial_finish(&trial);
    arena_finish(&arena);
}
END_TEST

START_TEST(steps_of_an_xpath_have_a_limit)
{
    struct arena arena = {0};
    const char *body = repeat(&arena, "<r>", "<a/>", 5000, "</r>");

    judge_body("{\"count(//a[count(//a) > 1])\": 5000, \"count(//a)\": 5000}",
               body,
               "xml: the XPath takes more than "
               "10000000 steps in this body");
    ck_assert_int_eq(LIMIT_XPATH_STEPS, 10000000);
    arena_finish(&arena);
}
END_TEST

START_TEST(depth_of_an_xpath_has_a_limit)
{
    struct arena arena = {0};
    const char *open =
        repeat(&arena, "{\"expect\": {\"xml\": {\"", "(", 90, "");
    const char *deep = repeat(&arena, "{\"expect\": {\"xml\": {\"", "(",
                              LIMIT_XPATH_DEPTH / 10 + 1, "");
    struct trial trial;

    trial_compile(&trial, repeat(&arena, arena_print(&arena, "%s1", open), ")",
                                 90, "\": 1}}}"));
    ck_assert_str_eq(trial_faults(&trial), "");
    trial_finish(&trial);
    trial_refuse(repeat(&arena, arena_print(&arena, "%s1", deep), ")",
                        LIMIT_XPATH_DEPTH / 10 + 1, "\": 1}}}"),
                 "1:22: bad XPath: its parts are nested too deeply");
    arena_finish(&arena);
}
END_TEST

START_TEST(length_of_an_xpath_has_a_limit)
{
    struct arena arena = {0};
    const char *before = "{\"expect\": {\"xml\": {\"";
    struct trial trial;

    trial_compile(&trial,
                  repeat(&arena, before, "a", LIMIT_XPATH_BYTES, "\": 1}}}"));
    ck_assert_str_eq(trial_faults(&trial), "");
    trial_finish(&trial);
    trial_refuse(repeat(&arena, before, "a", LIMIT_XPATH_BYTES + 1, "\": 1}}}"),
                 "1:22: bad XPath: it is longer than 16384 bytes");
    arena_finish(&arena);
}
END_TEST

/* The text of an element is the text of all within it. */
START_TEST(texts_of_an_xpath_have_a_limit)
{
    struct arena arena = {0};
    const char *open = repeat(&arena, "", "<a>", 130, "");
    const char *text = repeat(&arena, open, "0123456789abcdef", 32768, "");
    const char *body = repeat(&arena, text, "</a>", 130, "");

    judge_body("{\"//a[position() < 100 and count(ancestor::a) < 100]\": "
               "{\"count\": 100}}",
               body, NULL);
    judge_body("{\"//a\": {\"count\": 130}}", body,
               "xml: the texts that the XPath selects are longer than "
               "67108864 bytes together");
    ck_assert_int_eq(LIMIT_XPATH_TEXT, 67108864);
    arena_finish(&arena);
}
END_TEST

UNIT("xml_limits", entities_are_not_expanded, a_billion_laughs_are_none,
     nothing_is_taken_from_outside, defaults_of_a_dtd_are_refused,
     depth_has_a_limit, steps_of_an_xpath_have_a_limit,
     depth_of_an_xpath_has_a_limit, length_of_an_xpath_has_a_limit,
     texts_of_an_xpath_have_a_limit)
