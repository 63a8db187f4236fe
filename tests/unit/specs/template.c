#include "specs/template.h"

#include "tests/unit/unit.h"
#include "tests/unit/values.h"

#include "specs/json.h"

/* A template made of JSON text, and what it takes to release it. */
struct made {
    struct arena arena;
    struct faults faults;
    json_t *json;
    const struct template *template;
};

static void make(struct made *made, const char *text)
{
    struct node node;

    *made = (struct made){0};
    node = value_node(&made->arena, "t.json", text);
    made->json = node.json;
    made->template = template_compile(&made->arena, &node, &made->faults);
}

static void finish(struct made *made)
{
    json_decref(made->json);
    faults_finish(&made->faults);
    arena_finish(&made->arena);
}

static const char scope_text[] =
    "{\"id\": 7, \"name\": \"ann\", \"none\": null, \"yes\": true,"
    " \"list\": [1, {\"deep\": [\"x\", 2.5]}], \"empty\": {}, \"a-b\": \"ab\","
    " \"user\": {\"name\": \"bob\", \"any key\": 1, \"it's\": 2, \"a\\\"b\": 3},"
    " \"back\": \"a\\\\Eb.c\", \"many\": {\"a1\": 1, \"b2\": 1, \"c3\": 1,"
    " \"d4\": 1, \"e5\": 1, \"f6\": 1}, \"env\": {\"HOME\": \"/root\"},"
    " \"\\u00fc\": 1, \"big\": 18446744073709551616}";

START_TEST(fills_values_and_keeps_their_types)
{
    static const struct {
        const char *written, *filled;
    } rows[] = {
        {"1", "1"},
        {"\"plain\"", "\"plain\""},
        {"\"{{id}}\"", "7"},
        {"\" {{id}}\"", "\" 7\""},
        {"\"{{ id\\t}}\"", "7"},
        {"\"{{none}}\"", "null"},
        {"\"{{yes}}/{{none}}\"", "\"true/null\""},
        {"\"{{list}}\"", "[1,{\"deep\":[\"x\",2.5]}]"},
        {"\"<{{list}}>\"", "\"<[1,{\\\"deep\\\":[\\\"x\\\",2.5]}]>\""},
        {"\"{{list[0]}}\"", "1"},
        {"\"{{list[1].deep[1]}}\"", "2.5"},
        {"\"{{user.name}}\"", "\"bob\""},
        {"\"{{user[\\\"any key\\\"]}}\"", "1"},
        {"\"{{user['any key']}}\"", "1"},
        {"\"{{user['it\\\\'s']}}\"", "2"},
        {"\"{{user[\\\"a\\\\\\\"b\\\"]}}\"", "3"},
        {"\"{{a-b}}\"", "\"ab\""},
        {"\"{{env.HOME}}/x\"", "\"/root/x\""},
        {"\"{{id}}{{id}}\"", "\"77\""},
        {"\"{{big}}\"", "18446744073709551616"},
        {"\"{{big}}!\"", "\"18446744073709551616!\""},
        {"\"{{{{\"", "\"{{\""},
        {"\"{{{{id}}\"", "\"{{id}}\""},
        {"\"{{{{{{id}}}}\"", "\"{{7}}\""},
        {"\"a}}b{c}\"", "\"a}}b{c}\""},
        {"\"{\\\"a\\\":{\\\"b\\\":{{id}}}}\"", "\"{\\\"a\\\":{\\\"b\\\":7}}\""},
        {"\"a\\u0000{{id}}\"", "\"a\\u00007\""},
        {"[1, \"{{id}}\", [\"{{name}}\"]]", "[1,7,[\"ann\"]]"},
        {"{\"a\": null, \"{{id}}\": {\"b\": \"{{id}}\"}, \"c\": \"{{list}}\"}",
         "{\"a\":null,\"{{id}}\":{\"b\":7},"
         "\"c\":[1,{\"deep\":[\"x\",2.5]}]}"},
    };
    json_auto_t *values = value_read(scope_text);
    struct scope outer = {.values = values};
    struct scope scope = {.outer = &outer};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fault fault = {0};
        struct made made;
        json_t *filled;

        make(&made, rows[i].written);
        ck_assert_msg(!made.faults.total, "%s: %s", rows[i].written,
                      made.faults.total ? made.faults.faults[0].text : "");
        filled = template_fill(made.template, &scope, &fault);
        ck_assert_msg(filled, "%s: %s", rows[i].written, fault.text);
        value_expect(filled, rows[i].filled);
        json_decref(filled);
        finish(&made);
    }
}
END_TEST

struct filling {
    const char *written, *filled;
};

typedef bool fill_text(const struct template *template,
                       const struct scope *scope, struct buffer *out,
                       struct fault *fault);

/* Behind what is there already, and with the same ceiling afterwards. */
static void expect_filled(fill_text *fill, const struct filling *rows,
                          size_t count)
{
    json_auto_t *values = value_read(scope_text);
    struct scope scope = {.values = values};

    for (size_t i = 0; i < count; i++) {
        struct buffer text = buffer_with_ceiling(1000);
        struct fault fault = {0};
        struct made made;

        make(&made, rows[i].written);
        ck_assert(buffer_add_text(&text, ">"));
        ck_assert(fill(made.template, &scope, &text, &fault));
        ck_assert_str_eq(buffer_text(&text) + 1, rows[i].filled);
        ck_assert_uint_eq(text.ceiling, 1000);
        buffer_finish(&text);
        finish(&made);
    }
}

START_TEST(fills_text_bare)
{
    static const struct filling rows[] = {
        {"\"/todos/{{id}}\"", "/todos/7"},
        {"\"{{name}}\"", "ann"},
        {"\"plain\"", "plain"},
        {"12", "12"},
        {"[\"{{name}}\"]", "[\"ann\"]"},
        {"\"\"", ""},
        {"\"{{{{{{none}}\"", "{{null"},
    };

    expect_filled(template_fill_text, rows, COUNT(rows));
}
END_TEST

START_TEST(quotes_what_it_puts_into_patterns)
{
    static const struct filling rows[] = {
        {"\"^a.*{{id}}$\"", "^a.*\\Q7\\E$"},
        {"\"{{back}}\"", "\\Qa\\E\\\\\\QEb.c\\E"},
        {"\"^{{list[1].deep[0]}}+\"", "^\\Qx\\E+"},
        {"\"a{{{{2}}\"", "a{{2}}"},
        {"\"a.c\"", "a.c"},
    };

    expect_filled(template_fill_pattern, rows, COUNT(rows));
}
END_TEST

START_TEST(says_what_is_wrong_and_where_inside_of_the_string)
{
    static const struct {
        const char *written;
        unsigned column, width;
        const char *said;
    } rows[] = {
        {"\"ab{{name\"", 4, 6,
         "this \"{{\" is never closed by \"}}\"; \"{{{{\" stands for a literal "
         "\"{{\""},
        {"\"{{}}\"", 2, 4,
         "the name of a variable is missing in \"{{}}\"; \"{{{{\" stands for a "
         "literal \"{{\""},
        {"\"{{  }}\"", 2, 6,
         "the name of a variable is missing in \"{{}}\"; \"{{{{\" stands for a "
         "literal \"{{\""},
        {"\"\\u00fc {{1a}}\"", 11, 1,
         "a variable's name begins with a letter or \"_\"; \"{{{{\" stands for "
         "a literal \"{{\""},
        {"\"{{a b}}\"", 6, 1, "\"}}\" is missing here"},
        {"\"{{a.}}\"", 6, 1,
         "behind \".\" stands a name; any other key is written [\"like "
         "this\"]"},
        {"\"{{a[x]}}\"", 6, 1,
         "between \"[\" and \"]\" stands an index from 0 or a quoted key"},
        {"\"{{a[1234567890]}}\"", 6, 10, "this index is too large"},
        {"\"{{a[1}}\"", 7, 1, "\"]\" is missing here"},
        {"\"{{a['x}}\"", 6, 1, "this quote is never closed"},
        {"\"{{uid()}}\"", 4, 3, "no function \"uid\"; did you mean \"uuid\"?"},
        {"\"{{env}}\"", 4, 3,
         "behind \"env\" stands the name of an environment variable, as in "
         "{{env.HOME}}"},
        {"[1, {\"k\": \"{{\\u00fc}}\"}]", 14, 6,
         "a variable's name begins with a letter or \"_\"; \"{{{{\" stands for "
         "a literal \"{{\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct fault *fault;
        struct made made;

        make(&made, rows[i].written);
        ck_assert_msg(made.faults.total == 1, "%s: %zu faults", rows[i].written,
                      made.faults.total);
        fault = &made.faults.faults[0];
        ck_assert_str_eq(fault->text, rows[i].said);
        ck_assert_msg(fault->at.column == rows[i].column &&
                          fault->at.width == rows[i].width,
                      "%s: column %u, width %u", rows[i].written,
                      fault->at.column, fault->at.width);
        finish(&made);
    }
}
END_TEST

START_TEST(every_mistake_of_a_string_is_told)
{
    struct made made;

    make(&made, "\"{{}} {{ok}} {{1a}} {{nwo(\\\"x\\\")}} {{env}}{{too}} {{a\"");
    ck_assert_uint_eq(made.faults.total, 5);
    ck_assert_uint_eq(template_needs(made.template).count, 2);
    finish(&made);
}
END_TEST

START_TEST(paths_that_lead_nowhere_say_what_is_there)
{
    static const struct {
        const char *written;
        unsigned column;
        const char *said;
    } rows[] = {
        {"\"{{missing}}\"", 4, "there is no value for \"missing\""},
        {"\"{{user.nam}}\"", 9,
         "\"user\" has no \"nam\"; did you mean \"name\"?"},
        {"\"{{user.zzz}}\"", 9,
         "\"user\" has no \"zzz\", only \"name\", \"any key\", \"it's\", "
         "\"a\"b\""},
        {"\"{{many.zzz}}\"", 9,
         "\"many\" has no \"zzz\", only \"a1\", \"b2\", \"c3\", \"d4\", "
         "\"e5\"..."},
        {"\"{{empty.zzz}}\"", 10, "\"empty\" has no \"zzz\", it is empty"},
        {"\"{{id.x}}\"", 7, "\"id\" is a number and has no \"x\""},
        {"\"{{user.name.x}}\"", 14,
         "\"user.name\" is a string and has no \"x\""},
        {"\"{{list[2]}}\"", 8, "\"list\" has 2 elements, so no [2]"},
        {"\"{{list[1].deep[9]}}\"", 16,
         "\"list[1].deep\" has 2 elements, so no [9]"},
        {"\"{{user[0]}}\"", 8, "\"user\" is an object and has no [0]"},
        {"\"{{list.x}}\"", 9, "\"list\" is an array and has no \"x\""},
        {"\"{{env.HOM}}\"", 8,
         "no environment variable \"HOM\"; did you mean \"HOME\"?"},
        {"\"{{env.XYZ}}\"", 8, "no environment variable \"XYZ\""},
        {"\"{{env.HOME.x}}\"", 13, "\"env.HOME\" is a string and has no \"x\""},
        {"[{\"k\": \"a{{none.x}}\"}]", 17, "\"none\" is null and has no \"x\""},
    };
    json_auto_t *values = value_read(scope_text);
    struct scope scope = {.values = values};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer text = buffer_with_ceiling(1000);
        struct fault fault = {0}, again = {0};
        struct made made;

        make(&made, rows[i].written);
        ck_assert(!made.faults.total);
        ck_assert_ptr_null(template_fill(made.template, &scope, &fault));
        ck_assert_str_eq(fault.text, rows[i].said);
        ck_assert_msg(fault.at.column == rows[i].column, "%s: column %u",
                      rows[i].written, fault.at.column);
        ck_assert(!template_fill_text(made.template, &scope, &text, &again));
        ck_assert_str_eq(again.text, rows[i].said);
        buffer_finish(&text);
        finish(&made);
    }
}
END_TEST

START_TEST(tells_what_it_needs_and_where)
{
    static const char *const names[] = {"id", "user", "id", "env"};
    struct made made;
    struct needs needs;

    make(&made, "[\"{{id}}\", {\"a\": \"x{{ user.name }}{{id}}\"},\n"
                " \"{{env.HOME}}\", \"{{{{not}}\"]");
    needs = template_needs(made.template);
    ck_assert_uint_eq(needs.count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        ck_assert_str_eq(needs.list[i].name, names[i]);
    ck_assert_uint_eq(spot_place(needs.list[1].at).column, 23);
    ck_assert_uint_eq(spot_place(needs.list[1].at).width, 4);
    ck_assert_uint_eq(spot_place(needs.list[3].at).line, 2);
    ck_assert(!template_is_constant(made.template));
    finish(&made);
    make(&made, "[1, \"{{{{\"]");
    ck_assert(template_is_constant(made.template));
    finish(&made);
}
END_TEST

START_TEST(constant_values_are_not_copied)
{
    struct fault fault = {0};
    struct made made;
    json_t *filled;

    make(&made, "{\"a\": [1, 2, {\"b\": \"}} { {\"}]}");
    filled = template_fill(made.template, NULL, &fault);
    ck_assert_ptr_eq(filled, made.json);
    json_decref(filled);
    finish(&made);
}
END_TEST

START_TEST(inner_scopes_hide_outer_ones)
{
    json_auto_t *inside = value_read("{\"a\": 1}");
    json_auto_t *outside = value_read("{\"a\": 2, \"b\": 3}");
    struct scope outer = {.values = outside};
    struct scope empty = {.outer = &outer};
    struct scope inner = {.outer = &empty, .values = inside};

    ck_assert_int_eq(json_integer_value(scope_find(&inner, "a")), 1);
    ck_assert_int_eq(json_integer_value(scope_find(&inner, "b")), 3);
    ck_assert_ptr_null(scope_find(&inner, "c"));
    ck_assert_ptr_null(scope_find(NULL, "a"));
}
END_TEST

START_TEST(merged_objects_are_filled_whole)
{
    struct arena arena = {0};
    struct faults faults = {0};
    struct fault fault = {0};
    struct node upper = value_node(&arena, "t.json", "{\"a\": 1, \"c\": null}");
    struct node lower =
        value_node(&arena, "t.json", "{\"a\": 2, \"b\": 3, \"c\": 4}");
    struct buffer text = buffer_with_ceiling(100);
    const struct template *template;

    upper.over = &lower;
    template = template_compile(&arena, &upper, &faults);
    ck_assert(template_is_constant(template));
    ck_assert(template_fill_text(template, NULL, &text, &fault));
    ck_assert_str_eq(buffer_text(&text), "{\"a\":1,\"b\":3}");
    buffer_finish(&text);
    json_decref(upper.json);
    json_decref(lower.json);
    arena_finish(&arena);
}
END_TEST

/* One byte too many for the limit. */
START_TEST(the_text_that_templates_make_has_a_limit)
{
    struct buffer long_text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct buffer out = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES * 2);
    json_auto_t *values = json_object();
    struct scope scope = {.values = values};
    struct fault fault = {0};
    struct made made;
    json_t *filled;

    while (buffer_add(&long_text, "x", 1))
        continue;
    json_object_set_new(values, "x", json_string(buffer_text(&long_text)));
    ck_assert(buffer_add_text(&out, "before"));
    make(&made, "\"{{x}}\"");
    ck_assert(template_fill_text(made.template, &scope, &out, &fault));
    finish(&made);
    make(&made, "\"{{x}}y\"");
    buffer_clear(&out);
    ck_assert(!template_fill_text(made.template, &scope, &out, &fault));
    ck_assert_str_eq(fault.text, "templates make too long a text here: 16 MiB "
                                 "are the limit");
    fault = (struct fault){0};
    filled = template_fill(made.template, &scope, &fault);
    ck_assert_ptr_null(filled);
    ck_assert(fault.raised);
    finish(&made);
    buffer_finish(&out);
    buffer_finish(&long_text);
}
END_TEST

START_TEST(names_are_measured)
{
    static const struct {
        const char *text;
        size_t length;
    } rows[] = {
        {"", 0}, {"a", 1}, {"_a-1.b", 4}, {"1a", 0}, {"-a", 0}, {"a b", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_uint_eq(template_name_length(rows[i].text), rows[i].length);
}
END_TEST

UNIT("template", fills_values_and_keeps_their_types, fills_text_bare,
     quotes_what_it_puts_into_patterns,
     says_what_is_wrong_and_where_inside_of_the_string,
     every_mistake_of_a_string_is_told,
     paths_that_lead_nowhere_say_what_is_there, tells_what_it_needs_and_where,
     constant_values_are_not_copied, inner_scopes_hide_outer_ones,
     merged_objects_are_filled_whole, the_text_that_templates_make_has_a_limit,
     names_are_measured)
