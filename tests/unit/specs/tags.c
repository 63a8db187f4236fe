/* Expressions over tags. */
#include "specs/tags.h"

#include "tests/unit/unit.h"
#include <string.h>

#include "specs/base/buffer.h"

/* `tags` are separated by commas. */
static bool holds(const char *text, const char *tags)
{
    struct arena arena = {0};
    struct fault fault = {0};
    const struct tag_expression *expression =
        tags_compile(&arena, "--tag", text, &fault);
    char *rest = arena_copy(&arena, tags);
    const char *list[8];
    size_t count = 0;
    bool result;

    ck_assert_msg(expression, "%s: %s", text, fault.text);
    while (*tags && rest)
        list[count++] = strsep(&rest, ",");
    result = tags_hold(expression, count, list);
    arena_finish(&arena);
    return result;
}

START_TEST(expressions_hold_or_not)
{
    static const struct {
        const char *text, *yes, *no;
    } rows[] = {
        {"a", "a", "b"},
        {"a", "b,a", ""},
        {"not a", "b", "a"},
        {"not not a", "a", ""},
        {"a and b", "a,b", "a"},
        {"a or b", "b", "c"},
        {"a and not b", "a", "a,b"},
        {"not a and b", "b", "a,b"},
        {"not a or b", "a,b", "a"},
        {"a or b and c", "a", "b"},
        {"a or b and c", "b,c", "c"},
        {"(a or b) and c", "a,c", "a"},
        {"not (a or b)", "c", "b"},
        {"not (a and b)", "a", "a,b"},
        {"not ((a))", "", "a"},
        {"a and (b or not (c or d))", "a", "a,c"},
        {"a or b or c or d", "d", "e"},
        {"a and b and c", "c,b,a", "a,b"},
        {"\"a b\"", "a b", "a"},
        {"\"and\" and \"not\"", "and,not", "and"},
        {"\"say \\\"x\\\"\" or \"\\\\\"", "say \"x\"", "x"},
        {"\"say \\\"x\\\"\" or \"\\\\\"", "\\", "say"},
        {"\"a\\b\"", "a\\b", "ab"},
        {"(a)and(b)", "a,b", "b"},
        {" \t a\n", "a", "A"},
        {"ann or orb or note", "note", "not"},
        {"prio:1 and a-b", "a-b,prio:1", "a-b"},
        {"größe", "größe", "grosse"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(holds(rows[i].text, rows[i].yes), "%s of %s",
                      rows[i].text, rows[i].yes);
        ck_assert_msg(!holds(rows[i].text, rows[i].no), "%s not of %s",
                      rows[i].text, rows[i].no);
    }
}
END_TEST

START_TEST(mistakes_are_told_with_their_column)
{
    static const struct {
        const char *text, *said;
        unsigned width;
    } rows[] = {
        {"", "column 1: a tag is missing at the end", 1},
        {"a and", "column 6: a tag is missing at the end", 1},
        {"not", "column 4: a tag is missing at the end", 1},
        {"a or or b",
         "column 6: expected a tag, \"not\" or \"(\", found \"or\"", 2},
        {"and", "column 1: expected a tag, \"not\" or \"(\", found \"and\"", 3},
        {"()", "column 2: expected a tag, \"not\" or \"(\", found \")\"", 1},
        {"a b",
         "column 3: expected \"and\" or \"or\", found \"b\"; a tag with blanks "
         "is put in quotes",
         1},
        {"a not b",
         "column 3: expected \"and\" or \"or\", found \"not\"; a tag with "
         "blanks is put in quotes",
         3},
        {"größe xx",
         "column 7: expected \"and\" or \"or\", found \"xx\"; a tag with "
         "blanks is put in quotes",
         2},
        {"a AND b", "column 3: \"AND\" is written in small letters", 3},
        {"a Or b", "column 3: \"Or\" is written in small letters", 2},
        {"a && b", "column 3: write \"and\" instead of \"&&\"", 2},
        {"a | b", "column 3: write \"or\" instead of \"|\"", 1},
        {"! a", "column 1: write \"not\" instead of \"!\"", 1},
        {"!a",
         "column 1: write \"not\" instead of \"!\"; a tag that begins so is "
         "put in quotes",
         2},
        {"(a or b", "column 1: this \"(\" is not closed", 1},
        {"a or (b", "column 6: this \"(\" is not closed", 1},
        {"a)", "column 2: this \")\" closes nothing", 1},
        {"a or \"b", "column 6: the quotes are not closed", 2},
        {"\"a\\\"", "column 1: the quotes are not closed", 4},
        {"\"\"", "column 1: a tag is never empty", 2},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};
        struct fault fault = {0};
        char wanted[160];

        snprintf(wanted, sizeof(wanted), "--tag: %s", rows[i].said);
        ck_assert_ptr_null(tags_compile(&arena, "--tag", rows[i].text, &fault));
        ck_assert_str_eq(fault.text, wanted);
        ck_assert_msg(fault.at.width == rows[i].width, "%s", rows[i].text);
        ck_assert_ptr_eq(fault.at.excerpt, rows[i].text);
        arena_finish(&arena);
    }
}
END_TEST

static bool nest(size_t depth, struct fault *fault)
{
    struct arena arena = {0};
    char *text = arena_take(&arena, 2 * depth + 2);
    bool good;

    memset(text, '(', depth);
    text[depth] = 'a';
    memset(text + depth + 1, ')', depth);
    good = tags_compile(&arena, "--tag", text, fault) != NULL;
    arena_finish(&arena);
    return good;
}

START_TEST(parentheses_nest_to_a_limit)
{
    struct fault fault = {0};
    char wanted[80];

    ck_assert_msg(nest(LIMIT_TAG_DEPTH, &fault), "%s", fault.text);
    ck_assert(!nest(LIMIT_TAG_DEPTH + 1, &fault));
    snprintf(wanted, sizeof(wanted),
             "--tag: column %d: nested deeper than %d levels",
             LIMIT_TAG_DEPTH + 1, LIMIT_TAG_DEPTH);
    ck_assert_str_eq(fault.text, wanted);
}
END_TEST

/* Neither is deep: such a list is no deeper than one operand. */
START_TEST(long_chains_are_not_deep)
{
    enum { TIMES = 100000 };
    struct buffer text = buffer_with_ceiling(1 << 24);

    for (int i = 0; i < TIMES; i++)
        ck_assert(buffer_add_text(&text, "x or not not "));
    ck_assert(buffer_add_text(&text, "a"));
    ck_assert(holds(buffer_text(&text), "a"));
    ck_assert(!holds(buffer_text(&text), "b"));
    buffer_finish(&text);
}
END_TEST

static void note(void *visitor, const char *tag)
{
    ck_assert(buffer_print(visitor, "%s,", tag));
}

START_TEST(tags_are_visited_in_order)
{
    struct buffer seen = buffer_with_ceiling(100);
    struct arena arena = {0};
    struct fault fault = {0};

    tags_visit(
        tags_compile(&arena, "--tag", "b and not (a or \"c d\") or b", &fault),
        note, &seen);
    ck_assert_str_eq(buffer_text(&seen), "b,a,c d,b,");
    buffer_finish(&seen);
    arena_finish(&arena);
}
END_TEST

UNIT("tags", expressions_hold_or_not, mistakes_are_told_with_their_column,
     parentheses_nest_to_a_limit, long_chains_are_not_deep,
     tags_are_visited_in_order)
