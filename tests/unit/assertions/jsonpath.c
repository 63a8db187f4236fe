/* JSONPath beyond the compliance suite: what we say about bad queries, limits,
 * exact numbers. The cases of tests/paths are run here too. */
#include "assertions/jsonpath/jsonpath.h"

#include "tests/unit/unit.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

struct case_file {
    FILE *file;
    const char *name;
    unsigned line;
};

static void closep(FILE **file)
{
    if (*file)
        fclose(*file);
}

static void released(const struct jsonpath **path)
{
    jsonpath_release(*path);
}

#define SCOPED_PATH  CLEANUP(released) const struct jsonpath *
#define SCOPED_ARENA CLEANUP(arena_finish) struct arena

static const struct jsonpath *compiled(struct arena *arena, const char *query)
{
    struct jsonpath_trouble trouble;
    const struct jsonpath *path = jsonpath_compile(arena, query, &trouble);

    ck_assert_msg(path, "%.80s: %s at %zu", query, trouble.text,
                  trouble.offset);
    return path;
}

static json_t *read_json(const char *text)
{
    struct json_trouble trouble;
    json_t *value =
        json_read(text, strlen(text), LIMIT_JSON_DEPTH, 0, &trouble);

    ck_assert_msg(value, "%.80s: %s at %zu", text, trouble.text,
                  trouble.offset);
    return value;
}

static void check_list(const json_t *wanted, const json_t *found,
                       const struct case_file *from)
{
    struct buffer text = buffer_with_ceiling(1 << 20);

    ck_assert(json_print(found, &text));
    ck_assert_msg(json_values_equal(wanted, found), "%s:%u: %s", from->name,
                  from->line, buffer_text(&text));
    buffer_finish(&text);
}

static void check_case(char *const *lines, const struct case_file *from)
{
    SCOPED_ARENA arena = {0};
    SCOPED_PATH path = compiled(&arena, lines[0]);
    json_auto_t *document = read_json(lines[1]);
    json_auto_t *values = json_array();
    json_auto_t *paths = json_array();
    json_auto_t *wanted = read_json(lines[2]);
    struct jsonpath_nodes nodes;
    struct fault fault = {0};

    nodes = jsonpath_evaluate(path, document, true, &arena, &fault);
    ck_assert_msg(!fault.raised, "%s:%u: %s", from->name, from->line,
                  fault.text);
    for (size_t i = 0; i < nodes.count; i++) {
        json_array_append(values, nodes.list[i].value);
        json_array_append_new(paths, json_string(nodes.list[i].normalized));
    }
    check_list(wanted, values, from);
    if (lines[3][0]) {
        json_auto_t *wanted_paths = read_json(lines[3]);

        check_list(wanted_paths, paths, from);
    }
}

static bool next_line(struct case_file *from, char *line, size_t size)
{
    line[0] = '\0';
    if (!fgets(line, (int)size, from->file))
        return false;
    from->line++;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static size_t check_cases(struct case_file *from)
{
    char room[4][1024];
    char *lines[] = {room[0], room[1], room[2], room[3]};
    size_t count = 0;

    while (next_line(from, lines[0], sizeof(room[0]))) {
        if (!lines[0][0] || lines[0][0] == '#')
            continue;
        ck_assert(next_line(from, lines[1], sizeof(room[1])));
        ck_assert(next_line(from, lines[2], sizeof(room[2])));
        (void)next_line(from, lines[3], sizeof(room[3]));
        check_case(lines, from);
        count++;
    }
    return count;
}

START_TEST(selects_what_the_case_files_say)
{
    glob_t found;
    size_t count = 0;

    ck_assert_int_eq(glob("tests/paths/*.test", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct case_file from = {.name = found.gl_pathv[i]};

        from.file = fopen(from.name, "re");
        ck_assert(from.file);
        count += check_cases(&from);
        closep(&from.file);
    }
    ck_assert_uint_gt(count, 70);
    globfree(&found);
}
END_TEST

START_TEST(says_what_is_wrong_and_where)
{
    static const struct {
        const char *query;
        size_t offset;
        const char *said;
    } rows[] = {
        {"", 0,
         "`$`, with which every query begins, is expected here, but the query "
         "ends"},
        {"a.b", 0,
         "`$`, with which every query begins, is expected here, not `a`"},
        {" $", 0,
         "`$`, with which every query begins, is expected here, not a blank"},
        {"$ ", 1, "no blanks may follow the query"},
        {"$a", 1, "`.`, `[` or the end of the query is expected here, not `a`"},
        {"$.a é", 4,
         "`.`, `[` or the end of the query is expected here, not `é`"},
        {"$.", 2, "a name or `*` is expected here, but the query ends"},
        {"$.1", 2, "a name or `*` is expected here, not `1`"},
        {"$. a", 2, "a name or `*` is expected here, not a blank"},
        {"$.a..", 5, "a name, `*` or `[` is expected here, but the query ends"},
        {"$...a", 3, "a name, `*` or `[` is expected here, not `.`"},
        {"$[", 2,
         "a quoted name, an index, a slice, `*` or `?` with a filter is "
         "expected here, but the query ends"},
        {"$[a]", 2,
         "a quoted name, an index, a slice, `*` or `?` with a filter is "
         "expected here, not `a`"},
        {"$[1", 3, "`,` or `]` is expected here, but the query ends"},
        {"$[1,]", 4,
         "a quoted name, an index, a slice, `*` or `?` with a filter is "
         "expected here, not `]`"},
        {"$[01]", 2, "an index has no leading zeros"},
        {"$[-0]", 2, "-0 is not an index"},
        {"$[-]", 3, "a digit is expected here, not `]`"},
        {"$[1.0]", 3, "`,` or `]` is expected here, not `.`"},
        {"$[9007199254740992]", 2,
         "an index must be between -(2^53)+1 and 2^53-1"},
        {"$[1:2:-9007199254740992]", 6,
         "an index must be between -(2^53)+1 and 2^53-1"},
        {"$[99999999999999999999999999]", 2,
         "an index must be between -(2^53)+1 and 2^53-1"},
        {"$[1:2:3:4]", 7, "`,` or `]` is expected here, not `:`"},
        {"$['a]", 2, "this string has no end"},
        {"$['a\\']", 2, "this string has no end"},
        {"$['a\\", 4,
         "this is no escape; known are \\b \\f \\n \\r \\t \\/ \\\\ \\' "
         "\\uXXXX"},
        {"$[\"a\\'\"]", 4,
         "this is no escape; known are \\b \\f \\n \\r \\t \\/ \\\\ \\\" "
         "\\uXXXX"},
        {"$['a\tb']", 4,
         "a control character in a string must be written as \\u0009"},
        {"$['\\u12']", 7,
         "one of four hexadecimal digits is expected here, not `'`"},
        {"$['x\\ud800']", 4,
         "this is the first half of a surrogate pair; the second is missing"},
        {"$['\\ud800\\u0041']", 3,
         "this is the first half of a surrogate pair, but what follows is not "
         "the second"},
        {"$['\\udc00']", 3,
         "this is the second half of a surrogate pair; the first is missing"},
        {"$.a\xff", 3, "this is not UTF-8"},
        {"$['\xed\xa0\x80']", 3, "this is not UTF-8"},
        {"$[?]", 3,
         "`@`, `$`, a literal, a function, `!` or `(` is expected here, not "
         "`]`"},
        {"$[?a == 1]", 3,
         "`a` is neither true, false nor null, nor does `(` follow; names in a "
         "filter are written as @.name"},
        {"$[?truex == @]", 3,
         "`truex` is neither true, false nor null, nor does `(` follow; names "
         "in a filter are written as @.name"},
        {"$[?@.a = 1]", 7, "`=` is no comparison; equality is written `==`"},
        {"$[?@.a == ]", 10,
         "`@`, `$`, a literal, a function, `!` or `(` is expected here, not "
         "`]`"},
        {"$[?@.a == 1.]", 12, "a digit is expected here, not `]`"},
        {"$[?@.a == 1e]", 12, "a digit is expected here, not `]`"},
        {"$[?@.a == -]", 11, "a digit is expected here, not `]`"},
        {"$[?@.a == 01]", 10, "a number has no leading zeros"},
        {"$[?@.a == 1e1000000000000000000]", 10,
         "the exponent of this number has more than 18 digits"},
        {"$[?@.* == 1]", 3,
         "this may select several nodes; only a query of single names and "
         "indexes has a value"},
        {"$[?1 == $..a]", 8,
         "this may select several nodes; only a query of single names and "
         "indexes has a value"},
        {"$[?'a']", 3,
         "a literal is no test; it must be compared with something"},
        {"$[?@.a && true]", 10,
         "a literal is no test; it must be compared with something"},
        {"$[?length(@)]", 3, "length() gives a value, which must be compared"},
        {"$[?match(@, 'a') == true]", 3,
         "match() is true or false by itself and has no value"},
        {"$[?!@.a == 1]", 7, "a comparison behind `!` needs parentheses"},
        {"$[?(@.a == 1]", 12,
         "`)`, `&&`, `||` or a comparison is expected here, not `]`"},
        {"$[?@.a == (1)]", 10,
         "`@`, `$`, a literal, a function, `!` or `(` is expected here, not "
         "`(`"},
        {"$[?size(@) == 1]", 3,
         "there is no function `size`; known are count, length, match, search "
         "and value"},
        {"$[?(1)]", 4,
         "a literal is no test; it must be compared with something"},
        {"$[?count(1) == 1]", 9,
         "count() takes a query here, such as @.name or $..name"},
        {"$[?length(@.*) == 1]", 10,
         "this may select several nodes; only a query of single names and "
         "indexes has a value"},
        {"$[?length(match(@, 'a')) == 1]", 10,
         "match() is true or false by itself and has no value"},
        {"$[?length() == 1]", 10,
         "`@`, `$`, a literal, a function, `!` or `(` is expected here, not "
         "`)`"},
        {"$[?length(@, 1) == 1]", 11,
         "`)` is expected here: length() takes 1 argument"},
        {"$[?match(@)]", 10, "match() takes 2 arguments"},
        {"$[?match(@, 'a', 1)]", 15,
         "`)` is expected here: match() takes 2 arguments"},
        {"$[?count (@.*) == 1]", 3,
         "`count` is neither true, false nor null, nor does `(` follow; names "
         "in a filter are written as @.name"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct jsonpath_trouble trouble;
        SCOPED_ARENA arena = {0};

        ck_assert_msg(!jsonpath_compile(&arena, rows[i].query, &trouble), "%s",
                      rows[i].query);
        ck_assert_msg(strcmp(trouble.text, rows[i].said) == 0 &&
                          trouble.offset == rows[i].offset,
                      "%s: \"%s\" at %zu", rows[i].query, trouble.text,
                      trouble.offset);
    }
}
END_TEST

START_TEST(knows_singular_queries)
{
    static const struct {
        const char *query;
        bool singular;
    } rows[] = {
        {"$", true},        {"$.a['b'][0][-1]", true}, {"$.*", false},
        {"$..a", false},    {"$[0:1]", false},         {"$['a', 'b']", false},
        {"$[?@.a]", false}, {"$[0, 0]", false},        {"$.a[*].b", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        SCOPED_ARENA arena = {0};
        SCOPED_PATH path = compiled(&arena, rows[i].query);

        ck_assert_msg(jsonpath_is_singular(path) == rows[i].singular, "%s",
                      rows[i].query);
    }
}
END_TEST

START_TEST(outlives_its_text)
{
    SCOPED_ARENA arena = {0};
    char query[] = "$[?@.a == 'b' && match(@.a, 'b')]['\\u0061']";
    SCOPED_PATH path = compiled(&arena, query);
    json_auto_t *document = read_json("[{\"a\":\"b\"}]");
    struct jsonpath_nodes nodes;
    struct fault fault = {0};

    memset(query, 'x', strlen(query));
    nodes = jsonpath_evaluate(path, document, false, &arena, &fault);
    ck_assert(!fault.raised);
    ck_assert_uint_eq(nodes.count, 1);
    ck_assert_str_eq(json_string_value(nodes.list[0].value), "b");
    ck_assert(!nodes.list[0].normalized);
}
END_TEST

/* Whether the query can be evaluated; *said is the fault's text. */
static bool evaluates(const char *query, json_t *document, bool with_paths,
                      char *said, size_t size)
{
    SCOPED_ARENA arena = {0};
    SCOPED_PATH path = compiled(&arena, query);
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
    SCOPED_PATH path = compiled(&arena, good);
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
    json_auto_t *document = read_json("[[[1]]]");
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
    json_auto_t *document = read_json("[{\"a\":1}]");
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

static json_t *nest(size_t depth)
{
    json_t *value = json_array();

    while (--depth)
        value = json_pack("[o]", value);
    return value;
}

START_TEST(limits_how_deep_documents_are_searched)
{
    static const char *const queries[] = {"$..*", "$..a", "$[?count(@..*)>1]"};
    json_auto_t *good = nest(LIMIT_JSON_DEPTH);
    json_auto_t *bad = json_pack("[O]", good);
    json_auto_t *worse = json_pack("[O]", bad);
    json_auto_t *far = nest(20000);
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
    json_auto_t *steps = read_json(some);
    json_auto_t *heap = read_json(much);
    json_auto_t *long_pattern = read_json(pattern);
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

UNIT("jsonpath", selects_what_the_case_files_say, says_what_is_wrong_and_where,
     knows_singular_queries, outlives_its_text, limits_the_length_of_queries,
     limits_how_filters_nest, takes_long_lists_of_tests,
     limits_how_many_nodes_are_visited, limits_how_deep_documents_are_searched,
     limits_the_length_of_paths, limits_what_patterns_cost)
