/* What the validator is made of: tables, URIs, marks, exact numbers. */
#include "tests/unit/unit.h"
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/run.h"
#include "assertions/schema/uri.h"

START_TEST(keywords_are_sorted)
{
    size_t count;
    const struct keyword *keywords = keywords_all(&count);

    for (size_t i = 1; i < count; i++) {
        int order = strcmp(keywords[i - 1].name, keywords[i].name);

        ck_assert_msg(order <= 0, "%s", keywords[i].name);
        ck_assert_msg(order || !(keywords[i - 1].drafts & keywords[i].drafts),
                      "%s", keywords[i].name);
    }
}
END_TEST

START_TEST(finds_keywords_by_draft)
{
    struct dialect four = {SCHEMA_DRAFT_4, VOCABULARY_ALL, false};
    struct dialect new = {SCHEMA_DRAFT_2020, VOCABULARY_ALL, false};
    struct dialect bare = {SCHEMA_DRAFT_2020, VOCABULARY_CORE, false};

    ck_assert_ptr_null(keyword_find("const", &four));
    ck_assert_ptr_nonnull(keyword_find("const", &new));
    ck_assert_ptr_null(keyword_find("const", &bare));
    ck_assert_ptr_nonnull(keyword_find("$ref", &bare));
    ck_assert_ptr_ne(keyword_find("items", &four), keyword_find("items", &new));
    ck_assert_ptr_null(keyword_find("", &new));
    ck_assert_ptr_null(keyword_find("zebra", &new));
}
END_TEST

/* RFC 3986, section 5.4. */
START_TEST(resolves_uris)
{
    static const struct {
        const char *reference, *result;
    } rows[] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};

        ck_assert_str_eq(
            uri_resolve(&arena, "http://a/b/c/d;p?q", rows[i].reference),
            rows[i].result);
        arena_finish(&arena);
    }
}
END_TEST

START_TEST(resolves_other_uris)
{
    static const struct {
        const char *base, *reference, *result;
    } rows[] = {
        {"urn:uuid:1-2", "#a", "urn:uuid:1-2#a"},
        {"urn:uuid:1-2", "", "urn:uuid:1-2"},
        {"tag:a.example,2026:x", "#/b", "tag:a.example,2026:x#/b"},
        {"http://a", "b", "http://a/b"},
        {"file:///a/b%20c/d.json", "../e.json", "file:///a/e.json"},
        {"urn:x:y", "http://a/../b", "http://a/b"},
        {"http://a/b?", "#c", "http://a/b?#c"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = {0};

        ck_assert_str_eq(uri_resolve(&arena, rows[i].base, rows[i].reference),
                         rows[i].result);
        arena_finish(&arena);
    }
}
END_TEST

START_TEST(turns_paths_into_uris)
{
    struct arena arena = {0};
    const char *fragment;

    ck_assert_str_eq(uri_of_path(&arena, "/a b/#?%\xc3\xa4.json"),
                     "file:///a%20b/%23%3F%25%C3%A4.json");
    ck_assert_str_eq(uri_path(&arena, "file:///a%20b/%23%3F%25%C3%A4.json"),
                     "/a b/#?%\xc3\xa4.json");
    ck_assert_str_eq(uri_path(&arena, "file://localhost/a"), "/a");
    ck_assert_ptr_null(uri_path(&arena, "file://elsewhere/a"));
    ck_assert_ptr_null(uri_path(&arena, "file:a"));
    ck_assert_ptr_null(uri_path(&arena, "http://a/b"));
    ck_assert_str_eq(uri_split(&arena, "a#%2F%zz%00", &fragment), "a");
    ck_assert_str_eq(fragment, "/%zz%00");
    ck_assert_str_eq(uri_split(&arena, "a", &fragment), "a");
    ck_assert_ptr_null(fragment);
    arena_finish(&arena);
}
END_TEST

static json_t *number(const char *text)
{
    struct json_trouble trouble;
    json_t *value = json_read(text, strlen(text), 1, 0, &trouble);

    ck_assert_msg(value, "%s: %s", text, trouble.text);
    return value;
}

START_TEST(divides_exactly)
{
    static const struct {
        const char *value, *of;
        bool is_multiple;
    } rows[] = {
        {"0", "3", true},
        {"9", "3", true},
        {"10", "3", false},
        {"-9", "3", true},
        {"9223372036854775807", "7", true},
        {"0.3", "0.1", true},
        {"0.35", "0.1", false},
        {"1e2", "0.01", true},
        {"19.99", "0.01", true},
        {"19.999", "0.01", false},
        {"0.0075", "0.0001", true},
        {"0.00751", "0.0001", false},
        {"4.5", "1.5", true},
        {"1e308", "0.5", true},
        {"1e308", "0.123456789", false},
        {"1e59", "576460752303423488", true}, /* 2^59 */
        {"1e58", "576460752303423488", false},
        {"1e400", "7", false},
        {"7e400", "7", true},
        {"1e999999999999999999", "1024", true},
        {"1e999999999999999999", "3", false},
        {"1e-999999999999999999", "3", false},
        {"5", "1e-999999999999999999", true},
        {"0.0", "1e400", true},
        {"123456789012345678901234567890", "10", true},
        {"123456789012345678901234567891", "10", false},
        {"121932631356500531591068431581771069347203169112635269",
         "987654321987654321987654321", true},
        {"121932631356500531591068431581771069347203169112635268",
         "987654321987654321987654321", false},
        {"1.2193263135650053159106843158177106934720316911263527e53",
         "987654321987654321987654321", false},
        {"9876543219876543219876543210000", "987654321987654321987654321",
         true},
        {"1e60", "1024000000000000000000000000", true},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        json_auto_t *value = number(rows[i].value);
        json_auto_t *of = number(rows[i].of);

        ck_assert_msg(json_is_multiple(value, of) == rows[i].is_multiple,
                      "%s of %s", rows[i].value, rows[i].of);
    }
}
END_TEST

START_TEST(hashes_by_value)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"1", "1.0", true},
        {"1", "10e-1", true},
        {"0", "-0.0", true},
        {"0", "0e5000", true},
        {"100", "1e2", true},
        {"-100", "-1.00000000000000000000000e2", true},
        {"1e400", "10e399", true},
        {"12345678901234567890", "1.234567890123456789e19", true},
        {"0.1", "0.10000000000000000000000", true},
        {"1", "2", false},
        {"1", "-1", false},
        {"1", "\"1\"", false},
        {"1", "true", false},
        {"null", "false", false},
        {"[1, 2]", "[2, 1]", false},
        {"[[1], 2]", "[[1, 2]]", false},
        {"{\"a\": 1, \"b\": 2}", "{\"b\": 2.0, \"a\": 1}", true},
        {"{\"a\": 1, \"b\": 2}", "{\"a\": 2, \"b\": 1}", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_trouble trouble;
        json_auto_t *a =
            json_read(rows[i].a, strlen(rows[i].a), 9, 0, &trouble);
        json_auto_t *b =
            json_read(rows[i].b, strlen(rows[i].b), 9, 0, &trouble);

        ck_assert_int_eq(json_values_equal(a, b), rows[i].same);
        ck_assert_msg((json_hash(a) == json_hash(b)) == rows[i].same,
                      "%s and %s", rows[i].a, rows[i].b);
    }
}
END_TEST

START_TEST(marks_what_was_looked_at)
{
    enum { MANY = 1000 };
    static const char keys[MANY];
    struct marks marks = {0};
    struct marks more = {0};

    for (size_t i = 0; i < MANY; i += 2) {
        marks_add_key(&marks, &keys[i]);
        marks_add_index(&more, i);
    }
    more.first = 4;
    marks_merge(&marks, &more);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_int_eq(marks_have_key(&marks, &keys[i]), i % 2 == 0);
        ck_assert_int_eq(marks_have_index(&marks, i), i % 2 == 0 || i < 4);
    }
    marks.all = true;
    ck_assert(marks_have_key(&marks, &keys[1]) && marks_have_index(&marks, 5));
    marks_finish(&marks);
    marks_finish(&more);
}
END_TEST

UNIT("schema_parts", keywords_are_sorted, finds_keywords_by_draft,
     resolves_uris, resolves_other_uris, turns_paths_into_uris, divides_exactly,
     hashes_by_value, marks_what_was_looked_at)
