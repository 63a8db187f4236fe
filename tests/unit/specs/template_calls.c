/* Calls as a part of templates: how they are written, what they need, and what
 * decides their values. */
#include "tests/unit/specs/calls.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <stdio.h>
#include <string.h>

#include "specs/json.h"
#include "specs/template.h"

START_TEST(literals_are_json_and_single_quotes)
{
    static const struct hole_row rows[] = {
        {"1", "1"},
        {"-1.5e3", "-1500.0"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {" true ", "true"},
        {"false", "false"},
        {"null", "null"},
        {"\"a\\u00fc\\n\\\"\"", "\"a\xc3\xbc\\n\\\"\""},
        {"'a\\u00fc\\n\\'\"\\\\'", "\"a\xc3\xbc\\n'\\\"\\\\\""},
        {"'\\\"'", "\"\\\"\""},
        {"''", "\"\""},
        {"\"}}\"", "\"}}\""},
        {"[]", "[]"},
        {"[1, [2], \"]\"]", "[1,[2],\"]\"]"},
        {" {\"a\": {\"b\": 1}} ", "{\"a\":{\"b\":1}}"},
        {"[\"{{x}}\"]", "[\"{{x}}\"]"},
        {"json ( 1 )", "\"1\""},
        {"json(\n1\t)", "\"1\""},
        {"json(json(json('')))",
         "\"\\\"\\\\\\\"\\\\\\\\\\\\\\\"\\\\\\\\\\\\\\\"\\\\\\\"\\\"\""},
        {"truer", "2"},
    };
    json_auto_t *values = value_read("{\"truer\": 2}");
    struct scope scope = {.values = values};

    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const char begin[] =
        "here stands a variable, a JSON value, or a call of a function";
    static const struct mistake_row rows[] = {
        {"uuidd()", 1, "no function \"uuidd\"; did you mean \"uuid\"?"},
        {"f()", 1,
         "no function \"f\"; there are base64, default, env, file, hmac_sha256, "
         "json, now, random_int, random_string, sha256, url_encode, uuid"},
        {"json(", 5, "this \"(\" is never closed"},
        {"json(1", 7, "\",\" or \")\" is missing here"},
        {"json(1 2)", 8, "\",\" or \")\" is missing here"},
        {"json(,)", 6, begin},
        {"json(?)", 6, begin},
        {"json(1,)", 8, "an argument is missing here"},
        {"json(1))", 8, "\"}}\" is missing here"},
        {"json(1).a", 8, "\"}}\" is missing here"},
        {"json(json(1, 2))", 14, "json takes 1 argument"},
        {"json(\"a)", 6, "this quote is never closed"},
        {"json('a)", 6, "this quote is never closed"},
        {"json([[[1", 6, "this bracket is never closed"},
        {"json([1)", 8, "\",\" or \"]\" is expected here"},
        {"json({\"a\": 1)", 13, "\",\" or \"}\" is expected here"},
        {"json('\\x')", 6, "this is no escape that JSON knows"},
        {"json(1.2.3)", 6, "there is more after the end of the value"},
        {"json(a.)", 8,
         "behind \".\" stands a name; any other key is written [\"like this\"]"},
        {"json(env)", 6,
         "behind \"env\" stands the name of an environment variable, as in "
         "{{env.HOME}}"},
        {"json(random_int(2, 1))", 20,
         "the largest number is smaller than the least"},
        {"json(x)", 6, "there is no value for \"x\""},
        {"default(x, y)", 12, "there is no value for \"y\""},
        {"default(base64(x), y)", 20, "there is no value for \"y\""},
        {"json(default(base64(x), y))", 25, "there is no value for \"y\""},
        {"base64(default(1, x), y)", 23, "base64 takes 1 argument"},
        {"default(random_int(x, 'a'), 1)", 23,
         "a whole number is expected here, and not a string"},
    };

    mistakes_expect(NULL, rows, COUNT(rows));
}
END_TEST

/* sha256(sha256(...(1)...)) */
static void nest(size_t depth, struct hole *hole)
{
    struct buffer text = buffer_with_ceiling(HOLE_TEXT);

    for (size_t i = 0; i < depth; i++)
        ck_assert(buffer_add_text(&text, "sha256("));
    ck_assert(buffer_add_text(&text, "1"));
    for (size_t i = 0; i < depth; i++)
        ck_assert(buffer_add_text(&text, ")"));
    hole_fill(buffer_text(&text), NULL, hole);
    buffer_finish(&text);
}

START_TEST(calls_nest_to_a_limit)
{
    struct hole hole;

    nest(LIMIT_CALL_DEPTH, &hole);
    ck_assert_str_eq(hole.told, "");
    nest(LIMIT_CALL_DEPTH + 1, &hole);
    ck_assert_str_eq(hole.told, "calls stand in calls more than 16 deep here");
}
END_TEST

START_TEST(default_stands_in_for_what_is_missing_anywhere)
{
    static const struct hole_row rows[] = {
        {"default(base64(env('NOPE')), 'y')", "\"y\""},
        {"default(base64(nobody), 'y')", "\"y\""},
        {"default(base64(here.nothing), 'y')", "\"y\""},
        {"default(base64(json(sha256(here[3]))), 'y')", "\"y\""},
        {"default(hmac_sha256('k', nobody), 'y')", "\"y\""},
        {"default(hmac_sha256(nobody, 'k'), 'y')", "\"y\""},
        {"default(env(nobody), 'y')", "\"y\""},
        {"default(base64(env(default(nobody, 'NOPE'))), 'y')", "\"y\""},
        {"default(base64(default(nobody, env.NOPE)), 'y')", "\"y\""},
        {"default(base64(default(nobody, here.a)), 'y')", "\"Yg==\""},
        {"default(default(base64(nobody), json(nobody)), 'y')", "\"y\""},
        {"base64(default(json(nobody), 'b'))", "\"Yg==\""},
        {"default(base64(here.a), 'y')", "\"Yg==\""},
        {"default(json(here.null), 'y')", "\"null\""},
        {"default(uuid(nobody), 'y')", "\"y\""},
    };
    json_auto_t *values =
        value_read("{\"here\": {\"a\": \"b\", \"null\": null}, \"env\": {}}");
    struct scope scope = {.values = values};

    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(it_is_known_what_varies)
{
    static const struct {
        const char *expression;
        bool is_constant, varies;
    } rows[] = {
        {"1", true, false},
        {"base64('a')", true, false},
        {"default(1, 2)", true, false},
        {"json(base64('a'))", true, false},
        {"base64(x)", false, false},
        {"env('A')", false, false},
        {"file('A')", false, false},
        {"uuid()", false, true},
        {"now('unix')", false, true},
        {"random_int(1, 1)", false, true},
        {"random_string(3)", false, true},
        {"json(base64(uuid()))", false, true},
        {"default(x, uuid())", false, true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hole hole;

        hole_fill(rows[i].expression, NULL, &hole);
        ck_assert_msg(hole.is_constant == rows[i].is_constant &&
                          hole.varies == rows[i].varies,
                      "%s", rows[i].expression);
    }
}
END_TEST

/* A template over several calls. */
struct made {
    struct arena arena;
    json_t *json;
    const struct template *template;
};

static void make(struct made *made, const char *text)
{
    struct faults faults = {0};
    struct node node;

    *made = (struct made){0};
    node = value_node(&made->arena, "t.json", text);
    made->json = node.json;
    made->template = template_compile(&made->arena, &node, &faults);
    ck_assert_uint_eq(faults.total, 0);
}

static void finish(struct made *made)
{
    json_decref(made->json);
    arena_finish(&made->arena);
}

START_TEST(needs_are_those_of_the_arguments)
{
    static const struct {
        const char *name;
        bool may_be_missing;
    } wanted[] = {
        {"a", false},   {"b", true},  {"c", false}, {"env", true},
        {"env", false}, {"d", false}, {"e", true},
    };
    struct made made;
    struct needs needs;

    make(&made, "\"{{base64(a)}} {{default(b.x, c)}} {{default(env.X, 1)}} "
                "{{env(d)}} {{default(json(e), 1)}}\"");
    needs = template_needs(made.template);
    ck_assert_uint_eq(needs.count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++) {
        ck_assert_str_eq(needs.list[i].name, wanted[i].name);
        ck_assert_int_eq(needs.list[i].may_be_missing,
                         wanted[i].may_be_missing);
    }
    finish(&made);
}
END_TEST

static json_t *fill(const struct template *template,
                    const struct chance *chance)
{
    struct scope outer = {.chance = chance};
    struct scope scope = {.outer = &outer};
    struct fault fault = {0};
    json_t *value = template_fill(template, &scope, &fault);

    ck_assert_msg(value, "%s", fault.text);
    return value;
}

START_TEST(places_decide_and_not_the_order)
{
    static const char text[] =
        "[\"{{uuid()}}\", \"{{uuid()}} {{uuid()}}\", \"{{random_int(0, "
        "9007199254740992)}}\", \"{{json([\\\"x\\\"])}}{{base64(uuid())}}\"]";
    const struct chance chance = {.seed = 3, .suite = "a", .test = "b"};
    const struct chance other = {.seed = 4, .suite = "a", .test = "b"};
    struct made made;
    json_t *all, *again, *last, *others;

    make(&made, text);
    last = fill(template_element(made.template, 3), &chance);
    all = fill(made.template, &chance);
    again = fill(made.template, &chance);
    others = fill(made.template, &other);
    ck_assert(json_equal(all, again));
    ck_assert(json_equal(json_array_get(all, 3), last));
    for (size_t i = 0; i < 4; i++)
        ck_assert(
            !json_equal(json_array_get(all, i), json_array_get(others, i)));
    ck_assert(!json_equal(json_array_get(all, 0), json_array_get(all, 1)));
    ck_assert(strncmp(json_string_value(json_array_get(all, 1)),
                      json_string_value(json_array_get(all, 1)) + 37, 36) != 0);
    json_decref(all);
    json_decref(again);
    json_decref(last);
    json_decref(others);
    finish(&made);
}
END_TEST

START_TEST(all_holes_of_one_scope_agree_on_the_time)
{
    struct made made;
    json_t *value;

    make(&made, "[\"{{now()}}\", \"{{now('unix_ms')}}\"]");
    value = fill(made.template, &leap_day);
    value_expect(value, "[\"2024-02-29T12:34:56.789Z\",1709210096789]");
    json_decref(value);
    finish(&made);
}
END_TEST

UNIT("template_calls", literals_are_json_and_single_quotes,
     mistakes_are_told_at_their_place, calls_nest_to_a_limit,
     default_stands_in_for_what_is_missing_anywhere, it_is_known_what_varies,
     needs_are_those_of_the_arguments, places_decide_and_not_the_order,
     all_holes_of_one_scope_agree_on_the_time)
