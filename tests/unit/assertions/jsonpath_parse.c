/* What is said of bad queries, and what is known of good ones. */
#include "tests/unit/assertions/query.h"
#include "tests/unit/unit.h"
#include <string.h>

static const struct {
    const char *query;
    size_t offset;
    const char *said;
} mistakes[] = {
    {"", 0,
     "`$`, with which every query begins, is expected here, but the query "
     "ends"},
    {"a.b", 0, "`$`, with which every query begins, is expected here, not `a`"},
    {" $", 0,
     "`$`, with which every query begins, is expected here, not a blank"},
    {"$ ", 1, "no blanks may follow the query"},
    {"$a", 1, "`.`, `[` or the end of the query is expected here, not `a`"},
    {"$.a é", 4, "`.`, `[` or the end of the query is expected here, not `é`"},
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
    {"$[9007199254740992]", 2, "an index must be between -(2^53)+1 and 2^53-1"},
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
    {"$[?'a']", 3, "a literal is no test; it must be compared with something"},
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
    {"$[?(1)]", 4, "a literal is no test; it must be compared with something"},
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

START_TEST(says_what_is_wrong_and_where)
{
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        struct jsonpath_trouble trouble;
        SCOPED_ARENA arena = {0};

        ck_assert_msg(!jsonpath_compile(&arena, mistakes[i].query, &trouble),
                      "%s", mistakes[i].query);
        ck_assert_msg(strcmp(trouble.text, mistakes[i].said) == 0 &&
                          trouble.offset == mistakes[i].offset,
                      "%s: \"%s\" at %zu", mistakes[i].query, trouble.text,
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
        SCOPED_QUERY path = query_compile(&arena, rows[i].query);

        ck_assert_msg(jsonpath_is_singular(path) == rows[i].singular, "%s",
                      rows[i].query);
    }
}
END_TEST

UNIT("jsonpath_parse", says_what_is_wrong_and_where, knows_singular_queries)
