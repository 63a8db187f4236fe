/* What `when` says of what is known when a test's turn comes. */
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>

#include "assertions/assertions.h"

struct occasion {
    struct arena arena;
    struct faults faults;
    const struct condition *condition;
    json_t *variables;
};

static void prepare(struct occasion *occasion, const char *when,
                    const char *variables)
{
    struct node node;

    *occasion = (struct occasion){0};
    node = value_node(&occasion->arena, "when.json", when);
    occasion->condition =
        condition_compile(&occasion->arena, &node, NULL, &occasion->faults);
    json_decref(node.json); /* as a plan does: nothing of it is borrowed */
    occasion->variables = value_read(variables);
}

static void finish(struct occasion *occasion)
{
    json_decref(occasion->variables);
    faults_finish(&occasion->faults);
    arena_finish(&occasion->arena);
}

static const char variables[] =
    "{ \"env\": { \"CI\": \"true\", \"WORKERS\": \"8\", \"EMPTY\": \"\" }, "
    "\"user\": { \"role\": \"admin\", \"tags\": [\"a\", \"b\"], \"a b\": 1 }, "
    "\"n\": 8, \"nothing\": null, \"text\": \"true\" }";

/* NULL: it holds. */
static void check_why(const char *when, const char *wanted)
{
    struct occasion occasion;
    struct scope scope;
    struct fault fault = {0};
    const char *why = NULL;
    bool holds;

    prepare(&occasion, when, variables);
    ck_assert_msg(!occasion.faults.total, "%s: %s", when,
                  occasion.faults.total ? occasion.faults.faults[0].text : "");
    scope = (struct scope){.values = occasion.variables};
    holds = condition_holds(occasion.condition, &scope, &occasion.arena, &why,
                            &fault);
    ck_assert(!fault.raised);
    ck_assert_msg(holds == !wanted, "%s: %s", when, why ? why : "holds");
    if (wanted)
        ck_assert_str_eq(why, wanted);
    else
        ck_assert_ptr_null(why);
    finish(&occasion);
}

START_TEST(variables_are_matched)
{
    static const struct {
        const char *when;
        const char *why;
    } rows[] = {
        {"{\"env.CI\": \"true\"}", NULL},
        {"{\"env.CI\": \"false\"}",
         "when: env.CI is \"true\", expected \"false\""},
        {"{\"env.CI\": {\"exists\": false}}",
         "when: env.CI is \"true\", expected nothing there"},
        {"{\"env.WORKERS\": 8, \"env.WORKERS2\": {\"exists\": false}}", NULL},
        {"{\"env.WORKERS\": {\"gt\": 8}}",
         "when: env.WORKERS is \"8\", expected greater than 8"},
        {"{\"user.role\": {\"in\": [\"admin\", \"root\"]}}", NULL},
        {"{\"user.tags[1]\": \"b\", \"user[\\\"a b\\\"]\": 1}", NULL},
        {"{\"user.tags\": {\"includes\": [\"c\"]}}",
         "when: user.tags is [\"a\",\"b\"], expected an element including \"c\""},
        {"{\"n\": {\"gte\": 8, \"lt\": 9}}", NULL},
        {"{\"text\": true}",
         "when: text is \"true\" (a text), expected true (a boolean)"},
        {"{\"n\": \"{{env.WORKERS}}\"}",
         "when: n is 8 (a number), expected \"8\" (a text)"},
        {"{\"env.WORKERS\": \"{{n}}\"}", NULL},
        {"{\"text\": {\"matches\": \"^{{env.CI}}$\"}}", NULL},
        {"{\"$comment\": \"none\", \"n\": 8}", NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_why(rows[i].when, rows[i].why);
}
END_TEST

START_TEST(what_is_missing_is_so)
{
    check_why("{\"env.NO\": {\"exists\": false}}", NULL);
    check_why("{\"user.no.deeper[3]\": {\"exists\": false}}", NULL);
    check_why("{\"n.deeper\": {\"exists\": false}}", NULL);
    check_why("{\"env.NO\": null, \"user.no\": null, \"nothing\": null}", NULL);
    check_why("{\"n\": null}", "when: n is 8, expected null");
    check_why("{\"env.NO\": \"true\"}",
              "when: env.NO is missing, expected \"true\"");
    check_why("{\"env.NO\": {\"exists\": true}}",
              "when: env.NO is missing, expected something there");
    check_why("{\"env.NO\": {\"not\": \"true\"}}",
              "when: env.NO is missing, expected not \"true\"");
    check_why("{\"env.EMPTY\": null}",
              "when: env.EMPTY is \"\", expected null");
}
END_TEST

START_TEST(the_first_that_fails_is_told)
{
    check_why("{\"n\": 8, \"text\": \"x\", \"env.CI\": \"y\"}",
              "when: text is \"true\", expected \"x\"");
}
END_TEST

START_TEST(what_is_told_has_an_end)
{
    struct occasion occasion;
    struct scope scope;
    struct fault fault = {0};
    const char *why = NULL;
    json_t *text;
    char *long_text = must_alloc(100001);

    memset(long_text, 'x', 100000);
    prepare(&occasion, "{\"a\": {\"equals\": \"{{b}}\"}}", "{}");
    text = json_string(long_text);
    json_object_set_new(occasion.variables, "a", json_string("y"));
    json_object_set(occasion.variables, "b", text);
    scope = (struct scope){.values = occasion.variables};
    ck_assert(!condition_holds(occasion.condition, &scope, &occasion.arena,
                               &why, &fault));
    ck_assert_uint_le(strlen(why), LIMIT_VALUE_TOLD);
    ck_assert_uint_ge(strlen(why), 200);
    json_decref(text);
    free(long_text);
    finish(&occasion);
}
END_TEST

START_TEST(a_template_that_cannot_be_filled_is_a_fault)
{
    struct occasion occasion;
    struct scope scope;
    struct fault fault = {0};
    const char *why = NULL;

    prepare(&occasion, "{\"n\": \"{{gone}}\"}", variables);
    scope = (struct scope){.values = occasion.variables};
    ck_assert(!condition_holds(occasion.condition, &scope, &occasion.arena,
                               &why, &fault));
    ck_assert(fault.raised);
    ck_assert_str_eq(fault.text, "there is no value for \"gone\"");
    ck_assert_ptr_null(why);
    finish(&occasion);
}
END_TEST

/* Names alone: what a path leads to is not asked for before the run. */
START_TEST(names_are_needed)
{
    struct occasion occasion;
    struct needs needs;

    prepare(&occasion,
            "{\"user.role.x\": \"{{a.b}}\", \"env.CI\": {\"gt\": \"{{c}}\"}}",
            "{}");
    needs = condition_needs(occasion.condition);
    ck_assert_uint_eq(needs.count, 4);
    ck_assert_str_eq(needs.list[0].name, "user");
    ck_assert_ptr_null(needs.list[0].path);
    ck_assert(!needs.list[0].may_be_missing);
    ck_assert_str_eq(needs.list[1].name, "a");
    ck_assert_ptr_nonnull(needs.list[1].path);
    ck_assert_str_eq(needs.list[2].name, "env");
    ck_assert_ptr_null(needs.list[2].path);
    ck_assert_str_eq(needs.list[3].name, "c");
    finish(&occasion);
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    static const struct {
        const char *when;
        unsigned column;
        const char *told;
    } rows[] = {
        {"{\"1a\": 1}", 3, "a variable's name begins with a letter or \"_\""},
        {"{\"a.b-c d\": 1}", 8,
         "a variable ends here, with \".name\" or \"[0]\" behind it at most"},
        {"{\"a\": {\"gtt\": 1}}", 8,
         "unknown matcher \"gtt\"; did you mean \"gt\"? an object to compare "
         "with is written {\"equals\": {...}}"},
        {"{\"env.A\": [1]}", 11,
         "a text is never an array; one of several is written {\"in\": "
         "[...]}"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct occasion occasion;

        prepare(&occasion, rows[i].when, "{}");
        ck_assert_uint_eq(occasion.faults.total, 1);
        ck_assert_str_eq(occasion.faults.faults[0].text, rows[i].told);
        ck_assert_uint_eq(occasion.faults.faults[0].at.column, rows[i].column);
        finish(&occasion);
    }
}
END_TEST

UNIT("condition", variables_are_matched, what_is_missing_is_so,
     the_first_that_fails_is_told, what_is_told_has_an_end,
     a_template_that_cannot_be_filled_is_a_fault, names_are_needed,
     mistakes_are_told_at_their_place)
