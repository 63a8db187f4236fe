#include "specs/source.h"

#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <string.h>

#include "specs/json.h"

static struct arena arena;

static struct node node_of(const char *text)
{
    return value_node(&arena, "t.json", text);
}

static void release(struct node *node)
{
    json_decref(node->json);
    arena_finish(&arena);
}

/* "LINE:COLUMN+WIDTH" */
static const char *told(struct spot spot)
{
    struct place place = spot_place(spot);

    return arena_print(&arena, "%u:%u+%u", place.line, place.column,
                       place.width);
}

START_TEST(places_count_lines_and_characters)
{
    static const char text[] = "{\n \"\xc3\xa4\xc3\xb6\": 1,\r\n\"b\":\n[2]}";
    struct node node = node_of(text);
    const struct source *source = node.at.source;
    static const struct {
        size_t offset, length;
        const char *place;
    } rows[] = {
        {0, 0, "1:1+1"},  {3, 0, "2:2+4"},
        {11, 0, "2:8+1"}, {11, 9, "2:8+2"},
        {15, 0, "3:1+3"}, {20, 0, "4:1+1"},
        {21, 0, "4:2+1"}, {sizeof(text) - 1, 0, "4:5+1"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(
            told((struct spot){source, rows[i].offset, rows[i].length}),
            rows[i].place);
    }
    release(&node);
}
END_TEST

START_TEST(a_byte_order_mark_takes_no_column)
{
    struct node node = node_of("\xef\xbb\xbf {\"a\": true}");
    struct members members = node_members(&arena, &node, 0);
    struct place place = spot_place(members.list[0].value.at);

    ck_assert_str_eq(told(node.at), "1:2+1");
    ck_assert_str_eq(told(members.list[0].value.at), "1:8+4");
    ck_assert_int_eq(*place.excerpt, ' ');
    ck_assert_uint_eq(place.excerpt_length, 12);
    release(&node);
}
END_TEST

START_TEST(columns_of_a_long_line_are_right)
{
    enum { LENGTH = 3 * SOURCE_STRIDE };
    static char text[LENGTH + 1];
    const struct source *source;

    for (size_t i = 0; i < LENGTH; i += 2)
        memcpy(text + i, "\xc3\xa4", 2);
    text[1000] = text[1001] = '\n';
    source = source_new(&arena, "t.json", text, LENGTH);
    for (size_t i = 1002; i < LENGTH; i += 2) {
        struct place place = spot_place((struct spot){source, i, 2});

        ck_assert_uint_eq(place.line, 3);
        ck_assert_uint_eq(place.column, (i - 1002) / 2 + 1);
        ck_assert_uint_eq(place.width, 1);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(nowhere_is_no_place)
{
    struct place place = spot_place((struct spot){0});

    ck_assert_ptr_null(place.path);
    ck_assert_uint_eq(place.line, 0);
}
END_TEST

START_TEST(members_come_in_order_with_their_places)
{
    struct node node =
        node_of("{ \"z\" : [1, \"]}\", {}],\n\"a\\\"b\":\"x\\\\\","
                "\"$comment\":null,\"m\":{\"q\":-1.5e3 } }");
    static const struct {
        const char *key, *key_at, *value_at;
    } rows[] = {
        {"z", "1:3+3", "1:9+1"},
        {"a\"b", "2:1+6", "2:8+5"},
        {"m", "2:30+3", "2:34+1"},
    };
    struct members all = node_members(&arena, &node, 0);
    struct members members = node_members(&arena, &node, MEMBERS_SKIP_COMMENTS);
    struct members inner;

    ck_assert_uint_eq(all.count, 4);
    ck_assert_uint_eq(members.count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_str_eq(members.list[i].key, rows[i].key);
        ck_assert_str_eq(told(members.list[i].key_at), rows[i].key_at);
        ck_assert_str_eq(told(members.list[i].value.at), rows[i].value_at);
    }
    inner = node_members(&arena, &members.list[2].value, 0);
    ck_assert_uint_eq(inner.count, 1);
    ck_assert_str_eq(told(inner.list[0].value.at), "2:39+6");
    release(&node);
}
END_TEST

START_TEST(elements_come_with_their_places)
{
    struct node node = node_of("[ 1,\"a,b\" , [ ],{\"x\":[]},null\n]");
    static const char *const places[] = {"1:3+1", "1:5+5", "1:13+1", "1:17+1",
                                         "1:26+4"};
    struct nodes nodes = node_elements(&arena, &node);

    ck_assert_uint_eq(nodes.count, COUNT(places));
    for (size_t i = 0; i < COUNT(places); i++)
        ck_assert_str_eq(told(nodes.list[i].at), places[i]);
    ck_assert(json_is_null(nodes.list[4].json));
    release(&node);
}
END_TEST

/* "key=JSON " of each member. */
static const char *listed(const struct node *node, int flags)
{
    struct members members = node_members(&arena, node, flags);
    const char *text = "";

    for (size_t i = 0; i < members.count; i++) {
        text = arena_print(
            &arena, "%s%s=%s%s ", text, members.list[i].key,
            json_print_short(&arena, members.list[i].value.json, 80),
            members.list[i].value.over ? "^" : "");
    }
    return text;
}

START_TEST(members_are_merged_over_those_below)
{
    static const struct {
        const char *upper, *lower, *merged;
        int flags;
    } rows[] = {
        {"{\"b\":1,\"a\":2}", "{\"a\":3,\"c\":4}", "b=1 a=2^ c=4 ", 0},
        {"{\"a\":null}", "{\"a\":3,\"c\":4}", "c=4 ", 0},
        {"{\"a\":null}", "{\"c\":4}", "a=null c=4 ", 0},
        {"{\"a\":null}", "5", "a=null ", 0},
        {"{}", "{\"c\":null}", "c=null ", 0},
        {"{\"Accept\":1}", "{\"accept\":2}", "Accept=1 accept=2 ", 0},
        {"{\"Accept\":1}", "{\"accept\":2}", "Accept=1^ ", MEMBERS_FOLD_CASE},
        {"{\"ACCEPT\":null}", "{\"accept\":2}", "", MEMBERS_FOLD_CASE},
        {"{\"$comment\":1}", "{\"$comment\":2}", "", MEMBERS_SKIP_COMMENTS},
        {"[]", "{\"a\":1}", "", 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct node lower = node_of(rows[i].lower);
        struct node upper = node_of(rows[i].upper);

        upper.over = &lower;
        ck_assert_str_eq(listed(&upper, rows[i].flags), rows[i].merged);
        json_decref(lower.json);
        release(&upper);
    }
}
END_TEST

START_TEST(what_lies_over_lies_over_to_any_depth)
{
    struct node lowest = node_of("{\"a\":{\"x\":1,\"y\":{\"p\":1}}}");
    struct node middle = node_of("{\"a\":{\"y\":{\"q\":2}}}");
    struct node upper = node_of("{\"a\":{\"z\":3,\"y\":{\"r\":3}}}");
    struct members members;

    middle.over = &lowest;
    upper.over = &middle;
    members = node_members(&arena, &upper, 0);
    ck_assert_uint_eq(members.count, 1);
    ck_assert_str_eq(listed(&members.list[0].value, 0),
                     "z=3 y={\"r\":3}^ x=1 ");
    members = node_members(&arena, &members.list[0].value, 0);
    ck_assert_str_eq(listed(&members.list[1].value, 0), "r=3 q=2 p=1 ");
    json_decref(lowest.json);
    json_decref(middle.json);
    release(&upper);
}
END_TEST

START_TEST(values_without_text_have_members_nowhere)
{
    struct node node = {.json = json_pack("{s:i,s:[i]}", "a", 1, "b", 2)};
    struct members members = node_members(&arena, &node, 0);
    struct nodes nodes = node_elements(&arena, &members.list[1].value);

    ck_assert_uint_eq(members.count, 2);
    ck_assert_str_eq(members.list[0].key, "a");
    ck_assert_ptr_null(members.list[0].key_at.source);
    ck_assert_uint_eq(nodes.count, 1);
    ck_assert_ptr_null(nodes.list[0].at.source);
    release(&node);
}
END_TEST

START_TEST(places_inside_of_strings_count_escapes)
{
    struct node node = node_of("\"a\\n\\u00e9\\ud83d\\ude00\xc3\xa4\\\\z\"");
    static const struct {
        size_t byte, length;
        const char *place;
    } rows[] = {
        {0, 1, "1:2+1"},   /* a */
        {1, 1, "1:3+2"},   /* \n */
        {2, 2, "1:5+6"},   /* \u00e9 */
        {4, 4, "1:11+12"}, /* the pair */
        {8, 2, "1:23+1"},  /* two bytes, one character */
        {10, 1, "1:24+2"}, /* the backslash */
        {11, 1, "1:26+1"}, /* z */
        {12, 1, "1:27+1"}, /* the end */
        {0, 12, "1:2+25"}, /* all of it */
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(told(node_inside(&node, rows[i].byte, rows[i].length)),
                         rows[i].place);
    release(&node);
}
END_TEST

UNIT("source", places_count_lines_and_characters,
     a_byte_order_mark_takes_no_column, columns_of_a_long_line_are_right,
     nowhere_is_no_place, members_come_in_order_with_their_places,
     elements_come_with_their_places, members_are_merged_over_those_below,
     what_lies_over_lies_over_to_any_depth,
     values_without_text_have_members_nowhere,
     places_inside_of_strings_count_escapes)
