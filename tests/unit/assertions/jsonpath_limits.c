/* What a query may cost. */
#include "tests/unit/assertions/query.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <stdio.h>
#include <string.h>

/* Whether the query can be evaluated; *said is the fault's text. */
static bool evaluates(const char *query, json_t *document, bool with_paths,
                      char *said, size_t size)
{
    SCOPED_ARENA arena = {0};
    SCOPED_QUERY path = query_compile(&arena, query);
    struct fault fault = {0};
    struct jsonpath_nodes nodes =
        jsonpath_evaluate(path, document, with_paths, &arena, &fault);

    ck_assert(!fault.raised || nodes.count == 0);
    snprintf(said, size, "%s", fault.text);
    return !fault.raised;
}

/* `before`, `count` times `middle`, `after`; the caller frees. */
static char *repeated(const char *before, const char *middle, size_t count,
                      const char *after)
{
    struct buffer text = buffer_with_ceiling(1 << 20);
    bool well = buffer_add_text(&text, before);

    for (size_t i = 0; i < count; i++)
        well = well && buffer_add_text(&text, middle);
    ck_assert(well && buffer_add_text(&text, after));
    return buffer_take(&text);
}

static void check_limit(const char *good, const char *bad, const char *said)
{
    SCOPED_ARENA arena = {0};
    SCOPED_QUERY path = query_compile(&arena, good);
    struct jsonpath_trouble trouble;

    ck_assert(path);
    ck_assert(!jsonpath_compile(&arena, bad, &trouble));
    ck_assert_str_eq(trouble.text, said);
}

START_TEST(limits_the_length_of_queries)
{
    CLEANUP(freep) char *good = repeated("$.", "a", LIMIT_PATH_BYTES - 2, "");
    CLEANUP(freep) char *bad = repeated("$.", "a", LIMIT_PATH_BYTES - 2, "a");
    CLEANUP(freep)
    char *segments = repeated("$", ".a", LIMIT_PATH_BYTES / 2 - 1, "");
    json_auto_t *document = json_null();
    char said[512];

    check_limit(good, bad, "the query is longer than 65536 bytes");
    ck_assert(evaluates(segments, document, true, said, sizeof(said)));
}
END_TEST

START_TEST(limits_how_filters_nest)
{
    static const char said[] =
        "filters, parentheses and calls nest deeper than 64 levels here";
    static const struct {
        const char *before;
        const char *middle;
        const char *after;
        const char *behind;
        size_t count;
    } rows[] = {
        {"$[?", "(", "@", ")", LIMIT_PATH_DEPTH - 1},
        {"$[?", "!(", "@", ")", LIMIT_PATH_DEPTH - 1},
        {"$", "[?@", "", "]", LIMIT_PATH_DEPTH},
        {"$[?1<", "length(", "@", ")", LIMIT_PATH_DEPTH - 1},
        {"$", "[?count(@", "[*]", ")>1]", LIMIT_PATH_DEPTH / 2},
    };
    json_auto_t *document = value_read("[[[1]]]");
    char text[512];

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(freep)
        char *good_start =
            repeated(rows[i].before, rows[i].middle, rows[i].count, "");
        CLEANUP(freep)
        char *bad_start =
            repeated(rows[i].before, rows[i].middle, rows[i].count + 1, "");
        CLEANUP(freep)
        char *good = repeated(rows[i].after, rows[i].behind, rows[i].count,
                              rows[i].before[1] ? "]" : "");
        CLEANUP(freep)
        char *bad = repeated(rows[i].after, rows[i].behind, rows[i].count + 1,
                             rows[i].before[1] ? "]" : "");
        CLEANUP(freep) char *good_whole = repeated(good_start, good, 1, "");
        CLEANUP(freep) char *bad_whole = repeated(bad_start, bad, 1, "");

        check_limit(good_whole, bad_whole, said);
        ck_assert(evaluates(good_whole, document, true, text, sizeof(text)));
    }
}
END_TEST

START_TEST(takes_long_lists_of_tests)
{
    CLEANUP(freep) char *any = repeated("$[?", "@.b||", 8000, "@.a]");
    CLEANUP(freep) char *all = repeated("$[?", "@.a&&", 8000, "@.a]");
    json_auto_t *document = value_read("[{\"a\":1}]");
    char said[512];

    ck_assert(evaluates(all, document, true, said, sizeof(said)));
    ck_assert(evaluates(any, document, true, said, sizeof(said)));
}
END_TEST

static json_t *nulls(size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_null());
    return list;
}

START_TEST(limits_how_many_nodes_are_visited)
{
    json_auto_t *document = nulls(LIMIT_PATH_NODES - 1);
    json_auto_t *square = nulls(4000);
    char said[512];

    /* each child, and the end */
    ck_assert(evaluates("$[?!@]", document, false, said, sizeof(said)));
    json_array_append_new(document, json_null());
    ck_assert(!evaluates("$[?!@]", document, false, said, sizeof(said)));
    ck_assert_str_eq(said, "the query visits more than 10000000 nodes");
    ck_assert(
        !evaluates("$[?count($[*]) == 0]", square, false, said, sizeof(said)));
    ck_assert_str_eq(said, "the query visits more than 10000000 nodes");
}
END_TEST

START_TEST(limits_how_deep_documents_are_searched)
{
    static const char *const queries[] = {"$..*", "$..a", "$[?count(@..*)>1]"};
    json_auto_t *good = value_nest(LIMIT_JSON_DEPTH);
    json_auto_t *bad = json_pack("[O]", good);
    json_auto_t *worse = json_pack("[O]", bad);
    json_auto_t *far = value_nest(20000);
    char said[512];

    for (size_t i = 0; i < COUNT(queries); i++) {
        json_t *too_deep = strchr(queries[i], '?') ? worse : bad;

        ck_assert(evaluates(queries[i], good, true, said, sizeof(said)));
        ck_assert(!evaluates(queries[i], too_deep, true, said, sizeof(said)));
        ck_assert_str_eq(said, "the document nests deeper than 512 levels");
        ck_assert(!evaluates(queries[i], far, false, said, sizeof(said)));
    }
    ck_assert(evaluates("$[0][?@ == $[0][0]]", far, false, said, sizeof(said)));
}
END_TEST

START_TEST(limits_the_length_of_paths)
{
    enum { KEY_BYTES = 1 << 20 };
    CLEANUP(freep) char *key = must_alloc(KEY_BYTES + 1);
    json_auto_t *document = json_object();
    json_t *list = nulls(LIMIT_PATH_TEXT / (KEY_BYTES + 9));
    char said[512];

    memset(key, 'k', KEY_BYTES);
    json_object_set_new(document, key, list);
    ck_assert(evaluates("$.*.*", document, true, said, sizeof(said)));
    json_array_append_new(list, json_null());
    ck_assert(!evaluates("$.*.*", document, true, said, sizeof(said)));
    ck_assert_str_eq(said, "the paths of the query's nodes are longer than "
                           "67108864 bytes together");
    ck_assert(evaluates("$.*.*", document, false, said, sizeof(said)));
}
END_TEST

START_TEST(limits_what_patterns_cost)
{
    static const char gave_up[] =
        "a regular expression gave up: more than 1000000 steps or 20480 KiB";
    CLEANUP(freep) char *some = repeated("[\"", "a", 40, "\"]");
    CLEANUP(freep) char *much = repeated("[\"", "a", 300000, "\"]");
    CLEANUP(freep)
    char *pattern =
        repeated("{\"p\":\"", "a", LIMIT_PATH_BYTES, "a\",\"x\":\"a\"}");
    json_auto_t *steps = value_read(some);
    json_auto_t *heap = value_read(much);
    json_auto_t *long_pattern = value_read(pattern);
    char said[512];

    ck_assert(!evaluates("$[?match(@, '(a|aa)+[bc]')]", steps, false, said,
                         sizeof(said)));
    ck_assert_str_eq(said, gave_up);
    ck_assert(
        !evaluates("$[?match(@, '(a|b)*c')]", heap, false, said, sizeof(said)));
    ck_assert_str_eq(said, gave_up);
    ck_assert(!evaluates("$[?match(@, $.p)]", long_pattern, false, said,
                         sizeof(said)));
    ck_assert_str_eq(said, "a regular expression is longer than 65536 bytes");
    ck_assert(
        evaluates("$[?search(@, '(a|b)c?')]", heap, false, said, sizeof(said)));
}
END_TEST

UNIT("jsonpath_limits", limits_the_length_of_queries, limits_how_filters_nest,
     takes_long_lists_of_tests, limits_how_many_nodes_are_visited,
     limits_how_deep_documents_are_searched, limits_the_length_of_paths,
     limits_what_patterns_cost)
